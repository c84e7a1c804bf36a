"""Who may read and write web chats, the one-time links that lead there, and forgetting.

The caller owns the transaction. What is said is in `web_lines`.
"""

from datetime import datetime

from sqlalchemy import (
    BindParameter,
    Connection,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage.tables import Moment, addresses
from bot.storage.web_tables import sign_in_links, web_chats, web_lines, web_sessions

# A parameter named as a column would be taken for a value to set.
_SCHOOL: BindParameter[str] = bindparam("of_school")
_ADDRESS: BindParameter[str] = bindparam("of_address")
_BEFORE: BindParameter[datetime] = bindparam("before", type_=Moment)

_chat = upsert(web_chats)
_OPEN_CHAT = _chat.on_conflict_do_update(
    index_elements=["school_id", "address"], set_={"touched_at": _chat.excluded.touched_at}
)
_OPEN_SESSION = upsert(web_sessions).on_conflict_do_nothing()
_ADDRESS_OF = select(web_sessions.c.address).where(
    web_sessions.c.school_id == _SCHOOL, web_sessions.c.token_hash == bindparam("of_token_hash")
)
_CLOSE = delete(web_sessions).where(
    web_sessions.c.school_id == _SCHOOL, web_sessions.c.token_hash == bindparam("of_token_hash")
)

_ADD_LINK = insert(sign_in_links)
# Asked for again in the update itself, so that of two who press at once only one comes in.
_TAKE_LINK = (
    update(sign_in_links)
    .where(
        sign_in_links.c.school_id == _SCHOOL,
        sign_in_links.c.token_hash == bindparam("of_token_hash"),
        sign_in_links.c.used_at.is_(None),
        sign_in_links.c.expires_at > bindparam("moment"),
    )
    .values(used_at=bindparam("moment"))
    .returning(sign_in_links.c.address)
)

_FORGET = (
    update(web_chats)
    .where(web_chats.c.school_id == _SCHOOL, web_chats.c.address == _ADDRESS)
    .values(forgotten=web_chats.c.numbers)
)
_FORGET_LINES = delete(web_lines).where(
    web_lines.c.school_id == _SCHOOL, web_lines.c.address == _ADDRESS
)
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
    whose = {"of_school": school_id, "of_token_hash": token_hash}
    return connection.execute(_ADDRESS_OF, whose).scalar_one_or_none()


def close_session(connection: Connection, school_id: str, token_hash: str) -> None:
    """Make the token worthless."""
    connection.execute(_CLOSE, {"of_school": school_id, "of_token_hash": token_hash})


def add_link(
    connection: Connection, school_id: str, token_hash: str, address: str, expires_at: datetime
) -> None:
    """Let whoever presses the link before `expires_at` open the chat at `address`, once."""
    link = {"token_hash": token_hash, "address": address, "expires_at": expires_at}
    connection.execute(_ADD_LINK, {"school_id": school_id} | link)


def take_link(connection: Connection, school_id: str, token_hash: str, at: datetime) -> str | None:
    """Use a link up and return its address; None if it is unknown, used or too old."""
    link = {"of_school": school_id, "of_token_hash": token_hash, "moment": at}
    return connection.execute(_TAKE_LINK, link).scalar_one_or_none()


def forget(connection: Connection, school_id: str, address: str) -> None:
    """Delete all that was said at `address`, with its files, and the links that lead to it.

    Sessions stay open: a goodbye still reaches the page, and a new beginning is possible.
    """
    where = {"of_school": school_id, "of_address": address}
    for statement in (_FORGET, _FORGET_LINES, _FORGET_LINKS):
        connection.execute(statement, where)


def forget_before(connection: Connection, school_id: str, moment: datetime) -> None:
    """Delete the lines said before `moment`, links used or expired by then, and abandoned chats.

    Abandoned is a chat untouched since `moment` that belongs to no person; its sessions go, too.
    A person's stay, however long nothing was said: they must still be reachable.
    """
    for statement in _FORGET_BEFORE:
        connection.execute(statement, {"of_school": school_id, "before": moment})
