"""A whole school's bot over one database, and what a test may do in it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Connection, Table, select, text, update
from typing_extensions import override

from bot.app import Clock, House, build
from bot.conversation.messages import msg
from bot.domain.people import PersonId, Role
from bot.domain.school import StaffKey
from bot.gateways.port import Incoming, Network, Outcome, Typed
from bot.runtime.classes import make_code
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.outbox import put
from bot.runtime.staff import invite
from bot.runtime.work import Work, Written
from bot.school import load_school
from bot.settings import Settings
from bot.storage import tables
from bot.storage.database import Database
from bot.texts.sheets import Sheet
from handlers.incoming import hearing
from tests.stories import SCHOOL
from tests.story import Actor, PaperPost, StoryClock

LIIS = Actor("liis", "en", Network.WEB)
MAITE = Actor("maite", "en", Network.WEB)
ACTORS = {"liis": LIIS, "maite": MAITE}
KEY = "three-shores"
UPDATES = count(1)
SECONDS = 10
"""After so long without what it waits for, a test has failed; what holds takes no part of it."""


def living(database: Database, folder: Path, clock: Clock | None = None) -> House:
    """Build the school's bot; with another house's *clock* it is a second process."""
    settings = Settings(secret_key=SecretStr("k" * 32), data_folder=folder)
    return build(settings, load_school(SCHOOL), database, clock or StoryClock())


def clock_of(house: House) -> StoryClock:
    """Return the clock of a house, which can be moved."""
    assert isinstance(house.clock, StoryClock)
    return house.clock


@asynccontextmanager
async def relaying(house: House) -> AsyncIterator[None]:
    """Let letters leave as they come; the relay must live on to the end."""
    running = asyncio.create_task(house.relay.run())
    yield
    assert not running.done(), "the relay has died"
    running.cancel()
    await asyncio.wait({running})


class Post(PaperPost):
    """Delivers on paper to Liis and Maite, as a network that does what it is told to."""

    def __init__(self, network: Network = Network.WEB) -> None:
        self.told: list[str] = []
        self.begun, self.goes_on = asyncio.Event(), asyncio.Event()
        self.goes_on.set()
        self.answers: dict[int, Outcome | Exception] = {}
        """What it answers instead of delivering, by the number of the try, from 1."""
        self.tries = 0
        self._arrived = asyncio.Condition()
        self.actors = {name: replace(one, sheets=[]) for name, one in ACTORS.items()}
        super().__init__(network, self.actors, self.told.append)

    def first_lines(self, start: int = 0) -> list[str]:
        """Return how each letter begins, from number `start` on."""
        return [sheet.splitlines()[0] for sheet in self.told[start:]]

    async def has_told(self, letters: int) -> None:
        """Wait until so many letters have arrived."""
        async with asyncio.timeout(SECONDS), self._arrived:
            await self._arrived.wait_for(lambda: len(self.told) >= letters)

    @override
    async def deliver(self, address: str, sheet: Sheet) -> Outcome:
        self.tries += 1
        answer = self.answers.get(self.tries)
        self.begun.set()
        if self.tries == 1:
            await self.goes_on.wait()
        if isinstance(answer, Exception):
            raise answer
        if answer:
            return answer
        outcome = await super().deliver(address, sheet)
        async with self._arrived:
            self._arrived.notify_all()
        return outcome


async def say(house: House, who: Actor, *words: str) -> None:
    """Let `who` say things, one after the other."""
    for one in words:
        update_id = f"u{next(UPDATES)}"
        said = Incoming(who.network, who.address, update_id, Typed(one), who.language)
        await hearing(house.turns)(said)


async def let_in(house: House) -> None:
    """Let Maite be the school's coordinator, and Liis a student."""
    school, now = house.setting.school, house.clock()
    who = (StaffKey("maite"), "Maite", Role.COORDINATOR)
    token = await asyncio.to_thread(invite, house.database, school, *who, now)
    code = await asyncio.to_thread(make_code, house.database, school, "KE-24", now)
    await say(house, MAITE, f"/start {token}", "English", "1")
    await say(house, LIIS, f"/start {code}", "English", "1", "2001", "Liis")


async def person(house: House, who: Actor) -> PersonId:
    """Return under which number `who` is known."""
    a = tables.addresses.c
    known = select(a.person_id).where(a.school_id == KEY, a.address == who.address)
    return PersonId(await house.database.run(lambda tx: tx.execute(known).scalar_one()))


async def rows(house: House, table: Table) -> list[Any]:
    """Return what a table has of the school, in order."""
    wanted = select(table).where(table.c.school_id == KEY).order_by(*table.primary_key.columns)
    return list(await house.database.run(lambda tx: tx.execute(wanted).all()))


async def states(house: House) -> list[str]:
    """Return what has become of each letter."""
    return [row.state for row in await rows(house, tables.outbox)]


async def change(
    house: House, table: Table, values: Mapping[str, object], **where: object
) -> None:
    """Write to rows of the school what nobody would."""
    these = [table.c[name] == value for name, value in where.items()]
    changed = update(table).where(table.c.school_id == KEY, *these).values(**values)
    await house.database.run(lambda tx: tx.execute(changed))


async def write(
    house: House, who: Actor, words: str = "Done.", kind: LetterKind = LetterKind.NEWS
) -> Written:
    """Put a letter to `who` into the outbox; return what others would be told of it."""
    to = await person(house, who)

    def written(tx: Connection) -> Written:
        work = Work(tx, house.setting, house.clock())
        work.letters.append(Letter(to, kind, (msg(words),)))
        put(work)
        return work.written

    return await house.database.run(written)


async def somebody_waits_for_a_lock(house: House, whoever: asyncio.Future[Any]) -> None:
    """Wait until PostgreSQL has somebody wait for another; `whoever` it is must not end before."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    async with asyncio.timeout(SECONDS):
        while not await house.database.run(lambda tx: tx.execute(waiting).scalar_one()):
            assert not whoever.done(), "nobody had to wait"
