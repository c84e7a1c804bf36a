"""A nursery of processes for all tests of a process that runs tests."""

import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.crash.lives import Lives, lives_of, nursery


@pytest.fixture(scope="session")
def born() -> Iterator["subprocess.Popen[bytes]"]:
    with nursery() as process:
        yield process


@pytest.fixture
async def lives(born: "subprocess.Popen[bytes]", tmp_path: Path) -> AsyncIterator[Lives]:
    async with lives_of(born, tmp_path) as lives:
        yield lives
