"""The clock of a simulated year, and the nights on which the school's own clocks change."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY, WEEK = timedelta(days=1), timedelta(days=7)


class VirtualClock:
    """Stands still until it is moved, and never goes back."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """Return the moment it shows, in UTC."""
        return self.at

    def move_to(self, at: datetime) -> None:
        """Show `at`, unless that is past."""
        self.at = max(self.at, at)


def midnights(start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the beginning of each day in `zone` after `start` and before `end`, in UTC."""
    day = start.astimezone(zone).date() + DAY
    while (at := datetime.combine(day, time(), zone).astimezone(UTC)) < end:
        yield at
        day += DAY


def changes(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Return the hours, in UTC, with which the clocks of `zone` change between two moments."""
    found = []
    at = start.replace(minute=0, second=0, microsecond=0)
    while at < end:
        then = at + timedelta(hours=1)
        if at.astimezone(zone).utcoffset() != then.astimezone(zone).utcoffset():
            found.append(then)
        at = then
    return tuple(found)
