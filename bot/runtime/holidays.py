"""Public holidays of a country."""

from datetime import date


def is_holiday(day: date, country: str) -> bool:
    """Return whether `day` is a public holiday in all of `country` (ISO 3166); never where that is not known."""
    from holidays import country_holidays, list_supported_countries  # noqa: PLC0415  # most processes never ask

    return country in list_supported_countries() and day in country_holidays(country)
