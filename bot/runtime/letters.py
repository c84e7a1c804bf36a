"""Letters: what one person gets, before it is put into words. They are kept as rows of the outbox."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.conversation.effects import Appointment
from bot.conversation.messages import (
    FirstSentence,
    InLanguage,
    Message,
    Param,
    Picture,
    Place,
    Who,
)
from bot.domain.people import CaseId, PersonId


class LetterKind(StrEnum):
    """Why somebody is written to; it decides what overtakes what, and what is repeated after a crash."""

    REPLY = "reply"
    """The answer to what the person just did; overtakes all others, repeated once if in doubt."""
    URGENT = "urgent"
    """Somebody may be in danger: it leaves at any hour; repeated once if in doubt."""
    NEWS = "news"
    """Something happened in a case of theirs; repeated once if in doubt."""
    NUDGE = "nudge"
    """A reminder; never repeated."""
    BROADCAST = "broadcast"
    """The same for many; never repeated."""
    DIGEST = "digest"
    """All that waited for somebody's digest, in one; never repeated."""
    ITEM = "item"
    """Part of somebody's next digest: it need not be read today."""


class LetterLook(StrEnum):
    """What kind of letter it is, for those who draw it."""

    WORDS = "words"
    QUESTION = "question"
    SPLIT = "split"
    SEVERAL = "several"
    LETTER = "letter"
    NUDGE = "nudge"
    GENTLE = "gentle"


@dataclass(frozen=True, slots=True)
class Button:
    """A label, and what a tap on it sends back (at most 64 bytes)."""

    label: Message
    data: str
    detail: Message | None = None
    is_on: bool | None = None


@dataclass(frozen=True, slots=True)
class Pages:
    """Which rows of a longer list are shown: from `first` to `last`, counted from one, of `total`."""

    first: int
    last: int
    total: int
    back: str | None
    """What the button to the page before sends back; None on the first page."""
    on: str | None


@dataclass(frozen=True, slots=True)
class File:
    """A text file that comes with a letter."""

    name: str
    mime: str
    content: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A file for the reader's calendar, put into words when it leaves."""

    uid: str
    """The same for every change of one appointment (RFC 5545, 3.8.4.7)."""
    appointment: Appointment

    @property
    def name(self) -> str:
        """What the file is called."""
        return "kutse.ics"

    def is_of(self, case: CaseId) -> bool:
        """Return whether it is the one entry of a case."""
        return self.uid.startswith(f"{case}@")


@dataclass(frozen=True, slots=True)
class QrCode:
    """A link as a picture, drawn when it leaves."""

    name: str
    link: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Section:
    """One thing of several that a letter tells."""

    title: Message | None
    parts: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person gets; `parts` are paragraphs."""

    to: PersonId
    kind: LetterKind
    parts: tuple[Message, ...]
    look: LetterLook = LetterLook.WORDS
    title: Message | None = None
    sections: tuple[Section, ...] = ()
    """What stands below the parts, each thing under its own title."""
    foot: Message | None = None
    """Why it is written, and how to get no more."""
    buttons: tuple[Button, ...] = ()
    end: Button | None = None
    pages: Pages | None = None
    key: str | None = None
    """The question or case entry that the buttons belong to."""
    is_edit: bool = False
    """Whether it is shown in place of the letter before it that has the same key."""
    settles: str | None = None
    """The key of the letter that this one makes a thing of the past."""
    chosen: tuple[str, ...] = ()
    """The data of the buttons chosen on that one."""
    over: tuple[str, ...] = ()
    """Keys of case entries of which no letter asks any more, nor of those before; nothing was answered there."""
    file: File | CalendarEntry | QrCode | None = None
    takes_picture: bool = False
    """Whether its question can be answered by a picture."""
    not_before: datetime | None = None

    def people(self) -> frozenset[PersonId]:
        """Return everybody whose name is needed to put it into words."""
        buttons = [button for button in (*self.buttons, self.end) if button]
        messages = [*self.parts, *(b.label for b in buttons), *(b.detail for b in buttons)]
        for section in self.sections:
            messages += [section.title, *section.parts]
        return people_in(*(m for m in (*messages, self.title, self.foot) if m))

    def places(self) -> tuple[Place, ...]:
        """Return every place that its paragraphs name, once."""
        found = (one for one in _filled_in(*self.parts) if isinstance(one, Place))
        return tuple(dict.fromkeys(found))

    def picture(self) -> int | None:
        """Return the number of the picture that its paragraphs bring with them; None if they bring none."""
        found = (one.picture for one in _filled_in(*self.parts) if isinstance(one, Picture))
        return next(found, None)


def people_in(*messages: Message) -> frozenset[PersonId]:
    """Return everybody whom the messages name."""
    return frozenset(one.who for one in _filled_in(*messages) if isinstance(one, Who))


def _filled_in(*messages: Message) -> Iterator[Param]:
    """Yield everything that fills a slot, of the messages within messages, too."""
    queue = list(messages)
    for message in queue:  # it grows on the way
        for value in message.params.values():
            yield value
            match value:
                case FirstSentence(inner) | InLanguage(message=inner):
                    queue.append(inner)
                case Message():
                    queue.append(value)
                case tuple():
                    queue.extend(one for one in value if isinstance(one, Message))
                case _:
                    pass
