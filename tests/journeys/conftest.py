"""The records of all stories, for the processes that run tests together."""

import os
from pathlib import Path

import pytest

from tests.journeys.played import Records


@pytest.fixture(scope="session")
def records(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Records:
    """What was played already, be it by another process of this run."""
    base = tmp_path_factory.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    shared = run / "stories"
    shared.mkdir(exist_ok=True)
    return Records(shared, tmp_path_factory.mktemp("stories-played"), empty_sqlite)
