"""The list of leavers of each school. The caller owns the transaction."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
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
from sqlalchemy.dialects import postgresql, sqlite

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

_CHUNK = 1_000
"""Rows in one round trip; more is no faster and takes more memory."""

_OF_SCHOOL = leavers.c.school_id == bindparam("school_id")
_ROWS = select(*(column for column in leavers.c if column.name != "school_id")).where(_OF_SCHOOL)
_NAMESAKES = _ROWS.where(leavers.c.whole == bindparam("whole"))
_COHORT = _ROWS.where(
    leavers.c.programme == bindparam("programme"), leavers.c.year == bindparam("year")
)
_ENDINGS = select(leavers.c.fingerprint, leavers.c.ending).where(
    _OF_SCHOOL, leavers.c.fingerprint.in_(bindparam("fingerprints", expanding=True))
)
_COUNTS = (
    select(leavers.c.programme, leavers.c.year, leavers.c.ending, func.count())
    .where(_OF_SCHOOL)
    .group_by(leavers.c.programme, leavers.c.year, leavers.c.ending)
    .order_by(leavers.c.programme, leavers.c.year, leavers.c.ending)
)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of rows that were to be on the list."""

    new: int
    known: int
    """Those on the list before, and repetitions."""
    corrected: int
    """Those of the known whose ending is another now."""


@dataclass(frozen=True, slots=True)
class CohortSize:
    """How many left a programme in a year, by how it ended; reports divide by it."""

    programme: str
    year: int
    ending: Ending | None
    people: int


def add_leavers(connection: Connection, school_id: str, rows: Iterable[Leaver]) -> Added:
    """Put on the list whoever is not there yet; nobody is taken off it.

    An ending that the list has otherwise is corrected; one that is not given leaves the known one
    alone.
    """
    new = known = corrected = 0
    for chunk in _chunks(rows):
        endings = _endings(connection, school_id, chunk)
        fresh = {row.fingerprint: row for row in chunk if row.fingerprint not in endings}
        _insert(connection, school_id, fresh.values())
        new += len(fresh)
        known += len(chunk) - len(fresh)
        corrected += _correct_endings(connection, school_id, chunk, endings)
    return Added(new, known, corrected)


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
    namesakes = _fetch(connection, _NAMESAKES, school_id=school_id, whole=asked.whole)
    named = by_name(asked, namesakes)
    if isinstance(named, Found):
        return named
    cohort = _fetch(connection, _COHORT, school_id=school_id, programme=programme, year=year)
    others = [row for row in cohort if row.whole != asked.whole]
    return closest([*named, *by_cohort(asked, others)])


def cohort_sizes(connection: Connection, school_id: str) -> tuple[CohortSize, ...]:
    """Return how many people the list has, by programme, year and ending."""
    return tuple(
        CohortSize(programme, year, None if ending is None else Ending(ending), people)
        for programme, year, ending, people in connection.execute(
            _COUNTS, {"school_id": school_id}
        )
    )


def forget_leaver(
    connection: Connection, school_id: str, key: bytes, *, name: str, programme: str, year: int
) -> int:
    """Take everybody of this name, programme and year off the list; return how many that were.

    A later import of a file that still names them brings them back.
    """
    asked = NameKeys(key).asked(parts_of(name), programme, year, born=None)
    gone = delete(leavers).where(
        _OF_SCHOOL,
        leavers.c.whole == bindparam("of_whole"),
        leavers.c.programme == bindparam("of_programme"),
        leavers.c.year == bindparam("of_year"),
    )
    where = {"of_whole": asked.whole, "of_programme": programme, "of_year": year}
    return connection.execute(gone, {"school_id": school_id, **where}).rowcount


def forget_leavers(connection: Connection, school_id: str) -> int:
    """Empty the school's list, as when its key is changed; return how many rows it had."""
    return connection.execute(delete(leavers).where(_OF_SCHOOL), {"school_id": school_id}).rowcount


def _fetch(
    connection: Connection, statement: Select[*tuple[Any, ...]], **parameters: str | bytes | int
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


def _endings(
    connection: Connection, school_id: str, rows: Sequence[Leaver]
) -> Mapping[bytes, str | None]:
    """Return how it ended for those of `rows` that are on the list, by fingerprint."""
    sought = [row.fingerprint for row in rows]
    found = connection.execute(_ENDINGS, {"school_id": school_id, "fingerprints": sought})
    return {row.fingerprint: row.ending for row in found}


def _correct_endings(
    connection: Connection,
    school_id: str,
    rows: Sequence[Leaver],
    endings: Mapping[bytes, str | None],
) -> int:
    wrong = {
        row.fingerprint: row
        for row in rows
        if row.ending is not None and endings.get(row.fingerprint, row.ending) != row.ending
    }
    _insert(connection, school_id, wrong.values())
    return len(wrong)


def _insert(connection: Connection, school_id: str, rows: Collection[Leaver]) -> None:
    """Write `rows`; of one that is there, as when two import at the same time, only the ending."""
    if not rows:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(leavers)
    kept = insert.on_conflict_do_update(
        index_elements=[leavers.c.fingerprint, leavers.c.school_id],
        set_={"ending": func.coalesce(insert.excluded.ending, leavers.c.ending)},
    )
    connection.execute(kept, [_values(school_id, row) for row in rows])


def _values(school_id: str, row: Leaver) -> dict[str, str | bytes | int | None]:
    return {
        "school_id": school_id,
        "fingerprint": row.fingerprint,
        "whole": row.whole,
        "parts": row.parts,
        "likenesses": row.likenesses,
        "programme": row.programme,
        "year": row.year,
        "born": row.born,
        "ending": row.ending,
    }


def _chunks(rows: Iterable[Leaver]) -> Iterator[list[Leaver]]:
    left = iter(rows)
    while chunk := list(islice(left, _CHUNK)):
        yield chunk
