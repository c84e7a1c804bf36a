"""A picture is sent to Telegram once, and to everybody else by what Telegram calls it; what people send is fetched."""

import asyncio
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from typing import TypeVar

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from typing_extensions import override

from bot.gateways.pictures import Pictures
from bot.gateways.port import Delivered, Kind, NotFetched, Offered, TryLater, Unreachable
from bot.gateways.telegram import BotApi
from bot.gateways.telegram.bot_api import SOON
from bot.gateways.telegram.gateway import TelegramGateway
from bot.storage import pictures as rows
from bot.storage.database import Database
from bot.texts.sheets import Attachment, Row, Sheet
from tests.pictures import png
from tests.telegram.conftest import Listener, polling
from tests.telegram.people import Person
from tests.telegram.server import BotApiServer, Broken, Flood
from tests.telegram.wire import Upload

ResultT = TypeVar("ResultT")
SCHOOL = "three-shores"
NOON = datetime(2026, 5, 4, 9, tzinfo=UTC)


class Forgetful(Database):
    """Reads, and goes away before it has written; a picture is all that is written here."""

    can_write = True

    @override
    async def run(self, work: Callable[[Connection], ResultT]) -> ResultT:
        def looked(tx: Connection) -> ResultT:
            result = work(tx)
            if not self.can_write and getattr(result, "rowcount", -1) > 0:
                raise OperationalError("COMMIT", {}, ConnectionError("the server is gone"))
            return result

        return await super().run(looked)


async def kept(database: Database) -> int:
    """Keep a picture; return its number."""
    values = {"school_id": SCHOOL, "case_id": 7, "mime": "image/png", "content": png()}
    number: int = await database.run(
        lambda tx: tx.execute(rows.ADD, {**values, "added_at": NOON}).scalar_one()
    )
    return number


async def erase(database: Database) -> None:
    await database.run(lambda tx: tx.execute(rows.FORGET, {"of_school": SCHOOL, "of_case": 7}))


def gateway(bot: BotApi, database: Database | None) -> TelegramGateway:
    """Return a gateway as after a start: it remembers nothing."""
    pictures = Pictures(database, SCHOOL) if database else None
    return TelegramGateway(bot, unread=Listener().keep_unread, pictures=pictures)


def sent_as(telegram: BotApiServer) -> list[bool]:
    """Return, of every picture that was sent, whether it was sent whole."""
    return [isinstance(c.parameters["photo"], Upload) for c in telegram.calls_of("sendPhoto")]


@pytest.fixture
def ana(telegram: BotApiServer) -> Person:
    return telegram.person(1001, has_started=True)


async def test_thousands_get_a_picture_that_was_sent_once(
    bot: BotApi, telegram: BotApiServer, database: Database
) -> None:
    people = [telegram.person(2000 + one, has_started=True) for one in range(20)]
    sheet = Sheet("Come.", "en", rows=(Row("Yes", "y"),), picture=await kept(database))
    first = gateway(bot, database)

    outcomes = await asyncio.gather(*(first.deliver(str(p.number), sheet) for p in people))
    again = await gateway(bot, database).deliver("2000", sheet)

    assert outcomes == [Delivered("1c")] * 20
    assert again == Delivered("2c")
    assert sent_as(telegram).count(True) == 1
    shown = {(p.hears[0].text, p.hears[0].labels, p.hears[0].photo) for p in people}
    assert shown == {("Come.", ("Yes",), people[0].hears[0].photo)}


async def test_a_text_that_is_too_long_for_it_follows_a_picture(
    bot: BotApi, ana: Person, database: Database
) -> None:
    sheet = Sheet("ä" * 1025, "et", rows=(Row("Yes", "y"),), picture=await kept(database))

    outcome = await gateway(bot, database).deliver("1001", sheet)

    picture, words = ana.hears
    assert outcome == Delivered(str(words.number), messages=2)
    assert (picture.text, picture.labels, picture.photo is not None) == ("", (), True)
    assert (len(words.text), words.labels) == (1025, ("Yes",))


async def test_a_file_comes_after_a_picture(bot: BotApi, ana: Person, database: Database) -> None:
    file = Attachment("kutse.ics", "text/calendar", b"BEGIN:VCALENDAR")
    sheet = Sheet("Come.", "en", attachment=file, picture=await kept(database))

    outcome = await gateway(bot, database).deliver("1001", sheet)

    assert outcome == Delivered("2c", messages=2)
    assert [(one.text, one.document is not None) for one in ana.hears] == [
        ("", False),
        ("Come.", True),
    ]


async def test_without_its_picture_a_letter_is_still_a_letter(
    bot: BotApi, telegram: BotApiServer, ana: Person, database: Database
) -> None:
    sheet = Sheet("Come.", "en", picture=await kept(database))
    telegram.fails_next("sendPhoto", Broken(400, "Bad Request: IMAGE_PROCESS_FAILED"))

    unshown = await gateway(bot, database).deliver("1001", sheet)
    await erase(database)
    erased = await gateway(bot, database).deliver("1001", sheet)
    unknown = await gateway(bot, None).deliver("1001", sheet)

    assert (unshown, erased, unknown) == (Delivered("1"), Delivered("2"), Delivered("3"))
    assert [(one.text, one.photo) for one in ana.hears] == [("Come.", None)] * 3


async def test_what_telegram_will_not_have_is_not_sent_to_everybody(
    bot: BotApi, telegram: BotApiServer, database: Database
) -> None:
    people = [telegram.person(2000 + one, has_started=True) for one in range(5)]
    sheet = Sheet("Come.", "en", picture=await kept(database))
    telegram.fails_next("sendPhoto", Broken(400, "Bad Request: IMAGE_PROCESS_FAILED"))
    to_all = gateway(bot, database)

    await asyncio.gather(*(to_all.deliver(str(one.number), sheet) for one in people))

    assert sent_as(telegram) == [True]
    assert [one.hears[0].text for one in people] == ["Come."] * 5


async def test_what_telegram_has_forgotten_is_sent_anew(
    bot: BotApi, telegram: BotApiServer, ana: Person, database: Database
) -> None:
    picture = await kept(database)
    await Pictures(database, SCHOOL).call(picture, bot.number, "forgotten")

    outcome = await gateway(bot, database).deliver("1001", Sheet("Come.", "en", picture=picture))

    assert outcome == Delivered("1c")
    assert sent_as(telegram) == [False, True]
    assert await Pictures(database, SCHOOL).called(picture, bot.number) == f"large-{picture}.png"


async def test_a_picture_waits_and_is_lost_as_its_letter_does(
    bot: BotApi, telegram: BotApiServer, ana: Person, database: Database
) -> None:
    sheet = Sheet("Come.", "en", picture=await kept(database))
    telegram.fails_next("sendPhoto", Flood(retry_after=7))

    busy = await gateway(bot, database).deliver("1001", sheet)
    await ana.blocks()
    closed = await gateway(bot, database).deliver("1001", sheet)

    assert isinstance(busy, TryLater)
    assert closed == Unreachable()
    assert telegram.calls_of("sendMessage") == []


async def test_what_a_picture_is_called_is_not_kept_once_it_is_erased(
    bot: BotApi, database: Database
) -> None:
    picture = await kept(database)
    await erase(database)

    await Pictures(database, SCHOOL).call(picture, bot.number, "too-late")

    assert await Pictures(database, SCHOOL).called(picture, bot.number) is None


async def test_a_picture_that_has_arrived_is_sent_once_though_the_database_goes_away(
    bot: BotApi, telegram: BotApiServer, ana: Person, sqlite_url: str
) -> None:
    with closing(Forgetful(sqlite_url)) as database:
        sheet = Sheet("Come.", "en", picture=await kept(database))
        to_telegram = gateway(bot, database)
        database.can_write = False

        outcomes = [await to_telegram.deliver("1001", sheet) for _ in range(2)]

    assert outcomes == [Delivered("1c"), Delivered("2c")]
    assert sent_as(telegram) == [True, False]


async def test_the_larger_of_two_sizes_is_fetched_when_it_is_asked_for(
    bot: BotApi, telegram: BotApiServer, listener: Listener, ana: Person
) -> None:
    telegram.methods.files["large"] = png()

    async with polling(bot, listener):
        await ana.sends_photo("large", 999)
        await listener.until_heard(1)
    (offered,) = listener.said

    assert isinstance(offered, Offered)
    assert offered.size == 999
    assert telegram.calls_of("getFile") == []
    assert await offered.fetch(5000) == png()
    assert await offered.fetch(10) == png()[:11]


async def test_what_cannot_be_fetched_is_said_so(
    bot: BotApi, telegram: BotApiServer, listener: Listener, ana: Person
) -> None:
    async with polling(bot, listener):
        await ana.sends_photo("large", 999)
        await listener.until_heard(1)
    (offered,) = listener.said
    assert isinstance(offered, Offered)

    with pytest.raises(NotFetched):
        await offered.fetch(5000)
    telegram.methods.files["large"] = png()
    telegram.methods.lost.add("large")
    with pytest.raises(NotFetched):
        await offered.fetch(5000)
    assert await bot.fetch("large", 5000) == TryLater(SOON)


async def test_a_file_that_says_that_it_is_a_picture_is_offered_as_one(
    bot: BotApi, listener: Listener, ana: Person
) -> None:
    async with polling(bot, listener):
        await ana.sends("picture as a file")
        await ana.sends("document")
        await listener.until_heard(2)
    picture, other = listener.said

    assert isinstance(picture, Offered)
    assert picture.size == 1000
    assert getattr(other, "kind", None) is Kind.FILE
