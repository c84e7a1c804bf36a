"""What was said in web chats. The caller owns the transaction.

Numbers and changes are given out by the chat's own row, which stays locked until the commit: so
they are seen in their order, whoever else writes to the chat.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import (
    BindParameter,
    Connection,
    Integer,
    Row,
    String,
    and_,
    bindparam,
    case,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage.web_tables import web_chats, web_lines, web_sessions


class Content(TypedDict):
    """What a line says: all of it that may be replaced."""

    body: str
    language: str | None
    key: str | None
    named: str | None
    """As `web_naming.kept` writes it."""
    file_name: str | None
    file_mime: str | None
    file_content: bytes | None


@dataclass(frozen=True, slots=True)
class StoredLine:
    """A line as it stands."""

    number: int
    change: int
    forgotten: int
    """Lines up to this number were forgotten before this one was said; 0 if none was."""
    at: datetime
    body: str = field(repr=False)
    settled_at: datetime | None
    settled_chosen: tuple[str, ...]
    key: str | None


# A parameter named as a column would be taken for a value to set.
_SCHOOL: BindParameter[str] = bindparam("of_school")
_ADDRESS: BindParameter[str] = bindparam("of_address")
_NUMBER: BindParameter[int] = bindparam("of_number")
_CHAT = and_(web_chats.c.school_id == _SCHOOL, web_chats.c.address == _ADDRESS)
_LINES = and_(web_lines.c.school_id == _SCHOOL, web_lines.c.address == _ADDRESS)
_LINE = and_(_LINES, web_lines.c.number == _NUMBER)
_SHOWN = (
    web_lines.c.number,
    web_lines.c.change,
    web_lines.c.forgotten,
    web_lines.c.at,
    web_lines.c.body,
    web_lines.c.settled_at,
    web_lines.c.settled_chosen,
    web_lines.c.key,
)

_TAKE_NUMBER = (
    update(web_chats)
    .where(
        _CHAT,
        select(web_sessions.c.address)
        .where(web_sessions.c.school_id == _SCHOOL, web_sessions.c.address == _ADDRESS)
        .exists(),
    )
    .values(
        numbers=web_chats.c.numbers + 1,
        changes=web_chats.c.changes + 1,
        touched_at=bindparam("new_touched_at"),
    )
    .returning(web_chats.c.numbers, web_chats.c.changes, web_chats.c.forgotten)
)
_GIVE_BACK = (
    update(web_chats)
    .where(_CHAT)
    .values(numbers=web_chats.c.numbers - 1, changes=web_chats.c.changes - 1)
)
_KEEP = (
    upsert(web_lines)
    .on_conflict_do_nothing(
        index_elements=["school_id", "address", "update_id"],
        index_where=web_lines.c.update_id.is_not(None),
    )
    .returning(web_lines.c.number)
)
_KNOWN = select(*_SHOWN).where(_LINES, web_lines.c.update_id == bindparam("of_update"))

_TAKE_CHANGE = (
    update(web_chats)
    .where(_CHAT, select(web_lines.c.number).where(_LINE).exists())
    .values(changes=web_chats.c.changes + 1)
    .returning(web_chats.c.changes)
)
_same_key = web_lines.c.key.is_not_distinct_from(bindparam("new_key", type_=String))
_REPLACE = (
    update(web_lines)
    .where(_LINE)
    .values(
        {name: bindparam(f"new_{name}") for name in ("change", *sorted(Content.__annotations__))}
        | {
            name: case((_same_key, web_lines.c[name]), else_=None)
            for name in ("settled_at", "settled_chosen")
        }
    )
    .returning(*_SHOWN)
)

_is_open = and_(web_lines.c.key == bindparam("of_key"), web_lines.c.settled_at.is_(None))
_OPEN_WITH_KEY = select(web_lines.c.number).where(_LINES, _is_open).order_by(web_lines.c.number)
_OPEN = (
    select(web_lines.c.number, web_lines.c.key, web_lines.c.body)
    .where(_LINES, web_lines.c.key.is_not(None), web_lines.c.settled_at.is_(None))
    .order_by(web_lines.c.number)
)
_TAKE_CHANGES = (
    update(web_chats)
    .where(_CHAT)
    .values(changes=web_chats.c.changes + bindparam("count", type_=Integer))
    .returning(web_chats.c.changes)
)
_SETTLE = (
    update(web_lines)
    .where(_LINE, _is_open)
    .values({c: bindparam(f"new_{c}") for c in ("change", "settled_at", "settled_chosen")})
)

_RETIRE = update(web_lines).where(_LINE).values(key=None, change=bindparam("new_change"))

_AFTER = (
    select(*_SHOWN)
    .where(_LINES, web_lines.c.change > bindparam("after"))
    .order_by(web_lines.c.change.desc())
    .limit(bindparam("at_most", type_=Integer))
)
_ALL = select(*_SHOWN).where(_LINES).order_by(web_lines.c.number)
_ONE = select(*_SHOWN).where(_LINE)
_FILE = select(web_lines.c.file_name, web_lines.c.file_mime, web_lines.c.file_content).where(
    _LINE, web_lines.c.file_content.is_not(None)
)
_LANGUAGE = (
    select(web_lines.c.language)
    .where(_LINES, web_lines.c.language.is_not(None))
    .order_by(web_lines.c.number.desc())
    .limit(1)
)


def append(
    connection: Connection,
    school_id: str,
    address: str,
    content: Content,
    *,
    at: datetime,
    update_id: str | None,
) -> StoredLine | None:
    """Keep a line, or return the one kept before with this update; None if no session is open."""
    where = {"of_school": school_id, "of_address": address}
    given = connection.execute(_TAKE_NUMBER, where | {"new_touched_at": at}).one_or_none()
    if given is None:
        return None
    line = content | {
        "school_id": school_id,
        "address": address,
        "number": given.numbers,
        "change": given.changes,
        "forgotten": given.forgotten,
        "at": at,
        "update_id": update_id,
    }
    if connection.execute(_KEEP, line).one_or_none() is None:
        connection.execute(_GIVE_BACK, where)
        known = connection.execute(_KNOWN, where | {"of_update": update_id})
        return _stored(known.one())
    return StoredLine(
        given.numbers,
        given.changes,
        given.forgotten,
        at,
        content["body"],
        None,
        (),
        content["key"],
    )


def replace(
    connection: Connection, school_id: str, address: str, number: int, content: Content
) -> StoredLine | None:
    """Put `content` into a line, with a new change; None if there is no such line.

    What makes it the same line stays: number, time, update. Under the same key it stays settled.
    """
    where = {"of_school": school_id, "of_address": address, "of_number": number}
    change = connection.execute(_TAKE_CHANGE, where).scalar_one_or_none()
    if change is None:
        return None
    new = {f"new_{name}": value for name, value in content.items()}
    line = connection.execute(_REPLACE, where | new | {"new_change": change}).one_or_none()
    return _stored(line) if line else None


def settle(
    connection: Connection,
    school_id: str,
    address: str,
    key: str,
    *,
    at: datetime,
    chosen: Sequence[str],
) -> None:
    """Mark the open lines with this key as settled, each with a new change."""
    where: dict[str, object] = {"of_school": school_id, "of_address": address}
    asked = connection.execute(_OPEN_WITH_KEY, where | {"of_key": key}).scalars().all()
    if not asked:
        return
    last = connection.execute(_TAKE_CHANGES, where | {"count": len(asked)}).scalar_one()
    ended = {"of_key": key, "new_settled_at": at, "new_settled_chosen": json.dumps(list(chosen))}
    changes = range(last - len(asked) + 1, last + 1)
    connection.execute(
        _SETTLE,
        [
            where | ended | {"of_number": number, "new_change": change}
            for number, change in zip(asked, changes, strict=True)
        ],
    )


def open_lines(connection: Connection, school_id: str, address: str) -> list[tuple[int, str, str]]:
    """Return number, key and body of the lines that can still be answered, in their order."""
    where = {"of_school": school_id, "of_address": address}
    return [(row.number, row.key, row.body) for row in connection.execute(_OPEN, where)]


def retire(connection: Connection, school_id: str, address: str, numbers: Sequence[int]) -> None:
    """Take the keys of lines away, each with a new change."""
    if not numbers:
        return
    where: dict[str, object] = {"of_school": school_id, "of_address": address}
    last = connection.execute(_TAKE_CHANGES, where | {"count": len(numbers)}).scalar_one()
    changes = range(last - len(numbers) + 1, last + 1)
    connection.execute(
        _RETIRE,
        [
            where | {"of_number": number, "new_change": change}
            for number, change in zip(numbers, changes, strict=True)
        ],
    )


def lines_after(
    connection: Connection, school_id: str, address: str, change: int, *, limit: int
) -> list[StoredLine]:
    """Return the lines altered after `change`, in that order; of too many, the latest."""
    where = {"of_school": school_id, "of_address": address}
    found = connection.execute(_AFTER, where | {"after": change, "at_most": limit}).all()
    return [_stored(row) for row in reversed(found)]


def every_line(connection: Connection, school_id: str, address: str) -> list[StoredLine]:
    """Return all that is kept of what was said, in that order."""
    where = {"of_school": school_id, "of_address": address}
    return [_stored(row) for row in connection.execute(_ALL, where)]


def line_at(
    connection: Connection, school_id: str, address: str, number: int
) -> StoredLine | None:
    """Return one line."""
    where = {"of_school": school_id, "of_address": address, "of_number": number}
    row = connection.execute(_ONE, where).one_or_none()
    return _stored(row) if row else None


def file_at(
    connection: Connection, school_id: str, address: str, number: int
) -> tuple[str, str, bytes] | None:
    """Return the name, the type and the content of the file that came with a line."""
    where = {"of_school": school_id, "of_address": address, "of_number": number}
    row = connection.execute(_FILE, where).one_or_none()
    return (row.file_name, row.file_mime, row.file_content) if row else None


def language_of(connection: Connection, school_id: str, address: str) -> str | None:
    """Return the language of the newest line by the school."""
    where = {"of_school": school_id, "of_address": address}
    return connection.execute(_LANGUAGE, where).scalar_one_or_none()


def _stored(row: Row[*tuple[Any, ...]]) -> StoredLine:
    chosen = tuple(json.loads(row.settled_chosen)) if row.settled_chosen else ()
    return StoredLine(
        row.number, row.change, row.forgotten, row.at, row.body, row.settled_at, chosen, row.key
    )
