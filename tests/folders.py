"""Where tests make their files."""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  # what is made there are folders of our own, closed to others
"""Where Linux keeps files in memory."""
ROOM = 2**30
"""So many bytes have to be free there."""


def quick_folder() -> Path:
    """Return where files are made quickly: in memory if there is room, else where temporary files go.

    A database is hundreds of files: on many a disk, making them takes longer than the test.
    """
    has_room = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM
    return MEMORY if has_room else Path(tempfile.gettempdir())
