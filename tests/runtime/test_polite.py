"""Nobody is written to unasked at night or on a weekend, wherever the school is."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, strategies as st

from bot.domain.consent import AT_MOST_ONCE, Purpose
from bot.domain.digest import LONGEST_WAIT, Frequency
from bot.domain.school import DigestTime, QuietHours, School, Weekday
from bot.runtime.polite import (
    SATURDAY,
    after_quiet_hours,
    next_digest,
    polite,
    too_late_for,
    within_the_limits,
    working_days_after,
)
from tests.texts.school import SCHOOL

TALLINN, MADRID = ZoneInfo("Europe/Tallinn"), ZoneInfo("Europe/Madrid")
ZONES = (TALLINN, MADRID, ZoneInfo("Europe/Rome"), ZoneInfo("Atlantic/Canary"))
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
"""The Sundays on which the clock jumps forward and back, in all of Europe at one in UTC."""
LONGEST = timedelta(days=3)
"""Friday evening to Monday morning is 59 hours; the clock may add one."""

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  # st adds the zone
nights_of_change = st.sampled_from((SPRING, AUTUMN)).flatmap(
    lambda day: st.datetimes(
        datetime.combine(day, time()) - timedelta(hours=30),
        datetime.combine(day, time()) + timedelta(hours=30),
        timezones=st.just(UTC),
    )
)
schools = st.builds(
    lambda zone, start, end: replace(SCHOOL, zone=zone, quiet_hours=QuietHours(start, end)),
    st.sampled_from(ZONES),
    st.times(),
    st.times(),
)


def in_zone(zone: ZoneInfo, quiet: QuietHours | None = None) -> School:
    return replace(SCHOOL, zone=zone, quiet_hours=quiet or QuietHours())


def is_polite(at: datetime, school: School) -> bool:
    there = at.astimezone(school.zone)
    return there.weekday() < SATURDAY and not school.quiet_hours.cover(there.time())


@given(moments | nights_of_change, schools)
def test_nobody_is_written_to_in_quiet_hours_or_on_a_weekend(at: datetime, school: School) -> None:
    later = polite(at, school)

    assert is_polite(later, school)
    assert at <= later <= at + LONGEST


@given(moments | nights_of_change, schools)
def test_a_polite_moment_is_not_put_off(at: datetime, school: School) -> None:
    assert (polite(at, school) == at) == is_polite(at, school)


@given(moments | nights_of_change, schools)
@example(
    datetime(2026, 10, 25, 1, 10, tzinfo=UTC),
    in_zone(MADRID, QuietHours(time(21), time(2, 30))),
)
def test_quiet_hours_end_within_a_day(at: datetime, school: School) -> None:
    later = after_quiet_hours(at, school)

    assert not school.quiet_hours.cover(later.astimezone(school.zone).time())
    assert at <= later <= at + timedelta(hours=25)


@given(moments | nights_of_change, schools)
def test_to_be_put_off_twice_changes_nothing(at: datetime, school: School) -> None:
    assert polite(polite(at, school), school) == polite(at, school)


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("day", [SPRING, AUTUMN], ids=str)
@pytest.mark.parametrize("hours", range(30))
def test_the_night_of_the_clock_change_ends_at_eight(
    zone: ZoneInfo, day: date, hours: int
) -> None:
    school = in_zone(zone)
    evening = datetime.combine(day - timedelta(days=1), time(21), zone).astimezone(UTC)
    at = evening + timedelta(minutes=20 * hours)

    there = after_quiet_hours(at, school).astimezone(zone)

    assert (there.date(), there.time()) == (day, time(8))


@pytest.mark.parametrize("zone", [TALLINN, MADRID], ids=str)
@pytest.mark.parametrize("day", [SPRING, AUTUMN], ids=str)
def test_the_weekend_of_the_clock_change_ends_on_monday_at_eight(
    zone: ZoneInfo, day: date
) -> None:
    friday = datetime.combine(day - timedelta(days=2), time(21, 30), zone).astimezone(UTC)

    there = polite(friday, in_zone(zone)).astimezone(zone)

    assert (there.date(), there.time()) == (day + timedelta(days=1), time(8))


def test_quiet_hours_that_end_in_the_hour_the_clock_jumps_over_end_after_the_jump() -> None:
    school = in_zone(MADRID, QuietHours(time(21), time(2, 30)))

    later = after_quiet_hours(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), school)

    assert later.astimezone(MADRID) == datetime(2026, 3, 29, 3, 30, tzinfo=MADRID)


def test_a_rest_at_noon_ends_the_same_day() -> None:
    school = in_zone(TALLINN, QuietHours(time(12), time(13)))

    later = polite(datetime(2026, 5, 4, 12, 30, tzinfo=TALLINN), school)

    assert later == datetime(2026, 5, 4, 13, tzinfo=TALLINN)


@pytest.mark.parametrize(
    ("at", "days", "then"),
    [
        (datetime(2026, 5, 4, 10, tzinfo=TALLINN), 0, datetime(2026, 5, 4, 10, tzinfo=TALLINN)),
        (datetime(2026, 5, 4, 10, tzinfo=TALLINN), 3, datetime(2026, 5, 7, 10, tzinfo=TALLINN)),
        (datetime(2026, 5, 4, 10, tzinfo=TALLINN), 5, datetime(2026, 5, 11, 10, tzinfo=TALLINN)),
        (datetime(2026, 5, 8, 23, tzinfo=TALLINN), 1, datetime(2026, 5, 11, 23, tzinfo=TALLINN)),
        (datetime(2026, 5, 9, 10, tzinfo=TALLINN), 1, datetime(2026, 5, 11, 10, tzinfo=TALLINN)),
        (
            datetime(2026, 3, 27, 3, 30, tzinfo=TALLINN),
            1,
            datetime(2026, 3, 30, 3, 30, tzinfo=TALLINN),
        ),
        (
            datetime(2026, 10, 23, 3, 30, tzinfo=TALLINN),
            1,
            datetime(2026, 10, 26, 3, 30, tzinfo=TALLINN),
        ),
    ],
)
def test_working_days_are_counted_from_monday_to_friday_at_the_same_hour(
    at: datetime, days: int, then: datetime
) -> None:
    assert working_days_after(at.astimezone(UTC), days, in_zone(TALLINN)) == then


@given(moments, st.integers(1, 30), st.sampled_from(ZONES))
def test_so_many_working_days_lie_between(at: datetime, days: int, zone: ZoneInfo) -> None:
    start = at.astimezone(zone)

    end = working_days_after(at, days, in_zone(zone)).astimezone(zone)

    between = [
        start.date() + timedelta(days=i) for i in range(1, (end.date() - start.date()).days + 1)
    ]
    assert end.weekday() < SATURDAY
    assert sum(day.weekday() < SATURDAY for day in between) == days
    assert end.time() == start.time()


@pytest.mark.parametrize(
    ("about", "had", "again"),
    [
        (Purpose.NEWS, "2026-02-02 17:00", "2026-03-02 08:00"),
        (Purpose.NEWS, "2026-08-31 09:00", "2026-09-30 08:00"),
        (Purpose.NEWS, "2027-01-29 09:00", "2027-03-01 08:00"),
        (Purpose.NEWS, "2026-12-08 20:00", "2027-01-08 08:00"),
        (Purpose.JOBS, "2026-05-04 17:00", "2026-05-11 08:00"),
        (Purpose.JOBS, "2026-05-08 09:00", "2026-05-15 08:00"),
        (Purpose.EVENTS, "2026-05-04 09:00", None),
    ],
)
def test_what_a_consent_promises_is_kept(about: Purpose, had: str, again: str | None) -> None:
    school = in_zone(TALLINN)
    at = in_tallinn(had)
    the_day_after = polite(at + timedelta(days=1), school)

    moment = within_the_limits(the_day_after, (at,), school, about=about, had=at)

    assert moment == (in_tallinn(again) if again else the_day_after)


def in_tallinn(wall: str) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=TALLINN)


@given(moments, st.sampled_from(sorted(AT_MOST_ONCE)), st.integers(0, 40))
def test_it_is_known_in_advance_for_whom_it_will_be_too_late(
    by: datetime, about: Purpose, days: int
) -> None:
    school = in_zone(MADRID, QuietHours(time(0), time(0)))
    had = by - timedelta(days=days)
    since = too_late_for(about, by, school)

    again = within_the_limits(by, (), school, lambda at, _: at, about=about, had=had)

    assert since
    assert (had >= since) == (again > by)


def test_where_nothing_was_promised_it_is_too_late_for_nobody() -> None:
    assert too_late_for(Purpose.EVENTS, datetime(2026, 5, 4, tzinfo=UTC), SCHOOL) is None


digests = st.builds(DigestTime, st.sampled_from(Weekday), st.times())


@given(moments | nights_of_change, schools, digests)
def test_a_weekly_digest_comes_on_its_day_within_a_week_and_never_at_night(
    at: datetime, school: School, digest: DigestTime
) -> None:
    comes = next_digest(at, Frequency.WEEKLY, replace(school, digest=digest))

    assert comes is not None
    assert at < comes <= at + timedelta(days=8, hours=1)
    assert not school.quiet_hours.cover(comes.astimezone(school.zone).time())
    if not school.quiet_hours.cover(digest.at):
        assert comes.astimezone(school.zone).weekday() == [*Weekday].index(digest.day)


@given(moments | nights_of_change, schools, digests)
def test_a_monthly_digest_comes_with_the_first_weekly_one_of_a_month(
    at: datetime, school: School, digest: DigestTime
) -> None:
    school = replace(school, digest=digest, quiet_hours=QuietHours(time(3), time(4)))
    comes = next_digest(at, Frequency.MONTHLY, school)

    assert comes is not None
    assert at < comes <= at + LONGEST_WAIT
    assert comes.astimezone(school.zone).day <= 8  # the first week, and a night at its end


def test_who_wants_everything_at_once_waits_for_no_digest_and_who_wants_none_gets_none() -> None:
    noon = datetime(2026, 5, 4, 9, tzinfo=UTC)

    assert next_digest(noon, Frequency.ANY_TIME, SCHOOL) == noon
    assert next_digest(noon, Frequency.NEEDED, SCHOOL) is None
