"""What a start reads in is no longer looked through."""

import gc
from collections.abc import Iterator
from contextlib import suppress

import pytest

from bot.for_good import kept_for_good


@pytest.fixture(autouse=True)
def _unfrozen_afterwards() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_nothing_is_looked_through_while_reading_in() -> None:
    with kept_for_good():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_was_read_in_is_not_looked_through_later() -> None:
    before = gc.get_freeze_count()
    with kept_for_good():
        declared = [[number] for number in range(1000)]
    assert gc.get_freeze_count() - before >= len(declared)


def test_garbage_is_looked_for_again_after_a_start_that_failed() -> None:
    with suppress(OSError), kept_for_good():
        raise OSError("the file cannot be read")
    assert gc.isenabled()
