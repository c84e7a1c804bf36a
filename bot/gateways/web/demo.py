"""The demo page: people side by side, and a clock that can be moved."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Persona:
    """One of the people of the demo, who has a chat of their own on the page."""

    key: str
    """Lower-case letters, digits and hyphens; stands in paths."""
    name: str
    role: str
    """In English, as "new alumna"."""
    tint: int
    """1 to 4: the colour of the face and of what happens to this person."""
    initials: str
    language: str
    address: str
    """Where the person is reached on the web; the page opens it."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that the clock brought about."""

    at: datetime
    persona: str | None
    """The key of whom it concerns most."""
    text: str
    """A short English sentence."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What the clock shows after it was moved."""

    now: datetime
    happenings: tuple[Happening, ...]
    """The oldest first."""


@dataclass(frozen=True, slots=True)
class Demo:
    """A made-up school to play with."""

    school: str
    personas: tuple[Persona, ...]
    place: str
    """Whose time the clock shows, as "Tallinn"."""
    forward: Callable[[timedelta], Awaitable[Moved]]
    """Moves the clock and returns when all that falls due until then has happened."""
