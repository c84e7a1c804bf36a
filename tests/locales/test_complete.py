"""Every text of the code is there in every language, and says the same."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.texts.catalogues import LOCALES
from bot.texts.collect import CODE, TEMPLATE, collected, written
from tests.locales.entries import TRANSLATED, Entry, slots, source, translated

COLLECT = "run: python -m bot.texts.collect"


def test_the_template_is_what_stands_in_the_code() -> None:
    assert TEMPLATE.read_text("utf-8") == written(collected()).decode(), COLLECT


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_has_the_texts_of_the_code_and_no_others(language: str) -> None:
    in_code = {entry.english for entry in source()}
    in_file = {entry.english for entry in translated(language)}

    assert {*in_code ^ in_file} == set(), f"{language}: {COLLECT}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_left_to_translate(language: str) -> None:
    missing = [str(entry) for entry in translated(language) if not all(entry.forms)]

    assert missing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_plurals_have_the_forms_of_their_language(language: str) -> None:
    wrong = [
        str(entry) for entry in translated(language) if len(entry.forms) != len(entry.english)
    ]

    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_waits_for_a_second_look(language: str) -> None:
    assert [str(entry) for entry in translated(language) if entry.is_fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_slots_are_those_of_the_english_text(language: str) -> None:
    assert [fault for entry in translated(language) for fault in _wrong_slots(entry)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_lines_of_a_text_are_as_many_as_in_english(language: str) -> None:
    wrong = [
        str(entry)
        for entry in translated(language)
        for form, english in zip(entry.forms, entry.english, strict=False)
        if form and form.count("\n") != english.count("\n")
    ]

    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_commands_are_named_as_in_english(language: str) -> None:
    wrong = [
        str(entry)
        for entry in translated(language)
        for form, english in zip(entry.forms, entry.english, strict=False)
        if form and _commands(form) != _commands(english)
    ]

    assert wrong == []


def _wrong_slots(entry: Entry) -> list[str]:
    """Tell slots that are missing or too many; a moment may be shown in two halves."""
    pairs = [*zip(entry.forms, entry.english, strict=False)]
    moments = {name for pair in pairs for text in pair for name, spec in slots(text) if spec}
    return [
        f"{entry}: {form!r}"
        for form, english in pairs
        if form and _halves(form, moments) != _halves(english, moments)
    ]


def _halves(text: str, moments: set[str]) -> set[tuple[str, str]]:
    """Return the slots of `text`, those in `moments` as day and hour where they show both."""
    whole = {(name, spec) for name, spec in slots(text) if spec or name not in moments}
    both = {name for name, spec in slots(text) if not spec and name in moments}
    return whole | {(name, half) for name in both for half in ("date", "time")}


def _commands(text: str) -> set[str]:
    return {word.strip(".,;:()“”«»„") for word in text.split() if word.startswith("/")}


def test_texts_stand_in_the_code_as_they_are() -> None:
    """Texts put together while the program runs cannot be collected."""
    assert [place for folder in CODE for place in _made_up(LOCALES.parent / folder)] == []


def _made_up(folder: Path) -> Iterator[str]:
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="msg" | "msgs" as mark), args=[*args]):
                    texts = args[:1] if mark == "msg" else args[:2]
                    if not all(isinstance(text, ast.Constant) for text in texts):
                        yield f"{file.name}:{node.lineno}: {ast.unparse(node)}"
                case _:
                    pass
