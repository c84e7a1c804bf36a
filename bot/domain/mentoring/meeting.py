"""What can happen around one meeting of a pair."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.people import CaseEvent, Report


class Slot(StrEnum):
    """Which of three proposed times."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


@dataclass(frozen=True, slots=True)
class TimesProposed(CaseEvent):
    """One of the two proposes up to three times, and where."""

    slots: tuple[datetime, ...]
    place: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SlotChosen(CaseEvent):
    """The other takes one of the times."""

    reason: Slot


@dataclass(frozen=True, slots=True)
class NoneSuits(CaseEvent):
    """None of the times suits."""


@dataclass(frozen=True, slots=True)
class Coming(CaseEvent):
    """One of the two confirms."""


@dataclass(frozen=True, slots=True)
class AnotherTime(CaseEvent):
    """One of the two asks for another time."""


@dataclass(frozen=True, slots=True)
class CannotCome(CaseEvent):
    """One of the two cannot come."""


@dataclass(frozen=True, slots=True)
class MeetingOver(CaseEvent):
    """The time of the meeting is past."""


@dataclass(frozen=True, slots=True)
class Met(CaseEvent):
    """One of the two says that they met."""


@dataclass(frozen=True, slots=True)
class NotMet(CaseEvent):
    """One of the two says that it did not happen yet."""


@dataclass(frozen=True, slots=True)
class WillNotMeet(CaseEvent):
    """One of the two says that it will not happen."""


@dataclass(frozen=True, slots=True)
class NotSaid(CaseEvent):
    """Nobody said anything in time."""


@dataclass(frozen=True, slots=True)
class MeetingHeld(Report):
    """The pair met."""


@dataclass(frozen=True, slots=True)
class MeetingMissed(Report):
    """A meeting did not come about."""

    was_agreed: bool = False
    """Whether there was a time for it: then both have had their card."""
