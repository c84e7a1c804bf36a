"""The updates that wait for the bot: until they are confirmed, answered with 2xx, or too old."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from tests.telegram.refusals import CONFLICT, WEBHOOK_IS_SET, Refusal
from tests.telegram.wire import Bell

MESSAGES_LIVE = timedelta(hours=24)
PRESSES_LIVE = timedelta(seconds=150)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that has not been confirmed."""

    update: Mapping[str, Any]
    queue: str
    """Updates of one queue are pushed one after another; presses have a queue of their own."""
    until: datetime


@dataclass(slots=True)
class Webhook:
    """Where updates are pushed to."""

    url: str
    secret: str | None
    pushing: dict[str, asyncio.Task[None]] = field(default_factory=dict)


class UpdateQueue:
    """What `getUpdates` reads and the webhook pushes."""

    def __init__(self, now: Callable[[], datetime], *, resend_after: timedelta) -> None:
        self._now = now
        self._resend_after = resend_after
        self._next = 700_000_001
        self._waiting: dict[int, Waiting] = {}
        self._allowed: frozenset[str] | None = None
        self._polls = 0
        self.webhook: Webhook | None = None
        self.bell = Bell()
        self.refused_pushes = 0
        """How many pushes got another answer than 2xx."""

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, kind: str, body: object, queue: str) -> int:
        """Queue an update of a `kind` and return its id; one not asked for is dropped."""
        if self._allowed is not None and kind not in self._allowed:
            return self._next
        return self.add_raw({"update_id": self._next, kind: body}, queue)

    def add_raw(self, update: Mapping[str, Any], queue: str = "raw") -> int:
        """Queue an update as it is; its id becomes the next one."""
        number, self._next = self._next, self._next + 1
        lives = PRESSES_LIVE if "callback_query" in update else MESSAGES_LIVE
        waiting = Waiting({**update, "update_id": number}, queue, self._now() + lives)
        self._waiting[number] = waiting
        self.bell.ring()
        self._push(queue)
        return number

    def forget_old(self) -> None:
        """Drop what has waited for too long."""
        self._waiting = {n: w for n, w in self._waiting.items() if w.until > self._now()}

    def allow(self, kinds: object) -> None:
        """Queue only these kinds from now on: all if it is empty, as before if None."""
        if isinstance(kinds, list):
            self._allowed = frozenset(map(str, kinds)) or None

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Mapping[str, Any]]:
        """Confirm all below `offset`; return the oldest updates from there, waiting for the first.

        Raises:
            Refusal: a webhook is set, or somebody else polls meanwhile.
        """
        if self.webhook is not None:
            raise Refusal(409, f"Conflict: {WEBHOOK_IS_SET}")
        self._polls += 1
        mine = self._polls
        if offset < 0:
            offset = max(self._waiting, default=self._next) + 1 + offset
        self._waiting = {
            number: kept for number, kept in self._waiting.items() if number >= offset
        }
        self.bell.ring()
        try:
            if seconds and not self._waiting:
                await self.bell.until(lambda: self._is_over(mine), seconds=seconds)
        except TimeoutError:
            return []
        if self._polls != mine or self.webhook is not None:
            raise Refusal(409, f"Conflict: {CONFLICT}")
        return [self._waiting[number].update for number in sorted(self._waiting)[:limit]]

    def _is_over(self, poll: int) -> bool:
        return bool(self._waiting) or self._polls != poll or self.webhook is not None

    def push_to(self, webhook: Webhook | None) -> None:
        """Push to this webhook from now on; None: wait for polls."""
        if self.webhook is not None:
            for task in self.webhook.pushing.values():
                task.cancel()
        self.webhook = webhook
        self.bell.ring()
        for queue in {waiting.queue for waiting in self._waiting.values()}:
            self._push(queue)

    def _push(self, queue: str) -> None:
        webhook = self.webhook
        if webhook is None:
            return
        running = webhook.pushing.get(queue)
        if running is None or running.done():
            webhook.pushing[queue] = asyncio.create_task(self._push_all(webhook, queue))

    async def _push_all(self, webhook: Webhook, queue: str) -> None:
        headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
        pause = self._resend_after
        async with aiohttp.ClientSession(headers=headers) as client:
            while mine := [
                n for n, waiting in sorted(self._waiting.items()) if waiting.queue == queue
            ]:
                if await self._push_one(client, webhook.url, self._waiting[mine[0]].update):
                    self._waiting.pop(mine[0], None)
                    pause = self._resend_after
                    self.bell.ring()
                    continue
                self.refused_pushes += 1
                self.bell.ring()
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause.total_seconds()):
                        await asyncio.Event().wait()
                pause *= 2
        # What was queued while the connection was let go has found somebody still pushing.
        del webhook.pushing[queue]
        if any(waiting.queue == queue for waiting in self._waiting.values()):
            self._push(queue)

    @staticmethod
    async def _push_one(
        client: aiohttp.ClientSession, url: str, update: Mapping[str, Any]
    ) -> bool:
        try:
            async with client.post(url, json=update, timeout=aiohttp.ClientTimeout(60)) as answer:
                return answer.ok
        except aiohttp.ClientError:
            return False

    async def close(self) -> None:
        """Stop pushing, and let go whoever still waits for an update."""
        self._polls += 1
        self.bell.ring()
        tasks = list(self.webhook.pushing.values()) if self.webhook else []
        self.push_to(None)
        await asyncio.gather(*tasks, return_exceptions=True)
