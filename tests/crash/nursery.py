"""Starts processes of `kutse run` that are killed at a given moment: `python -m tests.crash.nursery`.

Each is forked off with everything imported already, which saves seconds a process; it shares
nothing else with the others. Orders come in on standard input, one a line, as JSON:

    {"settings": {"KUTSE_...": ...}, "log": "where standard error goes", "dies_at": 17, "hurries": false}

What happens goes out on standard output: "born PID" in the order of the orders, "gone PID", and
what a process says itself, after its PID.
"""

import json
import os
import signal
import sys
import traceback
from datetime import timedelta
from itertools import count
from typing import NoReturn, TextIO

from sqlalchemy import Engine, Pool, event

import bot.app
import bot.checks
import bot.gateways.telegram.library_ptb
import bot.stopping
from bot.cli import kutse

EVERYTHING = (bot.app, bot.checks, bot.gateways.telegram.library_ptb, bot.stopping)
"""What a process would otherwise import after its start."""
HURRIED = {
    "LEASE": timedelta(seconds=6),
    "MARGIN": timedelta(seconds=1),
    "AT_LATEST": timedelta(seconds=1),
}


class Tagged:
    """Standard output of one of several processes."""

    encoding = "utf-8"

    def __init__(self, pid: int) -> None:
        self._pid = pid

    def write(self, text: str) -> int:
        """Write a line, whole; only text, as click finds out by trying."""
        if line := str.strip(text):
            os.write(1, f"{self._pid} {line}\n".encode())
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""


def die_at(moment: int) -> None:
    """Let this process be killed at the `moment`-th of all that it does with the database.

    Counted are statements, just before they are executed; commits, just before; and connections
    given back, which is just after a commit.
    """
    moments = count(1)

    def pass_a_moment(*_: object) -> None:
        if next(moments) == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", pass_a_moment)
    event.listen(Engine, "commit", pass_a_moment)
    event.listen(Pool, "checkin", pass_a_moment)


def hurry() -> None:
    """Let whoever waits for a dead process wait for seconds instead of minutes, in every module."""
    for module in [module for name, module in sys.modules.items() if name.startswith("bot.")]:
        for name, value in HURRIED.items():
            if hasattr(module, name):
                setattr(module, name, value)


def live(order: str) -> None:
    """Become the process that was ordered."""
    wish = json.loads(order)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, DEATHS)
    os.dup2(os.open(wish["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.update(wish["settings"])
    tagged: TextIO = Tagged(os.getpid())  # type: ignore[assignment]  # all that is used of one
    sys.stdout = tagged
    if wish["hurries"]:
        hurry()
    if wish["dies_at"]:
        die_at(wish["dies_at"])
    kutse(["run"], prog_name="kutse")


def live_and_leave(order: str) -> NoReturn:
    """Become the process that was ordered, and nothing else once that has ended."""
    try:
        live(order)
    finally:
        traceback.print_exc()  # into the log: whoever waits for this process does not see why it ended
        os._exit(0)


DEATHS = {signal.SIGCHLD}
LIVING: set[int] = set()
"""The processes that are not gone yet."""


def bury(*_: object) -> None:
    """Tell of every process that is gone."""
    while True:
        try:
            pid, _status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        LIVING.discard(pid)
        os.write(1, f"gone {pid}\n".encode())


def main() -> None:
    """Fork a process for every line; when there are no more lines, no process is left, either."""
    signal.signal(signal.SIGCHLD, bury)
    try:
        for order in sys.stdin:
            # Nobody is gone before it is known that they were born.
            signal.pthread_sigmask(signal.SIG_BLOCK, DEATHS)
            pid = os.fork()
            if pid == 0:
                live_and_leave(order)
            LIVING.add(pid)
            os.write(1, f"born {pid}\n".encode())
            signal.pthread_sigmask(signal.SIG_UNBLOCK, DEATHS)
    finally:
        signal.pthread_sigmask(signal.SIG_BLOCK, DEATHS)
        for pid in LIVING:
            os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
