from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given, strategies as st

from bot.conversation.case import NOBODY, Case, Settled, Stay, To, slots_of
from bot.conversation.effects import OpenCase, Refusal, Tell
from bot.conversation.engine import Turn
from bot.conversation.expectations import Deadline, Open, Tap, do, wait
from bot.conversation.messages import Who, msg
from bot.domain.people import (
    Cancelled,
    CaseEvent,
    PersonId,
    Released,
    Report,
    Side,
    Suspended,
    Withdrawn,
)
from tests.conversation.hosting import (
    DAY,
    FIRM,
    GUEST,
    HOST,
    Accepted,
    Asking,
    Dated,
    DayOver,
    Declined,
    Hosting,
    Joined,
    NoAnswer,
    Plan,
    Told,
    Visiting,
    WhyNot,
)
from tests.conversation.visiting import VisitBooking

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
LIIS, MARI, ANA = PersonId(1), PersonId(2), PersonId(3)
HOSTING = Hosting()


def a_case(**seats: PersonId) -> Case[Plan, Visiting]:
    people = seats or {"guest": LIIS, "host": MARI}
    return Case(Plan("Welding"), {part: people[part] for part in Visiting if part in people}, NOW)


def test_a_case_begins_with_what_is_known_and_with_whoever_begins_it() -> None:
    assert Hosting.open(Plan("Welding"), {HOST: MARI}, mine=GUEST) == OpenCase(
        "test.hosting", Plan("Welding"), {HOST: MARI}, "guest"
    )


def test_a_case_is_changed_only_by_making_another() -> None:
    case = a_case()

    seated, empty = case.seating(FIRM, ANA), case.without(GUEST)

    assert (seated.people, empty.people) == (
        {GUEST: LIIS, HOST: MARI, FIRM: ANA},
        {HOST: MARI},
    )
    assert case.knowing(Plan("Baking")).facts == Plan("Baking")
    assert case == a_case()


def test_facts_properties_and_people_fill_what_is_told() -> None:
    told = a_case().tell(HOST, msg("{guest}: {trade}, {company}, {school}"))

    assert told == (
        Tell(
            MARI,
            msg(
                "{guest}: {trade}, {company}, {school}",
                guest=Who(LIIS),
                trade="Welding",
                company="0",
            ),
        ),
    )


def test_who_plays_no_part_is_somebody_where_they_are_named() -> None:
    told = a_case().tell(HOST, msg("{guest}, {firm}"))

    assert told == (Tell(MARI, msg("{guest}, {firm}", guest=Who(LIIS), firm=Who(NOBODY))),)


def test_nobody_is_told_where_nobody_sits() -> None:
    assert a_case().tell(FIRM, msg("Hello.")) == ()


def test_all_but_whoever_acted_are_told_once() -> None:
    case = Case(Plan("Welding"), {GUEST: LIIS, HOST: MARI, FIRM: MARI}, NOW, actor=LIIS)

    assert case.tell_others(msg("Over.")) == (Tell(MARI, msg("Over.")),)
    assert [tell.to for tell in a_case().tell_others(msg("Over."))] == [LIIS, MARI]


def test_texts_may_name_the_fields_and_the_properties_of_facts() -> None:
    assert slots_of(Plan) == {"trade", "at", "told", "company"}


def test_a_button_carries_its_event_and_its_reason() -> None:
    keys = [action.key for action in Hosting.states["asked"].expects[HOST].actions]

    assert keys == ["Accepted", "Declined.no_time", "Declined.no_room"]
    assert [a.key for a in Hosting.states["to_date"].expects[GUEST].actions] == ["Dated"]


def test_who_is_to_act_gets_a_letter_and_who_waits_does_not() -> None:
    assert do(msg("Answer.")).letter == msg("Answer.")
    assert wait(msg("Wait.")).letter is None
    assert (do(msg("Answer.")).is_due, wait(msg("Wait.")).is_due) == (True, False)


def test_only_those_who_are_asked_may_raise_an_event() -> None:
    assert Hosting.can("asked", HOST, Accepted)
    assert not Hosting.can("asked", GUEST, Accepted)
    assert not Hosting.can("dated", HOST, Accepted)
    assert not Hosting.can("asked", FIRM, Accepted)


def test_who_may_open_the_same_dialogue_in_the_next_state_goes_on_with_it() -> None:
    seats = {GUEST: LIIS, HOST: MARI}
    finds_a_day = {(LIIS, VisitBooking.name)}

    assert Hosting.who_goes_on("to_date", seats, "to_date", seats) == finds_a_day
    assert Hosting.who_goes_on("to_date", seats, "dated", seats) == frozenset()
    assert Hosting.who_goes_on("asked", seats, "to_date", seats) == frozenset()
    assert Hosting.who_goes_on("to_date", seats, "called_off", seats) == frozenset()


def test_who_has_another_part_by_then_goes_on_only_if_that_is_offered_the_same() -> None:
    seats, changed = {GUEST: LIIS, HOST: MARI}, {GUEST: MARI, HOST: LIIS}

    assert Hosting.who_goes_on("to_date", seats, "to_date", changed) == frozenset()


def test_nobody_goes_on_writing_to_somebody_who_has_only_come_in_since() -> None:
    seats = {GUEST: LIIS, HOST: MARI}

    assert Hosting.who_goes_on("to_date", seats, "to_date", {**seats, HOST: ANA}) == frozenset()
    assert Hosting.who_goes_on("to_date", seats, "to_date", {GUEST: LIIS}) == {
        (LIIS, VisitBooking.name)
    }


def test_some_events_may_be_raised_at_any_time_but_not_by_everybody() -> None:
    assert [Hosting.can(state, GUEST, Withdrawn) for state in ("asked", "dated")] == [True, True]
    assert not Hosting.can("asked", GUEST, Cancelled)


def test_an_event_means_nothing_where_nothing_is_said_about_it() -> None:
    assert HOSTING.react("asked", a_case(), Told()) is None


def test_a_state_among_several_answers_as_the_others_do() -> None:
    moves = [HOSTING.react(state, a_case(), NoAnswer()) for state in ("asked", "to_date")]

    assert moves == [To("called_off", a_case())] * 2


def test_a_transition_says_where_it_leads_what_is_known_and_who_is_told() -> None:
    move = HOSTING.react("asked", a_case(), Accepted())

    assert isinstance(move, To)
    assert (move.state, [tell.to for tell in move.effects if isinstance(tell, Tell)]) == (
        "to_date",
        [LIIS],
    )


def test_whoever_has_done_their_part_is_settled_until_all_have() -> None:
    first = HOSTING.react("dated", a_case(), Told())
    assert isinstance(first, Settled)
    second = HOSTING.react("dated", first.case, Told())

    assert isinstance(second, To)
    assert (second.state, second.case.facts.told) == ("thanked", 2)


def test_a_lifecycle_knows_whether_it_hears_of_cases_below() -> None:
    assert (Hosting.has_below, Asking.has_below) == (True, False)


def test_a_deadline_may_follow_from_the_facts() -> None:
    deadline: Deadline[Plan] = Hosting.states["dated"].deadlines[0]
    assert callable(deadline.when)

    assert [deadline.when(Plan("Welding", at)) for at in (NOW, None)] == [NOW + DAY, None]


def test_a_part_is_played_by_people_of_one_side() -> None:
    assert [(part.value, part.side) for part in Visiting] == [
        ("guest", Side.ALUMNI),
        ("host", Side.STAFF),
        ("firm", Side.FIRMS),
    ]


def test_a_refusal_keeps_its_words_for_the_person() -> None:
    refusal = Refusal(msg("{who} is taken.", who="Liis"))

    assert (str(refusal), refusal.why) == ("{who} is taken.", msg("{who} is taken.", who="Liis"))


def test_words_of_people_stay_out_of_what_is_logged() -> None:
    secret = "somebody's own words"

    shown = repr(
        (
            Tell(LIIS, msg("{text}", text=secret)),
            Turn(None, (msg("{text}", text=secret),)),
            Tap(msg("Yes"), Accepted()),
        )
    )

    assert secret not in shown


EVENTS: st.SearchStrategy[CaseEvent] = st.one_of(
    st.builds(Accepted),
    st.builds(Declined, st.sampled_from(WhyNot)),
    st.builds(Dated, st.just(NOW)),
    st.sampled_from((NoAnswer(), Told(), DayOver(), Joined())),
    st.sampled_from((Withdrawn(), Suspended(), Cancelled(), Released())),
)


def lived(
    events: list[CaseEvent], **seats: PersonId
) -> Iterator[tuple[str, int, Stay | To[str] | None]]:
    """Live a case as a turn does; yield the state, the entry and the move after each event."""
    opening = Hosting.opened.react(HOSTING, a_case(**seats))
    assert isinstance(opening, To)
    state, entry, case = opening.state, 1, opening.case
    yield state, entry, opening
    for event in events:
        move = HOSTING.react(state, case, event)
        if isinstance(move, To):
            state, entry, case = move.state, entry + 1, move.case
        elif move:
            case = move.case
        yield state, entry, move


@given(st.lists(EVENTS, max_size=30), st.booleans())
def test_a_case_stays_sound_whatever_happens(events: list[CaseEvent], is_hosted: bool) -> None:
    seats = {"guest": LIIS} | ({"host": MARI} if is_hosted else {})
    lives = list(lived(events, **seats))

    for (state, entry, _), (after, later, move) in pairwise(lives):
        assert later - entry == isinstance(move, To)
        if Hosting.states[state].is_final:
            assert (after, later, move) == (state, entry, None)
        if not isinstance(move, To):
            assert after == state
    assert all(Hosting.states[state].phase for state, _, _ in lives)


@given(EVENTS, st.sampled_from([name for name, s in Hosting.states.items() if s.phase]))
def test_every_outcome_was_declared(event: CaseEvent, state: str) -> None:
    move = HOSTING.react(state, a_case(), event)

    assert (move is not None) == ((state, type(event)) in Hosting.transitions)
    if move is not None:
        able = [part for part in Visiting if Hosting.can(state, part, type(event))]
        timed = type(event) in {d.raises for d in Hosting.states[state].deadlines}
        assert able or timed or isinstance(event, Report)


@given(st.sampled_from([name for name, s in Hosting.states.items() if s.is_final]), EVENTS)
def test_what_is_over_takes_nothing(state: str, event: CaseEvent) -> None:
    assert HOSTING.react(state, a_case(), event) is None


def test_a_button_may_open_a_dialogue_that_brings_its_event() -> None:
    (action,) = Hosting.states["to_date"].expects[GUEST].actions

    assert isinstance(action, Open)
    assert (action.raises, action.dialogue.name) == (Dated, "test.visit")
