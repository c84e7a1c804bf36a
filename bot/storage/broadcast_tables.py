"""The tables of broadcasts, on the same `metadata` as all others."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    false,
    text,
)

from bot.storage.tables import Moment, metadata, person, school, serial

broadcasts = Table(
    "broadcasts",
    metadata,
    serial(),
    school(),
    Column("case_id", BigInteger, nullable=False),
    Column("purpose", String(20), nullable=False),
    Column("audience", Text, nullable=False),
    Column("letter", Text, nullable=False),
    Column("opens", Text),
    Column("can_wait", Boolean, nullable=False, server_default=false()),
    Column("state", String(10), nullable=False),
    Column("listed_to", BigInteger, nullable=False),
    Column("next_at", Moment),
    Column("spread", Integer),
    Column("begun_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Index(None, "case_id"),
    Index(
        "ix_broadcasts_running",
        "school_id",
        "id",
        sqlite_where=text("state IN ('listing', 'sending')"),
        postgresql_where=text("state IN ('listing', 'sending')"),
    ),
    sqlite_autoincrement=True,
)
"""One letter to many. While its people are being listed, `listed_to` is the last person looked at.

`next_at` is when the first of those who wait may be written to, if nobody may be now. `spread` is over how many
seconds the letters leave, evenly; None if as fast as they can.
`can_wait` says whether it comes with each person's digest.
`opens` is the case below that begins with whoever answers, if it is an invitation.
"""

recipients = Table(
    "recipients",
    metadata,
    Column(
        "broadcast_id",
        BigInteger().with_variant(Integer, "sqlite"),
        ForeignKey("broadcasts.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    person(key=True),
    school(),
    Column("state", String(10), nullable=False),
    Column("not_before", Moment),
    Column("why", String(20)),
    Column("at", Moment),
    Index(None, "person_id"),
    Index(
        "ix_recipients_waiting",
        "school_id",
        "broadcast_id",
        "person_id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_recipients_on_their_way",
        "school_id",
        "broadcast_id",
        "person_id",
        sqlite_where=text("state IN ('handed', 'gathered')"),
        postgresql_where=text("state IN ('handed', 'gathered')"),
    ),
)
"""The ledger: whom each broadcast is for, and what became of their letter. No row is sent twice.

`at` is when it was sent; while nobody knows that, when it went into the outbox.
"""
GOT = ("handed", "sent", "unsure")
"""What the ledger says of whoever has the letter, as far as anybody knows."""
