"""The stories on every network reach no other code than the stories on paper: nobody counts their lines."""

import pytest


@pytest.fixture(autouse=True)
def _uncounted(uncounted: None) -> None:
    """Count no lines in these tests."""
