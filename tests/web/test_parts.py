"""The small parts: words, languages, limits, and what is stored."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

import bot.gateways.web
from bot.gateways.web.languages import preferred
from bot.gateways.web.limits import Pace
from bot.gateways.web.stored import ByPerson, BySchool, FileNote, by_school, from_json, to_json
from bot.gateways.web.words import WORDS
from bot.texts.sheets import Attachment, Pager, Row, Settled, Sheet, Style

HOME = Path(bot.gateways.web.__file__).parent


def test_pages_and_scripts_use_the_words_that_can_be_translated_and_no_others() -> None:
    files = [*HOME.glob("*.py"), *HOME.glob("pages/*.html"), *HOME.glob("static/*.js")]
    source = "\n".join(
        file.read_text(encoding="utf-8") for file in files if file.name != "words.py"
    )
    named = set(re.findall(r'data-(?:word|label|placeholder)="([^"]+)"', source))
    named |= set(re.findall(r'\bwords?(?:\(|\[)"([^"]+)"', source)) | {"Settled", "Sending", "New"}

    unused = [word for word in WORDS if word not in source]

    assert named - set(WORDS) == set()
    assert unused == []


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("et", "et"),
        ("fr-CH, fr;q=0.9, it;q=0.8, en;q=0.7", "it"),
        ("en-US,en;q=0.5", "en"),
        ("en;q=0, es;q=0.1", "es"),
        ("de", None),
        ("", None),
        ("*;q=x,,;;,\x00", None),
    ],
)
def test_a_browser_gets_the_best_of_the_languages_it_asks_for(
    header: str, language: str | None
) -> None:
    assert preferred(header, ("et", "en", "es", "it")) == language


def test_a_bucket_fills_up_again_drop_by_drop() -> None:
    now = 0.0
    pace = Pace(2, timedelta(seconds=10), seconds=lambda: now, most=2)

    first = [pace.wait("a"), pace.wait("a"), pace.wait("a")]
    now = 10.0
    later = [pace.wait("a"), pace.wait("a")]

    assert first == [timedelta(), timedelta(), timedelta(seconds=10)]
    assert later == [timedelta(), timedelta(seconds=10)]


def test_who_was_not_heard_of_for_longest_is_forgotten() -> None:
    pace = Pace(1, timedelta(seconds=10), seconds=lambda: 0.0, most=2)

    waits = [pace.wait(name) for name in "abca"]

    assert waits == [timedelta()] * 4


def test_what_is_stored_comes_back_as_it_was() -> None:
    sheet = Sheet(
        "Text\nmore",
        "et",
        Style.SEVERAL,
        title="Title",
        rows=(Row("One", "a", "first", is_on=True),),
        done=Row("Done", "b"),
        pager=Pager("1-3 of 4", None, Row("On", "c"), 1),
        hint="Hint",
        key="key",
        attachment=Attachment("talk.ics", "text/calendar", b"BEGIN"),
        settles=Settled("earlier"),
        over=("before that",),
    )

    kept = from_json(to_json(by_school(sheet)))
    said = from_json(to_json(ByPerson("õ <b>", "nonce")))

    assert isinstance(kept, BySchool)
    assert kept.file == FileNote("talk.ics", "text/calendar", 5)
    assert (kept.sheet.rows, kept.sheet.pager) == (sheet.rows, sheet.pager)
    assert (kept.sheet.attachment, kept.sheet.settles, kept.sheet.over) == (None, None, ())
    assert said == ByPerson("õ <b>", "nonce")


QUESTION_BY_VERSION_1 = (
    '{"sheet":{"text":"Who are you?","language":"en","style":"question","title":null,'
    '"rows":[{"label":"Staff","data":"q:1:1:staff","detail":null,"is_on":null}],"done":null,'
    '"pager":null,"hint":null,"attachment":null,"key":"q:1:1","settles":null},"file":null,'
    '"by":"school","version":1}'
)
ANSWER_BY_VERSION_1 = '{"words":"Staff","nonce":"3f8e","by":"person","version":1}'


def test_what_the_first_release_stored_can_be_read() -> None:
    question, answer = from_json(QUESTION_BY_VERSION_1), from_json(ANSWER_BY_VERSION_1)

    assert question == BySchool(
        Sheet(
            "Who are you?", "en", Style.QUESTION, rows=(Row("Staff", "q:1:1:staff"),), key="q:1:1"
        )
    )
    assert answer == ByPerson("Staff", "3f8e")
