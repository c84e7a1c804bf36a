"""How many messages a network allows is reckoned from when they left: never one too many, and nearly none too few."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from bot.conversation.messages import msg
from bot.domain.people import PersonId
from bot.runtime.allowance import LATE, ON_THE_WAY, Allowance, known, read, written
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.pace import Brake
from tests.runtime.paces import SECOND, most_in_a_second, to_all, to_one
from tests.story import NOON

A_BLINK = timedelta(milliseconds=10)


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


async def test_a_change_of_an_earlier_letter_is_no_message_to_a_person() -> None:
    brake, who = Brake(), PersonId(1)
    brake.keep("web", to_one(1))
    said = Letter(who, LetterKind.REPLY, (msg("Done."),))
    changed = replace(said, is_edit=True)

    taken = [brake.take("web", (one,), NOON) for one in (said, said, changed, changed)]

    assert taken == [True, False, True, True]
