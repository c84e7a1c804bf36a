"""How Alembic reaches the database: over the connection it is given."""

from typing import Any, Literal

from alembic import context

from bot.storage import (
    announcements,
    broadcast_tables,
    events,
    leavers,
    mentoring,
    pictures,
    web_chats,
)
from bot.storage.tables import Moment, metadata

TABLES = (announcements, broadcast_tables, events, leavers, mentoring, pictures, web_chats)
"""Modules with tables of their own: importing them is what makes these known."""


def plainly(kind: str, thing: Any, _: object) -> str | Literal[False]:
    """Write moments as the whole numbers they are: a migration must not follow the code."""
    return "sa.BigInteger()" if kind == "type" and isinstance(thing, Moment) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_item=plainly,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
