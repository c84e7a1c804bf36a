"""Letters leave once, whatever befalls one of them, the network or the database."""

import asyncio
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from pydantic import SecretStr
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from typing_extensions import override

from bot.app import House
from bot.conversation.dialogue import known
from bot.domain.digest import Frequency
from bot.gateways.port import Outcome, TryLater
from bot.runtime.delivery import claim
from bot.runtime.hands import Hands
from bot.runtime.polite import next_digest
from bot.school import load_school
from bot.settings import Settings
from bot.storage import tables
from bot.storage.database import Database
from bot.texts.sheets import Sheet
from tests.crash.test_numbers import ASKS_TO_BE_TAKEN_IN
from tests.runtime.living import (
    LIIS,
    MAITE,
    Post,
    change,
    clock_of,
    let_in,
    living,
    relaying,
    rows,
    say,
    states,
    write,
)
from tests.stories import SCHOOL
from tests.story import Player

ResultT = TypeVar("ResultT")
PAUSE = timedelta(seconds=30)
LEASE_OVER = timedelta(seconds=61)
NIGHT = datetime(2026, 5, 4, 20, tzinfo=UTC)
"""Eleven in the evening in Tallinn."""


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    return living(database, tmp_path)


class BriefDatabase(Database):
    """Goes away for a moment when it is told to: before it has written, or after, unheard."""

    is_going = False
    has_written = False

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.was_away, self.is_back = False, asyncio.Event()

    @override
    async def run(self, work: Callable[[Connection], ResultT]) -> ResultT:
        if self.is_going:
            self.is_going, self.was_away = False, True
            if self.has_written:
                await super().run(work)
            raise OperationalError("COMMIT", {}, ConnectionError("the server is gone"))
        result = await super().run(work)
        if self.was_away:
            self.is_back.set()
        return result


class CuttingPost(Post):
    """Delivers, and then the database is away."""

    def __init__(self, database: BriefDatabase) -> None:
        super().__init__()
        self.database = database

    @override
    async def deliver(self, address: str, sheet: Sheet) -> Outcome:
        outcome = await super().deliver(address, sheet)
        self.database.is_going = self.tries == 1
        return outcome


@pytest.mark.parametrize(
    "unreadable",
    ['{"parts":[["x"]],"look":"gone"}', "not JSON", "[]", '{"look":"words"}', '{"parts":[[]]}'],
)
async def test_a_letter_that_cannot_be_read_is_refused_and_keeps_nobody(
    house: House, unreadable: str
) -> None:
    await say(house, LIIS, "/start", "1")
    await say(house, MAITE, "/start")
    await change(house, tables.outbox, {"letter": unreadable}, id=1)
    post = Post()

    async with relaying(house):
        house.relay.connect(post)
        await post.has_told(2)
        await write(house, LIIS)
        house.relay.wake()
        await post.has_told(3)

    assert [(row.state, row.why) for row in await rows(house, tables.outbox)] == [
        ("refused", "unreadable"),
        *[("sent", None)] * 3,
    ]


@pytest.mark.parametrize("has_written", [False, True])
async def test_a_mark_outlives_a_database_that_is_away_for_a_moment(
    has_written: bool, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.scheduler.relay.AWAY_SECONDS", 0)
    with closing(BriefDatabase(sqlite_url)) as database:
        database.has_written = has_written
        house = living(database, tmp_path)
        post = CuttingPost(database)
        house.relay.connect(post)

        await say(house, LIIS, "/start")
        await database.is_back.wait()
        clock_of(house).at += timedelta(hours=5)
        await house.ticks.tick()
        await house.relay.deliver_all()

        assert (await states(house), len(post.told)) == (["sent"], 1)


async def test_a_letter_waits_while_the_database_is_away_that_its_gateway_writes_to(
    house: House,
) -> None:
    post = Post()
    post.answers = {1: OperationalError("INSERT", {}, ConnectionError("the server is gone"))}
    house.relay.connect(post)
    await say(house, LIIS, "/start")

    await house.relay.deliver_all()
    told_meanwhile = list(post.told)
    clock_of(house).at += PAUSE
    await house.relay.deliver_all()

    assert told_meanwhile == []
    assert len(post.told) == 1
    assert await states(house) == ["sent"]


async def test_a_network_that_asks_for_a_pause_has_not_been_tried(house: House) -> None:
    post = Post()
    post.answers[1] = TryLater(PAUSE)
    house.relay.connect(post)

    await say(house, LIIS, "/start")
    await house.relay.deliver_all()

    (row,) = await rows(house, tables.outbox)
    assert (row.state, row.attempts, row.not_before) == ("waiting", 0, house.clock() + PAUSE)


async def test_after_a_pause_a_letter_in_flight_at_a_crash_still_goes_out_again(
    house: House,
) -> None:
    post = Post()
    post.answers[1] = TryLater(PAUSE)
    house.relay.connect(post)
    await say(house, LIIS, "/start")
    await house.relay.deliver_all()

    clock_of(house).at += PAUSE
    await house.database.run(
        lambda tx: claim(house.setting, house.clock, Hands("dies"), ["web"], 100, tx)
    )
    clock_of(house).at += LEASE_OVER
    await house.ticks.tick()
    await house.relay.deliver_all()

    assert (await states(house), len(post.told)) == (["sent"], 1)


async def test_stop_drops_news_that_waits_for_the_morning(house: House) -> None:
    post = Post()
    house.relay.connect(post)
    await say(house, LIIS, "/start")
    clock_of(house).at = NIGHT
    await write(house, LIIS)

    await say(house, LIIS, "/stop")
    await house.relay.deliver_all()
    before = len(post.told)
    clock_of(house).at += timedelta(hours=12)
    await house.relay.deliver_all()

    assert (before, post.told[before:]) == (2, [])


async def test_staff_read_once_of_somebody_who_cannot_be_reached_in_their_next_summary(
    house: House, tmp_path: Path
) -> None:
    post = Post()
    house.relay.connect(post)
    await let_in(house)
    await house.relay.deliver_all()
    told = len(post.told)
    post.actors["liis"].has_blocked = True
    for letters in (7, 2):
        for _ in range(letters):
            await write(house, LIIS)
        await house.relay.deliver_all()
    told_today = post.told[told:]

    clock_of(house).at = known(next_digest(house.clock(), Frequency.WEEKLY, house.setting.school))
    await house.relay.deliver_all()

    (summary,) = post.told[told:]
    assert told_today == []
    assert summary.startswith("maite< ** This week: 1 thing for you **")
    assert summary.count("The chat has been closed on the other side") == 1
    assert "Name: Liis" in summary


async def test_a_card_that_waited_for_monday_is_left_out_when_it_is_settled(
    database: Database, tmp_path: Path
) -> None:
    settings = Settings(secret_key=SecretStr("k" * 32), data_folder=tmp_path)
    player = Player(settings, load_school(SCHOOL), database)
    await player.play(
        "maite: en, web\n! invite maite, coordinator\nmaite> /start {maite}\n"
        "maite> [English]\nmaite> [Yes, that is me]\n(until Friday 23:00)\n"
    )
    await player.play(ASKS_TO_BE_TAKEN_IN.format(name="mari"))
    waiting = [row.state for row in await rows(living(database, tmp_path), tables.outbox)]
    await player.play("maite> /now\nmaite> [Approve]\n(2 minutes pass)\n")
    told = len(player.lines)

    await player.play("(until Monday 12:00)\n")

    assert waiting.count("waiting") == 1
    assert [line for line in player.lines[told:] if line.startswith("maite")] == []
