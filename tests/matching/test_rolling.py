from bot.domain.mentoring.fitting import Mentor, Why
from bot.domain.mentoring.offers import Topic
from bot.domain.people import PersonId
from bot.matching.rolling import best_for
from tests.matching.people import ANNE, FIELDS, PEETER, VERA, mentor, student


def names(*mentors: Mentor, limit: int = 3) -> list[PersonId]:
    """Return who is proposed to Mari, best first."""
    return [fit.mentor.person for fit in best_for(student(), mentors, FIELDS, limit=limit)]


def test_who_fits_best_comes_first_and_is_shown_with_the_reasons() -> None:
    (best, *_) = best_for(
        student(),
        [mentor(PEETER), mentor(VERA, programme="welding"), mentor(ANNE)],
        FIELDS,
    )

    assert best.mentor.person == VERA
    assert best.reasons[0].why is Why.SAME_PROGRAMME
    assert best.score == 7


def test_at_most_three_are_proposed() -> None:
    assert names(*(mentor(PersonId(number)) for number in range(1, 9))) == [1, 2, 3]


def test_as_many_are_proposed_as_are_asked_for() -> None:
    assert names(mentor(ANNE), mentor(PEETER), limit=1) == [ANNE]


def test_who_must_not_be_proposed_is_not_proposed_for_want_of_others() -> None:
    assert names(mentor(ANNE, languages=("ru",)), mentor(PEETER, free=0)) == []


def test_among_equals_it_is_the_turn_of_who_was_asked_least() -> None:
    assert names(mentor(ANNE, asked=9), mentor(PEETER, asked=7), mentor(VERA, asked=8)) == [
        PEETER,
        VERA,
        ANNE,
    ]


def test_then_of_who_has_been_free_longest() -> None:
    assert names(
        mentor(ANNE, days_free=100), mentor(PEETER, days_free=None), mentor(VERA, days_free=300)
    ) == [PEETER, VERA, ANNE]


def test_a_better_fit_is_worth_another_request() -> None:
    helps = mentor(VERA, topics=(Topic.FIRST_JOB,), asked=9)

    assert names(mentor(ANNE, asked=0, days_free=None), helps) == [VERA, ANNE]
