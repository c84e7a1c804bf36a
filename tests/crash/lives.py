"""Processes of the school's bot, as a test starts and kills them."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from tests.telegram.wire import Bell


class Life:
    """One process of `kutse run`, from its birth to its death."""

    def __init__(self) -> None:
        self.pid = 0
        self.born = asyncio.Event()
        self.opened: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        """The address of the web chat, once it answers."""
        self.gone = asyncio.Event()

    def kill(self) -> None:
        """Kill it, as a power cut would."""
        os.kill(self.pid, signal.SIGKILL)

    async def stop(self) -> None:
        """Ask it to stop, and wait until it has put its things away."""
        if not self.gone.is_set():
            os.kill(self.pid, signal.SIGTERM)
        await self.gone.wait()


class Lives:
    """All processes of one test."""

    def __init__(self, nursery: "subprocess.Popen[bytes]", folder: Path) -> None:
        self._nursery, self._folder = nursery, folder
        self._expected: deque[Life] = deque()
        self._by_pid: dict[int, Life] = {}
        self._read = b""
        self.supervising: list[asyncio.Task[None]] = []

    async def begin(
        self, settings: Mapping[str, str], *, dies_at: int = 0, hurries: bool = False
    ) -> Life:
        """Start a process; one that `dies_at` so many moments is killed then (see `nursery.die_at`)."""
        order = {
            "settings": dict(settings),
            "log": str(self._folder / "log.json"),
            "dies_at": dies_at,
            "hurries": hurries,
        }
        life = Life()
        self._expected.append(life)
        assert self._nursery.stdin
        self._nursery.stdin.write(json.dumps(order).encode() + b"\n")
        self._nursery.stdin.flush()
        await life.born.wait()
        return life

    def told(self) -> None:
        """Read what the nursery says."""
        assert self._nursery.stdout
        *lines, self._read = (self._read + os.read(self._nursery.stdout.fileno(), 65536)).split(
            b"\n"
        )
        for line in lines:
            self._hear(line.decode())

    def _hear(self, line: str) -> None:
        match line.split(" ", 2):
            case ["born", pid]:
                life = self._expected.popleft()
                life.pid = int(pid)
                self._by_pid[life.pid] = life
                life.born.set()
            case ["gone", pid]:
                self._by_pid[int(pid)].gone.set()
            case [pid, "Open", rest]:
                self._by_pid[int(pid)].opened.set_result(rest.split(" ")[0])
            case _:
                raise AssertionError(f"nobody expected to hear: {line}")

    async def stop(self) -> None:
        """Ask whoever lives to stop, and wait until they have put their things away."""
        for life in self._by_pid.values():
            await life.stop()

    async def end(self) -> None:
        """Kill whoever still lives, or is about to."""
        for task in self.supervising:
            task.cancel()
        for life in tuple(self._expected):
            await life.born.wait()
        for life in self._by_pid.values():
            if not life.gone.is_set():
                life.kill()
                await life.gone.wait()


class Supervisor:
    """Starts a process whenever the one before has died; the last one lives on."""

    def __init__(
        self,
        lives: Lives,
        settings: Mapping[str, str],
        deaths: Sequence[int] = (),
        *,
        hurries: bool = False,
    ) -> None:
        """Let the processes die at the moments of `deaths`, one after the other."""
        self._lives, self._settings, self._hurries = lives, settings, hurries
        self._left = deque(deaths)
        self._url: str | None = None
        self._changed = Bell()
        self._task = asyncio.create_task(self._supervise())
        lives.supervising.append(self._task)

    async def url(self) -> str:
        """Return where the web chat is, once there is a process that answers."""
        await self._changed.until(lambda: self._url is not None, seconds=30)
        assert self._url
        return self._url

    async def all_died(self) -> None:
        """Wait for the last process; all others must have died by now."""
        assert list(self._left) == []
        await self._task

    async def _supervise(self) -> None:
        while self._left:
            life = await self._begin(self._left[0])
            await life.gone.wait()
            self._left.popleft()
        await self._begin(0)

    async def _begin(self, dies_at: int) -> Life:
        self._url = None
        life = await self._lives.begin(self._settings, dies_at=dies_at, hurries=self._hurries)
        life.opened.add_done_callback(self._opened)
        return life

    def _opened(self, address: "asyncio.Future[str]") -> None:
        self._url = address.result()
        self._changed.ring()


@contextmanager
def nursery() -> Iterator["subprocess.Popen[bytes]"]:
    """Run a nursery of processes."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KUTSE_")}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.crash.nursery"],
        env=kept,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        yield process
        assert process.stdin
        process.stdin.close()


@asynccontextmanager
async def lives_of(process: "subprocess.Popen[bytes]", folder: Path) -> AsyncIterator[Lives]:
    """Let a test have processes; none of them outlives it."""
    lives = Lives(process, folder)
    loop = asyncio.get_running_loop()
    assert process.stdout
    loop.add_reader(process.stdout, lives.told)
    try:
        yield lives
        await lives.end()
    finally:
        loop.remove_reader(process.stdout)
