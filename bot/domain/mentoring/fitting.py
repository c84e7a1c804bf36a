"""Who fits whom, and why: what matching takes and what it gives."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.mentoring.offers import MentorOffer, Wish
from bot.domain.people import CaseId, PersonId


class Why(StrEnum):
    """A reason that two people fit, and why a mentor comes before another."""

    SAME_TOPIC = "same_topic"
    SAME_PROGRAMME = "same_programme"
    SAME_FIELD = "same_field"
    SAME_VALUES = "same_values"
    FIRST_LANGUAGE = "first_language"
    SHARED_LANGUAGE = "shared_language"
    """Another language than the student's best; without one the two would not be proposed."""
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

    The offer allows `capacity`, or one student if it is limited; 0 while resting.
    """
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


class WhyAlone(StrEnum):
    """Why a match has nobody for a student; the first of these that is true."""

    UNDER_AGE = "under_age"
    NO_MENTORS = "no_mentors"
    NO_LANGUAGE = "no_language"
    NO_FORMAT = "no_format"
    NO_PLACE = "no_place"
    ROUND_FULL = "round_full"
    """Somebody would fit, but the round has no place left; who waited longer goes first."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """Two who are proposed to each other, and why."""

    search: CaseId
    student: PersonId
    mentor: PersonId
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Alone:
    """A student for whom a match has nobody."""

    search: CaseId
    student: PersonId
    why: WhyAlone
