"""Events on their way to the cases below one: the table, and its statements."""

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Boolean,
    Column,
    String,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from bot.storage.tables import cases, metadata, school, serial

SCHOOL: BindParameter[str] = bindparam("of_school")

announcements = Table(
    "announcements",
    metadata,
    serial(),
    school(),
    Column("case_id", BigInteger, nullable=False),
    Column("event", String(60), nullable=False),
    Column("stored", Text, nullable=False),
    Column("at_once", Boolean, nullable=False),
    Column("reached_to", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)
"""An event that is to happen in every open case below one; `reached_to` is the last in which it has."""

BEGIN = insert(announcements)
OLDEST = (
    select(announcements)
    .where(announcements.c.school_id == SCHOOL)
    .order_by(announcements.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
NEXT_BELOW = (
    select(cases.c.id)
    .where(
        cases.c.school_id == SCHOOL,
        cases.c.above_id == bindparam("above"),
        cases.c.is_open,
        cases.c.id > bindparam("after"),
    )
    .order_by(cases.c.id)
    .limit(bindparam("most"))
)
REACHED = (
    update(announcements)
    .where(announcements.c.school_id == SCHOOL, announcements.c.id == bindparam("whose"))
    .values(reached_to=bindparam("new_reached_to"))
)
END = delete(announcements).where(
    announcements.c.school_id == SCHOOL, announcements.c.id == bindparam("whose")
)
