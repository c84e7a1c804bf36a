"""A list of leavers taken over from a file: all of its good rows, or none."""

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from bot.leavers.faults import BadRow
from bot.leavers.reading import Progress, read_leavers
from bot.storage.leavers import add_leavers


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list; importing it again gives `new` 0 and changes nothing."""

    new: int
    known: int
    """Rows on the list before, or twice in the file."""
    corrected: int
    """Those of the known whose ending is another now."""
    bad: tuple[BadRow, ...]
    """Rows left out, by line."""


def import_leavers(
    path: Path,
    *,
    begin: Callable[[], AbstractContextManager[Connection]],
    school_id: str,
    programmes: Mapping[str, Collection[str]],
    key: bytes,
    this_year: int,
    progress: Progress | None = None,
) -> Imported:
    """Take over the list at `path`; people who are not on it any more stay on the school's list.

    The file is read before `begin` (as `engine.begin`) opens the one transaction, so the database
    is held for no longer than writing takes. If that fails or is killed, nothing of the list is
    there.

    Raises:
        UnusableList: The file is not a list at all.
        OSError: It cannot be opened.
    """
    reading = read_leavers(
        path, programmes=programmes, key=key, this_year=this_year, progress=progress
    )
    with begin() as connection:
        added = add_leavers(connection, school_id, reading.leavers)
    return Imported(added.new, added.known, added.corrected, reading.bad)
