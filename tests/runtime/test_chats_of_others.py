"""Whoever is erased is named in nobody's chat any more."""

import json
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import select

from bot.app import House, build, front_of
from bot.domain.people import Role
from bot.domain.school import StaffKey
from bot.gateways.port import Incoming, Network, Typed
from bot.gateways.web.gateway import WebGateway
from bot.gateways.web.kept import KeptHistory
from bot.gateways.web.stored import BySchool, from_json
from bot.runtime.staff import invite
from bot.settings import Settings
from bot.storage import tables, web_lines
from bot.storage.database import Database
from bot.storage.web_lines import StoredLine
from handlers.incoming import hearing
from tests.runtime.test_copy_of_data import ALUMNI
from tests.runtime.test_timers import FRIDAY
from tests.texts.school import SCHOOL

STAFF = StaffKey("kersti")
GONE = "This message named somebody who has left."


class Chats:
    """A school whose people write on its page, each in their own chat."""

    def __init__(self, database: Database, folder: Path) -> None:
        settings = Settings(secret_key=SecretStr("k" * 32), data_folder=folder)
        self.house: House = build(settings, SCHOOL, database, lambda: FRIDAY)
        self.history = KeptHistory(database, SCHOOL.key)
        hear = hearing(self.house.turns)
        self.house.relay.connect(WebGateway(front_of(self.house), self.history, hear))
        self._number = 0

    async def say(self, who: str, *said: str) -> None:
        """Let `who` type all that, and let all letters arrive."""
        await self.history.open(who, f"token of {who}", FRIDAY)
        for words in said:
            self._number += 1
            update = f"u{self._number}"
            await hearing(self.house.turns)(Incoming(Network.WEB, who, update, Typed(words), "en"))
            await self.house.relay.deliver_all()

    async def lines(self, who: str) -> list[StoredLine]:
        """Return what stands in the chat of `who`."""
        return await self.house.database.run(lambda tx: web_lines.every_line(tx, SCHOOL.key, who))

    async def texts(self, who: str) -> list[str]:
        """Return what the school has said in the chat of `who`."""
        bodies = [from_json(line.body) for line in await self.lines(who)]
        return [body.sheet.text for body in bodies if isinstance(body, BySchool)]

    async def letters(self) -> list[Any]:
        """Return what is kept of all letters."""
        kept = select(tables.outbox).where(tables.outbox.c.school_id == SCHOOL.key)
        return list(await self.house.database.run(lambda tx: tx.execute(kept).all()))


async def with_staff(database: Database, folder: Path) -> Chats:
    """Return the chats of a school whose coordinator has come."""
    chats = Chats(database, folder)
    token = invite(database, SCHOOL, STAFF, "Kersti Pärn", Role.COORDINATOR, FRIDAY)
    await chats.say("kersti", f"/start {token}", "English", "Yes, that is me")
    return chats


async def test_a_line_that_named_somebody_says_only_that_it_did(
    database: Database, tmp_path: Path
) -> None:
    chats = await with_staff(database, tmp_path)
    await chats.say("liis", *ALUMNI)
    before = await chats.lines("kersti")
    assert "Liis Saar" in (await chats.texts("kersti"))[-1]

    await chats.say("liis", "/delete", "Delete everything")

    assert not any("Liis" in text or "Welding" in text for text in await chats.texts("kersti"))
    card = next(line for line in await chats.lines("kersti") if line.number == before[-1].number)
    body = from_json(card.body)
    assert isinstance(body, BySchool)
    assert (body.sheet.text, body.sheet.language, body.sheet.rows) == (GONE, "en", ())
    assert (card.key, card.at) == (None, before[-1].at)
    assert card.change > before[-1].change


async def test_the_sentence_is_in_the_language_of_the_line(
    database: Database, tmp_path: Path
) -> None:
    chats = await with_staff(database, tmp_path)
    await chats.say("kersti", "/language et")
    await chats.say("liis", *ALUMNI)

    await chats.say("liis", "/delete", "Delete everything")

    assert "Selles sõnumis oli nimetatud inimene, kes on lahkunud." in await chats.texts("kersti")


async def test_lines_about_others_stay_as_they_are(database: Database, tmp_path: Path) -> None:
    chats = await with_staff(database, tmp_path)
    await chats.say("liis", *ALUMNI)
    await chats.say("mari", *(w if w != "Liis Saar" else "Mari Kask" for w in ALUMNI))
    before = await chats.texts("kersti")

    await chats.say("liis", "/delete", "Delete everything")

    assert [text for text in await chats.texts("kersti") if "Mari Kask" in text] == [
        text for text in before if "Mari Kask" in text
    ]


async def test_no_letter_to_others_says_anything_about_whoever_is_gone(
    database: Database, tmp_path: Path
) -> None:
    chats = await with_staff(database, tmp_path)
    await chats.say("liis", *ALUMNI)
    await chats.say("kersti", "Ask", "Who was your class teacher?")
    await chats.say("liis", "Answer", "Mrs Mägi, in 2009")
    assert any("Mrs Mägi" in row.letter for row in await chats.letters())

    await chats.say("liis", "/delete", "Delete everything")

    letters = [row.letter for row in await chats.letters()]
    assert not any("Mrs Mägi" in letter for letter in letters)
    assert "A sign-up has been withdrawn. You need do nothing." in {
        json.loads(letter)["parts"][0][0] for letter in letters
    }
