"""What is no longer expected of somebody asks no more in their chat."""

from pathlib import Path

from bot.gateways.web.stored import BySchool, from_json
from bot.storage.database import Database
from tests.runtime.test_chats_of_others import Chats, with_staff
from tests.runtime.test_copy_of_data import ALUMNI


async def open_letters(chats: Chats, who: str) -> list[list[str]]:
    """Return the buttons of the letters about a case that can still be pressed in the chat of `who`."""
    return [
        [row.label for row in body.sheet.rows]
        for line in await chats.lines(who)
        if line.key and line.key.startswith("c:") and line.settled_at is None
        for body in [from_json(line.body)]
        if isinstance(body, BySchool)
    ]


async def test_a_letter_is_settled_by_what_was_typed_because_of_it(
    database: Database, tmp_path: Path
) -> None:
    chats = await with_staff(database, tmp_path)
    await chats.say("liis", *ALUMNI)
    before = await open_letters(chats, "kersti")

    await chats.say("kersti", "Ask", "In which year was it?")
    asked = await open_letters(chats, "kersti"), await open_letters(chats, "liis")
    await chats.say("liis", "Answer", "In 2019.")

    assert before == [["Approve", "Ask", "Reject"]]
    assert asked == ([], [["Answer"]])
    assert await open_letters(chats, "liis") == []
    assert await open_letters(chats, "kersti") == [["Approve", "Ask", "Reject"]]


async def test_a_letter_stays_open_when_what_it_led_to_is_left(
    database: Database, tmp_path: Path
) -> None:
    chats = await with_staff(database, tmp_path)
    await chats.say("liis", *ALUMNI)

    await chats.say("kersti", "Ask", "/cancel")

    assert await open_letters(chats, "kersti") == [["Approve", "Ask", "Reject"]]


async def test_a_letter_is_taken_back_with_the_news_that_it_is_over(
    database: Database, tmp_path: Path
) -> None:
    chats = await with_staff(database, tmp_path)
    await chats.say("liis", *ALUMNI)

    await chats.say("liis", "/stop")

    assert (await chats.texts("kersti"))[
        -1
    ] == "A sign-up has been withdrawn. You need do nothing."
    assert await open_letters(chats, "kersti") == []
