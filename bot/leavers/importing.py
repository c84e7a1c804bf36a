"""A list of leavers taken over from a file: all of its good rows, or none."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from bot.domain.leavers import Leaver
from bot.leavers.reading import Progress, Reading
from bot.storage.leavers import Added, add_leavers

_TOLD_EVERY = 1_000
"""Rows between two reports of progress: as many as are written at once."""


def take_over(
    reading: Reading,
    *,
    begin: Callable[[], AbstractContextManager[Connection]],
    school_id: str,
    progress: Progress | None = None,
) -> Added:
    """Take over what was read; people who are not on it any more stay on the school's list.

    All was read before `begin` (as `engine.begin`) opens the one transaction, so the database is
    held for no longer than writing takes. If that fails or is killed, nothing of the list is there.
    Taken over again, the same reading has nothing `new` and changes nothing. `progress` is told how
    many rows are written.
    """
    # All rows stay until the end: searching them for garbage, again and again while they are
    # written, took longer than writing them, and on SQLite nobody else writes meanwhile.
    gc.freeze()
    try:
        with begin() as connection:
            return add_leavers(connection, school_id, _telling(reading.leavers, progress))
    finally:
        gc.unfreeze()


def _telling(leavers: Sequence[Leaver], progress: Progress | None) -> Iterator[Leaver]:
    """Return `leavers`, telling `progress` how many of them were taken."""
    if progress is None:
        yield from leavers
        return
    for done, leaver in enumerate(leavers):
        if done % _TOLD_EVERY == 0:
            progress(done, len(leavers))
        yield leaver
    progress(len(leavers), len(leavers))
