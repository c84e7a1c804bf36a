"""Processes that are measured: how they are started, and what the kernel says about them."""

import asyncio
import os
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.loopback.waiting import pause

ROOT = Path(__file__).parent.parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
STOPPING = 20.0
"""Seconds a process may take to stop."""
FIRST = -10
"""Before whom this process computes, where it may say so: from -20, the first, to 19."""
LOOK_AGAIN = 0.1
"""Seconds between two looks at whether a process rests."""


@dataclass(frozen=True, slots=True)
class Took:
    """What something took, in seconds."""

    wall: float
    cpu: float
    """Of these, what the process computed: the rest it waited, as for others on a busy machine."""


@contextmanager
def going_first() -> Iterator[None]:
    """Let this process, and those it starts, wait for no others on this machine, if it may say so."""
    usual = os.getpriority(os.PRIO_PROCESS, 0)
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, FIRST)
    try:
        yield
    finally:
        with suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, 0, usual)


@asynccontextmanager
async def started(*module: str, settings: Mapping[str, str], log: Path) -> AsyncIterator[Process]:
    """Run a module of this work tree, with its settings only; stop it at the end."""
    outside = {key: value for key, value in os.environ.items() if not key.startswith("KUTSE_")}
    with log.open("ab") as written:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *module,
            cwd=ROOT,
            env={**outside, **settings},
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=written,
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), STOPPING)


def cpu_seconds(process: Process) -> float:
    """Return how long the process has computed so far, in the kernel for it included (Linux)."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_mb(process: Process) -> float:
    """Return the memory that the process has in use, in millions of bytes (Linux)."""
    pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def at_rest(process: Process) -> None:
    """Wait until the process has had nothing to do for a moment."""
    before, quiet = cpu_seconds(process), 0
    while quiet < 3:
        # No event tells that a process has nothing to do.
        await pause(LOOK_AGAIN)
        now = cpu_seconds(process)
        quiet = quiet + 1 if now == before else 0
        before = now


async def first_line(process: Process) -> str:
    """Return what the process says first; nothing if it ends before."""
    return (await process.stdout.readline()).decode() if process.stdout else ""


async def importing(module: str) -> Took:
    """Return what a bare Python needs to import `module`."""
    code = (
        "from time import perf_counter, process_time;"
        f"wall, cpu = perf_counter(), process_time(); import {module};"
        "print(perf_counter() - wall, process_time() - cpu)"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=PIPE)
    seconds, cpu = (await process.communicate())[0].split()
    return Took(float(seconds), float(cpu))


def now() -> float:
    """Return seconds, to be subtracted from each other."""
    return time.perf_counter()
