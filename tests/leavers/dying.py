"""An import that is killed while it writes: `python -m tests.leavers.dying LIST DATABASE_URL`."""

import os
import signal
import sys
from pathlib import Path

from sqlalchemy import create_engine, event

from tests.leavers.lists import taken_over


def main(path: Path, url: str) -> None:
    """Import `path` and die with the second chunk written."""
    engine = create_engine(url)
    inserts = iter([False, True])

    @event.listens_for(engine, "after_cursor_execute")
    def die(*given: object) -> None:
        if str(given[2]).startswith("INSERT") and next(inserts):
            os.kill(os.getpid(), signal.SIGKILL)

    taken_over(engine, path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
