import sys
from itertools import permutations
from subprocess import run

import pytest

from bot.domain.mentoring.fitting import Mentor, Seeker, Why
from bot.domain.mentoring.offers import Format, Openness, Topic
from bot.domain.people import PersonId
from bot.matching.batch import LeftOver, Proposals, pairs
from bot.matching.rolling import best_for
from tests.matching.people import ANNE, FIELDS, JUKU, MARI, OLGA, PEETER, VERA, mentor, student


def proposed(seekers: list[Seeker], mentors: list[Mentor]) -> dict[PersonId, PersonId]:
    """Return who is proposed to whom."""
    found = pairs(seekers, mentors, FIELDS)
    return {fit.seeker.person: fit.mentor.person for fit in found.fits}


def left_over(seeker: Seeker, *mentors: Mentor) -> LeftOver:
    """Return why nobody is proposed to the student."""
    ((_, why),) = pairs([seeker], mentors, FIELDS).left_over
    return why


def test_nobody_is_left_out_who_could_be_served() -> None:
    # Anne fits Mari best, but Juku can talk to nobody else.
    mari = student(MARI, languages=("et", "en"))
    juku = student(JUKU, languages=("et",), programme="cooking")
    anne = mentor(ANNE, languages=("et",), programme="welding", topics=tuple(Topic))
    peeter = mentor(PEETER, languages=("en",))

    assert best_for(mari, [anne, peeter], FIELDS)[0].mentor == anne
    assert proposed([mari, juku], [anne, peeter]) == {MARI: PEETER, JUKU: ANNE}


def test_all_together_fit_best_even_if_one_does_not_get_the_very_best() -> None:
    # Mari would be best off with Anne, but is well off with Peeter; Juku is so with Anne alone.
    mari = student(MARI, programme="welding", topic=Topic.FIRST_JOB)
    juku = student(JUKU, programme="care", topic=Topic.ABROAD)
    anne = mentor(ANNE, programme="welding", topics=(Topic.FIRST_JOB, Topic.ABROAD))
    peeter = mentor(PEETER, programme="cars", topics=(Topic.FIRST_JOB,))

    assert best_for(mari, [anne, peeter], FIELDS)[0].mentor == anne
    assert proposed([mari, juku], [anne, peeter]) == {MARI: PEETER, JUKU: ANNE}


def test_a_mentor_gets_no_more_students_than_there_are_places() -> None:
    students = [student(MARI), student(JUKU), student(OLGA)]

    assert proposed(students, [mentor(ANNE, free=2)]) == {MARI: ANNE, JUKU: ANNE}


@pytest.mark.parametrize(
    "anne",
    [mentor(ANNE, free=3, monthly=True), mentor(ANNE, free=3, openness=Openness.LIMITED)],
)
def test_who_wants_one_at_a_time_is_proposed_to_one(anne: Mentor) -> None:
    assert proposed([student(MARI), student(JUKU)], [anne]) == {MARI: ANNE}


def test_the_last_place_goes_to_who_has_waited_longest() -> None:
    students = [student(OLGA), student(MARI), student(JUKU)]

    assert proposed(students, [mentor(ANNE)]) == {MARI: ANNE}


def test_who_has_waited_longest_goes_first_among_others_whom_nobody_fits() -> None:
    students = [
        student(MARI, languages=("et", "en")),
        student(JUKU, languages=("en",)),
        student(OLGA, languages=("et",)),
    ]
    mentors = [mentor(ANNE, languages=("ru",)), mentor(PEETER, languages=("ru", "et"))]

    assert proposed(students, mentors) == {MARI: PEETER}


@pytest.mark.parametrize(
    "mentors", list(permutations([mentor(ANNE), mentor(PEETER), mentor(VERA)]))
)
def test_among_mentors_who_are_alike_it_is_always_the_same_one(
    mentors: tuple[Mentor, ...],
) -> None:
    assert proposed([student(MARI)], [*mentors]) == {MARI: ANNE}


def test_but_not_if_somebody_else_fits_better() -> None:
    students = [student(MARI), student(JUKU, programme="cooking")]

    assert proposed(students, [mentor(ANNE, programme="cooking")]) == {JUKU: ANNE}


def test_work_is_spread_over_who_fits_about_equally() -> None:
    students = [student(MARI), student(JUKU)]
    mentors = [mentor(ANNE, free=3, asked=0), mentor(PEETER, free=3, asked=1)]

    assert sorted(proposed(students, mentors).values()) == [ANNE, PEETER]


def test_a_second_student_finds_a_mentor_less_rested_and_no_longer_free() -> None:
    mari, juku = student(MARI), student(JUKU)
    anne = mentor(ANNE, free=2, asked=0, days_free=None)
    first, second = pairs([mari, juku], [anne], FIELDS).fits

    assert first.mentor == second.mentor == anne
    assert {reason.why: reason.points for reason in first.reasons} == {
        Why.FIRST_LANGUAGE: 1,
        Why.SAME_FORMAT: 1,
        Why.RESTED: 2,
        Why.LONG_FREE: 1,
    }
    assert {reason.why: reason.points for reason in second.reasons} == {
        Why.FIRST_LANGUAGE: 1,
        Why.SAME_FORMAT: 1,
        Why.RESTED: 1,
    }


@pytest.mark.parametrize(
    ("seeker", "mentors", "why"),
    [
        (student(is_adult=False), [mentor()], LeftOver.UNDER_AGE),
        (student(), [], LeftOver.NO_MENTORS),
        (student(), [mentor(openness=Openness.CLOSED)], LeftOver.NO_MENTORS),
        (student(), [mentor(is_adult=False)], LeftOver.NO_MENTORS),
        (student(languages=("uk",)), [mentor(languages=("et", "ru"))], LeftOver.NO_LANGUAGE),
        (
            student(languages=("et",), formats=(Format.IN_PERSON,)),
            [
                mentor(ANNE, languages=("et",), formats=(Format.ONLINE,)),
                mentor(PEETER, languages=("ru",), formats=(Format.IN_PERSON,)),
            ],
            LeftOver.NO_FORMAT,
        ),
        (student(), [mentor(free=0)], LeftOver.NO_PLACE),
    ],
)
def test_who_is_left_over_is_told_apart_by_why(
    seeker: Seeker, mentors: list[Mentor], why: LeftOver
) -> None:
    assert left_over(seeker, *mentors) is why


def test_whom_a_student_avoids_cannot_be_told_from_why_they_are_left_over() -> None:
    avoiding = left_over(student(avoid=(ANNE,)), mentor(ANNE))

    assert avoiding is left_over(student(), mentor(ANNE, free=0))


def test_who_is_left_over_is_listed_by_how_long_they_have_waited() -> None:
    found = pairs([student(OLGA), student(JUKU), student(MARI)], [mentor(ANNE)], FIELDS)

    assert [seeker.person for seeker, _ in found.left_over] == [JUKU, OLGA]


def test_nobody_waits_and_nobody_is_proposed() -> None:
    assert pairs([], [mentor()], FIELDS) == Proposals((), ())


def test_any_number_of_languages_may_be_spoken() -> None:
    languages = [f"l{number:03}" for number in range(200)]
    students = [
        student(PersonId(1000 + at), languages=(language,))
        for at, language in enumerate(languages)
    ]
    mentors = [
        mentor(PersonId(1 + at), languages=(language,)) for at, language in enumerate(languages)
    ]

    assert proposed(students, mentors) == {
        PersonId(1000 + at): PersonId(1 + at) for at in range(200)
    }


def test_more_students_than_are_compared_at_a_time_are_all_compared() -> None:
    students = [student(PersonId(1000 + at)) for at in range(150)]
    mentors = [mentor(PersonId(1 + at), free=2) for at in range(75)]

    assert sorted(proposed(students, mentors).values()) == sorted([*range(1, 76)] * 2)


def test_a_server_at_rest_has_not_loaded_the_solver() -> None:
    program = """
import sys
from itertools import permutations
import bot.app, bot.matching.batch, bot.matching.rolling, bot.matching.score
print({"numpy", "scipy"} & set(sys.modules))
"""
    done = run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout == "set()\n"
