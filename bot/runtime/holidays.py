"""Public holidays of a country."""

from datetime import date


def is_holiday(day: date, country: str) -> bool:
    """Return whether `day` is a public holiday in all of `country` (ISO 3166); never where that is not known."""
    # Read in only when a day is asked about: most processes never do.
    from holidays import country_holidays, list_supported_countries  # noqa: PLC0415  # see above

    return country in list_supported_countries() and day in country_holidays(country)
