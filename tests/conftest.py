"""What all tests share: databases of their own, a browser, and the watch over whose rows are read."""

import gc
import os
import sys
import threading
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.folders import quick_folder

pytest_plugins = ("tests.browser", "tests.compiling", "tests.databases", "tests.scoping")

# A busy machine is no failure, and what fails must fail again: no deadlines, the same examples every time.
settings.register_profile(
    "kutse", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("kutse")

# Where pytest makes the folders of tests, unless somebody wants them elsewhere.
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(quick_folder()))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let transcripts be accepted as they are said now."""
    parser.addoption("--rewrite-transcripts", action="store_true", help="accept what is said now")


def pytest_collection_finish() -> None:
    """Leave the tests and all that they import out of the search for garbage: it took a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture
def uncounted() -> Iterator[None]:
    """Count no lines meanwhile, where none is reached that others do not reach: counting takes long."""
    here, elsewhere = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)
    yield
    sys.settrace(here)
    threading.settrace(elsewhere)
