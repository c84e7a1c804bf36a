"""Coming in, and losing touch."""

from dataclasses import dataclass, field

from bot.domain.people import Command


@dataclass(frozen=True, slots=True)
class Arrive(Command):
    """Somebody comes in: by a greeting, by the first words they write, or by a link with a code."""

    code: str = field(default="", repr=False)
    """The code of a class, or an invitation; empty for none."""
    is_greeting: bool = True
    """Whether they only said hello; else they wrote something that meets no question."""


@dataclass(frozen=True, slots=True)
class LoseTouch(Command):
    """Somebody has closed the way to them: no reminders go there, and staff are to find another."""


@dataclass(frozen=True, slots=True)
class OpenElsewhere(Command):
    """Get a link that opens the same chat on another device, once and within a quarter of an hour."""
