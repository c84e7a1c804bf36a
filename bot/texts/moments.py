"""Days, hours and numbers as a language writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.localedata import exists
from babel.numbers import format_decimal

GROUPED_FROM = 10_000
"""Smaller numbers stand without separators, as years do."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """How a language writes moments, in Babel's letters."""

    day: str
    year: str
    """What follows the day if it is not in this year."""
    short_day: str
    time: str
    moment: str
    """Day and hour together, where they stand alone."""
    territory: str = ""


PATTERNS: Mapping[str, Patterns] = {
    "en": Patterns("EEEE d MMMM", " y", "d MMMM", "HH:mm", "{day}, {time}", "_GB"),
    "es": Patterns("EEEE, d 'de' MMMM", " 'de' y", "d 'de' MMMM", "HH:mm", "{day}, {time}", "_ES"),
    "it": Patterns("EEEE d MMMM", " y", "d MMMM", "HH:mm", "{day}, ore {time}", "_IT"),
    "et": Patterns("EEEE, d. MMMM", " y", "d. MMMM", "HH.mm", "{day} kell {time}", "_EE"),
}
"""As people write in a chat: no seconds, no year that everybody knows, 24 hours."""
OTHERS = Patterns("EEEE d MMMM", " y", "d MMMM", "HH:mm", "{day}, {time}")


class Moments:
    """Days, hours and numbers of one language, in the zone of one school."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.zone = zone
        self._patterns = PATTERNS.get(language, OTHERS)
        self._locale = Locale.parse(language + self._patterns.territory)

    def day(self, day: date, today: date) -> str:
        """Return the day with its weekday; with its year unless that is the year of `today`."""
        pattern = (
            self._patterns.day
            if day.year == today.year
            else self._patterns.day + self._patterns.year
        )
        return format_date(day, pattern, self._locale)

    def short_day(self, day: date) -> str:
        """Return day and month."""
        return format_date(day, self._patterns.short_day, self._locale)

    def time(self, at: datetime) -> str:
        """Return hour and minute."""
        return format_time(at.astimezone(self.zone), self._patterns.time, locale=self._locale)

    def moment(self, at: date, now: datetime, spec: str) -> str:
        """Return the day of `at` if `spec` is "date", the hour if "time", else all it has."""
        if not isinstance(at, datetime):
            return self.day(at, self.local(now))
        if spec == "time":
            return self.time(at)
        day = self.day(self.local(at), self.local(now))
        if spec == "date":
            return day
        return self._patterns.moment.format(day=day, time=self.time(at))

    def local(self, at: datetime) -> date:
        """Return the day that it is at the school at the moment `at`."""
        return at.astimezone(self.zone).date()

    def number(self, number: int) -> str:
        """Return a number, its thousands set apart if there are many."""
        return (
            str(number)
            if abs(number) < GROUPED_FROM
            else format_decimal(number, locale=self._locale)
        )


def own_name(language: str) -> str:
    """Return what a language calls itself: "Eesti" of "et"; of one that is unknown, its code."""
    name = Locale.parse(language).get_display_name(language) if exists(language) else None
    return name[:1].upper() + name[1:] if name else language
