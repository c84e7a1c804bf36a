"""A list of leavers taken over from a file: all of its good rows, or none."""

import gc
from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from bot.leavers.reading import Progress, Reading
from bot.storage.leavers_added import Added, add_leavers


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
    rows = reading.leavers

    def written(done: int) -> None:
        if progress is not None:
            progress(done, len(rows))

    # All rows stay until the end: searching them for garbage, again and again while they are
    # written, took longer than writing them, and on SQLite nobody else writes meanwhile.
    gc.freeze()
    try:
        with begin() as connection:
            return add_leavers(connection, school_id, rows, written)
    finally:
        gc.unfreeze()
