"""The tables. Each has `school_id`: nothing crosses from one school to another.

Those of leavers and of web chats stand with their statements, on the same `metadata`.
Times are `Moment`s: aware and in UTC wherever Python sees them.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored as whole microseconds since 1970 in UTC.

    A number is the same on both engines, sorts as time does, and cannot lose its zone on the way.
    """

    impl = BigInteger  # type: ignore[mutable-override]  # SQLAlchemy's way of saying it
    cache_ok = True  # type: ignore[mutable-override]  # SQLAlchemy's way of saying it

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else (value - EPOCH) // MICROSECOND

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else EPOCH + timedelta(microseconds=value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def school() -> Column[str]:
    """Return the column that says whose a row is."""
    return Column("school_id", String(40), nullable=False)


def serial() -> Column[int]:
    """Return the usual primary key; SQLite numbers rows by itself only in a plain INTEGER.

    Numbers that are known outside the row, on a button or in a letter, must never be given to another:
    there the table has `sqlite_autoincrement`, or SQLite gives that of the last row once it is gone.
    """
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


def person(*, key: bool = False) -> Column[int]:
    """Return a column that names a person; the row goes when the person goes."""
    cascade = ForeignKey("people.id", ondelete="CASCADE")
    return Column("person_id", BigInteger, cascade, nullable=False, primary_key=key)


people = Table(
    "people",
    metadata,
    serial(),
    school(),
    Column("language", String(20), nullable=False),
    Column("name", String(120)),
    Column("born", Integer),
    Column("class_key", String(40)),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("paused_until", Moment),
    Column("stopped_at", Moment),
    Column("frequency", String(20)),
    Column("network", String(20), nullable=False),
    Column("address", String(64), nullable=False),
    Column("erased_at", Moment),
    sqlite_autoincrement=True,
)
"""Whoever the bot talks to, and where they were heard from last; a name only once they have told it."""

roles = Table(
    "roles",
    metadata,
    person(key=True),
    Column("role", String(20), primary_key=True),
    school(),
    Column("since", Moment, nullable=False),
)
"""What somebody is to the school; staff rights come from here and from nowhere else."""

addresses = Table(
    "addresses",
    metadata,
    Column("school_id", String(40), primary_key=True),
    Column("network", String(20), primary_key=True),
    Column("address", String(64), primary_key=True),
    person(),
    Column("unreachable_at", Moment),
    Index(None, "person_id"),
    Index(
        "ix_addresses_unreachable",
        "school_id",
        "network",
        "address",
        sqlite_where=text("unreachable_at IS NOT NULL"),
        postgresql_where=text("unreachable_at IS NOT NULL"),
    ),
)
"""Every way to a person."""

profiles = Table(
    "profiles",
    metadata,
    person(key=True),
    school(),
    Column("programme", String(40)),
    Column("left_in", Integer),
    Column("how_left", String(20)),
    Column("doing", String(20)),
    Column("town", String(80)),
    Column("offers", Text, nullable=False),
)
"""What alumni tell about themselves."""

consents = Table(
    "consents",
    metadata,
    serial(),
    school(),
    person(),
    Column("purpose", String(20), nullable=False),
    Column("text_version", Integer, nullable=False),
    Column("language", String(20), nullable=False),
    Column("network", String(20), nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Index(None, "person_id"),
    Index(
        "uq_consents_given",
        "school_id",
        "purpose",
        "person_id",
        unique=True,
        sqlite_where=text("withdrawn_at IS NULL"),
        postgresql_where=text("withdrawn_at IS NULL"),
    ),
)
"""Proof of each consent: what was agreed to, in which text and language, where and when (Art. 7(1) GDPR)."""

staff = Table(
    "staff",
    metadata,
    Column("school_id", String(40), primary_key=True),
    Column("key", String(40), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("role", String(20), nullable=False),
    Column("person_id", BigInteger, ForeignKey("people.id", ondelete="SET NULL")),
    Column("token_hash", LargeBinary(32)),
    Column("expires_at", Moment),
)
"""The staff the school named; the hash is that of an invitation not yet used."""

class_codes = Table(
    "class_codes",
    metadata,
    Column("school_id", String(40), primary_key=True),
    Column("code", String(12), primary_key=True),
    Column("class_key", String(40), nullable=False),
    Column("expires_at", Moment, nullable=False),
)
"""What students type to show which class they are in."""

updates = Table(
    "updates",
    metadata,
    Column("school_id", String(40), primary_key=True),
    Column("network", String(20), primary_key=True),
    Column("update_id", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
    Index(None, "at"),
)
"""Updates already taken, so that one delivered again changes nothing."""

unread_updates = Table(
    "unread_updates",
    metadata,
    serial(),
    school(),
    Column("network", String(20), nullable=False),
    Column("update_id", String(64), nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""Updates that could not be read, and why: their numbers only, for whoever mends the reading."""

conversations = Table(
    "conversations",
    metadata,
    serial(),
    school(),
    person(),
    Column("dialogue", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("case_id", BigInteger),
    Column("entry", Integer),
    Column("turn", Integer, nullable=False),
    Column("stored", Text, nullable=False),
    Column("nudges", Integer, nullable=False),
    Column("answered_at", Moment, nullable=False),
    Column("wake_at", Moment, nullable=False),
    Index(None, "person_id"),
    Index(None, "wake_at"),
    Index(None, "case_id"),
    sqlite_autoincrement=True,
)
"""Where each person is in each dialogue."""

cases = Table(
    "cases",
    metadata,
    serial(),
    school(),
    Column("lifecycle", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("above_id", BigInteger),
    Column("state", String(40), nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("entry", Integer, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("facts", Text, nullable=False),
    Index(None, "above_id"),
    Index(None, "school_id", "lifecycle", "state"),
    sqlite_autoincrement=True,
)
"""Every run of a journey."""

seats = Table(
    "seats",
    metadata,
    Column("case_id", BigInteger, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("part", String(20), primary_key=True),
    school(),
    person(),
    Column("settled_entry", Integer),
    Index(None, "person_id"),
)
"""Who plays which part in which case."""

case_events = Table(
    "case_events",
    metadata,
    serial(),
    school(),
    Column("case_id", BigInteger, nullable=False),
    Column("lifecycle", String(40), nullable=False),
    Column("from_state", String(40)),
    Column("to_state", String(40), nullable=False),
    Column("event", String(40), nullable=False),
    Column("reason", String(40)),
    Column("person_id", BigInteger),
    Column("at", Moment, nullable=False),
    Index(None, "case_id"),
)
"""Every transition, append-only; reports count these rows. Erasing a person takes their id out."""

timers = Table(
    "timers",
    metadata,
    serial(),
    school(),
    Column("case_id", BigInteger, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("entry", Integer, nullable=False),
    Column("name", String(40), nullable=False),
    Column("part", String(20)),
    Column("planned_for", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("outcome", String(20)),
    UniqueConstraint("case_id", "entry", "name", "planned_for"),
    Index(
        "ix_timers_due",
        "school_id",
        "due_at",
        sqlite_where=text("outcome IS NULL"),
        postgresql_where=text("outcome IS NULL"),
    ),
)
"""Nudges (with a part) and deadlines (without). `due_at` may be put off; `planned_for` stays."""

budgets = Table(
    "budgets",
    metadata,
    Column("school_id", String(40), primary_key=True),
    Column("network", String(20), primary_key=True),
    Column("left_lately", Text, nullable=False),
)
"""When letters of each bot have left in the last second, where several processes write for it."""

outbox = Table(
    "outbox",
    metadata,
    serial(),
    school(),
    person(),
    Column("kind", String(10), nullable=False),
    Column("letter", Text, nullable=False),
    Column("key", String(64)),
    Column("broadcast_id", BigInteger),
    Column("digest_id", BigInteger),
    Column("is_edit", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment),
    Column("state", String(10), nullable=False),
    Column("claimed_by", String(22)),
    Column("claimed_until", Moment),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", Moment),
    Column("network", String(20)),
    Column("ref", String(64)),
    Column("why", Text),
    Index(
        "ix_outbox_waiting",
        "school_id",
        "id",
        sqlite_where=text("state IN ('waiting', 'sending')"),
        postgresql_where=text("state IN ('waiting', 'sending')"),
    ),
    Index(None, "person_id"),
    Index(
        "ix_outbox_gathered",
        "school_id",
        "not_before",
        sqlite_where=text("state = 'gathered'"),
        postgresql_where=text("state = 'gathered'"),
    ),
    Index(
        "ix_outbox_broadcast_id",
        "broadcast_id",
        "person_id",
        sqlite_where=text("broadcast_id IS NOT NULL"),
        postgresql_where=text("broadcast_id IS NOT NULL"),
    ),
)
"""Letters, unrendered: waiting, being sent, or what became of them. That of a broadcast is kept with it.

What need not be read today is `gathered` until somebody's digest is due, and then `merged` into the letter `digest_id`.
"""
