"""What a process reads in once and never gives up: modules, declarations, texts."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept_for_good() -> Iterator[None]:
    """Let what is read in meanwhile out of the search for garbage, now and later.

    Reading in makes hundreds of thousands of objects that all stay. To look through them again and again
    costs a fifth of a start, and later a little of every turn.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
