from dataclasses import replace
from datetime import time

import pytest

from bot.domain.arrival import Arrive
from bot.domain.people import Role
from bot.domain.school import (
    Ages,
    Owner,
    Owners,
    QuietHours,
    StaffKey,
    consent_age,
)
from tests.texts.school import SCHOOL

KERSTI, MARI, REIN = StaffKey("kersti"), StaffKey("mari"), StaffKey("rein")


@pytest.mark.parametrize(
    ("country", "age"), [("EE", 13), ("ES", 14), ("IT", 14), ("NL", 16), ("DE", 16), ("", 16)]
)
def test_the_age_of_consent_is_that_of_the_country(country: str, age: int) -> None:
    assert consent_age(country) == age


def test_telegram_is_for_adults_unless_a_school_says_otherwise() -> None:
    assert Ages(consent=13).telegram == 18


@pytest.mark.parametrize(
    ("at", "is_quiet"),
    [
        (time(20, 59), False),
        (time(21), True),
        (time(0), True),
        (time(7, 59, 59), True),
        (time(8), False),
        (time(12), False),
    ],
)
def test_nights_are_quiet_from_nine_to_eight(at: time, is_quiet: bool) -> None:
    assert QuietHours().cover(at) is is_quiet


@pytest.mark.parametrize(
    ("at", "is_quiet"),
    [(time(12, 59), False), (time(13), True), (time(14), False), (time(0), False)],
)
def test_quiet_hours_need_not_reach_over_midnight(at: time, is_quiet: bool) -> None:
    assert QuietHours(time(13), time(14)).cover(at) is is_quiet


def test_quiet_hours_that_end_as_they_start_cover_nothing() -> None:
    assert not QuietHours(time(8), time(8)).cover(time(8))


def test_whoever_answers_for_everything_answers_where_nobody_is_named() -> None:
    owners = Owners(Owner(KERSTI, MARI), {"signup": Owner(REIN)})

    assert [owners.of(journey) for journey in ("signup", "events")] == [
        Owner(REIN),
        Owner(KERSTI, MARI),
    ]
    assert owners.keys == (KERSTI, MARI, REIN)


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [
        ("es", "es"),
        ("es-MX", "es"),
        ("ET_ee", "et"),
        ("de", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_people_are_spoken_to_in_their_language_or_the_schools(
    wanted: str | None, spoken: str
) -> None:
    assert SCHOOL.language_for(wanted) == spoken


def test_a_school_is_called_by_its_name_in_each_language() -> None:
    assert [SCHOOL.name_in(language) for language in ("et", "de")] == [
        "Ranna Kutsekool",
        "Shore School",
    ]


def test_a_programme_is_called_by_its_name_and_an_old_one_by_its_code() -> None:
    assert [SCHOOL.programme_in(code, "et-EE") for code in ("welding", "mining")] == [
        "Keevitaja",
        "mining",
    ]
    assert (SCHOOL.programme("mining"), SCHOOL.programme("welding")) == (
        None,
        SCHOOL.programmes[0],
    )


@pytest.mark.parametrize("key", ["KE-24", "ke-24", " Ke-24 "])
def test_a_class_is_known_however_it_is_written(key: str) -> None:
    assert SCHOOL.class_called(key) == SCHOOL.classes[0]


def test_a_class_that_is_not_there_is_not_known() -> None:
    assert SCHOOL.class_called("KE-25") is None
    assert replace(SCHOOL, classes=()).class_called("KE-24") is None


def test_staff_come_by_invitation_and_all_others_do_not() -> None:
    assert {role for role in Role if role.is_staff} == {
        Role.TEACHER,
        Role.COORDINATOR,
        Role.SAFEGUARDING,
    }


def test_the_code_somebody_comes_with_is_not_shown() -> None:
    assert "secret" not in repr(Arrive("secret"))
