"""The database: SQLite in one file, or PostgreSQL; every piece of work is one transaction in a thread."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import local
from typing import Any, TypeAlias, TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, PoolProxiedConnection, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from typing_extensions import override

import migrations

ResultT = TypeVar("ResultT")
Transaction: TypeAlias = Connection
"""An open transaction, for those who only pass it on."""
THREADS = 8
"""Transactions at once on PostgreSQL. SQLite has one writer, so one thread: nobody waits for a lock."""
DATABASE_AWAY = (InterfaceError, OperationalError)
"""What is raised when a database cannot be reached, or is busy for too long: it may be there later."""
BUSY_SECONDS = 10
"""How long another process (an import, say) may hold SQLite's lock before a turn gives up."""

LOST_TO_ANOTHER = frozenset({"40P01", "40001", "23505"})
"""PostgreSQL's codes for a deadlock, a clash of transactions, and a row that another wrote first."""


def is_lost_to_another(failed: BaseException) -> bool:
    """Return whether a transaction failed only because another was faster."""
    return getattr(getattr(failed, "orig", None), "sqlstate", None) in LOST_TO_ANOTHER


class Database:
    """An open database. Close it when done."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self.is_shared = self.engine.dialect.name == "postgresql"
        """Whether other processes may write at the same time."""
        self._threads = ThreadPoolExecutor(THREADS if self.is_shared else 1, "database")
        self._own = local()

    async def run(self, work: Callable[[Connection], ResultT]) -> ResultT:
        """Do `work` in a transaction of its own, in a thread; whatever it raises undoes all of it.

        On PostgreSQL the loser of two that meet is tried once more: it changed nothing.
        """
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, work)

    def _run(self, work: Callable[[Connection], ResultT]) -> ResultT:
        """Do `work` over the connection that this thread keeps: having one costs as much as a statement."""
        if self.is_shared:
            return self.run_here(work)
        connection: Connection | None = getattr(self._own, "connection", None)
        if connection is None or connection.invalidated:
            connection = self._own.connection = self.engine.connect()
        with connection.begin():
            return work(connection)

    def run_here(self, work: Callable[[Connection], ResultT]) -> ResultT:
        """Do `work` in a transaction of its own, in this thread."""
        try:
            with self.engine.begin() as tx:
                return work(tx)
        except (IntegrityError, OperationalError) as failed:
            if not is_lost_to_another(failed):
                raise
            with self.engine.begin() as tx:
                return work(tx)

    def close(self) -> None:
        """Wait for the work in hand, and let go of all connections."""
        self._threads.submit(self._let_go).result()
        self._threads.shutdown()
        self.engine.dispose()

    def _let_go(self) -> None:
        connection: Connection | None = getattr(self._own, "connection", None)
        if connection is not None:
            connection.close()


def open_database(url: str) -> Database:
    """Open the database at `url` (SQLAlchemy's form); a missing SQLite file is made, with its folder."""
    return Database(url)


def migrate(url: str) -> None:
    """Bring the database at `url` to the present tables; one that is there already is not touched."""
    database = Database(url)
    try:
        with database.engine.begin() as tx:
            command.upgrade(_alembic(tx), "head")
    finally:
        database.close()


def is_current(url: str) -> bool:
    """Return whether the database at `url` has the present tables."""
    database = Database(url)
    try:
        with database.engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
        return found == ScriptDirectory.from_config(_alembic(None)).get_current_head()
    finally:
        database.close()


def _alembic(tx: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = tx
    return config


class ImmediateSQLite(SQLiteDialect_pysqlite):
    """SQLite of which every transaction has the lock for writing from its beginning.

    SQLAlchemy's event "begin" could do the same, but then every statement looks for listeners, which is a
    quarter of what a small one costs; and a lock that another holds for too long would be no OperationalError.
    """

    supports_statement_cache = True

    @override
    def do_begin(self, dbapi_connection: PoolProxiedConnection) -> None:
        raw: sqlite3.Connection = dbapi_connection.driver_connection  # type: ignore[assignment]  # on SQLite
        raw.execute("BEGIN IMMEDIATE")


registry.register("sqlite.immediate", __name__, ImmediateSQLite.__name__)


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            pool_size=THREADS,
            max_overflow=0,
            pool_pre_ping=True,
            hide_parameters=True,
        )
    if parsed.database and parsed.database != ":memory:":
        file = Path(parsed.database).expanduser()
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # What people said is for nobody else on the machine; SQLite's other files follow this one.
        file.touch(mode=0o600, exist_ok=True)
    engine = create_engine(
        parsed.set(drivername="sqlite+immediate"),
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        hide_parameters=True,
        # Every transaction is committed or rolled back by then: once more would be for nothing.
        pool_reset_on_return=None,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        # Python's own BEGIN comes only before the first write: a read before it would not be of this transaction.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")

    return engine
