"""Collects the texts of the code into `locales/`: `python -m bot.texts.collect [language...]`.

The template and the files of all languages are written anew; a language that is named and has no
file gets one. Translations stay; a text that the code no longer has is dropped. A changed text is
a new one, and waits for its translation: nothing is guessed from texts that look like it.
"""

import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import click
from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import write_po

from bot.texts.catalogues import LOCALES, SOURCE_LANGUAGE, file_of, languages, stored

CODE = ("bot", "handlers", "journeys")
KEYWORDS = {"msg": None, "msgs": (1, 2)}
NOTE = "Translators:"
"""Begins a comment above a text that is meant for those who translate it."""
TEMPLATE = LOCALES / "kutse.pot"
KEPT_HEADERS = ("Language:", "Plural-Forms:", "MIME-Version:", "Content-")
"""The others hold dates and versions, which change without a text having changed."""


def collected() -> Catalog:
    """Return the texts that stand in the code, with the notes for translators."""
    texts = Catalog(domain="kutse", fuzzy=False)
    for file in sorted(
        file for folder in CODE for file in (LOCALES.parent / folder).rglob("*.py")
    ):
        for id_, notes in _texts_of(file):
            texts.add(id_, auto_comments=notes)
    return texts


def written(texts: Catalog) -> bytes:
    """Return a catalogue as a file, sorted, with nothing in it that changes by itself."""
    file = BytesIO()
    write_po(file, texts, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    head, _, rest = file.getvalue().decode().partition("\n\n")
    return "\n".join([*_stable(head), "", rest.strip(), ""]).encode()


def main() -> None:
    """Write the template and all languages anew, and say what is missing."""
    template = collected()
    TEMPLATE.write_bytes(written(template))
    click.echo(f"{TEMPLATE.name}: {len(template)} texts")
    for language in sorted({*languages(), *sys.argv[1:]} - {SOURCE_LANGUAGE}):
        known = file_of(language).exists()
        texts = stored(language) if known else Catalog(language, domain="kutse", fuzzy=False)
        texts.update(template, no_fuzzy_matching=True)
        file_of(language).parent.mkdir(parents=True, exist_ok=True)
        file_of(language).write_bytes(written(texts))
        missing = sum(1 for text in texts if text.id and not _is_translated(text.string))
        click.echo(f"{language}: {missing} to translate")


def _texts_of(file: Path) -> Iterator[tuple[str | tuple[str, ...], list[str]]]:
    with file.open("rb") as code:
        for _, id_, notes, _ in extract("python", code, KEYWORDS, (NOTE,)):
            yield id_, notes
    yield from _listed(file.read_text(encoding="utf-8"))


def _listed(code: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the texts of a tuple called WORDS, and the comment above each."""
    lines = code.splitlines()
    for node in ast.parse(code).body:
        match node:
            case ast.Assign(targets=[ast.Name(id="WORDS")], value=ast.Tuple(elts=words)):
                for word in words:
                    if isinstance(word, ast.Constant) and isinstance(word.value, str):
                        yield word.value, _above(lines, word.lineno - 1)
            case _:
                pass


def _above(lines: list[str], row: int) -> list[str]:
    notes: list[str] = []
    while row and lines[row - 1].lstrip().startswith("#"):
        row -= 1
        notes.insert(0, lines[row].lstrip("# "))
    return notes if notes and notes[0].startswith(NOTE) else []


def _stable(head: str) -> Iterator[str]:
    """Yield the lines of a file's head that stay the same as long as its texts do."""
    for line in head.splitlines():
        if line.startswith("#"):
            continue
        if not line.startswith('"') or line.startswith(tuple(f'"{name}' for name in KEPT_HEADERS)):
            yield line


def _is_translated(string: object) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


if __name__ == "__main__":
    main()
