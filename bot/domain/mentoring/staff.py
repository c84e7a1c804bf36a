"""What staff do for mentoring, and what they see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.domain.mentoring.fitting import MentorCard
from bot.domain.people import CaseEvent, CaseId, Command, PersonId


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
