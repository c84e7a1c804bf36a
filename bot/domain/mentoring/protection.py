"""What can happen to the wish of somebody under 18, and to the record check of a mentor (domain 5.3, 5.4)."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import CaseEvent


@dataclass(frozen=True, slots=True)
class Arranged(CaseEvent):
    """Staff have arranged something for a student under 18."""


@dataclass(frozen=True, slots=True)
class NotPossible(CaseEvent):
    """Staff cannot arrange it now."""


@dataclass(frozen=True, slots=True)
class CameOfAge(CaseEvent):
    """A student is 18 for sure."""


@dataclass(frozen=True, slots=True)
class CheckSeen(CaseEvent):
    """Staff have seen a record check."""

    valid_until: datetime


@dataclass(frozen=True, slots=True)
class CheckRunsOut(CaseEvent):
    """A record check is valid for two months more."""


@dataclass(frozen=True, slots=True)
class CheckForgotten(CaseEvent):
    """A record check that ran out has not been renewed for long."""


@dataclass(frozen=True, slots=True)
class CheckExpired(CaseEvent):
    """A record check is no longer valid."""
