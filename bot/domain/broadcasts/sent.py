"""What has been written to many before, as staff see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.people import CaseId


@dataclass(frozen=True, slots=True)
class Tally:
    """What has become of the letters so far, in people."""

    reached: int
    waiting: int
    """It is not their turn yet, or theirs is on its way."""
    not_reached: int
    """It did not arrive, may not have, or could no longer be sent."""


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter to many, or an invitation to an event, that was written at some time."""

    case: CaseId
    entry: int
    state: str
    opened_at: datetime
    facts: Any
    """What is known about it, as its lifecycle keeps it."""
    is_invitation: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """Something that many have got: a letter, or an invitation."""

    case: CaseId
    titles: Mapping[str, str] = field(repr=False, hash=False)
    """By language."""


@dataclass(frozen=True, slots=True)
class Town:
    """A town where people live, as they wrote it themselves."""

    name: str
    """The commonest spelling."""
    spellings: tuple[str, ...]
    """All of them, the commonest first."""
    people: int
