"""What was said is kept, by the storage and by the fake that stands in for it in other tests."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.gateways.web.history import Choice, History, Line, NewLine, OpenLine
from bot.gateways.web.kept import KeptHistory
from bot.storage import web_chats
from bot.storage.database import open_database
from bot.texts.sheets import Attachment
from tests.web.world import MemoryHistory

NOON = datetime(2026, 5, 15, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
SCHOOL = "three-shores"
CALENDAR = Attachment("talk.ics", "text/calendar", b"BEGIN:VCALENDAR\x00\xff")


def words(body: str, *, update: str | None = None, at: datetime = NOON) -> NewLine:
    """Return something that a person says."""
    return NewLine(at, body, update=update)


def question(body: str, key: str | None = "q:1", *, language: str = "et") -> NewLine:
    """Return something that the school asks."""
    return NewLine(NOON, body, language=language, key=key)


def kept(line: Line | None) -> Line:
    """Return a line that must be there."""
    assert line is not None
    return line


async def a_link(history: History, token_hash: str, address: str) -> None:
    """Let a link lead to `address` for an hour."""
    if isinstance(history, KeptHistory):
        await history.database.run(
            lambda tx: web_chats.add_link(tx, SCHOOL, token_hash, address, NOON + HOUR)
        )
    elif isinstance(history, MemoryHistory):
        history.links[token_hash] = address


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def history(request: pytest.FixtureRequest) -> Iterator[History]:
    """Each history there is, with a chat that is open."""
    if request.param == "memory":
        yield MemoryHistory()
    else:
        with closing(open_database(request.getfixturevalue(f"{request.param}_url"))) as database:
            yield KeptHistory(database, SCHOOL)


@pytest.fixture
async def chat(history: History) -> History:
    """A history in which Liis has opened a chat on her phone."""
    await history.open("liis", "phone", NOON)
    return history


async def test_a_token_leads_to_its_address_until_it_is_closed(history: History) -> None:
    before = await history.address_of("phone")
    await history.open("liis", "phone", NOON)
    opened = await history.address_of("phone")
    await history.close("phone")

    assert (before, opened, await history.address_of("phone")) == (None, "liis", None)


async def test_what_was_said_outlives_opening_and_closing(chat: History) -> None:
    await chat.append("liis", words("hello"))
    await chat.open("liis", "phone", NOON + HOUR)
    await chat.open("liis", "laptop", NOON + HOUR)
    await chat.close("phone")
    await chat.append("liis", words("hello again"))

    lines = [(line.number, line.body) for line in await chat.after("liis", 0, limit=9)]
    assert lines == [(1, "hello"), (2, "hello again")]
    assert await chat.address_of("laptop") == "liis"


async def test_nothing_is_kept_where_nobody_can_read_it(chat: History) -> None:
    nowhere = await chat.append("rein", words("hello"))
    await chat.close("phone")
    closed = await chat.append("liis", words("hello"))

    assert (nowhere, closed) == (None, None)
    assert await chat.after("liis", 0, limit=9) == []


async def test_one_device_signed_out_leaves_the_other_reachable(chat: History) -> None:
    await chat.open("liis", "laptop", NOON)
    await chat.close("phone")

    line = await chat.append("liis", words("hello"))

    assert line == Line(1, 1, NOON, "hello")


async def test_lines_are_numbered_in_the_order_in_which_they_are_said(chat: History) -> None:
    first = await chat.append("liis", words("hello"))
    second = await chat.append("liis", question("which year?"))
    await chat.open("rein", "his phone", NOON)
    elsewhere = await chat.append("rein", words("hello"))

    assert first == Line(1, 1, NOON, "hello")
    assert second == Line(2, 2, NOON, "which year?", key="q:1")
    assert elsewhere == Line(1, 1, NOON, "hello")
    assert await chat.after("liis", 0, limit=9) == [first, second]
    assert await chat.line("liis", 2) == second
    assert await chat.line("liis", 3) is None


async def test_words_sent_again_are_kept_once(chat: History) -> None:
    first = await chat.append("liis", words("hello", update="liis:1"))
    again = await chat.append("liis", words("hello", update="liis:1"))
    next_one = await chat.append("liis", words("hello", update="liis:2"))

    assert again == first
    assert next_one == Line(2, 2, NOON, "hello")


async def test_the_same_update_in_another_chat_is_another_line(chat: History) -> None:
    await chat.open("rein", "his phone", NOON)
    await chat.append("liis", words("hello", update="1"))

    line = await chat.append("rein", words("good day", update="1"))

    assert kept(line).body == "good day"


async def test_a_line_that_is_replaced_keeps_its_number_and_time(chat: History) -> None:
    await chat.append("liis", question("page 1"))
    await chat.append("liis", words("hm"))

    replaced = await chat.replace("liis", 1, NewLine(NOON + HOUR, "page 2", key="q:1"))

    assert replaced == Line(1, 3, NOON, "page 2", key="q:1")
    assert [line.number for line in await chat.after("liis", 0, limit=9)] == [2, 1]
    assert await chat.after("liis", 2, limit=9) == [replaced]
    assert await chat.replace("liis", 3, words("x")) is None
    assert await chat.replace("rein", 1, words("x")) is None


async def test_only_open_lines_of_the_key_are_settled_each_with_a_new_change(
    chat: History,
) -> None:
    for key in ("q:1", "q:2", "q:1", None):
        await chat.append("liis", question("well?", key))
    earlier, later = Choice(NOON, ("q:1:yes",)), Choice(NOON + HOUR, ())

    await chat.settle("liis", "q:1", earlier)
    await chat.settle("liis", "q:1", later)
    await chat.settle("rein", "q:1", later)

    assert await chat.after("liis", 4, limit=9) == [
        Line(1, 5, NOON, "well?", earlier, key="q:1"),
        Line(3, 6, NOON, "well?", earlier, key="q:1"),
    ]


async def test_a_retired_line_asks_no_more_and_is_never_settled(chat: History) -> None:
    for key in ("q:1", "q:1", "q:2", None):
        await chat.append("liis", question("well?", key))
    await chat.settle("liis", "q:2", Choice(NOON, ()))
    both = await chat.open_lines("liis")

    await chat.retire("liis", [1])
    await chat.retire("liis", [])
    left = await chat.open_lines("liis")
    await chat.settle("liis", "q:1", Choice(NOON, ("q:1:a",)))

    assert both == [OpenLine(1, "q:1", "well?"), OpenLine(2, "q:1", "well?")]
    assert left == [OpenLine(2, "q:1", "well?")]
    assert await chat.open_lines("liis") == await chat.open_lines("rein") == []
    assert await chat.line("liis", 1) == Line(1, 6, NOON, "well?")
    assert await chat.after("liis", 5, limit=9) == [
        Line(1, 6, NOON, "well?"),
        Line(2, 7, NOON, "well?", Choice(NOON, ("q:1:a",)), key="q:1"),
    ]


async def test_choices_of_any_number_are_kept(chat: History) -> None:
    choices = [Choice(NOON, ()), Choice(NOON, ("a",)), Choice(NOON, ("a", 'b"\\', "ö"))]
    for number, choice in enumerate(choices):
        await chat.append("liis", question("well?", f"q:{number}"))
        await chat.settle("liis", f"q:{number}", choice)

    assert [line.settled for line in await chat.after("liis", 0, limit=9)] == choices


async def test_a_settled_line_opens_again_only_under_another_key(chat: History) -> None:
    settled = Choice(NOON, ("q:1:a",))
    await chat.append("liis", question("well?"))
    await chat.settle("liis", "q:1", settled)

    same = await chat.replace("liis", 1, question("well, well?"))
    other = await chat.replace("liis", 1, question("and now?", "q:2"))
    none = await chat.replace("liis", 1, question("never mind", None))

    assert kept(same).settled == settled
    assert kept(other).settled is None
    assert kept(none).settled is None


async def test_settled_words_without_a_key_stay_as_they_are(chat: History) -> None:
    await chat.append("liis", question("a note", None))

    replaced = await chat.replace("liis", 1, question("a better note", None))

    assert replaced == Line(1, 2, NOON, "a better note")


async def test_of_too_many_lines_the_latest_come_in_order(chat: History) -> None:
    for number in range(5):
        await chat.append("liis", words(str(number)))

    assert [line.body for line in await chat.after("liis", 1, limit=3)] == ["2", "3", "4"]
    assert await chat.after("liis", 5, limit=3) == []


async def test_a_file_comes_back_byte_for_byte(chat: History) -> None:
    await chat.append("liis", NewLine(NOON, "your talk", language="en", file=CALENDAR))
    await chat.append("liis", words("thanks"))
    first = await chat.file("liis", 1)
    await chat.replace("liis", 1, question("cancelled"))

    assert first == CALENDAR
    assert await chat.file("liis", 1) is None
    assert await chat.file("liis", 2) is None
    assert await chat.file("liis", 3) is None


async def test_an_empty_file_is_a_file(chat: History) -> None:
    empty = Attachment("nothing.txt", "text/plain", b"")

    await chat.append("liis", NewLine(NOON, "nothing", language="en", file=empty))

    assert await chat.file("liis", 1) == empty


async def test_the_chat_speaks_as_the_school_spoke_last(chat: History) -> None:
    silent = await chat.language_of("liis")
    await chat.append("liis", question("Mis aastal?", language="et"))
    await chat.append("liis", question("¿En qué año?", language="es"))
    await chat.append("liis", words("2025"))
    await chat.replace("liis", 1, question("What year?", language="en"))

    assert (silent, await chat.language_of("liis")) == (None, "es")


async def test_a_link_is_used_once(history: History) -> None:
    await a_link(history, "link", "liis")

    taken = await asyncio.gather(*(history.take_link("link", NOON) for _ in range(5)))

    assert sorted(taken, key=str) == [None, None, None, None, "liis"]
    assert await history.take_link("another", NOON) is None


async def test_what_is_read_does_not_change_by_going_through_storage(chat: History) -> None:
    body = '{"text": "Ülo „tsitaat“ \\u0000 🌊\\n"}'

    line = await chat.append("liis", words(body, at=NOON + timedelta(microseconds=7)))

    assert await chat.line("liis", 1) == line == Line(1, 1, NOON + timedelta(microseconds=7), body)
