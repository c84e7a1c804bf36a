"""What alumni offer as mentors, and what students wish."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.people import Command, PersonId

MOST_STUDENTS = 3
"""Students that one mentor may have at a time (domain 3.7)."""


class Topic(StrEnum):
    """What a student wants help with; what a mentor can help with."""

    FIRST_JOB = "first_job"
    TRADE = "trade"
    PLACEMENT = "placement"
    FURTHER_STUDY = "further_study"
    OWN_BUSINESS = "own_business"
    ABROAD = "abroad"
    KEEP_GOING = "keep_going"
    DIRECTION = "direction"


class Format(StrEnum):
    """How two people meet."""

    ONLINE = "online"
    IN_PERSON = "in_person"


class Day(StrEnum):
    """A day of the week, Monday first."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Value(StrEnum):
    """What matters to somebody in work; shared values carry further than shared surface."""

    CRAFT = "craft"
    PEOPLE = "people"
    SECURITY = "security"
    FREEDOM = "freedom"
    FAMILY = "family"
    LEARNING = "learning"


class Criterion(StrEnum):
    """What a student may put first; it counts double."""

    TOPIC = "topic"
    TRADE = "trade"
    VALUES = "values"
    LANGUAGE = "language"
    FORMAT = "format"
    DAYS = "days"


class Openness(StrEnum):
    """Whether a mentor may be asked."""

    OPEN = "open"
    LIMITED = "limited"
    """At most one student at a time, whatever the capacity."""
    CLOSED = "closed"
    """Nobody new; what was said is kept."""


@dataclass(frozen=True, slots=True)
class MentorOffer:
    """What an alumna is ready to do as a mentor."""

    topics: tuple[Topic, ...]
    languages: tuple[str, ...]
    formats: tuple[Format, ...]
    days: tuple[Day, ...]
    values: tuple[Value, ...] = ()
    capacity: int = 1
    """Students at a time: 1 to `MOST_STUDENTS`."""
    monthly: bool = False
    """Whether to be asked at most once in 30 days."""
    openness: Openness = Openness.OPEN


@dataclass(frozen=True, slots=True)
class Wish:
    """What a student looks for."""

    topic: Topic
    goal: str = field(repr=False)
    """One sentence, at most 200 characters."""
    languages: tuple[str, ...]
    """The best one first; one of them must be the mentor's."""
    formats: tuple[Format, ...]
    days: tuple[Day, ...] = ()
    values: tuple[Value, ...] = ()
    first: Criterion = Criterion.TOPIC
    """What matters most."""
    avoid: tuple[PersonId, ...] = ()
    """People not to be matched with; nobody else learns of it."""
    avoid_named: tuple[str, ...] = field(default=(), repr=False)
    """Names of such people, as the student wrote them: somebody of that name may come later."""


@dataclass(frozen=True, slots=True)
class KeepOffer(Command):
    """Remember what an alumna is ready to do as a mentor; who waits for somebody like her is looked after."""

    offer: MentorOffer


@dataclass(frozen=True, slots=True)
class RestMentor(Command):
    """Ask whoever acts no more until so many months are over; what they said is kept."""

    months: int | None
    """None: until they say otherwise."""


@dataclass(frozen=True, slots=True)
class KeepWish(Command):
    """Remember what a student looks for."""

    wish: Wish
