"""When people may be written to unasked."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import assert_never

from bot.domain.consent import AT_MOST_ONCE, Purpose, Rate
from bot.domain.digest import Frequency
from bot.domain.school import School, Weekday

SATURDAY = 5
DAY, WEEK = timedelta(days=1), timedelta(days=7)
A_DAY, A_WEEK = 1, 2
LONGEST_MONTH = timedelta(days=31)
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
    return after_quiet_hours(_midnight(monday, school), school)


def within_the_limits(
    now: datetime,
    written: Sequence[datetime],
    school: School,
    sends: Callable[[datetime, School], datetime] = polite,
    *,
    about: Purpose | None = None,
    had: datetime | None = None,
    by_calendar: bool = False,
) -> datetime:
    """Return `now`, or the first moment after it at which somebody may be written to unasked once more.

    *written* are the moments of the last `WEEK` at which they were; *sends* says when anybody is. These are
    the limits over all journeys (domain 3.0, rule 3), and this is the only place where they are kept.
    So is what was promised with the consent to the purpose that it is *about*, if they *had* a letter about it.
    A month is one of the calendar, *by_calendar*, for whoever reads a digest of each: it may come after four weeks.
    """
    moment = sends(now, school)
    in_a_day = [at for at in written if at > now - DAY]
    if len(in_a_day) >= A_DAY:
        moment = max(moment, sends(min(in_a_day) + DAY, school))
    if len(written) >= A_WEEK:
        moment = max(moment, sends(sorted(written)[-A_WEEK] + WEEK, school))
    if about and about in AT_MOST_ONCE and had:
        again = _promised(AT_MOST_ONCE[about], _day(had, school), by_calendar=by_calendar)
        moment = max(moment, sends(_midnight(again, school), school))
    return moment


def too_late_for(about: Purpose, by: datetime, school: School) -> datetime | None:
    """Return the moment since which nobody must have had a letter `about` this, to get one `by` then.

    None if nothing was promised. It counts in days: a letter of Monday morning may come every Monday morning.
    """
    if about not in AT_MOST_ONCE:
        return None
    until = _day(by, school)
    day = until - LONGEST_MONTH
    while _promised(AT_MOST_ONCE[about], day) <= until:
        day += timedelta(days=1)
    return _midnight(day, school)


def _promised(rate: Rate, had: date, *, by_calendar: bool = False) -> date:
    """Return the day from which somebody may have another letter, who *had* one."""
    match rate:
        case Rate.A_WEEK:
            return had + WEEK
        case Rate.A_MONTH:
            # The same day of the next month, or its last: what came on the first comes on every first.
            next_month = (had.replace(day=1) + LONGEST_MONTH).replace(day=1)
            if by_calendar:
                return next_month
            its_last = (next_month + LONGEST_MONTH).replace(day=1) - timedelta(days=1)
            return next_month.replace(day=min(had.day, its_last.day))
        case _:
            assert_never(rate)


def _day(at: datetime, school: School) -> date:
    return at.astimezone(school.zone).date()


def _midnight(day: date, school: School) -> datetime:
    return datetime.combine(day, datetime.min.time(), school.zone).astimezone(UTC)


def next_digest(now: datetime, chosen: Frequency, school: School) -> datetime | None:
    """Return when somebody who has *chosen* so gets their next digest; `now` if they want none, None for never."""
    match chosen:
        case Frequency.ANY_TIME:
            return now
        case Frequency.NEEDED:
            return None
        case Frequency.WEEKLY:
            return _digest_day(_day(now, school), now, school)
        case Frequency.MONTHLY:
            begins = _day(now, school).replace(day=1)
            this_month = _digest_day(begins, _midnight(begins, school), school)
            if this_month > now:
                return this_month
            begins = (begins + LONGEST_MONTH).replace(day=1)
            return _digest_day(begins, now, school)
        case _:
            assert_never(chosen)


def _digest_day(day: date, after: datetime, school: School) -> datetime:
    """Return when digests leave first from *day* on and *after* a moment."""
    wanted = tuple(Weekday).index(school.digest.day)
    day += timedelta(days=(wanted - day.weekday()) % 7)
    moment = datetime.combine(day, school.digest.at, school.zone).astimezone(UTC)
    if moment <= after:
        return _digest_day(day + timedelta(days=1), after, school)
    return after_quiet_hours(moment, school)


def is_same_day(one: datetime, other: datetime, school: School) -> bool:
    """Return whether two moments are on one day in the school's zone."""
    return _day(one, school) == _day(other, school)


def working_days_after(at: datetime, days: int, school: School) -> datetime:
    """Return the same hour `days` working days later, counting Monday to Friday in the school's zone."""
    there = at.astimezone(school.zone)
    day = there.date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return datetime.combine(day, there.time(), school.zone).astimezone(UTC)
