"""Catalogues: what every text of the code is in each language, read from `locales/` when needed.

There is nothing to build and nothing that could be stale: the files that translators edit are the
files that are read. English is the language of the code, and has no file.
"""

from collections.abc import Iterator
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parents[2] / "locales"
SOURCE_LANGUAGE = "en"


def languages() -> tuple[str, ...]:
    """Return the languages that people can be spoken to in, the source language first."""
    return (
        SOURCE_LANGUAGE,
        *sorted(file.parts[-3] for file in LOCALES.glob("*/LC_MESSAGES/kutse.po")),
    )


def file_of(language: str) -> Path:
    """Return the file with the texts of `language`."""
    return LOCALES / language / "LC_MESSAGES" / "kutse.po"


def stored(language: str) -> Catalog:
    """Return the texts of `language` as its file has them, for those who keep the file."""
    with file_of(language).open("rb") as file:
        return read_po(file, locale=language, domain="kutse")


@lru_cache
def catalogue(language: str) -> NullTranslations:
    """Return what translates into `language`; a text that it does not know stays English.

    Raises:
        FileNotFoundError: there are no texts in that language.
    """
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    texts = stored(language)
    for unfinished in [*_unfinished(texts)]:
        texts.delete(unfinished)
    compiled = BytesIO()
    write_mo(compiled, texts)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _unfinished(texts: Catalog) -> Iterator[str]:
    """Yield the ids of plurals that lack a form, which would be shown as nothing."""
    for text in texts:
        if not isinstance(text.id, str) and not all(text.string or ()):
            yield text.id[0]
