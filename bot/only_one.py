"""Lets one server at a time run on an SQLite file: two would send what the other sends, too.

Commands beside the server, as `kutse people import`, need no lock of ours: SQLite's own keep the
file whole between them. It is letters in hand and the clock that belong to one process.
"""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
from sqlalchemy import make_url

from bot.misconfigured import Misconfigured

CANNOT_LOCK = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP})
"""What file systems answer that have no locks, as some that are mounted over a network."""

log = structlog.get_logger()


def file_of(url: str) -> Path | None:
    """Return the file that is the database; None if it is a server, or kept in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in {None, "", ":memory:"}:
        return None
    return Path(parsed.database or "").expanduser()


@contextmanager
def only_one(url: str) -> Iterator[None]:
    """Hold the database at `url` for as long as the block runs; a server's needs no holding.

    The lock is the kernel's, on a file beside the database: it ends with the process, however that
    ends. The file itself stays, for if it were deleted two could hold two files of one name.

    Where the file system has no locks, the log says so and the server runs: SQLite's own guard
    stands or falls by itself, and a school with one server has lost nothing.

    Raises:
        Misconfigured: a server runs on it already, or nothing can be written beside it.
    """
    file = file_of(url)
    if file is None:
        yield
        return
    # Whatever name it is called by, a file has one lock.
    file = file.resolve()
    beside = file.with_name(f"{file.name}.lock")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        raise Misconfigured(
            f"{beside}: cannot be written; the folder of the database must be Kutse's own."
        ) from None
    try:
        _lock(held, file)
        yield
    finally:
        os.close(held)


def _lock(held: int, file: Path) -> None:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Misconfigured(
            f"{file}: Kutse runs on this database already; "
            "stop it first, or name another in KUTSE_DATABASE_URL."
        ) from None
    except OSError as error:
        if error.errno not in CANNOT_LOCK:
            raise
        log.warning(
            "the database cannot be locked on this file system; see that only one server runs on it"
        )
