"""Public holidays of a country."""

from datetime import date
from functools import cache


def is_holiday(day: date, country: str) -> bool:
    """Return whether `day` is a public holiday in all of `country` (ISO 3166); never where that is not known."""
    return day in _holidays_of(country, day.year)


@cache
def _holidays_of(country: str, year: int) -> frozenset[date]:
    """Reckon a year only once: it takes longer than everything else that is asked about a day."""
    from holidays import country_holidays, list_supported_countries  # noqa: PLC0415  # most processes never ask

    if country not in list_supported_countries():
        return frozenset()
    return frozenset(country_holidays(country, years=year))
