"""Rows put on the list of leavers of a school. The caller owns the transaction."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, func
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.leavers import Leaver
from bot.domain.leavers.recognising import Group, NewRows, group_of
from bot.storage.leavers import forget_rows, leavers, namesakes

_CHUNK = 1_000
"""Rows in one round trip; more is no faster and takes more memory."""


@dataclass(slots=True)
class Added:
    """What became of rows that were to be on the list."""

    new: int = 0
    known: int = 0
    """Those on the list before, and repetitions."""
    corrected: int = 0
    """Those of the known whose ending is another now."""
    dated: int = 0
    """Those of the known whose year of birth the list did not have."""
    doubtful: set[bytes] = field(default_factory=set, repr=False)
    """Fingerprints of those of the new who may have been on the list, told otherwise."""


def add_leavers(
    connection: Connection,
    school_id: str,
    rows: Sequence[Leaver],
    written: Callable[[int], None] = lambda _: None,
) -> Added:
    """Put on the list whoever is not there yet; nobody is taken off it.

    An ending that the list has otherwise is corrected; one that is not given leaves the known one
    alone. A year of birth is added to who is on the list without one, if it can be nobody else.
    `written` is told, in between, how many rows are written.
    """
    together, added = NewRows(rows), Added()
    # Who comes without a year of birth is compared with all who come with one.
    ordered = sorted(rows, key=lambda row: row.born is None)
    for start in range(0, len(ordered), _CHUNK):
        written(start)
        rows_now = ordered[start : start + _CHUNK]
        chunk = _Chunk(together, added, _on_list(connection, school_id, rows_now))
        for row in rows_now:
            chunk.take(row)
        forget_rows(connection, school_id, chunk.replaced)
        _write(connection, school_id, chunk.written.values())
    written(len(ordered))
    return added


@dataclass(slots=True)
class _Chunk:
    """Rows that are compared with the list at once."""

    together: NewRows
    added: Added
    on_list: defaultdict[Group, list[Leaver]]
    """Who is on the list; grows with the rows."""
    written: dict[bytes, Leaver] = field(default_factory=dict)
    """Rows to be written, by fingerprint."""
    replaced: list[Leaver] = field(default_factory=list)
    """Rows for which another stands now."""

    def take(self, row: Leaver) -> None:
        """Find out whether somebody is on the list, and what is to be written."""
        group, added = self.on_list[group_of(row)], self.added
        known = self.together.recognised(row, group)
        if known is None:
            added.new += 1
            if self.together.is_doubtful(row, group):
                added.doubtful.add(row.fingerprint)
            self._put(row, group)
            return
        added.known += 1
        if row.ending not in (None, known.ending):
            added.corrected += 1
        is_dated_now = known.born is None and row.born is not None
        stands = replace(row if is_dated_now else known, ending=row.ending or known.ending)
        if is_dated_now:
            added.dated += 1
            self.replaced.append(known)
        if stands != known:
            group.remove(known)
            self._put(stands, group)

    def _put(self, row: Leaver, group: list[Leaver]) -> None:
        group.append(row)
        self.written[row.fingerprint] = row


def _on_list(
    connection: Connection, school_id: str, rows: Sequence[Leaver]
) -> defaultdict[Group, list[Leaver]]:
    """Return who is on the list under the names of `rows`."""
    found: defaultdict[Group, list[Leaver]] = defaultdict(list)
    for one in namesakes(connection, school_id, {row.whole for row in rows}):
        found[group_of(one)].append(one)
    return found


def _write(connection: Connection, school_id: str, rows: Collection[Leaver]) -> None:
    """Write `rows`; of one that is there, also when two import at the same time, only the ending."""
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
