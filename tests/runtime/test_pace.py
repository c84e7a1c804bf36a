"""No network is written to faster than it allows, and no answer waits behind what is no answer."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typing_extensions import override

from bot.app import Clock, House
from bot.gateways.port import Delivered, Network, Outcome
from bot.runtime.allowance import Allowance
from bot.runtime.letters import LetterKind
from bot.runtime.pace import Pace
from bot.storage import tables
from bot.storage.database import Database, open_database
from bot.system_clock import system_clock
from bot.texts.sheets import Sheet
from tests.runtime.crowded import crowded, send
from tests.runtime.living import (
    LIIS,
    MAITE,
    Post,
    clock_of,
    living,
    relaying,
    rows,
    say,
    write,
)
from tests.runtime.paces import FAST, SECOND, most_in_a_second, to_all, to_one
from tests.story import Actor

A_BLINK, HOUR = timedelta(milliseconds=10), timedelta(hours=1)
CROWD = [Actor(f"p{number}", "en", Network.WEB) for number in range(24)]


class PacedPost(Post):
    """A network that lets itself be written to only so fast, and notes when it was."""

    def __init__(self, pace: Pace | None, clock: Clock, network: Network = Network.WEB) -> None:
        super().__init__(network)
        self._pace, self._clock = pace, clock
        self.moments: list[datetime] = []
        self.actors |= {one.name: Actor(one.name, "en", network) for one in CROWD}
        for actor in self.actors.values():
            actor.network = network

    @property
    @override
    def pace(self) -> Pace | None:
        return self._pace

    @override
    async def deliver(self, address: str, sheet: Sheet) -> Outcome:
        self.moments.append(self._clock())
        return await super().deliver(address, sheet)

    @property
    def told_whom(self) -> list[str]:
        """Return to whom the letters went, in order."""
        return [sheet.partition("<")[0] for sheet in self.told]


async def come_in(house: House, *people: Actor) -> None:
    """Let everybody say hello; what they are told is told before a network is slow."""
    post = PacedPost(None, house.clock)
    house.relay.connect(post)
    for one in people:
        await say(house, one, "/start")
    await house.relay.deliver_all()
    assert len(post.told) == len(people)


async def pass_time(house: House, span: timedelta, step: timedelta = A_BLINK) -> None:
    """Let time pass, and letters leave as it does."""
    clock = clock_of(house)
    until = clock.at + span
    while clock.at < until:
        await house.relay.deliver_all()
        clock.at += step


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    return living(database, tmp_path)


async def test_there_is_always_room_for_an_answer(house: House) -> None:
    await come_in(house, *CROWD, LIIS)
    post = PacedPost(to_all(28), house.clock)
    house.relay.connect(post)
    for one in CROWD:
        await write(house, one)
    await house.relay.deliver_all()
    before = len(post.told)

    await say(house, LIIS, "/help")
    await house.relay.deliver_all()

    assert before < len(CROWD)
    assert post.told_whom[before:] == ["liis", "liis"]


async def test_letters_to_a_crowd_leave_at_the_pace_of_the_network(house: House) -> None:
    await come_in(house, *CROWD)
    post = PacedPost(to_all(10), house.clock)
    house.relay.connect(post)
    for one in CROWD:
        await write(house, one)

    await pass_time(house, 4 * SECOND)

    assert sorted(post.told_whom) == sorted(one.name for one in CROWD)
    assert most_in_a_second(post.moments) <= 10
    assert [row.attempts for row in await rows(house, tables.outbox)] == [1] * 2 * len(CROWD)


async def test_an_answer_does_not_wait_behind_news(house: House) -> None:
    await come_in(house, *CROWD, LIIS)
    post = PacedPost(to_all(10), house.clock)
    house.relay.connect(post)
    for one in CROWD:
        await write(house, one)
    await house.relay.deliver_all()
    before = len(post.told)

    await say(house, LIIS, "/help")
    await pass_time(house, 4 * SECOND)

    assert before < len(CROWD)
    assert post.told_whom[before : before + 2] == ["liis", "liis"]
    assert len(post.told) == len(CROWD) + 2
    assert most_in_a_second(post.moments) <= 10


async def test_one_person_is_written_to_once_a_second_after_a_short_burst(house: House) -> None:
    await come_in(house, LIIS, MAITE)
    post = PacedPost(to_one(3), house.clock)
    house.relay.connect(post)
    for number in range(6):
        await write(house, LIIS, f"News {number}.")
    await write(house, MAITE)

    await pass_time(house, 4 * SECOND)

    of_liis = [
        (at - post.moments[0], told)
        for at, told in zip(post.moments, post.told, strict=True)
        if told.startswith("liis")
    ]
    assert of_liis == [
        (SECOND * after, f"liis< News {number}.")
        for number, after in enumerate([0, 0, 0, 1, 2, 3])
    ]
    assert post.moments[post.told_whom.index("maite")] == post.moments[0]


async def test_whoever_has_many_letters_waiting_is_answered_first(house: House) -> None:
    await come_in(house, LIIS)
    post = PacedPost(to_one(3), house.clock)
    house.relay.connect(post)
    for number in range(9):
        await write(house, LIIS, f"News {number}.")
    await house.relay.deliver_all()

    await say(house, LIIS, "/language")
    await pass_time(house, 2 * SECOND)

    assert [line.removeprefix("liis< ") for line in post.first_lines()] == [
        "News 0.",
        "News 1.",
        "News 2.",
        "Which language would you like?",
    ]


class WordyPost(PacedPost):
    """A network on which a letter is two messages."""

    @override
    async def deliver(self, address: str, sheet: Sheet) -> Outcome:
        outcome = await super().deliver(address, sheet)
        self.moments.append(self._clock())
        return replace(outcome, messages=2) if isinstance(outcome, Delivered) else outcome


@pytest.mark.parametrize(("allowed", "at_most"), [(28, 30), (10, 11)])
async def test_a_letter_to_many_that_is_two_messages_counts_twice(
    database: Database, tmp_path: Path, allowed: int, at_most: int
) -> None:
    house, paper = await crowded(database, tmp_path)
    post = WordyPost(to_all(allowed), house.clock)
    post.actors |= paper.actors
    house.relay.connect(post)
    number = await send(house)

    await pass_time(house, (2 * number / allowed + 1) * SECOND)

    assert len(post.told) == number
    assert most_in_a_second(post.moments) <= at_most


async def test_another_network_is_not_kept_by_one_that_is_slow(house: House) -> None:
    slow = Actor("liis", "en", Network.TELEGRAM)
    others = CROWD[1:]
    await come_in(house, *others)
    paced = PacedPost(to_all(1), house.clock, Network.TELEGRAM)
    house.relay.connect(paced)
    await say(house, slow, "/start")
    await house.relay.deliver_all()
    free = Post()
    free.actors |= {one.name: one for one in CROWD}
    house.relay.connect(free)
    await write(house, slow)
    for one in others:
        await write(house, one)

    await house.relay.deliver_all()

    assert (len(paced.told), len(free.told)) == (1, len(others))


@pytest.mark.parametrize("moved", [-HOUR, HOUR])
async def test_nobody_waits_because_the_clock_was_moved(house: House, moved: timedelta) -> None:
    await come_in(house, *CROWD)
    post = PacedPost(to_all(10), house.clock)
    house.relay.connect(post)
    for one in CROWD:
        await write(house, one, kind=LetterKind.REPLY)
    await house.relay.deliver_all()

    clock_of(house).at += moved
    await pass_time(house, 4 * SECOND)

    assert len(post.told) == len(CROWD)


@pytest.mark.parametrize("moved", [-HOUR, HOUR])
async def test_one_person_does_not_wait_because_the_clock_was_moved(
    house: House, moved: timedelta
) -> None:
    await come_in(house, LIIS)
    post = PacedPost(to_one(1), house.clock)
    house.relay.connect(post)
    for _ in range(3):
        await write(house, LIIS)
    await house.relay.deliver_all()

    clock_of(house).at += moved
    await pass_time(house, 4 * SECOND)

    assert len(post.told) == 3


async def test_two_processes_share_what_the_network_allows(
    postgresql_url: str, tmp_path: Path
) -> None:
    with (
        closing(open_database(postgresql_url)) as one,
        closing(open_database(postgresql_url)) as two,
    ):
        house = living(one, tmp_path)
        other = living(two, tmp_path, house.clock)
        await come_in(house, *CROWD)
        posts = [PacedPost(to_all(10), house.clock) for _ in range(2)]
        house.relay.connect(posts[0])
        other.relay.connect(posts[1])
        for actor in CROWD:
            await write(house, actor)

        for _ in range(400):
            await house.relay.deliver_all()
            await other.relay.deliver_all()
            clock_of(house).at += A_BLINK
            house, other = other, house

        moments = sorted(posts[0].moments + posts[1].moments)
        assert sorted(posts[0].told_whom + posts[1].told_whom) == sorted(a.name for a in CROWD)
        assert min(len(post.told) for post in posts) > 0
        assert most_in_a_second(moments) <= 10
        assert {row.attempts for row in await rows(house, tables.outbox)} == {1}


async def test_what_was_left_waiting_leaves_by_itself(database: Database, tmp_path: Path) -> None:
    house = living(database, tmp_path, system_clock)
    await come_in(house, *CROWD)
    post = PacedPost(Pace(Allowance.a_second(200), FAST), house.clock)
    house.relay.connect(post)
    for one in CROWD:
        await write(house, one, kind=LetterKind.URGENT)

    async with relaying(house):
        await post.has_told(len(CROWD))
