"""People who chat while others are written to: they sign up, and think between two answers."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from random import Random

from bench.loopback.people import SCRIPT, Leaver, sign_up
from bench.loopback.waiting import pause
from bench.sending.network import Network

THINKING = (2.0, 8.0)
"""Seconds between a reply and the next answer, at least and at most."""
FIRST_NUMBER = 1_000_000_001


class Chatting:
    """So many people at a time, each after the other who has finished."""

    def __init__(self, bot: Network, coming: Sequence[Leaver]) -> None:
        self._bot, self._coming = bot, enumerate(coming, FIRST_NUMBER)
        self.seconds: list[float] = []
        """How long each reply took."""

    @asynccontextmanager
    async def going_on(self, people: int) -> AsyncIterator[None]:
        """Let people chat while the block runs."""
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._one_after_another(seed)) for seed in range(people)]
            yield
            for task in tasks:
                task.cancel()

    def since_then(self) -> list[float]:
        """Return how long the replies took since this was asked last."""
        found, self.seconds = self.seconds, []
        return found

    async def _one_after_another(self, seed: int) -> None:
        draw = Random(seed)
        await self._think(draw.uniform(0, THINKING[1]))
        for number, leaver in self._coming:
            async for seconds, _ in sign_up(self._bot, number, leaver):
                self.seconds.append(seconds)
                await self._think(draw.uniform(*THINKING))

    @staticmethod
    async def _think(seconds: float) -> None:
        await pause(seconds)


def enough_for(seconds: float, people: int) -> int:
    """Return how many people can come in so many seconds, if so many chat at a time."""
    return people + int(people * seconds / (THINKING[0] * len(SCRIPT)))
