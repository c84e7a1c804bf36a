"""When people may be written to unasked."""

from datetime import UTC, datetime, timedelta

from bot.domain.school import School

SATURDAY = 5


def after_quiet_hours(at: datetime, school: School) -> datetime:
    """Return `at`, or the end of the quiet hours it falls into, in UTC.

    Where the clock jumps over that end, it is as long after the jump; where the hour comes twice, that of `at` counts.
    """
    there = at.astimezone(school.zone)
    quiet = school.quiet_hours
    if not quiet.cover(there.time()):
        return at
    ends_today = there.time() < quiet.end
    day = there.date() if ends_today else there.date() + timedelta(days=1)
    end = quiet.end.replace(fold=there.fold if ends_today else 0)
    return datetime.combine(day, end, school.zone).astimezone(UTC)


def polite(at: datetime, school: School) -> datetime:
    """Return `at`, or the first moment after it that is neither in quiet hours nor on a weekend."""
    at = after_quiet_hours(at, school)
    there = at.astimezone(school.zone)
    if there.weekday() < SATURDAY:
        return at
    monday = there.date() + timedelta(days=7 - there.weekday())
    midnight = datetime.combine(monday, datetime.min.time(), school.zone).astimezone(UTC)
    return after_quiet_hours(midnight, school)


def is_same_day(one: datetime, other: datetime, school: School) -> bool:
    """Return whether two moments are on one day in the school's zone."""
    return one.astimezone(school.zone).date() == other.astimezone(school.zone).date()


def working_days_after(at: datetime, days: int, school: School) -> datetime:
    """Return the same hour `days` working days later, counting Monday to Friday in the school's zone."""
    there = at.astimezone(school.zone)
    day = there.date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return datetime.combine(day, there.time(), school.zone).astimezone(UTC)
