"""A clock that runs on and can be moved ahead."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from bot.domain.school import School

OPENS = time(9)
SATURDAY = 5


class DemoClock:
    """The machine's clock, ahead of it by as much as it was moved."""

    def __init__(self, wall: Callable[[], datetime], start: datetime) -> None:
        self._wall = wall
        self._ahead = start - wall()

    def __call__(self) -> datetime:
        """Return the present moment of the demo, in UTC."""
        return self._wall() + self._ahead

    def move_to(self, at: datetime) -> None:
        """Show `at`; a clock never goes back."""
        self._ahead += max(at - self(), timedelta())


def first_morning(now: datetime, school: School) -> datetime:
    """Return nine o'clock on a working day, today or the first to come: nobody sleeps when a demo opens."""
    day = now.astimezone(school.zone).date()
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return datetime.combine(day, OPENS, school.zone).astimezone(UTC)
