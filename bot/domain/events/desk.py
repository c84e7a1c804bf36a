"""What the dialogues of events look up for whoever is speaking, and how they are begun."""

from dataclasses import dataclass, field
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.broadcasts.desk import WritingDesk
from bot.domain.events.occasion import Occasion
from bot.domain.people import Command, PersonId


@dataclass(frozen=True, slots=True)
class OpenEvents(Command):
    """See the events that concern whoever asks; whoever plans them can plan another."""


@dataclass(frozen=True, slots=True)
class OnList:
    """Somebody who is invited to an event."""

    who: PersonId
    name: str = field(repr=False)
    people: int
    """With those they bring."""
    is_there: bool
    has_answered: bool = True


class EventDesk(WritingDesk, Protocol):
    """What the dialogues of events look up besides what is written to many; it acts for whoever is speaking."""

    @property
    def zone(self) -> ZoneInfo:
        """The school's zone."""
        ...

    def planned(self) -> tuple[Occasion, ...]:
        """Return the events that people are invited to, or will be if a second member of staff agrees."""
        ...

    def called(self, words: str) -> tuple[OnList, ...]:
        """Return who is meant by a code or a part of a name, by name; at most ten.

        Looked up among those who are invited to the event that the conversation is about: first of all among
        those who have answered.
        """
        ...

    def walk_ins(self) -> int:
        """Return how many have been noted at that event who are not in this chat."""
        ...
