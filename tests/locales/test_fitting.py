"""Texts fit where they are shown, with values as long as they come."""

from datetime import datetime

import pytest

from bot.conversation.messages import Message
from bot.texts.catalogues import languages
from bot.texts.forms import form_of
from tests.locales.entries import every_text, source
from tests.texts.school import NOW, texts

LONG_NAME = "Nguyễn Thị Ánh Maria del Carmen Fernández-Villaverde y Álvarez"
LONG_TEXT = "Vahekokkuvõte: õppisin keevitama ja töötan nüüd laevatehases. " * 10
MOST_UNITS = 4096
MOST_IN_LABEL = 40
MOST_IN_FIELD = 20


@pytest.mark.parametrize("language", languages())
def test_texts_fit_into_one_message(language: str) -> None:
    speak = texts().speak(language)

    too_long = [
        f"{language}: {english!r}"
        for entry in source()
        for english in entry.english
        if len(speak(Message(english, _long_values(english))).encode("utf-16-le")) / 2 > MOST_UNITS
    ]

    assert too_long == []


def test_labels_fit_on_their_buttons() -> None:
    too_long = [
        f"{entry}: {form!r} has {len(form)}"
        for entry in every_text()
        for form in entry.forms
        if _may_be_label(entry.english[0]) and len(form) > MOST_IN_LABEL
    ]

    assert too_long == []


def test_the_words_in_the_empty_field_are_seen_whole() -> None:
    too_long = [
        f"{entry}: {entry.forms[0]!r}"
        for entry in every_text()
        if entry.english[0] == "Number or message" and len(entry.forms[0]) > MOST_IN_FIELD
    ]

    assert too_long == []


def _may_be_label(english: str) -> bool:
    """Return whether a text looks like a label: it begins like a sentence, and is none."""
    return english[:1].isupper() and not {*english} & {*".:?\n"}


def _long_values(text: str) -> dict[str, str | int | datetime]:
    """Return what could fill the slots of `text`, as long as people make it."""
    values: dict[str, str | int | datetime] = {}
    for slot in form_of(text).slots:
        values[slot.name] = NOW.replace(year=2027) if slot.spec else LONG_NAME
    long = next((name for name in values if name in {"text", "goal", "question"}), None)
    return {**values, **({long: LONG_TEXT} if long else {}), "n": 12040}
