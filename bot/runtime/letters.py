"""Letters: what one person gets, before it is put into words. They are kept as rows of the outbox."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, assert_never

from bot.conversation.effects import Appointment
from bot.conversation.messages import (
    ByLanguage,
    FirstSentence,
    InLanguage,
    Message,
    Param,
    Picture,
    Place,
    Term,
    TermKind,
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


def written(letter: Letter) -> str:
    """Return what `read` reads again: the letter as JSON, without whom it is for and when."""
    kept: dict[str, Any] = {
        "parts": [_message(part) for part in letter.parts],
        "look": letter.look,
    }
    if letter.title:
        kept["title"] = _message(letter.title)
    if letter.sections:
        kept["sections"] = [_section(one) for one in letter.sections]
    if letter.foot:
        kept["foot"] = _message(letter.foot)
    if letter.buttons:
        kept["buttons"] = [_button(button) for button in letter.buttons]
    if letter.end:
        kept["end"] = _button(letter.end)
    if letter.pages:
        p = letter.pages
        kept["pages"] = [p.first, p.last, p.total, p.back, p.on]
    if letter.settles:
        kept["settles"] = [letter.settles, list(letter.chosen)]
    if letter.over:
        kept["over"] = list(letter.over)
    if letter.takes_picture:
        kept["takes_picture"] = True
    match letter.file:
        case File(name, mime, content):
            kept["file"] = [name, mime, content]
        case CalendarEntry(uid, appointment):
            kept["calendar"] = [uid, *_appointment(appointment)]
        case QrCode(name, link):
            kept["qr"] = [name, link]
        case None:
            pass
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def read(to: PersonId, kind: str, stored: str, *, key: str | None, is_edit: bool) -> Letter:
    """Read what `written` wrote."""
    kept = json.loads(stored)
    settles, chosen = kept.get("settles", (None, ()))
    return Letter(
        to,
        LetterKind(kind),
        tuple(_message_read(part) for part in kept["parts"]),
        LetterLook(kept["look"]),
        _message_read(kept["title"]) if "title" in kept else None,
        tuple(map(_section_read, kept.get("sections", ()))),
        _message_read(kept["foot"]) if "foot" in kept else None,
        tuple(_button_read(button) for button in kept.get("buttons", ())),
        _button_read(kept["end"]) if "end" in kept else None,
        Pages(*kept["pages"]) if "pages" in kept else None,
        key,
        is_edit,
        settles,
        tuple(chosen),
        tuple(kept.get("over", ())),
        _file_read(kept),
        "takes_picture" in kept,
    )


def _file_read(kept: dict[str, Any]) -> File | CalendarEntry | QrCode | None:
    if "qr" in kept:
        return QrCode(*kept["qr"])
    if "calendar" in kept:
        uid, title, starts_at, lasts, *more = kept["calendar"]
        starts, length = datetime.fromtimestamp(starts_at, UTC), timedelta(seconds=lasts)
        return CalendarEntry(uid, Appointment(_message_read(title), starts, length, *more))
    return File(*kept["file"]) if "file" in kept else None


def _appointment(one: Appointment) -> list[Any]:
    starts, lasts = one.starts_at.timestamp(), one.lasts.total_seconds()
    kept = [_message(one.title), starts, lasts, one.place, one.sequence, one.is_cancelled]
    return [*kept, one.link] if one.link else kept


def _section(section: Section) -> list[Any]:
    title = _message(section.title) if section.title else None
    return [title, [_message(part) for part in section.parts]]


def _section_read(stored: list[Any]) -> Section:
    title, parts = stored
    return Section(_message_read(title) if title else None, tuple(map(_message_read, parts)))


def _button(button: Button) -> list[Any]:
    detail = _message(button.detail) if button.detail else None
    return [_message(button.label), button.data, detail, button.is_on]


def _button_read(stored: list[Any]) -> Button:
    label, data, detail, is_on = stored
    return Button(_message_read(label), data, _message_read(detail) if detail else None, is_on)


def _message(message: Message) -> list[Any]:
    kept: list[Any] = [message.id]
    if message.params or message.many:
        kept.append({name: _plain(value) for name, value in message.params.items()})
    if message.many:
        kept.append(message.many)
    return kept


def _message_read(stored: list[Any]) -> Message:
    return _message_of(*stored)


def _message_of(
    id_: str, params: Mapping[str, Any] | None = None, many: str | None = None
) -> Message:
    return Message(id_, {name: _param(value) for name, value in (params or {}).items()}, many)


def _plain(value: Param) -> Any:
    match value:
        case str() | int() | None:
            return value
        case datetime():
            return {"at": value.timestamp()}
        case date():
            return {"day": value.isoformat()}
        case Who(who):
            return {"who": who}
        case Term(kind, code):
            return {"term": [kind, code]}
        case Place(words):
            return {"place": words}
        case Picture(picture):
            return {"picture": picture}
        case ByLanguage(texts, instead):
            return {"by": [dict(texts), instead]}
        case InLanguage(language, message):
            return {"in": [language, _message(message)]}
        case FirstSentence(of):
            return {"start": _message(of)}
        case Message():
            return {"msg": _message(value)}
        case tuple():
            return [_plain(one) for one in value]
        case _:
            assert_never(value)


def _param(value: Any) -> Any:
    match value:
        case {"at": at}:
            return datetime.fromtimestamp(at, UTC)
        case {"day": day}:
            return date.fromisoformat(day)
        case {"who": who}:
            return Who(PersonId(who))
        case {"term": [kind, code]}:
            return Term(TermKind(kind), code)
        case {"place": words}:
            return Place(words)
        case {"picture": picture}:
            return Picture(picture)
        case {"by": [texts, instead]}:
            return ByLanguage(texts, instead)
        case {"in": [language, message]}:
            return InLanguage(language, _message_read(message))
        case {"start": message}:
            return FirstSentence(_message_read(message))
        case {"msg": message}:
            return _message_read(message)
        case list():
            return tuple(_param(one) for one in value)
        case _:
            return value
