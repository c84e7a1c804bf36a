"""What the stories on every network share: nobody counts which lines they reach."""

import sys
import threading
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _uncounted() -> Iterator[None]:
    """Count no lines meanwhile: they reach no other code than the stories on paper, and counting takes long."""
    here, elsewhere = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)
    yield
    sys.settrace(here)
    threading.settrace(elsewhere)
