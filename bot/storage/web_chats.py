"""What was said in web chats, who may read it, and the one-time links that lead to it.

The caller owns the transaction. Numbers and changes are given out by the chat's own row, which
stays locked until the commit: so they are seen in their order, whoever else writes to the chat.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    Text,
    and_,
    bindparam,
    case,
    delete,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage.tables import Moment, addresses, metadata

web_chats = Table(
    "web_chats",
    metadata,
    Column("school_id", String(40), primary_key=True),
    Column("address", String(64), primary_key=True),
    Column("numbers", Integer, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("forgotten", Integer, nullable=False),
    Column("touched_at", Moment, nullable=False),
)
"""The highest number and change given out at an address, and up to which number all is forgotten.

`touched_at` is when a browser was let in or something was said.
"""

web_sessions = Table(
    "web_sessions",
    metadata,
    Column("school_id", String(40), primary_key=True),
    Column("token_hash", String(64), primary_key=True),
    Column("address", String(64), nullable=False),
    Index(None, "school_id", "address"),
)
"""Browsers that may read and write at an address; the token itself is only in the browser."""

web_lines = Table(
    "web_lines",
    metadata,
    Column("school_id", String(40), primary_key=True),
    Column("address", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("change", Integer, nullable=False),
    Column("forgotten", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("update_id", String(128)),
    Column("language", String(20)),
    Column("key", String(64)),
    Column("body", Text, nullable=False),
    Column("settled_at", Moment),
    Column("settled_chosen", Text),
    Column("file_name", Text),
    Column("file_mime", Text),
    Column("file_content", LargeBinary),
    Index(None, "school_id", "address", "change", unique=True),
    Index(None, "school_id", "at"),
)
_is_update = web_lines.c.update_id.is_not(None)
Index(
    "ix_web_lines_update",
    web_lines.c.school_id,
    web_lines.c.address,
    web_lines.c.update_id,
    unique=True,
    sqlite_where=_is_update,
    postgresql_where=_is_update,
)
"""What a web chat shows: a page that is opened again still has it."""

sign_in_links = Table(
    "sign_in_links",
    metadata,
    Column("school_id", String(40), primary_key=True),
    Column("token_hash", String(64), primary_key=True),
    Column("address", String(64), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Index(None, "school_id", "address"),
)
"""One-time links that open the chat at an address in one more browser."""


class Content(TypedDict):
    """What a line says: all of it that may be replaced."""

    body: str
    language: str | None
    key: str | None
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


_SCHOOL = bindparam("school_id")
_ADDRESS = bindparam("at_address")
_NUMBER = bindparam("at_number")
_BEFORE = bindparam("before")
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
)

_chat = upsert(web_chats)
_OPEN_CHAT = _chat.on_conflict_do_update(
    index_elements=["school_id", "address"], set_={"touched_at": _chat.excluded.touched_at}
)
_OPEN_SESSION = upsert(web_sessions).on_conflict_do_nothing()
_ADDRESS_OF = select(web_sessions.c.address).where(
    web_sessions.c.school_id == _SCHOOL, web_sessions.c.token_hash == bindparam("token_hash")
)
_CLOSE = delete(web_sessions).where(
    web_sessions.c.school_id == _SCHOOL, web_sessions.c.token_hash == bindparam("token_hash")
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
        index_elements=["school_id", "address", "update_id"], index_where=_is_update
    )
    .returning(web_lines.c.number)
)
_KNOWN = select(*_SHOWN).where(_LINES, web_lines.c.update_id == bindparam("update_id"))

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

_is_open = and_(web_lines.c.key == bindparam("at_key"), web_lines.c.settled_at.is_(None))
_OPEN_LINES = select(web_lines.c.number).where(_LINES, _is_open).order_by(web_lines.c.number)
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

_AFTER = (
    select(*_SHOWN)
    .where(_LINES, web_lines.c.change > bindparam("after"))
    .order_by(web_lines.c.change.desc())
    .limit(bindparam("at_most", type_=Integer))
)
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

_ADD_LINK = insert(sign_in_links)
# Asked for again in the update itself, so that of two who press at once only one comes in.
_TAKE_LINK = (
    update(sign_in_links)
    .where(
        sign_in_links.c.school_id == _SCHOOL,
        sign_in_links.c.token_hash == bindparam("at_token_hash"),
        sign_in_links.c.used_at.is_(None),
        sign_in_links.c.expires_at > bindparam("moment"),
    )
    .values(used_at=bindparam("moment"))
    .returning(sign_in_links.c.address)
)

_FORGET = update(web_chats).where(_CHAT).values(forgotten=web_chats.c.numbers)
_FORGET_LINES = delete(web_lines).where(_LINES)
_FORGET_LINKS = delete(sign_in_links).where(
    sign_in_links.c.school_id == _SCHOOL, sign_in_links.c.address == _ADDRESS
)


_FORGET_BEFORE = (
    delete(web_lines).where(web_lines.c.school_id == _SCHOOL, web_lines.c.at < _BEFORE),
    delete(sign_in_links).where(
        sign_in_links.c.school_id == _SCHOOL,
        or_(sign_in_links.c.used_at.is_not(None), sign_in_links.c.expires_at < _BEFORE),
    ),
    # An old letter may still be altered by its number, so a person's numbers never start anew.
    delete(web_chats).where(
        web_chats.c.school_id == _SCHOOL,
        web_chats.c.touched_at < _BEFORE,
        ~select(web_lines.c.number)
        .where(web_lines.c.school_id == _SCHOOL, web_lines.c.address == web_chats.c.address)
        .exists(),
        ~select(addresses.c.address)
        .where(
            addresses.c.school_id == _SCHOOL,
            addresses.c.network == "web",
            addresses.c.address == web_chats.c.address,
        )
        .exists(),
    ),
    delete(web_sessions).where(
        web_sessions.c.school_id == _SCHOOL,
        ~select(web_chats.c.address)
        .where(web_chats.c.school_id == _SCHOOL, web_chats.c.address == web_sessions.c.address)
        .exists(),
    ),
)


def open_chat(
    connection: Connection, school_id: str, address: str, token_hash: str, at: datetime
) -> None:
    """Let whoever has the token read and write at `address`."""
    where = {"school_id": school_id, "address": address}
    new = {"numbers": 0, "changes": 0, "forgotten": 0, "touched_at": at}
    connection.execute(_OPEN_CHAT, where | new)
    connection.execute(_OPEN_SESSION, where | {"token_hash": token_hash})


def address_of(connection: Connection, school_id: str, token_hash: str) -> str | None:
    """Return where the token leads; None if it is not open."""
    whose = {"school_id": school_id, "token_hash": token_hash}
    return connection.execute(_ADDRESS_OF, whose).scalar_one_or_none()


def close_session(connection: Connection, school_id: str, token_hash: str) -> None:
    """Make the token worthless."""
    connection.execute(_CLOSE, {"school_id": school_id, "token_hash": token_hash})


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
    where = {"school_id": school_id, "at_address": address}
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
        known = connection.execute(_KNOWN, where | {"update_id": update_id})
        return _stored(known.one())
    return StoredLine(
        given.numbers, given.changes, given.forgotten, at, content["body"], None, ()
    )


def replace(
    connection: Connection, school_id: str, address: str, number: int, content: Content
) -> StoredLine | None:
    """Put `content` into a line, with a new change; None if there is no such line.

    What makes it the same line stays: number, time and update. It stays settled under the same key.
    """
    where = {"school_id": school_id, "at_address": address, "at_number": number}
    change = connection.execute(_TAKE_CHANGE, where).scalar_one_or_none()
    if change is None:
        return None
    new = {f"new_{name}": value for name, value in content.items()}
    line = connection.execute(_REPLACE, where | new | {"new_change": change}).one_or_none()
    return line and _stored(line)


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
    where: dict[str, object] = {"school_id": school_id, "at_address": address}
    asked = connection.execute(_OPEN_LINES, where | {"at_key": key}).scalars().all()
    if not asked:
        return
    last = connection.execute(_TAKE_CHANGES, where | {"count": len(asked)}).scalar_one()
    ended = {"at_key": key, "new_settled_at": at, "new_settled_chosen": json.dumps(list(chosen))}
    changes = range(last - len(asked) + 1, last + 1)
    connection.execute(
        _SETTLE,
        [
            where | ended | {"at_number": number, "new_change": change}
            for number, change in zip(asked, changes, strict=True)
        ],
    )


def lines_after(
    connection: Connection, school_id: str, address: str, change: int, *, limit: int
) -> list[StoredLine]:
    """Return the lines altered after `change`, in that order; of too many, the latest."""
    where = {"school_id": school_id, "at_address": address}
    found = connection.execute(_AFTER, where | {"after": change, "at_most": limit}).all()
    return [_stored(row) for row in reversed(found)]


def line_at(
    connection: Connection, school_id: str, address: str, number: int
) -> StoredLine | None:
    """Return one line."""
    where = {"school_id": school_id, "at_address": address, "at_number": number}
    row = connection.execute(_ONE, where).one_or_none()
    return row and _stored(row)


def file_at(
    connection: Connection, school_id: str, address: str, number: int
) -> tuple[str, str, bytes] | None:
    """Return the name, the type and the content of the file that came with a line."""
    where = {"school_id": school_id, "at_address": address, "at_number": number}
    row = connection.execute(_FILE, where).one_or_none()
    return row and (row.file_name, row.file_mime, row.file_content)


def language_of(connection: Connection, school_id: str, address: str) -> str | None:
    """Return the language of the newest line by the school."""
    where = {"school_id": school_id, "at_address": address}
    return connection.execute(_LANGUAGE, where).scalar_one_or_none()


def add_link(
    connection: Connection, school_id: str, token_hash: str, address: str, expires_at: datetime
) -> None:
    """Let whoever presses the link before `expires_at` open the chat at `address`, once."""
    link = {"token_hash": token_hash, "address": address, "expires_at": expires_at}
    connection.execute(_ADD_LINK, {"school_id": school_id} | link)


def take_link(
    connection: Connection, school_id: str, token_hash: str, at: datetime
) -> str | None:
    """Use a link up and return its address; None if it is unknown, used or too old."""
    link = {"school_id": school_id, "at_token_hash": token_hash, "moment": at}
    return connection.execute(_TAKE_LINK, link).scalar_one_or_none()


def forget(connection: Connection, school_id: str, address: str) -> None:
    """Delete all that was said at `address`, with its files, and the links that lead to it.

    Sessions stay open: a goodbye still reaches the page, and a new beginning is possible.
    """
    where = {"school_id": school_id, "at_address": address}
    for statement in (_FORGET, _FORGET_LINES, _FORGET_LINKS):
        connection.execute(statement, where)


def forget_before(connection: Connection, school_id: str, moment: datetime) -> None:
    """Delete the lines said before `moment`, links used or expired by then, and abandoned chats.

    Abandoned is a chat untouched since `moment` that belongs to no person; its sessions go with it.
    A person's stay, however long nothing was said: they must still be reachable.
    """
    for statement in _FORGET_BEFORE:
        connection.execute(statement, {"school_id": school_id, "before": moment})


def _stored(row: Row[*tuple[Any, ...]]) -> StoredLine:
    chosen = tuple(json.loads(row.settled_chosen)) if row.settled_chosen else ()
    return StoredLine(
        row.number, row.change, row.forgotten, row.at, row.body, row.settled_at, chosen
    )
