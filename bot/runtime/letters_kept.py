"""Letters as JSON, the form in which the outbox keeps them: what was written is read again by later releases."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
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
from bot.domain.people import PersonId
from bot.runtime.letters import (
    Button,
    CalendarEntry,
    File,
    Letter,
    LetterKind,
    LetterLook,
    Pages,
    QrCode,
    Section,
)


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
