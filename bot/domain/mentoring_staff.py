"""What a school does for mentoring: it sees who waits for whom, decides, and matches many at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.domain.mentoring import MentorCard, Reason
from bot.domain.people import CaseEvent, CaseId, Command, PersonId, Result

# ------------------------------------------------------------------------ what is found in a match


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


# ------------------------------------------------------------------------ events of a round


@dataclass(frozen=True, slots=True)
class GatheringOver(CaseEvent):
    """The last day for wishes is over."""


@dataclass(frozen=True, slots=True)
class MatchAsked(CaseEvent):
    """It is time to put pairs together, or to try again."""


@dataclass(frozen=True, slots=True)
class Matched(Result):
    """Pairs have been put together; staff have not seen them yet."""

    proposed: tuple[Proposed, ...]
    alone: tuple[Alone, ...]


@dataclass(frozen=True, slots=True)
class PairsApproved(CaseEvent):
    """Staff agree to some of the pairs, all or none; who is in no other goes on looking."""

    searches: tuple[CaseId, ...]


@dataclass(frozen=True, slots=True)
class SentBack(CaseEvent):
    """Staff agree to none of the pairs, and would like to see others later."""


@dataclass(frozen=True, slots=True)
class PreviewOver(CaseEvent):
    """Nobody has looked at the pairs for days: students must not wait for that."""


# ------------------------------------------------------------------------ events of a search


@dataclass(frozen=True, slots=True)
class LeftOut(Result):
    """A match has come to nothing for this student, who goes on looking."""

    but_not: PersonId | None = None
    """Who was proposed, and is not to be asked after all."""


@dataclass(frozen=True, slots=True)
class PutInLine(Result):
    """A place is kept with a mentor who is asked once another student has an answer."""

    mentor: PersonId
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class LineEnded(Result):
    """The mentor takes nobody else for now."""


@dataclass(frozen=True, slots=True)
class WaitGoesOn(CaseEvent):
    """It takes longer; the student hears that nothing is forgotten."""


# ------------------------------------------------------------------------ commands


@dataclass(frozen=True, slots=True)
class DecideOn(Command):
    """Let something happen in a case, as staff may who look after mentoring; stale if it has moved on."""

    case: CaseId
    entry: int
    event: CaseEvent


@dataclass(frozen=True, slots=True)
class ProposeMentor(Command):
    """Keep a place with this mentor, and ask for this student; the search must not have moved on."""

    search: CaseId
    entry: int
    mentor: PersonId


@dataclass(frozen=True, slots=True)
class WakeMentor(Command):
    """End the rest of a mentor who did not answer, and tell them."""

    mentor: PersonId


@dataclass(frozen=True, slots=True)
class MatchMany(Command):
    """Put together the best pairs of many; answers the case with `Matched`.

    Nothing follows while another match waits for approval: both would offer the same places.
    """

    programmes: tuple[str, ...] | None
    """Of whose gathered wishes, empty for all; None: of all who wait without a round."""
    places: int | None = None
    """Pairs at most; None: as many as fit."""


@dataclass(frozen=True, slots=True)
class AskPairs(Command):
    """Keep a place for each pair, and ask the mentors; whoever finds none goes on looking."""

    pairs: tuple[Proposed, ...]


@dataclass(frozen=True, slots=True)
class LetGo(Command):
    """Let students go on looking by themselves: those of pairs refused, and all that are gathered still."""

    programmes: tuple[str, ...] | None
    """Whose gathered wishes, empty for all; None: there are none."""
    refused: tuple[Proposed, ...] = ()


# ------------------------------------------------------------------------ what staff see


@dataclass(frozen=True, slots=True)
class Running:
    """An open case of mentoring, as far as staff may see it."""

    case: CaseId
    entry: int
    lifecycle: str
    """The stored name of its lifecycle."""
    state: str
    opened_at: datetime
    entered_at: datetime
    people: Mapping[str, PersonId] = field(hash=False)
    """By the name of the part."""


@dataclass(frozen=True, slots=True)
class Resting:
    """A mentor who is not asked for now, because two requests went by without an answer."""

    mentor: PersonId
    asked_at: datetime
    """When the last of these came."""


class StaffDesk(Protocol):
    """What staff look up who look after mentoring; it acts for whoever is speaking."""

    @property
    def now(self) -> datetime:
        """The present moment, aware."""
        ...

    @property
    def zone(self) -> ZoneInfo:
        """The school's zone."""
        ...

    @property
    def programmes(self) -> tuple[str, ...]:
        """Codes of the school's programmes."""
        ...

    @property
    def looks_after_mentoring(self) -> bool:
        """Whether whoever is speaking may see the board and decide."""
        ...

    @property
    def takes_part_too(self) -> bool:
        """Whether whoever is speaking could also be a mentor or a student."""
        ...

    def running(self) -> tuple[Running, ...]:
        """Return the open cases of mentoring, oldest first."""
        ...

    def resting(self) -> tuple[Resting, ...]:
        """Return the mentors who rest because they did not answer, the longest first."""
        ...

    def facts_of(self, case: CaseId) -> Any:
        """Return what is known about an open case, as its lifecycle keeps it."""
        ...

    def candidates_for(self, search: CaseId, limit: int) -> tuple[MentorCard, ...]:
        """Return at most `limit` mentors who fit a search, have a place and were not asked, best first."""
        ...

    def in_a_round(self, programmes: tuple[str, ...]) -> bool:
        """Return whether an open round already has one of these programmes; empty for all."""
        ...

    def mentors(self) -> tuple[PersonId, ...]:
        """Return everybody who has offered to be a mentor, by name."""
        ...

    def owner(self, journey: str) -> PersonId | None:
        """Return who answers for a journey; None while nobody has come."""
        ...
