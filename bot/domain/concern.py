"""Concerns: something that worries somebody, told to one person at the school."""

from dataclasses import dataclass
from typing import Protocol

from bot.domain.people import CaseEvent, PersonId


@dataclass(frozen=True, slots=True)
class TakenUp(CaseEvent):
    """The safeguarding lead has read a concern and looks after it."""


@dataclass(frozen=True, slots=True)
class NotRead(CaseEvent):
    """Nobody has taken up a concern in time."""


class ConcernDesk(Protocol):
    """What the dialogue about concerns looks up."""

    def safeguarding_lead(self) -> PersonId | None:
        """Return who reads concerns; None while nobody has come."""
        ...

    def owner(self, journey: str) -> PersonId | None:
        """Return who answers for a journey; None while nobody has come."""
        ...
