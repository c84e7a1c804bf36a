from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

import pytest

from bot.conversation.case import Case, To
from bot.conversation.declaring import JourneyError
from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Patience, StepsOf
from bot.conversation.expectations import Deadline, Nudge, Tap, absent, do
from bot.conversation.journey import Journey
from bot.conversation.lifecycle import Lifecycle, Phase
from bot.conversation.messages import msg
from bot.conversation.times import (
    FIXED,
    FOLLOWS,
    Declared,
    Time,
    named_nudges,
    named_times,
    patience_in,
    problems_in,
    state_in,
    times_of,
)
from bot.conversation.typed import Words
from bot.domain.people import Cancelled, Suspended, Withdrawn
from bot.domain.times import NO_TIMES, Length, WorkingDays
from tests.conversation.hosting import (
    DAY,
    FIRM,
    GUEST,
    HOST,
    Accepted,
    DayOver,
    Hosting,
    NoAnswer,
    Plan,
    Visiting,
    state,
)
from tests.conversation.visiting import VisitBooking

HOUR = timedelta(hours=1)
TODAY = msg("Today is the day.")


class Tea(Lifecycle[Plan, Visiting]):
    """Times of all kinds."""

    name = "tea"

    asked = state(
        Phase.SIGN_UP,
        expects={
            HOST: do(msg("Answer."), Tap(msg("Yes"), Accepted())),
            GUEST: do(msg("Ask again.")),
            FIRM: absent,
        },
        nudges=(
            Nudge(HOST, DAY, msg("First.")),
            Nudge(HOST, lambda plan: plan.at, TODAY),
            Nudge(GUEST, lambda plan: plan.at, TODAY),
            Nudge(HOST, 2 * DAY, msg("Second.")),
        ),
        deadlines=(Deadline(4 * DAY, NoAnswer()), Deadline(5 * DAY, DayOver(), is_fixed=True)),
    )
    done = state.final(Phase.FEEDBACK)
    anywhere = state.anywhere({GUEST: (Withdrawn,), HOST: (Cancelled, Suspended)})

    @state.opening
    def begins(self, case: Case[Plan, Visiting]) -> To[Literal["asked"]]:
        return self.to("asked", case)

    @asked.on(Accepted, NoAnswer, DayOver)
    def ends(
        self, case: Case[Plan, Visiting], event: Accepted | NoAnswer | DayOver
    ) -> To[Literal["done"]]:
        return self.to("done", case)

    @anywhere.on(Withdrawn, Cancelled, Suspended)
    def broken_off(
        self, case: Case[Plan, Visiting], event: Withdrawn | Cancelled | Suspended
    ) -> To[Literal["done"]]:
        return self.to("done", case)


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing need be remembered."""


step = StepsOf(Nothing)


class Thanks(Dialogue[Nothing]):
    """A word of thanks, at ease."""

    name = "tea.asked"
    patience = AT_EASE

    @step(Words(msg("What do you say?"), 99))
    def words(self, draft: Nothing, words: str) -> Done:
        return Done(None)


def journey(name: str, *declared: Any) -> Journey:
    cases = tuple(one for one in declared if issubclass(one, Lifecycle))
    talks = tuple(one for one in declared if issubclass(one, Dialogue))
    return Journey(name, msg("A journey"), msg("A purpose."), talks, cases)


def reminders(*lengths: Length) -> list[tuple[str, str, Any]]:
    """Return the reminders of tea in a school that wants the host reminded so."""
    changed = state_in(Tea, "asked", {"tea": {"asked.remind_host": lengths}})
    return [
        (name, one.say.id, "at" if callable(one.when) else one.when)
        for name, one in named_nudges(changed).items()
    ]


def test_the_times_of_a_case_are_called_by_state_and_part_or_event() -> None:
    assert list(times_of(Hosting)) == [
        Time("asked.remind_host", (DAY, WorkingDays(2)), is_several=True),
        Time("asked.no_answer", (WorkingDays(5),)),
        Time("to_date.no_answer", (10 * DAY,)),
        Time("dated.day_over", (), why_not=FOLLOWS),
    ]


def test_a_time_that_no_school_can_change_says_why() -> None:
    assert list(times_of(Tea)) == [
        Time("asked.remind_host", (DAY, 2 * DAY), is_several=True),
        Time("asked.remind_guest", (), is_several=True, why_not=FOLLOWS),
        Time("asked.no_answer", (4 * DAY,)),
        Time("asked.day_over", (5 * DAY,), why_not=FIXED),
    ]


def test_the_times_of_a_dialogue_are_its_reminders_and_its_end() -> None:
    assert list(times_of(VisitBooking)) == [
        Time("remind", (HOUR, DAY), is_several=True),
        Time("give_up", (2 * DAY,)),
    ]
    assert list(times_of(Thanks)) == [Time("give_up", (DAY,))]


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("tea", ["asked.no_answer", "asked.give_up"]),
        ("parties", ["tea.asked.no_answer", "tea.asked.give_up"]),
    ],
)
def test_within_its_journey_a_declaration_need_not_name_it(name: str, called: list[str]) -> None:
    named = named_times(journey(name, Tea, Thanks))

    assert set(called) <= named.keys()
    assert named[called[0]].declared is Tea
    assert named[called[1]].declared is Thanks


def test_two_times_of_a_journey_are_not_called_the_same() -> None:
    class Same(Thanks):
        name = "asked"

    with pytest.raises(JourneyError, match=r"^tea: two times are called asked\.give_up$"):
        named_times(journey("tea", Thanks, Same))


def test_a_school_that_says_nothing_has_the_times_of_the_journey() -> None:
    assert state_in(Tea, "asked", NO_TIMES) is Tea.states["asked"]
    assert patience_in(VisitBooking, NO_TIMES) is VisitBooking.patience


def test_a_deadline_is_when_the_school_says() -> None:
    changed = state_in(Tea, "asked", {"tea": {"asked.no_answer": (WorkingDays(9),)}})

    assert [one.when for one in changed.deadlines] == [WorkingDays(9), 5 * DAY]
    assert named_nudges(changed).keys() == named_nudges(Tea.states["asked"]).keys()


def test_reminders_come_when_and_as_often_as_the_school_says() -> None:
    today = [("moment.host.0", "Today is the day.", "at")]
    guest = [("moment.guest.0", "Today is the day.", "at")]

    assert reminders() == today + guest
    assert reminders(HOUR) == [*today, ("nudge.host.0", "First.", HOUR), *guest]
    assert reminders(HOUR, DAY, WorkingDays(2)) == [
        *today,
        ("nudge.host.0", "First.", HOUR),
        ("nudge.host.1", "Second.", DAY),
        ("nudge.host.2", "Second.", WorkingDays(2)),
        *guest,
    ]


def test_a_question_waits_as_long_as_the_school_says() -> None:
    changed = patience_in(
        VisitBooking, {"test.visit": {"remind": (DAY, 2 * DAY, 3 * DAY), "give_up": (4 * DAY,)}}
    )

    assert (changed.nudge_after, changed.expire_after) == ((DAY, 2 * DAY, 3 * DAY), 4 * DAY)
    assert changed.remind == VisitBooking.patience.remind


def test_one_time_of_a_dialogue_may_stay_as_it_is() -> None:
    changed = patience_in(VisitBooking, {"test.visit": {"give_up": (4 * DAY,)}})

    assert changed == Patience((HOUR, DAY), 4 * DAY, give_up=msg("Another day."))


@pytest.mark.parametrize(
    ("declared", "key", "lengths", "said"),
    [
        (Tea, "asked.no_answer", (5 * DAY,), []),
        (Tea, "asked.no_answer", (DAY,), ["asked: nudges the host after the deadline"]),
        (Tea, "asked.remind_host", (9 * DAY,), ["asked: nudges the host after the deadline"]),
        (
            Tea,
            "asked.remind_host",
            (2 * HOUR, HOUR),
            ["asked: the nudges of the host do not come one after the other"],
        ),
        (
            Tea,
            "asked.remind_host",
            tuple(number * HOUR for number in range(1, 5)),
            ["asked: nudges the host more than three times"],
        ),
        (
            VisitBooking,
            "give_up",
            (HOUR,),
            ["its nudges do not come one after the other, before it expires"],
        ),
        (
            VisitBooking,
            "give_up",
            (WorkingDays(3),),
            ["a question waits for hours, days or weeks, and not for working days"],
        ),
    ],
)
def test_a_rule_of_the_declaration_is_a_rule_for_the_school(
    declared: Declared, key: str, lengths: tuple[Length, ...], said: list[str]
) -> None:
    assert list(problems_in(declared, {declared.name: {key: lengths}})) == said


def test_what_a_school_has_not_changed_is_right() -> None:
    assert list(problems_in(Tea, NO_TIMES)) == []
    assert list(problems_in(VisitBooking, NO_TIMES)) == []
