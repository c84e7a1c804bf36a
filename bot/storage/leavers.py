"""The list of leavers of each school. The caller owns the transaction."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Select,
    String,
    Table,
    bindparam,
    delete,
    func,
    select,
)

from bot.domain.leavers import (
    Ending,
    Found,
    Leaver,
    Match,
    NameKeys,
    NotFound,
    parts_of,
)
from bot.domain.leavers.results import by_cohort, by_name, closest
from bot.storage.tables import metadata

leavers = Table(
    "leavers",
    metadata,
    Column("school_id", String(40), nullable=False),
    Column("fingerprint", LargeBinary(16), nullable=False),
    Column("whole", LargeBinary(16), nullable=False),
    Column("parts", LargeBinary, nullable=False),
    Column("likenesses", LargeBinary, nullable=False),
    Column("programme", String(40), nullable=False),
    Column("year", Integer, nullable=False),
    Column("born", LargeBinary(16)),
    Column("ending", String(20)),
    # The school comes last: most databases have one, and while PostgreSQL has no statistics of a
    # new list it would walk through all of a school's rows for each chunk of an import.
    PrimaryKeyConstraint("fingerprint", "school_id"),
    Index("ix_leavers_whole", "whole", "school_id"),
    Index("ix_leavers_cohort", "programme", "year", "school_id"),
)
"""Who left the school, names as keyed hashes: `bot.domain.leavers.keys` says what they tell."""

_OF_SCHOOL = leavers.c.school_id == bindparam("school_id")
_ROWS = select(*(column for column in leavers.c if column.name != "school_id")).where(_OF_SCHOOL)
_NAMESAKES = _ROWS.where(leavers.c.whole.in_(bindparam("names", expanding=True)))
_GONE = delete(leavers).where(_OF_SCHOOL, leavers.c.fingerprint == bindparam("of_fingerprint"))
_COHORT = _ROWS.where(
    leavers.c.programme == bindparam("programme"), leavers.c.year == bindparam("year")
)
_COUNTS = (
    select(leavers.c.programme, leavers.c.year, leavers.c.ending, func.count())
    .where(_OF_SCHOOL)
    .group_by(leavers.c.programme, leavers.c.year, leavers.c.ending)
    .order_by(leavers.c.programme, leavers.c.year, leavers.c.ending)
)


@dataclass(frozen=True, slots=True)
class CohortSize:
    """How many left a programme in a year, by how it ended; reports divide by it."""

    programme: str
    year: int
    ending: Ending | None
    people: int


def look_up(
    connection: Connection,
    school_id: str,
    key: bytes,
    *,
    name: str,
    programme: str,
    year: int,
    born: int | None,
) -> Match:
    """Compare a sign-up with the school's list, by the key that the list was imported with.

    `programme` is a code. Of several people who come close, the closest gives the reason.
    """
    parts = parts_of(name)
    if not parts:
        return NotFound()
    asked = NameKeys(key).asked(parts, programme, year, born=born)
    of_this_name = by_name(asked, namesakes(connection, school_id, [asked.whole]))
    if isinstance(of_this_name, Found):
        return of_this_name
    cohort = _fetch(connection, _COHORT, school_id=school_id, programme=programme, year=year)
    others = [row for row in cohort if row.whole != asked.whole]
    return closest([*of_this_name, *by_cohort(asked, others)])


def cohort_sizes(connection: Connection, school_id: str) -> tuple[CohortSize, ...]:
    """Return how many people the list has, by programme, year and ending."""
    return tuple(
        CohortSize(programme, year, None if ending is None else Ending(ending), people)
        for programme, year, ending, people in connection.execute(
            _COUNTS, {"school_id": school_id}
        )
    )


def named(
    connection: Connection, school_id: str, key: bytes, *, name: str, programme: str, year: int
) -> list[Leaver]:
    """Return everybody on the list who has this name and left this programme in this year."""
    asked = NameKeys(key).asked(parts_of(name), programme, year, born=None)
    found = namesakes(connection, school_id, [asked.whole])
    return [row for row in found if (row.programme, row.year) == (programme, year)]


def namesakes(connection: Connection, school_id: str, names: Collection[bytes]) -> list[Leaver]:
    """Return everybody on the list whose name has one of these hashes."""
    return _fetch(connection, _NAMESAKES, school_id=school_id, names=list(names))


def forget_rows(connection: Connection, school_id: str, rows: Iterable[Leaver]) -> None:
    """Take these rows off the list; a later import of a file that still has them brings them back."""
    gone = [{"school_id": school_id, "of_fingerprint": row.fingerprint} for row in rows]
    if gone:
        connection.execute(_GONE, gone)


def forget_leavers(connection: Connection, school_id: str) -> int:
    """Empty the school's list, as when its key is changed; return how many rows it had."""
    return connection.execute(delete(leavers).where(_OF_SCHOOL), {"school_id": school_id}).rowcount


def _fetch(
    connection: Connection,
    statement: Select[*tuple[Any, ...]],
    **parameters: str | int | list[bytes],
) -> list[Leaver]:
    return [
        Leaver(
            fingerprint=row.fingerprint,
            whole=row.whole,
            parts=row.parts,
            likenesses=row.likenesses,
            programme=row.programme,
            year=row.year,
            born=row.born,
            ending=None if row.ending is None else Ending(row.ending),
        )
        for row in connection.execute(statement, parameters)
    ]
