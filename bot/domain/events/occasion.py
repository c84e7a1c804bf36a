"""What is known about one event of the school: in code an occasion, for an event is what happens to a case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Occasion:
    """What, when, where, and for how many."""

    titles: Mapping[str, str] = field(repr=False, hash=False)
    """By language."""
    instead: str
    """The language in which everybody reads it for whose own there is no title."""
    starts_at: datetime
    ends_at: datetime
    place: str = field(repr=False)
    """Where, as staff wrote it; or the link of a call."""
    places: int | None = None
    """How many people there is room for; None for any number."""
    companions: int = 0
    """How many people somebody may bring at most."""
    sequence: int = 0
    """Of the calendar entry: greater with every change (RFC 5545, 3.8.7.4)."""
