"""Both engines for every test that asks for `database`: each gets one of its own, with all tables.

The tables are made once, in a template that is copied: that takes milliseconds on either engine.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine

import bot.storage.announcements
import bot.storage.broadcast_tables
import bot.storage.events
import bot.storage.leavers
import bot.storage.mentoring
import bot.storage.pictures
import bot.storage.web_chats
from bench.loopback.postgresql import PostgreSQL as Server, postgresql_server
from bot.storage.database import Database, open_database
from bot.storage.tables import metadata
from tests.folders import quick_folder

TABLES = (
    bot.storage.announcements,
    bot.storage.broadcast_tables,
    bot.storage.events,
    bot.storage.leavers,
    bot.storage.mentoring,
    bot.storage.pictures,
    bot.storage.web_chats,
)
"""Importing a module of tables is what makes its tables known."""


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """A server that holds a template with all tables; one for each process that runs tests."""

    server: Server

    @property
    def url(self) -> URL:
        """Where the server is."""
        return self.server.url

    @property
    def admin(self) -> Engine:
        """The server's administrator."""
        return self.server.admin

    @contextmanager
    def copy(self) -> Iterator[str]:
        """Return the address of a new database, which goes at the end with all its connections."""
        with self.server.database("TEMPLATE empty STRATEGY file_copy") as url:
            yield url


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server of this test process; nothing of it is left at the end."""
    # Not below pytest's own folder: that is closed to the account that the server runs under.
    with postgresql_server(quick_folder(), "autovacuum") as server:
        server.do("CREATE DATABASE empty")
        _make_tables(server.address("empty"))
        yield PostgreSQL(server)


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
