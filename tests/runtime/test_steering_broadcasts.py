"""Whoever steers a letter to many does so as it stands, and as long as they may."""

from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.app import House
from bot.conversation.effects import Effect, Start, Tell
from bot.domain.broadcasts.audience import Audience
from bot.domain.broadcasts.desk import OpenBroadcasts, SteerLetter
from bot.domain.broadcasts.events import SendingApproved, SendingResumed, SendingStopped
from bot.domain.consent import Purpose
from bot.domain.people import CaseEvent, CaseId, Command, PersonId, Role
from bot.runtime.orders import finish
from bot.runtime.work import Ordered, Work
from bot.storage import tables
from bot.storage.database import Database
from journeys.broadcasts.facts import OWNER, Planned
from journeys.broadcasts.lifecycle import ToMany
from tests.crowd import OneOfMany, crowd, let_all_in
from tests.runtime.crowded import ManyPosts
from tests.runtime.living import KEY, LIIS, MAITE, let_in, living, person, relaying, rows

WORDS = {"en": "Open day"}
PLANNED = Planned(Purpose.EVENTS, Audience(), WORDS, WORDS, "en", 1)
STALE = "That question is already settled. You are here now:"


async def sending(database: Database, folder: Path) -> tuple[House, PersonId]:
    """Let Maite have begun to write to many; return whom she is known as."""
    house = living(database, folder)
    await let_in(house)
    return house, await write_to_many(house)


async def write_to_many(house: House) -> PersonId:
    maite = await person(house, MAITE)

    def begun(tx: Connection) -> None:
        work = Work(tx, house.setting, house.clock())
        work.order(Ordered(ToMany.open(PLANNED, {}, mine=OWNER), maite))
        finish(work, maite)

    await house.database.run(begun)
    return maite


async def answered(house: House, by: PersonId | None, command: Command) -> list[str]:
    """Return what the command of somebody is answered with: words, or the dialogue that begins."""

    def carried(tx: Connection) -> tuple[Effect, ...]:
        work = Work(tx, house.setting, house.clock())
        return house.setting.carries[type(command)](work, by, command)

    effects = await house.database.run(carried)
    said = [one.message.id for one in effects if isinstance(one, Tell)]
    return said + [one.dialogue for one in effects if isinstance(one, Start)]


async def steering(house: House, event: CaseEvent, entry: int = 1) -> SteerLetter:
    *_, case = await rows(house, tables.cases)
    return SteerLetter(CaseId(case.id), entry, event)


async def test_only_whoever_may_write_to_many_may_stop_a_letter(
    database: Database, tmp_path: Path
) -> None:
    house, _ = await sending(database, tmp_path)
    stop = await steering(house, SendingStopped())

    told = await answered(house, await person(house, LIIS), stop)

    assert told == ["You can no longer write to many."]
    assert (await rows(house, tables.cases))[-1].state == "sending"


@pytest.mark.parametrize(
    ("event", "entry"),
    [(SendingStopped(), 2), (SendingResumed(), 1), (SendingApproved(), 1)],
    ids=["it has moved on", "it is on its way", "nothing waits for a yes"],
)
async def test_what_means_nothing_now_is_settled(
    database: Database, tmp_path: Path, event: CaseEvent, entry: int
) -> None:
    house, maite = await sending(database, tmp_path)

    told = await answered(house, maite, await steering(house, event, entry))

    assert told == [STALE, "broadcasts.sent"]
    assert (await rows(house, tables.cases))[-1].state == "sending"


async def test_nothing_follows_where_nobody_acts(database: Database, tmp_path: Path) -> None:
    house, _ = await sending(database, tmp_path)

    told = [
        await answered(house, None, command)
        for command in (OpenBroadcasts(), await steering(house, SendingStopped()))
    ]

    assert told == [[], []]


async def test_the_report_comes_as_soon_as_the_last_letter_has_left(
    database: Database, tmp_path: Path
) -> None:
    house = living(database, tmp_path)
    await let_in(house)
    everybody = [one for one in crowd(5, 20, house.clock(), first=1000) if is_reached(one)][:1]
    await database.run(lambda tx: let_all_in(tx, KEY, everybody, house.clock()))
    post = ManyPosts(everybody)
    house.relay.connect(post)
    await house.relay.deliver_all()
    post.told.clear()
    post.goes_on.clear()
    post.begun.clear()
    post.tries = 0
    await write_to_many(house)
    house.relay.feeder.look()
    house.relay.wake()

    async with relaying(house):
        await post.begun.wait()
        for _ in range(3):  # whatever the relay looked for meanwhile, it has found
            await rows(house, tables.outbox)
        post.goes_on.set()
        await post.has_told(2)

    assert post.first_lines() == [
        f"{everybody[0].address}< ** Open day **",
        "maite< “Open day” is done.",
    ]


def is_reached(one: OneOfMany) -> bool:
    may_be = not (one.stopped_at or one.paused_until or one.is_unreachable)
    return one.role is Role.ALUMNI and Purpose.EVENTS in one.agreed and may_be
