"""Pictures that staff have sent, and what networks call them: tables and statements."""

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    bindparam,
    cast,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage.tables import Moment, metadata, school, serial

SCHOOL: BindParameter[str] = bindparam("of_school")

pictures = Table(
    "pictures",
    metadata,
    serial(),
    school(),
    Column("case_id", BigInteger),
    Column("mime", String(20), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("added_at", Moment, nullable=False),
    Index(None, "case_id"),
    sqlite_autoincrement=True,
)
"""A picture, and the case that it belongs to: it goes with that. None as long as there is no such case yet."""

sent_pictures = Table(
    "sent_pictures",
    metadata,
    Column(
        "picture_id",
        BigInteger().with_variant(Integer, "sqlite"),
        ForeignKey("pictures.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    school(),
    Column("file", String(200), nullable=False),
)
"""What a network calls a picture that one of its bots has sent: by that it is sent to everybody else."""

ADD = insert(pictures).returning(pictures.c.id)
_one = (pictures.c.school_id == SCHOOL, pictures.c.id == bindparam("picture"))
LOAD = select(pictures.c.mime, pictures.c.content).where(*_one)
BELONG = update(pictures).where(*_one).values(case_id=bindparam("new_case_id"))
FORGET = delete(pictures).where(
    pictures.c.school_id == SCHOOL, pictures.c.case_id == bindparam("of_case")
)
FORGET_UNUSED = delete(pictures).where(
    pictures.c.school_id == SCHOOL,
    pictures.c.case_id.is_(None),
    pictures.c.added_at < bindparam("before"),
)
"""Of drafts that have come to nothing."""
CALLED = select(sent_pictures.c.file).where(
    sent_pictures.c.school_id == SCHOOL,
    sent_pictures.c.picture_id == bindparam("picture"),
    sent_pictures.c.bot == bindparam("of_bot"),
)
_columns = ("school_id", "picture_id", "bot", "file")
# From the picture itself: it may have been erased while the network was taking it.
_call = upsert(sent_pictures).from_select(
    _columns,
    select(
        pictures.c.school_id,
        pictures.c.id,
        cast(bindparam("of_bot"), BigInteger),
        cast(bindparam("new_file"), String(200)),
    ).where(*_one),
)
CALL = _call.on_conflict_do_update(
    index_elements=["picture_id", "bot"], set_={"file": _call.excluded.file}
)
