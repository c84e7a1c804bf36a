"""A statement is compiled once in a process that runs tests, not once for the database of every test."""

from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, event
from typing_extensions import override

Key: TypeAlias = tuple[Any, ...]


class Compiled(dict[Key, Any]):
    """What has been compiled for one kind of database: it is the same for each of that kind."""

    @override
    def get(self, key: Key, default: Any = None, /) -> Any:
        return super().get(_alike(key), default)

    @override
    def __setitem__(self, key: Key, compiled: Any) -> None:
        super().__setitem__(_alike(key), compiled)


def _alike(key: Key) -> Key:
    """Return a key that names the kind of database, where SQLAlchemy's names this one."""
    dialect, *statement = key
    return (dialect.name, dialect.driver, *statement)


COMPILED = Compiled()


@event.listens_for(Engine, "engine_connect")
def _share(connection: Connection) -> None:
    connection.execution_options(compiled_cache=COMPILED)
