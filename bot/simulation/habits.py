"""How people are: how fast they answer, whether at all, and what becomes of them in a year; drawn from a seed."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from math import exp, log
from random import Random
from zoneinfo import ZoneInfo

from bot.domain.consent import Purpose
from bot.domain.digest import Frequency
from bot.domain.mentoring.offers import Criterion, Day, Format, Topic, Value
from bot.simulation.clock import DAY

WAKES, SLEEPS = time(7), time(23, 30)
"""People look at their phones in these hours; some of them lie in the bot's quiet hours."""
OPENS, CLOSES = time(8), time(16)
SATURDAY = 5
SPREAD = 0.9
"""Of the logarithm of the hours until somebody answers: some letters lie much longer than others."""
AGES_OF_STUDENTS = (17, 18, 19, 19, 20, 21, 24, 31)
"""Turned in the year in which the simulation begins; whoever turns 18 may be 17 still."""
AGREE = {Purpose.NEWS: 0.7, Purpose.JOBS: 0.5, Purpose.EVENTS: 0.75}
"""Share of those who left the school that have agreed to each."""
FIRST_NAMES = (
    "Anna", "Marta", "Liis", "Ane", "Giulia", "Jon", "Mikel", "Luca", "Karl", "Ilir", "Sofia", "Mari",
    "Peeter", "Iker", "Chiara", "Olga", "Rein", "Nerea", "Paolo", "Triin", "Andres", "Elena", "Marco", "Kadri",
)  # fmt: skip
LAST_NAMES = (
    "Saar", "Kask", "Oja", "Tamm", "Rossi", "Ferri", "Costa", "Etxeberria", "Soler", "Vidal", "Pärn", "Mägi",
    "Bianchi", "Arana", "Kuusk", "Lepik", "Greco", "Ibarra", "Sepp", "Romano",
)  # fmt: skip


class End(StrEnum):
    """How somebody takes leave in the middle of the year."""

    STAYS = "stays"
    QUIET = "quiet"
    """Does not answer any more."""
    BLOCKS = "blocks"
    """Closes the chat on their side."""
    STOPS = "/stop"
    """Wants no messages."""
    DELETES = "/delete"
    """Wants everything deleted."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How one person is. Each share is from 0 to 1."""

    hours: float
    """In which half of their answers are given."""
    answers: float
    """Share of letters that they answer by themselves."""
    reminded: float
    """Share of the others that they answer once reminded."""
    says_yes: float
    asks_back: float
    """Share of requests about which they want to know something first."""
    finishes: float = 0.97
    """Share of questions that they do not leave open in the middle."""
    types: float = 0.15
    """Share of answers that they type, where others tap."""
    works: bool = False
    """Whether they answer in office hours only."""
    end: End = End.STAYS
    ends_at: datetime | None = None
    begins: tuple[datetime, ...] = ()
    """When they write the command of mentoring."""
    agrees: frozenset[Purpose] = frozenset()
    """What they have agreed to be written to about when the year begins."""
    minds: tuple[datetime, frozenset[Purpose]] | None = None
    """When they change that, and to what."""
    rests_at: datetime | None = None
    """When they take a break of a month."""
    reads: tuple[datetime, Frequency] | None = None
    """When they choose how often what can wait comes, and how often; it comes weekly until then."""
    goes_out: float = 0.4
    """Share of invitations that they say yes to."""
    turns_up: float = 0.8
    """Share of events to which they come, having said so."""

    def answers_after(self, draw: Random) -> timedelta:
        """Draw how long an answer takes."""
        return timedelta(hours=exp(draw.gauss(log(self.hours), SPREAD)))


@dataclass(frozen=True, slots=True)
class Tastes:
    """What somebody offers or wishes, as the ids of what can be chosen."""

    wants: frozenset[str]
    """Everything they would switch on, or choose of a list."""
    goal: str


def tastes(draw: Random, languages: tuple[str, ...], own: str, topics: int) -> Tastes:
    """Draw what somebody offers (several topics) or wishes (one)."""
    others = [one for one in languages if one != own and draw.random() < 1 / 3]
    formats = draw.choice(((Format.ONLINE,), (Format.IN_PERSON,), tuple(Format)))
    wants = {
        *draw.sample(list(Topic), topics),
        own,
        *others,
        *formats,
        *draw.sample(list(Day), draw.randint(1, 4)),
        *draw.sample(list(Value), draw.randint(1, 3)),
        draw.choice(list(Criterion)),
    }
    return Tastes(frozenset(str(one) for one in wants), "I want to find good work in my trade")


def mentors_habits(draw: Random, start: datetime, days: int, *, offers: bool) -> Habits:
    """Draw the habits of somebody who left the school; *offers* to be a mentor, most of them early."""
    hours, answers, reminded = draw.choice(
        ((3, 0.97, 0.9), (9, 0.9, 0.8), (20, 0.75, 0.7), (30, 0.45, 0.6), (40, 0.1, 0.1))
    )
    begins: tuple[datetime, ...] = ()
    if offers:
        first = start + days * draw.random() ** 3 * DAY
        again = [first + draw.uniform(0.2, 1) * days * DAY] if draw.random() < 1 / 4 else []
        begins = (first, *again)
    end, ends_at = _ending(draw, start, days, draw.random() < 1 / 8)
    return Habits(
        hours,
        answers,
        reminded,
        says_yes=draw.choice((0.9, 0.75, 0.5, 0.2)),
        asks_back=draw.choice((0, 0.1, 0.3)),
        begins=begins,
        end=end,
        ends_at=ends_at,
    )


def sociable(draw: Random, start: datetime, days: int, habits: Habits) -> Habits:
    """Draw what somebody who left the school has agreed to, and how they are about events."""

    def agreed() -> frozenset[Purpose]:
        return frozenset(one for one, share in AGREE.items() if draw.random() < share)

    def some_day() -> datetime:
        return start + draw.random() * days * DAY

    return replace(
        habits,
        agrees=agreed(),
        minds=(some_day(), agreed()) if draw.random() < 1 / 6 else None,
        reads=(some_day(), draw.choice(list(Frequency))) if draw.random() < 1 / 2 else None,
        rests_at=some_day() if draw.random() < 1 / 10 else None,
        goes_out=draw.choice((0.7, 0.5, 0.3, 0.1)),
        turns_up=draw.choice((0.9, 0.7, 0.4)),
    )


def students_habits(draw: Random, start: datetime, days: int) -> Habits:
    """Draw the habits of a student, who asks in autumn, at the new year or in spring; some of them again."""
    hours, answers, reminded = draw.choice(
        ((2, 0.97, 0.9), (6, 0.9, 0.8), (14, 0.8, 0.7), (24, 0.5, 0.5))
    )
    when = draw.choice((0.06, 0.1, 0.14, 0.4, 0.45, 0.62)) + draw.uniform(-0.05, 0.08)
    first = start + max(when, 0.002) * days * DAY
    again = [first + draw.uniform(0.15, 0.6) * days * DAY] if draw.random() < 1 / 3 else []
    end, ends_at = _ending(draw, start, days, draw.random() < 1 / 10)
    return Habits(hours, answers, reminded, 1, 0, begins=(first, *again), end=end, ends_at=ends_at)


def staffs_habits() -> Habits:
    """Return the habits of whoever looks after mentoring: a working day or so, and not always."""
    return Habits(9, 0.8, 0.7, 1, 0, works=True)


def seconds_habits() -> Habits:
    """Return the habits of whoever else is on the staff, and reads what many are to get."""
    return Habits(5, 0.97, 0.95, 1, 0, works=True)


def _ending(draw: Random, start: datetime, days: int, goes: bool) -> tuple[End, datetime | None]:
    if not goes:
        return End.STAYS, None
    end = draw.choice((End.QUIET, End.QUIET, End.BLOCKS, End.STOPS, End.DELETES))
    return end, start + draw.uniform(0.1, 1) * days * DAY


def awake(at: datetime, zone: ZoneInfo, habits: Habits, draw: Random) -> datetime:
    """Return the first moment from `at` on at which somebody looks at what has come."""
    there = at.astimezone(zone)
    first, last = (OPENS, CLOSES) if habits.works else (WAKES, SLEEPS)
    day = there.date() if there.time() < last else there.date() + DAY
    while habits.works and day.weekday() >= SATURDAY:
        day += DAY
    if day == there.date() and there.time() >= first:
        return at
    begins = datetime.combine(day, first, zone).astimezone(UTC)
    return begins + timedelta(minutes=draw.uniform(0, 90))
