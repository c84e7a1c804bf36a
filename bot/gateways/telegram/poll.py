"""Asks Telegram for updates, and confirms them only when they are in the database."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import chain, repeat
from typing import Final

import structlog

from bot.gateways.port import Delivered, TryLater
from bot.gateways.telegram.bot_api import BotApi, NoAnswer, RawUpdates
from bot.gateways.telegram.hearing import Hearing, Keeping
from bot.gateways.telegram.incoming import update_id
from bot.runtime.failures import described

WAIT: Final = timedelta(seconds=50)
"""How long Telegram lets us wait for an update."""

AT_ONCE: Final = 16
"""People heard at the same time."""

log = structlog.get_logger(__name__)


def pauses() -> Iterator[timedelta]:
    """Yield how long to wait after the first failure, the second and so on: up to 30 seconds."""
    return (timedelta(seconds=length) for length in chain((1, 2, 4, 8, 16), repeat(30)))


class Poll:
    """Brings updates in, batch by batch, until it is told to stop.

    Each person's updates are heard in the order they came, different people's at the same time.
    What could not be kept is tried again until it is; only then Telegram is asked for the next
    batch, and may forget this one. After a crash it comes again; the database knows what it had.
    """

    def __init__(
        self,
        bot: BotApi,
        hearing: Hearing,
        *,
        at_once: int = AT_ONCE,
        wait: timedelta = WAIT,
        pauses: Callable[[], Iterator[timedelta]] = pauses,
    ) -> None:
        self._bot = bot
        self._hearing = hearing
        self._room = asyncio.Semaphore(at_once)
        self._wait = wait
        self._pauses = pauses
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Ask for no more; what has come is kept and confirmed before `run` returns."""
        self._stopped.set()

    async def run(self) -> None:
        """Poll until `stop`."""
        offset = confirmed = 0
        waits = self._pauses()
        await self._drop_webhook()
        while not self._stopped.is_set():
            found, confirmed = await self._next(offset), offset
            match found:
                case None:
                    break
                case list():
                    if not await self._keep_all(found):
                        break
                    numbers = [number for number in map(update_id, found) if number is not None]
                    offset = max(numbers, default=offset - 1) + 1
                    if offset > confirmed or not found:
                        waits = self._pauses()
                    else:
                        # Nothing in it has a number: it will come again, but not at once.
                        await self._pause(next(waits))
                case _:
                    log.warning("no_updates", outcome=type(found).__name__, why=_why(found))
                    await self._pause(found.after if isinstance(found, TryLater) else next(waits))
        if offset > confirmed:
            await self._bot.updates(offset, timedelta(0), 1)
        await self._hearing.finish()

    async def _drop_webhook(self) -> None:
        """Telegram lets nobody poll while a webhook is set."""
        waits = self._pauses()
        while not self._stopped.is_set():
            outcome = await self._bot.drop_webhook()
            if isinstance(outcome, Delivered):
                return
            log.warning("webhook_not_dropped", outcome=type(outcome).__name__, why=_why(outcome))
            await self._pause(next(waits))

    async def _next(self, offset: int) -> RawUpdates | NoAnswer | None:
        """Return the next batch, or None as soon as we are to stop."""
        asking = asyncio.create_task(self._bot.updates(offset, self._wait))
        stopping = asyncio.create_task(self._stopped.wait())
        try:
            await asyncio.wait({asking, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return asking.result() if asking.done() else None
        finally:
            asking.cancel()
            stopping.cancel()
            await asyncio.gather(asking, stopping, return_exceptions=True)

    async def _keep_all(self, batch: Iterable[object]) -> bool:
        """Have all updates kept, however often it takes; return whether they are."""
        lanes: dict[str, deque[Keeping]] = {}
        for raw in batch:
            person, keep = self._hearing.receive(raw)
            lanes.setdefault(person, deque()).append(keep)
        waits = self._pauses()
        while lanes:
            running = {
                person: asyncio.create_task(self._in_order(lanes[person])) for person in lanes
            }
            try:
                await asyncio.wait(running.values())
            finally:
                # Only a cancelled poll leaves some that are not done.
                for task in running.values():
                    task.cancel()
            for person, task in running.items():
                if (error := task.exception()) is None:
                    del lanes[person]
                else:
                    log.error("update_not_kept", **described(error))
            if lanes:
                await self._pause(next(waits))
                if self._stopped.is_set():
                    return False
        return True

    async def _in_order(self, lane: deque[Keeping]) -> None:
        async with self._room:
            while lane:
                await lane[0]()
                lane.popleft()

    async def _pause(self, length: timedelta) -> None:
        waiting = asyncio.create_task(self._stopped.wait())
        await asyncio.wait({waiting}, timeout=length.total_seconds())
        waiting.cancel()


def _why(outcome: object) -> str:
    return str(getattr(outcome, "why", ""))
