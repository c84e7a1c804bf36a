"""Mentoring: what alumni offer, what students wish, and what can happen between the two."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.people import PersonId

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


class Why(StrEnum):
    """A reason that two people fit, and why a mentor comes before another."""

    SAME_TOPIC = "same_topic"
    SAME_PROGRAMME = "same_programme"
    SAME_FIELD = "same_field"
    SAME_VALUES = "same_values"
    FIRST_LANGUAGE = "first_language"
    SAME_FORMAT = "same_format"
    SAME_DAY = "same_day"
    RESTED = "rested"
    """Has not been asked much in the last 90 days."""
    LONG_FREE = "long_free"
    """Has had no student for long."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason and what it is worth; all of a pair's add up to its score."""

    why: Why
    points: int
    of: str = ""
    """What is shared: the code of a programme, a topic, a language, a day; empty if there is nothing to name."""


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


@dataclass(frozen=True, slots=True)
class Seeker:
    """A student who looks for a mentor, as far as matching needs to know."""

    person: PersonId
    programme: str | None
    wish: Wish
    since: datetime
    """When the wish was made: who has waited longer goes first where all else is equal."""
    is_adult: bool = True


@dataclass(frozen=True, slots=True)
class Mentor:
    """Somebody who offers to mentor, as far as matching needs to know."""

    person: PersonId
    programme: str | None
    offer: MentorOffer
    free: int
    """Places left: what the offer allows, without students and requests that wait for an answer.

    The offer allows `capacity`, or one student if it is limited; 0 while resting."""
    asked: int = 0
    """Requests in the last 90 days."""
    days_free: int | None = None
    """Days since the last student was accepted; None if there was none."""
    is_adult: bool = True


@dataclass(frozen=True, slots=True)
class MentorCard:
    """A mentor as a student sees one."""

    person: PersonId
    programme: str | None
    doing: str | None
    reasons: tuple[Reason, ...]
    """The two to four that count most."""
    answers_in: int | None
    """Days in which this person usually answers; None while that is not known."""
