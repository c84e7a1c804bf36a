"""`kutse run` by a clock that is ahead, or behind: `python -m bench.sending.by_day SECONDS FILE`.

Nobody is written to at night and on weekends, and what is measured must be so whenever it is
measured. On SIGUSR1 it begins to note what it computes, on SIGUSR2 it writes that to FILE.
"""

import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path

from bench.sending.shares import Shares
from bot.app import run
from bot.checks import ready
from bot.command_line import configured
from bot.stopping import until_stopped
from bot.system_clock import system_clock


def main(ahead: timedelta, file: Path) -> None:
    """Run until stopped."""
    settings, school = configured()
    ready(settings.database_for(school))
    shares = Shares()
    signal.signal(signal.SIGUSR1, lambda *_: shares.begin())
    signal.signal(signal.SIGUSR2, lambda *_: file.write_text(shares.ended()))

    def clock() -> datetime:
        return system_clock() + ahead

    until_stopped(run(settings, school, _opened, clock), settings)


def _opened(address: str) -> None:
    print(f"Open {address}", flush=True)


if __name__ == "__main__":
    main(timedelta(seconds=float(sys.argv[1])), Path(sys.argv[2]))
