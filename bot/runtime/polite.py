"""When people may be written to unasked."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from bot.domain.school import School

SATURDAY = 5
DAY, WEEK = timedelta(days=1), timedelta(days=7)
A_DAY, A_WEEK = 1, 2
"""So many letters that they have not asked for somebody gets at most in a day, and in a week."""


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


def within_the_limits(
    now: datetime,
    written: Sequence[datetime],
    school: School,
    sends: Callable[[datetime, School], datetime] = polite,
) -> datetime:
    """Return `now`, or the first moment after it at which somebody may be written to unasked once more.

    *written* are the moments of the last `WEEK` at which they were; *sends* says when anybody is. These are
    the limits over all journeys (domain 3.0, rule 3), and this is the only place where they are kept.
    """
    moment = sends(now, school)
    in_a_day = [at for at in written if at > now - DAY]
    if len(in_a_day) >= A_DAY:
        moment = max(moment, sends(min(in_a_day) + DAY, school))
    if len(written) >= A_WEEK:
        moment = max(moment, sends(sorted(written)[-A_WEEK] + WEEK, school))
    return moment


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
