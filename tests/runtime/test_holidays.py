"""Public holidays are known by country, and nowhere else."""

from datetime import date

import pytest

from bot.runtime.holidays import is_holiday


@pytest.mark.parametrize(
    ("day", "country"),
    [
        (date(2026, 6, 24), "EE"),
        (date(2026, 4, 3), "EE"),
        (date(2026, 6, 2), "IT"),
        (date(2026, 10, 12), "ES"),
        (date(2026, 12, 25), "NL"),
    ],
)
def test_a_public_holiday_is_known(day: date, country: str) -> None:
    assert is_holiday(day, country)


@pytest.mark.parametrize(
    ("day", "country"),
    [(date(2026, 6, 25), "EE"), (date(2026, 6, 24), "IT"), (date(2026, 12, 25), "XX")],
)
def test_any_other_day_is_none(day: date, country: str) -> None:
    assert not is_holiday(day, country)
