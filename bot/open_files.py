"""Asks the system for enough open files: every open page of a school is one."""

import resource
from contextlib import suppress

WANTED = 16_384
"""Many systems begin with 1,024, and let a process have hundreds of thousands if it asks."""


def allow_many() -> None:
    """Raise the soft limit to WANTED, or as far as the hard one lets us; it is never lowered."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return
    # macOS has a third limit, below the hard one, and refuses what is above it.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
