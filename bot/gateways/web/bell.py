"""Wakes the open pages of an address when something was said there."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta


class Ear:
    """One open page, listening."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """End the present wait, or the next one."""
        self._rung.set()

    async def wait(self, at_most: timedelta) -> bool:
        """Wait for a ring; whether there was one."""
        try:
            async with asyncio.timeout(at_most.total_seconds()):
                await self._rung.wait()
        except TimeoutError:
            return False
        self._rung.clear()
        return True


class Bell:
    """Who listens to which address, in this process.

    It carries no message: who is woken reads the history. So a page that is served by one process
    and written to by another loses nothing, it only learns it when it next looks by itself.
    """

    def __init__(self) -> None:
        self._ears: defaultdict[str, set[Ear]] = defaultdict(set)
        self.is_closed = False

    def ring(self, address: str) -> None:
        """Wake whoever listens to `address`."""
        for ear in self._ears.get(address, ()):
            ear.ring()

    def listeners(self, address: str) -> int:
        """Return how many pages listen to `address`."""
        return len(self._ears.get(address, ()))

    def close(self) -> None:
        """Wake everybody, for the last time."""
        self.is_closed = True
        for address in tuple(self._ears):
            self.ring(address)

    @contextmanager
    def listen(self, addresses: Iterable[str]) -> Iterator[Ear]:
        """Listen to `addresses` for as long as the block runs."""
        ear = Ear()
        names = tuple(addresses)
        for address in names:
            self._ears[address].add(ear)
        try:
            yield ear
        finally:
            for address in names:
                self._ears[address].discard(ear)
                if not self._ears[address]:
                    del self._ears[address]
