from datetime import timedelta

import pytest

from bot.domain.times import Length, WorkingDays, in_time, length_of, surely_reaches

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (DAY, "1 day"),
        (14 * DAY, "14 days"),
        (36 * HOUR, "36 hours"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(seconds=90), "90 seconds"),
        (WorkingDays(1), "1 working day"),
        (WorkingDays(3), "3 working days"),
    ],
)
def test_a_length_is_said_in_the_largest_unit_that_divides_it(length: Length, words: str) -> None:
    assert in_time(length) == words


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("24 hours", DAY),
        ("1 day", DAY),
        ("  72  Hours ", 3 * DAY),
        ("2 weeks", 14 * DAY),
        ("30 minutes", timedelta(minutes=30)),
        ("3 working days", WorkingDays(3)),
        ("730 days", 730 * DAY),
    ],
)
def test_a_length_is_read_as_people_write_it(words: str, length: Length) -> None:
    assert length_of(words) == length


@pytest.mark.parametrize(
    "words",
    [
        "",
        "soon",
        "day",
        "3",
        "0 days",
        "-1 days",
        "1.5 days",
        "731 days",
        "9999999 weeks",
        "3 days x",
    ],
)
def test_what_is_no_length_is_not_taken_for_one(words: str) -> None:
    assert length_of(words) is None


@pytest.mark.parametrize(
    ("length", "other", "surely"),
    [
        (DAY, DAY, True),
        (DAY, 2 * DAY, False),
        (WorkingDays(2), WorkingDays(2), True),
        (WorkingDays(2), WorkingDays(3), False),
        (WorkingDays(3), 3 * DAY, True),
        (WorkingDays(3), 4 * DAY, False),
        (7 * DAY, WorkingDays(5), True),
        (6 * DAY, WorkingDays(5), False),
        (3 * DAY, WorkingDays(1), True),
    ],
)
def test_working_days_last_as_many_days_and_at_most_the_weekends_between(
    length: Length, other: Length, surely: bool
) -> None:
    assert surely_reaches(length, other) == surely
