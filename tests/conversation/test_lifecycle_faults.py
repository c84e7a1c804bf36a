"""A lifecycle that is declared wrongly cannot be imported, and the reason is a sentence."""

import types
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

import pytest

from bot.conversation.case import To
from bot.conversation.declaring import JourneyError
from bot.conversation.expectations import Deadline, Expectation, Nudge, Tap, absent, do, wait
from bot.conversation.lifecycle import Lifecycle, Phase, State
from bot.conversation.messages import msg
from bot.domain.people import Cancelled, Released, Suspended, Withdrawn
from bot.domain.times import WorkingDays
from tests.conversation.hosting import (
    DAY,
    FIRM,
    GUEST,
    HOST,
    Accepted,
    DayOver,
    Declined,
    NoAnswer,
    Plan,
    Told,
    Visiting,
    WhyNot,
    state,
)

YES = Tap(msg("Yes"), Accepted())
NO = Tap(msg("No"), Declined(WhyNot.NO_TIME))
EXPECTS: Mapping[Visiting, Expectation] = {
    HOST: do(msg("Answer."), YES),
    GUEST: wait(msg("Wait.")),
    FIRM: absent,
}
IN_TIME: Deadline[Plan] = Deadline(3 * DAY, NoAnswer())
SHAPE: Any = state(Phase.SIGN_UP, expects=EXPECTS, deadlines=(IN_TIME,))


def to_asked(self: Any, case: Any) -> To[Literal["asked"]]:
    return To("asked", case)


def to_done(self: Any, case: Any, event: Any) -> To[Literal["done"]]:
    return To("done", case)


def again(self: Any, case: Any, event: Any) -> To[Literal["asked"]]:
    return To("asked", case)


def astray(self: Any, case: Any, event: Any) -> To[Literal["nowhere"]]:
    return To("nowhere", case)


def declare(asked: State[Plan, Visiting] = SHAPE, **declared: Any) -> type[Any]:
    """Declare a lifecycle called `Wrong` as if a module did: a right one, but for what is `declared`."""
    done, anywhere = (
        state.final(Phase.FEEDBACK),
        state.anywhere({GUEST: (Withdrawn,), HOST: (Cancelled, Suspended)}),
    )
    body = {
        "name": "test.wrong",
        "asked": asked,
        "done": done,
        "anywhere": anywhere,
        "opening": state.opening(to_asked),
        "yes": asked.on(Accepted)(to_done),
        "silence": asked.on(NoAnswer)(to_done),
        "ends": anywhere.on(Withdrawn, Cancelled, Suspended)(to_done),
        **{name: one(done) if name == "late" else one for name, one in declared.items()},
    }
    return types.new_class("Wrong", (Lifecycle[Plan, Visiting],), {}, lambda ns: ns.update(body))


def shape(
    expects: Mapping[Visiting, Expectation] = EXPECTS,
    nudges: tuple[Nudge[Plan, Visiting], ...] = (),
    deadlines: tuple[Deadline[Plan], ...] = (IN_TIME,),
) -> State[Plan, Visiting]:
    return state(Phase.SIGN_UP, expects=expects, nudges=nudges, deadlines=deadlines)


def refusal(asked: State[Plan, Visiting] = SHAPE, **declared: Any) -> str:
    with pytest.raises(JourneyError) as error:
        declare(asked, **declared)
    return str(error.value)


def nudge(after: timedelta | WorkingDays, to: Visiting = HOST) -> Nudge[Plan, Visiting]:
    return Nudge(to, after, msg("A reminder."))


def test_a_lifecycle_that_is_right_is_accepted() -> None:
    assert set(declare().states) == {"asked", "done", "anywhere"}


def test_a_lifecycle_has_a_name() -> None:
    assert refusal(name=None) == "Wrong.name: it has none of its own"


def test_two_deadlines_of_a_state_do_not_raise_the_same() -> None:
    later: Deadline[Plan] = Deadline(timedelta(days=60), IN_TIME.event)

    assert refusal(shape(deadlines=(IN_TIME, later))) == (
        "Wrong.asked: has two deadlines that raise the same"
    )


def test_a_state_does_not_hide_what_every_lifecycle_has() -> None:
    assert refusal(open=state.final(Phase.FEEDBACK)) == (
        "Wrong.['open']: every lifecycle has something else of that name;"
        " Wrong.open: nothing leads here"
    )


def test_a_case_is_opened_in_one_way() -> None:
    assert refusal(opening=None) == "Wrong: one opening is needed, there are 0"
    assert refusal(second=state.opening(to_asked)) == "Wrong: one opening is needed, there are 2"


def test_a_case_opens_in_a_state_there_is() -> None:
    def lost(self: Any, case: Any) -> To[Literal["asked", "nowhere"]]:
        return To("nowhere", case)

    assert refusal(opening=state.opening(lost)) == "Wrong.lost: no state called ['nowhere']"


def test_a_transition_leads_to_a_state_there_is() -> None:
    assert "Wrong.astray: no state called ['nowhere']" in refusal(yes=SHAPE.on(Accepted)(astray))


def test_what_is_over_has_no_way_out() -> None:
    assert (
        refusal(late=lambda done: done.on(Withdrawn)(again))
        == "Wrong.done: is final, and has a way out"
    )


def test_somebody_can_raise_every_event() -> None:
    assert refusal(more=SHAPE.on(Told)(to_done)) == "Wrong.asked: nobody can raise Told"


def test_a_state_may_answer_itself_what_can_come_at_any_time() -> None:
    declared = declare(own=SHAPE.on(Withdrawn)(again))

    assert declared.transitions["asked", Withdrawn].react is again


def test_every_state_can_be_reached() -> None:
    assert refusal(more=shape(deadlines=())).startswith("Wrong.more: nothing leads here")


def test_being_ended_from_outside_is_no_way_out() -> None:
    stuck = "Wrong.asked: no way out but being ended from outside"

    assert refusal(yes=SHAPE.on(Accepted)(again), silence=SHAPE.on(NoAnswer)(again)) == stuck
    assert (
        refusal(
            yes=SHAPE.on(Accepted)(again),
            silence=SHAPE.on(NoAnswer)(again),
            own=SHAPE.on(Withdrawn)(to_done),
        )
        == stuck
    )


def test_somebody_is_to_act_or_a_deadline_ends_the_state() -> None:
    asked = shape({**EXPECTS, HOST: wait(msg("Wait."), YES)}, deadlines=())

    assert refusal(asked, silence=None) == "Wrong.asked: nobody is to act, and no deadline ends it"


def test_something_is_said_about_every_part() -> None:
    asked = shape({HOST: EXPECTS[HOST], FIRM: absent})

    assert refusal(asked) == "Wrong.asked: says nothing about the guest"


@pytest.mark.parametrize(
    "expected",
    [
        do(msg("Answer {gest}."), YES, NO, letter=msg("Somebody asks.")),
        do(msg("Answer."), YES, NO, letter=msg("{gest} asks.")),
        do(msg("Answer."), YES, Tap(msg("No, {gest}"), Declined(WhyNot.NO_TIME))),
    ],
)
def test_a_text_names_only_facts_parts_and_the_school(expected: Expectation) -> None:
    asked = shape({**EXPECTS, HOST: expected})

    told = refusal(asked, no=asked.on(Declined)(to_done))

    assert told.startswith("Wrong.asked: '")
    assert told.endswith("' names ['gest']")


def test_a_reminder_names_only_facts_parts_and_the_school() -> None:
    asked = shape(nudges=(Nudge(HOST, DAY, msg("{school}, {trade}, {company}, {guest}, {year}")),))

    assert refusal(asked) == (
        "Wrong.asked: '{school}, {trade}, {company}, {guest}, {year}' names ['year']"
    )


@pytest.mark.parametrize(
    "expected",
    [
        wait(msg("Wait for {host}.")),
        wait(msg("Wait."), letter=msg("{host} has been asked.")),
        wait(msg("Wait."), Tap(msg("Not {host}"), Declined(WhyNot.NO_TIME))),
    ],
)
def test_nobody_is_told_the_name_of_staff_who_may_have_left(expected: Expectation) -> None:
    asked = shape({**EXPECTS, GUEST: expected})

    told = refusal(asked, no=asked.on(Declined)(to_done))

    assert told.endswith("' names the host, whose seat may be empty")


def test_a_reminder_names_no_staff_either_but_whom_it_reminds() -> None:
    expects = {**EXPECTS, GUEST: do(msg("Answer."), YES)}
    asked = shape(
        expects,
        (Nudge(HOST, DAY, msg("A reminder for {host}.")), Nudge(GUEST, DAY, msg("Ask {host}."))),
    )

    assert refusal(asked) == "Wrong.asked: 'Ask {host}.' names the host, whose seat may be empty"


def test_a_button_leads_somewhere() -> None:
    asked = shape({**EXPECTS, HOST: do(msg("Answer."), YES, Tap(msg("Good"), Told()))})

    assert refusal(asked) == "Wrong.asked: has a button for Told, which leads nowhere"


def test_two_buttons_do_not_carry_the_same() -> None:
    no = [Tap(msg(text), Declined(WhyNot.NO_TIME)) for text in ("No time", "No room")]
    asked = shape({**EXPECTS, HOST: do(msg("Answer."), YES, *no)})

    assert refusal(asked, no=asked.on(Declined)(to_done)) == (
        "Wrong.asked: has two buttons that carry the same"
    )


def test_two_reasons_of_one_event_are_two_buttons() -> None:
    no = [Tap(msg(why.value), Declined(why)) for why in WhyNot]
    asked = shape({**EXPECTS, HOST: do(msg("Answer."), YES, *no)})

    assert declare(asked, no=asked.on(Declined)(to_done)).can("asked", HOST, Declined)


def test_a_deadline_leads_somewhere() -> None:
    asked = shape(deadlines=(IN_TIME, Deadline(5 * DAY, DayOver())))

    assert refusal(asked) == "Wrong.asked: the deadline DayOver leads nowhere"


def test_nobody_is_reminded_who_has_nothing_to_do() -> None:
    assert refusal(shape(nudges=(nudge(DAY, GUEST),))) == (
        "Wrong.asked: nudges the guest, who has nothing to do"
    )
    assert refusal(shape(nudges=(nudge(DAY, FIRM),))) == (
        "Wrong.asked: nudges the firm, who has nothing to do"
    )


def test_nobody_is_reminded_a_fourth_time() -> None:
    asked = shape(nudges=tuple(nudge(timedelta(hours=i)) for i in range(1, 5)))

    assert refusal(asked) == "Wrong.asked: nudges the host more than three times"


@pytest.mark.parametrize(
    ("reminder", "end"),
    [
        (timedelta(days=4), timedelta(days=3)),
        (timedelta(days=3), timedelta(days=3)),
        (WorkingDays(3), WorkingDays(3)),
        (WorkingDays(5), timedelta(days=5)),
        (timedelta(days=7), WorkingDays(5)),
    ],
)
def test_nobody_is_reminded_after_the_deadline(
    reminder: timedelta | WorkingDays, end: timedelta | WorkingDays
) -> None:
    asked = shape(nudges=(nudge(reminder),), deadlines=(Deadline(end, NoAnswer()),))

    assert refusal(asked) == "Wrong.asked: nudges the host after the deadline"


@pytest.mark.parametrize(
    ("reminder", "end"),
    [(WorkingDays(2), timedelta(days=3)), (timedelta(days=6), WorkingDays(5))],
)
def test_a_reminder_that_a_weekend_may_bring_behind_the_deadline_is_right(
    reminder: timedelta | WorkingDays, end: timedelta | WorkingDays
) -> None:
    asked = shape(nudges=(nudge(reminder),), deadlines=(Deadline(end, NoAnswer()),))

    assert declare(asked).states["asked"].nudges == asked.nudges


def test_reminders_come_one_after_the_other() -> None:
    asked = shape(nudges=(nudge(2 * DAY), nudge(DAY)))

    assert refusal(asked) == (
        "Wrong.asked: the nudges of the host do not come one after the other"
    )


def test_a_moment_that_follows_from_facts_is_not_compared() -> None:
    reminders: tuple[Nudge[Plan, Visiting], ...] = (
        Nudge(HOST, lambda plan: plan.at, msg("A reminder.")),
        nudge(DAY),
    )

    assert declare(shape(nudges=reminders)).states["asked"].nudges == reminders


def test_something_is_said_about_withdrawal_suspension_and_cancelling() -> None:
    everywhere = state.anywhere({GUEST: (Withdrawn,)})

    assert refusal(anywhere=everywhere, ends=everywhere.on(Withdrawn)(to_done)) == (
        "Wrong.anywhere: says nothing about ['Cancelled', 'Suspended']"
    )


def test_a_case_below_leaves_all_but_withdrawal_to_the_case_above() -> None:
    everywhere = state.anywhere({GUEST: (Withdrawn,)})

    declared = declare(
        anywhere=everywhere,
        ends=everywhere.on(Withdrawn)(to_done),
        free=SHAPE.on(Released)(to_done),
    )

    assert Released in {event for _, event in declared.transitions}


def test_every_stored_version_can_be_upgraded() -> None:
    assert refusal(version=3, upgrades={1: dict}) == "Wrong.upgrades: none from version [2]"


def test_one_event_has_one_outcome_in_a_state() -> None:
    assert refusal(more=SHAPE.on(Accepted)(again)) == "Wrong.asked: two transitions on Accepted"


def test_a_transition_says_what_it_returns() -> None:
    def silent(self: Any, case: Any, event: Any):  # type: ignore[no-untyped-def]  # noqa: ANN202  # the fault
        return to_done(self, case, event)

    assert refusal(yes=SHAPE.on(Accepted)(silent)).endswith("silent: annotate what it returns")


def test_all_that_is_wrong_is_said_at_once() -> None:
    asked = shape({HOST: EXPECTS[HOST]})

    assert refusal(asked).split("; ") == [
        "Wrong.asked: says nothing about the guest",
        "Wrong.asked: says nothing about the firm",
    ]
