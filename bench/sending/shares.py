"""What a process computes for, seen from within: each thread's own clock, and looks at what the loop is in."""

import json
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from types import FrameType

INTERVAL = 0.005
"""Seconds of computing between two looks."""
PARTS = (
    ("texts", ("/bot/texts/",)),
    ("layout", ("/bot/gateways/telegram/layout",)),
    ("aiogram", ("/aiogram/", "/pydantic/", "/bot/gateways/telegram/")),
    ("http", ("/aiohttp/", "/yarl/", "/multidict/")),
    ("database", ("/sqlalchemy/", "/bot/storage/", "/psycopg/", "/bot/runtime/")),
    ("relay", ("/bot/",)),
    ("loop", ("/asyncio/", "/selectors.py")),
)
"""Whose code is whose; the innermost that is anybody's counts."""


@dataclass
class Shares:
    """Of which part the loop was in how many looks, and what threads have computed."""

    looks: Counter[str] = field(default_factory=Counter)
    _before: dict[str, float] = field(default_factory=dict)

    def begin(self) -> None:
        """Begin to look."""
        self.looks.clear()
        self._before = _by_thread()
        signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)

    def ended(self) -> str:
        """Look no more; return what was seen, as JSON."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        now = _by_thread()
        spent = {name: now[name] - self._before.get(name, 0) for name in now}
        return json.dumps({"threads": spent, "looks": self.looks})

    def _look(self, _: int, frame: FrameType | None) -> None:
        self.looks[_part(frame)] += 1


def _part(frame: FrameType | None) -> str:
    while frame:
        file = frame.f_code.co_filename
        for name, places in PARTS:
            if any(place in file for place in places):
                return name
        frame = frame.f_back
    return "else"


def _by_thread() -> dict[str, float]:
    """Return the seconds that the loop, and all threads of the database together, have computed."""
    spent = {"loop": 0.0, "database": 0.0, "else": 0.0}
    for thread in threading.enumerate():
        if thread.ident is None:
            continue
        seconds = time.clock_gettime(time.pthread_getcpuclockid(thread.ident))
        if thread is threading.main_thread():
            spent["loop"] += seconds
        else:
            spent["database" if thread.name.startswith("database") else "else"] += seconds
    return spent
