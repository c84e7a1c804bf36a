from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from bot.storage.leavers import leavers


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
    made = create_engine(request.getfixturevalue("postgresql_url"))
    yield made
    made.dispose()
