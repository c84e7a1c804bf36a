"""The tables of web chats, on the same `metadata` as all others."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text

from bot.storage.tables import Moment, metadata

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
    Column("named", Text),
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
"""What a web chat shows: a page that is opened again still has it.

`named` has the numbers of the people whose names are in it, each between commas.
"""

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
