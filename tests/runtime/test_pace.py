"""No network is written to faster than it allows, and no answer waits behind what is no answer."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from typing_extensions import override

from bot.app import Clock, House
from bot.conversation.messages import msg
from bot.domain.people import PersonId
from bot.gateways.port import Delivered, Network, Outcome
from bot.runtime.allowance import LATE, ON_THE_WAY, Allowance, known, read, written
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.pace import Brake, Pace, Rate
from bot.storage import tables
from bot.storage.database import Database, open_database
from bot.system_clock import system_clock
from bot.texts.sheets import Sheet
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
from tests.runtime.test_broadcasting import crowded, send
from tests.story import NOON, Actor

SECOND, A_BLINK, HOUR = timedelta(seconds=1), timedelta(milliseconds=10), timedelta(hours=1)
CROWD = [Actor(f"p{number}", "en", Network.WEB) for number in range(24)]
FAST = Rate(timedelta(microseconds=1), 1000)
"""No limit that anybody here could reach."""


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


def to_all(most: int) -> Pace:
    """Return a pace that counts what leaves, whoever gets it."""
    return Pace(to_all=Allowance.a_second(most), to_one=FAST)


def to_one(burst: int) -> Pace:
    """Return a pace of one a second to one person, after a burst."""
    return Pace(to_all=Allowance.a_second(1_000_000), to_one=Rate(SECOND, burst))


def most_in_a_second(moments: list[datetime]) -> int:
    """Return how many there are in the fullest second, wherever it begins."""
    return max(sum(start <= at < start + SECOND for at in moments) for start in moments)


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


@given(
    st.integers(1, 400),
    st.lists(
        st.tuples(st.integers(0, 400_000), st.integers(1, 30), st.booleans()),
        min_size=1,
        max_size=60,
    ),
    st.data(),
)
def test_no_second_sees_more_than_is_allowed(
    number: int, wishes: list[tuple[int, int, bool]], data: st.DataObject
) -> None:
    allowed, now = Allowance.a_second(number), NOON
    left: tuple[tuple[datetime, int], ...] = ()
    arrived: list[datetime] = []

    for pause, wanted, for_answers in wishes:
        now += timedelta(microseconds=pause)
        leaving = max(min(wanted, allowed.room(left, now, for_answers=for_answers)), 0)
        left = allowed.leaving(left, now, leaving)
        delay = data.draw(st.integers(0, ON_THE_WAY // timedelta(microseconds=1)))
        arrived += [now + timedelta(microseconds=delay)] * leaving

    assert not arrived or most_in_a_second(arrived) <= number + max(number // 14, 1)


@given(st.integers(1, 60), st.integers(1, 12), st.booleans(), st.integers(1, 30))
def test_whoever_waits_as_long_as_told_finds_room(
    number: int, wanted: int, for_answers: bool, letters: int
) -> None:
    allowed, now = Allowance.a_second(number), NOON
    left: tuple[tuple[datetime, int], ...] = ()
    for _ in range(letters):
        now += allowed.wait(left, now, 1, for_answers=True)
        left = allowed.leaving(left, now, 1)
    ever = min(one.most for one in (allowed.answers if for_answers else allowed.others))
    wanted = min(wanted, ever)

    wait = allowed.wait(left, now, wanted, for_answers=for_answers)

    moment = timedelta(microseconds=1)
    assert allowed.room(left, now + wait, for_answers=for_answers) >= wanted
    if wait:
        assert allowed.room(left, now + wait - moment, for_answers=for_answers) < wanted


@pytest.mark.parametrize("late", [0, 5, 15])
@pytest.mark.parametrize("number", [1, 10, 20, 28, 100, 1000])
def test_nearly_all_leave_that_are_allowed_though_each_is_late(number: int, late: int) -> None:
    allowed, now, letters = Allowance.a_second(number), NOON, 0
    left: tuple[tuple[datetime, int], ...] = ()

    while now < NOON + 20 * SECOND:
        now += allowed.wait(left, now, allowed.least, for_answers=False)
        now += timedelta(milliseconds=late)
        room = allowed.room(left, now, for_answers=False)
        left = known(allowed.leaving(left, now, room), now)
        letters += room

    assert 0.97 * number <= letters / 20 <= 1.05 * number


@given(st.lists(st.integers(0, 500), min_size=60, max_size=90))
def test_a_letter_that_was_late_counts_from_when_it_left(delays: list[int]) -> None:
    brake, now = Brake(), NOON
    brake.keep("web", to_all(28))
    said = Letter(PersonId(0), LetterKind.REPLY, (msg("Done."),))
    arrived: list[datetime] = []

    for who, delay in enumerate(delays):
        while not brake.take("web", (replace(said, to=PersonId(who)),), now):
            now += A_BLINK
        planned, now = now, now + timedelta(milliseconds=delay) / 10
        brake.leaves("web", planned, now)
        arrived.append(now)

    assert most_in_a_second(arrived) <= 30


def test_what_was_late_is_told_to_the_others() -> None:
    brake, later = Brake(), NOON + 10 * A_BLINK
    brake.keep("web", to_all(28))
    brake.take("web", (Letter(PersonId(1), LetterKind.REPLY, (msg("Done."),)),), NOON)
    stored = brake.to_write_down(["web"])["web"]

    brake.leaves("web", NOON, later)
    brake.learn("web", stored)

    assert read(brake.to_write_down(["web"])["web"]) == ((later - LATE, 1),)


def test_what_has_left_is_read_as_it_was_written() -> None:
    left = ((NOON, 1), (NOON + A_BLINK, 3))

    assert read(written(left)) == left


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


async def test_a_change_of_an_earlier_letter_is_no_message_to_a_person() -> None:
    brake, who = Brake(), PersonId(1)
    brake.keep("web", to_one(1))
    said = Letter(who, LetterKind.REPLY, (msg("Done."),))
    changed = replace(said, is_edit=True)

    taken = [brake.take("web", (one,), NOON) for one in (said, said, changed, changed)]

    assert taken == [True, False, True, True]


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
