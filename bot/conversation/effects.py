"""What a step or a transition wants done, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeAlias

from bot.conversation.messages import Message
from bot.domain.broadcasts.audience import Audience
from bot.domain.consent import Purpose
from bot.domain.people import CaseEvent, Command, FromAbove, PersonId


class Refusal(Exception):  # named after what happened
    """The domain refuses; the whole turn is rolled back and the person hears why."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.id)
        self.why = why


@dataclass(frozen=True, slots=True)
class Tell:
    """Send a message to somebody, in that person's own language."""

    to: PersonId
    message: Message
    can_wait: bool = False
    """Whether it need not be read today: it then comes with the person's digest."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """Give whoever acts a file, with a word on what it is."""

    message: Message
    name: str
    mime: str
    content: str = field(repr=False)
    """The text of the file."""


@dataclass(frozen=True, slots=True)
class Preview:
    """Show whoever acts what many will get, above the question that is asked again; no button of it can be pressed."""

    letters: tuple[tuple[Message, Message, Message], ...]
    """Title, text and foot of each."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """When and where people meet, as their calendars are to have it (RFC 5545)."""

    title: Message
    starts_at: datetime
    lasts: timedelta
    place: str = field(repr=False)
    sequence: int = 0
    """How often it has changed; a calendar takes the entry with the greatest."""
    is_cancelled: bool = False
    link: str | None = None
    """What leads there: a map, or the call itself."""


@dataclass(frozen=True, slots=True)
class Invite:
    """Send a message with a file for the calendar; there is one entry a case, changed by the next file."""

    to: PersonId
    message: Message
    appointment: Appointment


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Begin a case; made by `Lifecycle.open`."""

    lifecycle: str
    facts: object
    people: Mapping[Any, PersonId]
    mine: str | None = None
    """The part of the person in whose turn this happens, if they take part."""


@dataclass(frozen=True, slots=True)
class Broadcast:
    """Write to everybody of an audience who has agreed to a purpose, each in their language; once each."""

    to: Audience
    purpose: Purpose
    title: Message
    message: Message
    spread: timedelta = timedelta(0)
    """Over how long the letters leave, evenly; at night and on weekends time stands still."""
    opens: OpenCase | None = None
    """An invitation into a case below: the letter has the buttons that its part `mine` has where it opens.

    The case begins with the first answer; until then the ledger is all that is kept of who is invited.
    """
    can_wait: bool = False
    """Whether it need not be read today: it then comes with each person's digest, and has no buttons."""
    is_reminder: bool = False
    """Whether it goes only to those who were invited by the same case before, and have not answered."""
    is_correction: bool = False
    """Whether it stands in the place of what the same case wrote before: under all limits it counts as that does."""


class Course(StrEnum):
    """What becomes of a broadcast that has begun."""

    STOP = "stop"
    GO_ON = "go_on"
    END = "end"
    """Nobody else gets it; answers the case with `BroadcastOver`."""
    CLOSE = "close"
    """The same; and of an invitation, nobody who has not answered can do so any more."""


@dataclass(frozen=True, slots=True)
class SteerBroadcast:
    """Stop the newest broadcast of a case, let it go on; or end all of them."""

    course: Course


@dataclass(frozen=True, slots=True)
class Reword:
    """Let what has not left of a broadcast of the same case leave in other words, and what it opens begin otherwise.

    Whoever has the letter already is not written to, and finds what is true now when they answer.
    """

    broadcast: Broadcast
    """As it would be now; its reminder, or else the first one, is meant."""


@dataclass(frozen=True, slots=True)
class Announce:
    """Let an event happen in every open case below, a few at a time: people are answered in between."""

    event: FromAbove
    at_once: bool = False
    """Whether people hear of it at night, too."""


@dataclass(frozen=True, slots=True)
class Start:
    """Begin a dialogue with the person in whose turn this happens."""

    dialogue: str
    opening: Mapping[str, str] = field(default_factory=dict)
    """What is known before the first question, by field of the draft."""


Effect: TypeAlias = (
    Command
    | CaseEvent
    | Tell
    | HandOver
    | Preview
    | Invite
    | Broadcast
    | SteerBroadcast
    | Reword
    | Announce
    | OpenCase
    | Start
)
"""A case event goes to the case that the conversation is about; a `Report` to the case above.

What a command answers with happens as of right: it is the domain that speaks, not whoever acts.
"""
