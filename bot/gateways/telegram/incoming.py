"""Reads raw updates, tolerantly: only what is used must be there, and nothing else matters.

Both libraries parse an update whole, and reject it whole for one thing that they do not know;
aiogram then rejects all updates that came with it. Here each is read alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.gateways.port import (
    Incoming,
    Kind,
    Left,
    Network,
    Pressed,
    Returned,
    Said,
    Typed,
    Unreadable,
)
from bot.gateways.telegram.layout import NOTHING

MAX_ID: Final = 2**53
"""Ids have at most 52 bits (Bot API, `User.id`); update ids are far below."""

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")

_KINDS: Final = (
    # Animations come with a document as well, venues with a location: the first found counts.
    ("photo", Kind.PICTURE),
    ("video", Kind.PICTURE),
    ("video_note", Kind.PICTURE),
    ("animation", Kind.PICTURE),
    ("voice", Kind.VOICE),
    ("audio", Kind.VOICE),
    ("sticker", Kind.STICKER),
    ("document", Kind.FILE),
    ("location", Kind.PLACE),
    ("contact", Kind.CONTACT),
)

_NOT_SAID: Final = frozenset(
    (
        "boost_added",
        "chat_background_set",
        "connected_website",
        "delete_chat_photo",
        "forum_topic_closed",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_reopened",
        "gift",
        "message_auto_delete_timer_changed",
        "migrate_from_chat_id",
        "migrate_to_chat_id",
        "new_chat_members",
        "left_chat_member",
        "pinned_message",
        "proximity_alert_triggered",
        "refunded_payment",
        "successful_payment",
        "unique_gift",
        "write_access_allowed",
    )
)
"""Messages that tell of a change in the chat; nobody said them."""


class UnreadableUpdate(Exception):
    """An update in which nobody, or nothing that was said, could be found."""

    def __init__(self, update: str, why: str) -> None:
        super().__init__(f"Update {update} could not be read: {why}.")
        self.update = update
        """Its number, or "?" if it has none."""
        self.why = why


@dataclass(frozen=True, slots=True)
class Sent:
    """A picture, before it is fetched."""

    file: str
    """By which Telegram knows it."""
    size: int | None
    """In bytes."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What an update says."""

    incoming: Incoming
    press: str | None = None
    """The press to answer, so that the button stops spinning."""
    picture: Sent | None = None
    """A picture that can be fetched, if one was asked for; else it is what the update says it is."""


@dataclass(frozen=True, slots=True)
class NothingSaid:
    """A fine update without anything to hear."""

    press: str | None = None


Reading: TypeAlias = Heard | NothingSaid
Raw: TypeAlias = Mapping[object, object]


def update_id(raw: object) -> int | None:
    """Return the number of an update, if it has one."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if _is_id(number) else None


def read(raw: object, bot: int) -> Reading:
    """Return what the update `raw` of the bot numbered `bot` says.

    Raises:
        UnreadableUpdate: it cannot be told; the update is to be kept and passed over.
    """
    number = update_id(raw)
    if number is None or not isinstance(raw, dict):
        raise UnreadableUpdate("?", "it has no number")
    update = f"{bot}-{number}"
    try:
        if "callback_query" in raw:
            return _press(_object(raw, "callback_query"), update)
        if "message" in raw:
            return _message(_object(raw, "message"), update)
        if "edited_message" in raw:
            return _edited(_object(raw, "edited_message"), update)
        if "my_chat_member" in raw:
            return _membership(_object(raw, "my_chat_member"), update)
    except _Unexpected as why:
        raise UnreadableUpdate(str(number), str(why)) from None
    return NothingSaid()


class _Unexpected(Exception):
    """Something that must be there is not."""


def _press(query: Raw, update: str) -> Reading:
    press = query.get("id")
    if not isinstance(press, str):
        raise _Unexpected("a press has no id")
    data = query.get("data")
    if not isinstance(data, str) or data == NOTHING:
        return NothingSaid(press)
    return Heard(_incoming(_sender(query), update, Pressed(_storable(data))), press)


def _message(message: Raw, update: str) -> Reading:
    if _is_in_a_group(message):
        return _from_person(message, update, Unreadable(Kind.GROUP))
    text = message.get("text")
    if isinstance(text, str):
        return _from_person(message, update, Typed(_storable(text)))
    if not _NOT_SAID.isdisjoint(message):
        return NothingSaid()
    kind = next((kind for key, kind in _KINDS if key in message), Kind.OTHER)
    return _from_person(message, update, Unreadable(kind), _picture(message))


def _picture(message: Raw) -> Sent | None:
    """Return the picture of a message: the largest size of a photo, or a file that says that it is one."""
    match message:
        case {"photo": [*_, {"file_id": str(file), **more}]}:
            pass
        case {"document": {"file_id": str(file), "mime_type": str(mime), **more}} if (
            mime.startswith("image/")
        ):
            pass
        case _:
            return None
    return Sent(file, _size(more)) if file.isascii() else None


def _size(of: Raw) -> int | None:
    size = of.get("file_size")
    return size if isinstance(size, int) and _is_id(size) else None


def _edited(message: Raw, update: str) -> Reading:
    # A place that is shared live is edited every few seconds; nobody says anything by it.
    if _is_in_a_group(message) or "location" in message:
        return NothingSaid()
    return _from_person(message, update, Unreadable(Kind.EDITED))


def _membership(change: Raw, update: str) -> Reading:
    if _is_in_a_group(change):
        return NothingSaid()
    status = _object(change, "new_chat_member").get("status")
    said = Left() if status in ("kicked", "left") else Returned()
    return _from_person(change, update, said)


def _from_person(message: Raw, update: str, said: Said, picture: Sent | None = None) -> Reading:
    sender = message.get("from")
    if sender is None and _is_in_a_group(message):
        return NothingSaid()
    person = _sender(message)
    if person.get("is_bot") is True:
        return NothingSaid()
    return Heard(_incoming(person, update, said), picture=picture)


def _incoming(person: Raw, update: str, said: Said) -> Incoming:
    language = person.get("language_code")
    return Incoming(
        network=Network.TELEGRAM,
        address=str(person["id"]),
        update=update,
        said=said,
        language=language if isinstance(language, str) and _LANGUAGE.fullmatch(language) else None,
    )


def _sender(message: Raw) -> Raw:
    person = _object(message, "from")
    if not _is_id(person.get("id")):
        raise _Unexpected("its sender has no id")
    return person


def _is_in_a_group(message: Raw) -> bool:
    kind = _object(message, "chat").get("type")
    if not isinstance(kind, str):
        raise _Unexpected("its chat has no type")
    return kind != "private"


def _object(raw: Raw, key: str) -> Raw:
    found = raw.get(key)
    if not isinstance(found, dict):
        raise _Unexpected(f"it has no {key}")
    return found


def _is_id(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 0 < number < MAX_ID


def _storable(words: str) -> str:
    """Return `words` without what no database takes: halves of characters, and zero bytes."""
    if words.isascii() and "\0" not in words:
        return words
    whole = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "")
