from dataclasses import replace

import pytest

from bot.domain.mentoring.fitting import Mentor, Reason, Seeker, Why
from bot.domain.mentoring.offers import Criterion, Day, Format, Openness, Topic, Value
from bot.matching.score import reasons
from bot.matching.weights import WEIGHTS
from tests.matching.people import ANNE, FIELDS, MARI, mentor, student

MEETING = {
    Reason(Why.FIRST_LANGUAGE, 1, "et"),
    Reason(Why.SAME_FORMAT, 1, "online"),
}
"""What the ordinary student and mentor have in common."""


def why(seeker: Seeker, of: Mentor) -> set[Reason]:
    """Return why the two fit, beyond how they can meet at all."""
    found = reasons(seeker, of, FIELDS)
    assert found is not None
    return {*found} - MEETING


def points(seeker: Seeker, of: Mentor) -> int:
    """Return how well the two fit."""
    found = reasons(seeker, of, FIELDS)
    assert found is not None
    return sum(reason.points for reason in found)


def test_two_who_can_talk_may_be_matched() -> None:
    assert set(reasons(student(), mentor(), FIELDS) or ()) == MEETING


@pytest.mark.parametrize(
    ("seeker", "of"),
    [
        pytest.param(student(), mentor(languages=("ru", "en")), id="no language in common"),
        pytest.param(student(), mentor(formats=(Format.IN_PERSON,)), id="no way to meet"),
        pytest.param(student(), mentor(free=0), id="no place left"),
        pytest.param(student(), mentor(free=-1), id="more students than places"),
        pytest.param(student(), mentor(openness=Openness.CLOSED), id="closed to requests"),
        pytest.param(student(avoid=(ANNE,)), mentor(ANNE), id="somebody to avoid"),
        pytest.param(student(MARI), mentor(MARI), id="nobody mentors themselves"),
        pytest.param(student(is_adult=False), mentor(), id="a student under 18"),
        pytest.param(student(), mentor(is_adult=False), id="a mentor under 18"),
    ],
)
def test_a_must_that_is_not_met_cannot_be_made_up_for(seeker: Seeker, of: Mentor) -> None:
    alike = replace(of, programme=seeker.programme, asked=0, days_free=None)

    assert reasons(seeker, alike, FIELDS) is None


def test_a_second_language_is_named_and_weighs_nothing() -> None:
    found = reasons(student(languages=("et", "en")), mentor(languages=("en",)), FIELDS)

    assert found == (
        Reason(Why.SAME_FORMAT, 1, "online"),
        Reason(Why.SHARED_LANGUAGE, 0, "en"),
    )


def test_a_mentor_can_help_with_what_the_student_asks_for() -> None:
    helps = mentor(topics=(Topic.ABROAD, Topic.FIRST_JOB))

    assert why(student(topic=Topic.FIRST_JOB, first=Criterion.TRADE), helps) == {
        Reason(Why.SAME_TOPIC, 5, "first_job")
    }


@pytest.mark.parametrize(
    ("programme", "reason"),
    [
        ("welding", {Reason(Why.SAME_PROGRAMME, 5, "welding")}),
        ("machining", {Reason(Why.SAME_FIELD, 3, "0715")}),
        ("cars", {Reason(Why.SAME_FIELD, 1, "071")}),
        ("care", set()),
        ("no longer taught", set()),
        (None, set()),
    ],
)
def test_the_nearer_the_trade_the_more_it_counts(
    programme: str | None, reason: set[Reason]
) -> None:
    assert why(student(programme="welding"), mentor(programme=programme)) == reason


def test_a_programme_no_longer_taught_is_still_the_same_programme() -> None:
    old = "no longer taught"

    assert why(student(programme=old), mentor(programme=old)) == {
        Reason(Why.SAME_PROGRAMME, 5, old)
    }


def test_two_who_never_said_their_trade_have_no_trade_in_common() -> None:
    assert why(student(programme=None), mentor(programme=None)) == set()


def test_of_several_things_in_common_the_students_first_is_named() -> None:
    seeker = student(
        values=(Value.CRAFT, Value.LEARNING, Value.FAMILY), days=(Day.SATURDAY, Day.MONDAY)
    )
    of = mentor(values=(Value.FAMILY, Value.LEARNING), days=(Day.MONDAY, Day.SATURDAY))

    assert why(seeker, of) == {
        Reason(Why.SAME_VALUES, 3, "learning"),
        Reason(Why.SAME_DAY, 1, "saturday"),
    }


@pytest.mark.parametrize("first", Criterion)
def test_what_the_student_puts_first_counts_double(first: Criterion) -> None:
    everything = mentor(
        programme="welding",
        topics=tuple(Topic),
        languages=("et",),
        days=tuple(Day),
        values=tuple(Value),
    )
    found = reasons(
        student(days=(Day.MONDAY,), values=(Value.CRAFT,), first=first), everything, FIELDS
    )

    assert {reason.why: reason.points for reason in found or ()} == {
        weights[0].why: weights[0].points * (2 if criterion is first else 1)
        for criterion, weights in WEIGHTS.items()
    }


def test_a_field_counts_double_for_whom_the_trade_comes_first() -> None:
    near = mentor(programme="machining")

    assert why(student(first=Criterion.TRADE), near) == {Reason(Why.SAME_FIELD, 6, "0715")}


def test_what_counts_most_is_said_first() -> None:
    found = reasons(
        student(values=(Value.CRAFT,)), mentor(programme="cars", values=(Value.CRAFT,)), FIELDS
    )

    assert [reason.why for reason in found or ()] == [
        Why.SAME_VALUES,
        Why.SAME_FIELD,
        Why.FIRST_LANGUAGE,
        Why.SAME_FORMAT,
    ]


@pytest.mark.parametrize("criterion", Criterion)
def test_within_a_criterion_the_first_reason_counts_most(criterion: Criterion) -> None:
    falling = [weight.points for weight in WEIGHTS[criterion]]

    assert falling == sorted(set(falling), reverse=True)


@pytest.mark.parametrize(
    ("asked", "rested"), [(0, {Reason(Why.RESTED, 2)}), (1, {Reason(Why.RESTED, 1)}), (2, set())]
)
def test_who_was_asked_less_is_asked_sooner(asked: int, rested: set[Reason]) -> None:
    assert why(student(), mentor(asked=asked)) == rested


@pytest.mark.parametrize(("days_free", "long"), [(None, True), (90, True), (89, False)])
def test_who_had_no_student_for_long_is_asked_sooner(days_free: int | None, long: bool) -> None:
    assert why(student(), mentor(days_free=days_free)) == (
        {Reason(Why.LONG_FREE, 1)} if long else set()
    )


def test_values_count_more_than_all_that_makes_meeting_easy() -> None:
    easy = student(languages=("et", "en"), days=(Day.MONDAY,), values=(Value.CRAFT,))
    shares_values = mentor(languages=("en",), values=(Value.CRAFT,))
    shares_surface = mentor(languages=("et",), days=(Day.MONDAY,))

    assert points(easy, shares_values) > points(easy, shares_surface)


def test_being_rested_does_not_outweigh_the_same_trade() -> None:
    tired_welder = mentor(programme="welding", asked=9, days_free=0)
    rested_cook = mentor(programme="cooking", asked=0, days_free=None)

    assert points(student(programme="welding"), tired_welder) > points(
        student(programme="welding"), rested_cook
    )
