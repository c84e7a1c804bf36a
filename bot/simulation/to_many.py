"""Reckons from deliveries whether what many got was right: for whom, how often, and for nobody twice."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.domain.consent import Purpose
from bot.domain.digest import Frequency
from bot.domain.school import School, Weekday
from bot.simulation.clock import DAY, WEEK
from bot.simulation.findings import A_DAY, A_WEEK
from bot.simulation.inhabitants import Inhabitant
from bot.simulation.post import Delivery
from bot.simulation.writing import Writing

SATURDAY = 5
HOUR = timedelta(hours=1)
WAITS = timedelta(days=36)
"""So long what can wait is on its way: five weeks may lie between the first digests of two months."""
DOORS = timedelta(hours=1)
"""So long before an event nobody else is invited."""


@dataclass(frozen=True, slots=True)
class Sent:
    """When a letter to many began to leave, and of whom nobody knows whether they got it, and since when."""

    at: datetime
    unsure: Mapping[int, datetime] = field(default_factory=dict)


def unasked(deliveries: Iterable[Delivery]) -> dict[int, list[datetime]]:
    """Return when each person was written to unasked, but about appointments on their own day."""
    return _moments((one.to, one.at) for one in deliveries if one.is_unasked)


def _moments(found: Iterable[tuple[int, datetime]]) -> dict[int, list[datetime]]:
    moments: dict[int, list[datetime]] = defaultdict(list)
    for who, at in found:
        moments[who].append(at)
    return moments


def on_weekends(deliveries: Iterable[Delivery], school: School) -> int:
    """Return how much came unasked on a Saturday or Sunday, but for reminders of what people have said yes to."""
    return sum(
        one.is_unasked
        and not one.is_of_appointment
        and one.at.astimezone(school.zone).weekday() >= SATURDAY
        for one in deliveries
    )


def unwanted(
    deliveries: Iterable[Delivery],
    writings: Mapping[int, Writing],
    people: Mapping[int, Inhabitant],
) -> int:
    """Return how much came unasked to people who had not agreed to it, took a break, or want nothing any more."""
    return sum(
        one.is_unasked
        and (
            people[one.to].wants_nothing(one.at)
            or (people[one.to].rests(one.at) and not one.is_of_appointment)
            or not all(
                people[one.to].agrees_to(writings[number].purpose, one.at)
                for number in _numbers(one)
            )
        )
        for one in deliveries
    )


def twice(deliveries: Iterable[Delivery]) -> int:
    """Return how often somebody got once more what comes once: a letter, its reminder, or what corrects that."""
    seen: Counter[tuple[int, int, str]] = Counter()
    for one in deliveries:
        seen.update({(one.to, number, "in full") for number in one.carries})
        if one.titled is not None and one.titled not in one.carries:
            seen[one.to, one.titled, "corrected" if one.is_correction else "reminded"] += 1
    return sum(times - 1 for times in seen.values())


def too_soon(
    deliveries: Sequence[Delivery],
    writings: Mapping[int, Writing],
    people: Mapping[int, Inhabitant],
    zone: ZoneInfo,
) -> int:
    """Return how often somebody had news twice within a month, or jobs twice within a week."""
    digests = _digests_among(deliveries)
    return sum(
        not may_follow(
            purpose,
            _day(before, zone),
            _day(after, zone),
            by_calendar=(who, after) in digests and people[who].often(after) is Frequency.MONTHLY,
        )
        for who, purpose, moments in _about(deliveries, writings)
        for before, after in pairwise(moments)
    )


def _digests_among(deliveries: Iterable[Delivery]) -> frozenset[tuple[int, datetime]]:
    return frozenset((one.to, one.at) for one in deliveries if one.is_digest)


def may_follow(purpose: Purpose, before: date, after: date, *, by_calendar: bool = False) -> bool:
    """Return whether a letter of a day may follow one of an earlier day, as people were promised.

    Whoever reads a digest of each month has news once in a month of the calendar, *by_calendar*.
    """
    match purpose:
        case Purpose.NEWS:
            months = (after.year - before.year) * 12 + after.month - before.month
            if by_calendar:
                return months > 0
            is_its_last = (after + DAY).month != after.month
            return months > 1 or (months == 1 and (after.day >= before.day or is_its_last))
        case Purpose.JOBS:
            return after - before >= WEEK
        case _:
            return True


def _about(
    deliveries: Iterable[Delivery], writings: Mapping[int, Writing]
) -> Iterator[tuple[int, Purpose, list[datetime]]]:
    """Yield when each person got something about each purpose."""
    found: dict[tuple[int, Purpose], list[datetime]] = defaultdict(list)
    for one in deliveries:
        for purpose in {writings[number].purpose for number in _numbers(one)}:
            found[one.to, purpose].append(one.at)
    for (who, purpose), moments in found.items():
        yield who, purpose, moments


def _numbers(one: Delivery) -> frozenset[int]:
    return frozenset(one.carries if one.titled is None else (*one.carries, one.titled))


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


@dataclass(frozen=True, slots=True)
class Had:
    """What came to people, by person, each in order."""

    all: Mapping[int, Sequence[datetime]]
    """What takes room from others, or may have."""
    digests: frozenset[tuple[int, datetime]]
    about: Mapping[tuple[int, Purpose], Sequence[datetime]]

    def has_room(self, who: int, at: datetime) -> bool:
        """Return whether somebody could have had a letter then; a digest of that moment could have held it."""
        had = [one for one in self.all.get(who, ()) if one <= at]
        if (who, at) in self.digests:
            had.remove(at)
        in_a_day = sum(one > at - DAY for one in had)
        return in_a_day < A_DAY and sum(one > at - WEEK for one in had) < A_WEEK

    def may_have(
        self, who: int, purpose: Purpose, at: datetime, zone: ZoneInfo, *, by_calendar: bool
    ) -> bool:
        """Return whether it is long enough since they had the last about something."""
        mine = self.about.get((who, purpose), ())
        before = bisect_left(mine, at)
        return not before or may_follow(
            purpose, _day(mine[before - 1], zone), _day(at, zone), by_calendar=by_calendar
        )


def had(
    deliveries: Sequence[Delivery],
    writings: Mapping[int, Writing],
    unsure: Iterable[tuple[int, datetime]],
) -> Had:
    """Return what came to people; what is *unsure* may have come."""
    takes_room = [(one.to, one.at) for one in deliveries if one.takes_room]
    about: dict[tuple[int, Purpose], list[datetime]] = defaultdict(list)
    for one in deliveries:
        for number in _numbers(one):
            about[one.to, writings[number].purpose].append(one.at)
    return Had(_moments((*takes_room, *unsure)), _digests_among(deliveries), about)


def forgotten(
    deliveries: Sequence[Delivery],
    sent: Mapping[int, Sent],
    writings: Mapping[int, Writing],
    people: Iterable[Inhabitant],
    school: School,
    end: datetime,
    in_flight: Iterable[tuple[int, datetime]] = (),
) -> int:
    """Return how often somebody has not got what they agreed to, though they could have before the end.

    Every hour in which it was on its way, or every digest, is looked at: whether it was one in which they are written
    to, and how much they had had by then. What was *in flight* when the bot died may have arrived.
    """
    got = {(one.to, number) for one in deliveries for number in one.carries}
    unsure = [lost for begun in sent.values() for lost in begun.unsure.items()]
    # Behind what was handed over others may have been in hand, as many as a week has room for.
    before = had(
        deliveries, writings, (*unsure, *(lost for lost in in_flight for _ in range(A_WEEK)))
    )
    found = 0
    for number, begun in sent.items():
        writing = writings[number]
        moments = {
            often: list(_moments_of(writing, often, begun.at, end, school)) for often in Frequency
        }
        for who in people:
            if (who.number, number) in got or who.number in begun.unsure:
                continue
            often = who.often(begun.at)
            found += any(
                who.agrees_throughout(writing.purpose, begun.at, at)
                and who.often(at) is often
                and before.has_room(who.number, at)
                and before.may_have(
                    who.number,
                    writing.purpose,
                    at,
                    school.zone,
                    by_calendar=writing.can_wait and often is Frequency.MONTHLY,
                )
                for at in moments[often]
            )
    return found


def _moments_of(
    writing: Writing, often: Frequency, begun: datetime, end: datetime, school: School
) -> Iterator[datetime]:
    """Yield when a letter may leave for somebody who wants so *often* what can wait."""
    until = min(_until(writing, begun), end)
    if not writing.can_wait or often is Frequency.ANY_TIME:
        yield from (at for at in _hours(begun, until) if _is_polite(at, school))
    elif often is not Frequency.NEEDED:
        yield from _digests(often, begun, until, school)


def _digests(
    often: Frequency, begun: datetime, until: datetime, school: School
) -> Iterator[datetime]:
    """Yield when digests leave: on one day of every week, or the first of them in a month."""
    wanted = list(Weekday).index(school.digest.day)
    day = _day(begun, school.zone)
    while (at := datetime.combine(day, school.digest.at, school.zone).astimezone(UTC)) < until:
        is_its_first = day.day <= WEEK.days
        if at > begun and day.weekday() == wanted and (often is Frequency.WEEKLY or is_its_first):
            yield at
        day += DAY


def _until(writing: Writing, begun: datetime) -> datetime:
    """Return until when it may surely leave, but for its last hour."""
    planned = writing.gathering
    if planned is None:
        return begun + WAITS - HOUR
    begins = min(one for one in (planned.starts_at, planned.moved_to) if one)
    return min(begins - DOORS, begun + WEEK) - HOUR


def _hours(at: datetime, until: datetime) -> Iterator[datetime]:
    at = at.replace(minute=0, second=0, microsecond=0) + HOUR
    while at < until:
        yield at
        at += HOUR


def _is_polite(at: datetime, school: School) -> bool:
    there = at.astimezone(school.zone)
    return there.weekday() < SATURDAY and not school.quiet_hours.cover(there.time())
