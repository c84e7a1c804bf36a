"""What the dialogues of events look up for whoever is speaking, and how they are begun."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.broadcasts.audience import Audience
from bot.domain.broadcasts.reach import Reach
from bot.domain.consent import Purpose
from bot.domain.events.occasion import Occasion
from bot.domain.people import CaseId, Command, PersonId


@dataclass(frozen=True, slots=True)
class OpenEvents(Command):
    """See the events that concern whoever asks; whoever plans them can plan another."""


@dataclass(frozen=True, slots=True)
class OnList:
    """Somebody on the list of names of an event."""

    guest: CaseId
    name: str = field(repr=False)
    people: int
    """With those they bring."""
    is_there: bool


class EventDesk(Protocol):
    """What the dialogues of events look up; it acts for whoever is speaking."""

    @property
    def now(self) -> datetime:
        """The present moment, aware."""
        ...

    @property
    def zone(self) -> ZoneInfo:
        """The school's zone."""
        ...

    @property
    def languages(self) -> tuple[str, ...]:
        """The school's languages, the one this person seems to speak first."""
        ...

    @property
    def programmes(self) -> tuple[str, ...]:
        """Codes of the school's programmes."""
        ...

    @property
    def may_broadcast(self) -> bool:
        """Whether whoever is speaking may invite many."""
        ...

    def reach(self, audience: Audience, purpose: Purpose) -> Reach:
        """Return how many people an audience comes to now, and who of it is not written to."""
        ...

    def second(self) -> PersonId | None:
        """Return another member of staff who may agree to an invitation; None if there is nobody."""
        ...

    def planned(self) -> tuple[Occasion, ...]:
        """Return the events that people are invited to already."""
        ...

    def called(self, words: str) -> tuple[OnList, ...]:
        """Return who is meant by a code or a part of a name, by name; at most ten.

        Looked up on the list of the event that the conversation is about.
        """
        ...
