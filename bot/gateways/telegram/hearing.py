"""What becomes of a raw update, whichever way it came."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

import structlog

from bot.gateways.port import Delivered, Hear, NotFetched, Offered
from bot.gateways.telegram.bot_api import BotApi
from bot.gateways.telegram.incoming import Heard, Reading, UnreadableUpdate, read

Unread: TypeAlias = Callable[[str, str], Awaitable[None]]
"""Keeps the number of an update that could not be read, and why; raises if it cannot."""

Keeping: TypeAlias = Callable[[], Coroutine[Any, Any, None]]
"""Brings one update into the database; may be called again after it failed."""

log = structlog.get_logger(__name__)


class Hearing:
    """Reads updates, answers presses at once, and has what was said kept."""

    def __init__(self, bot: BotApi, hear: Hear, unread: Unread) -> None:
        self._bot = bot
        self._hear = hear
        self._unread = unread
        self._answering: set[asyncio.Task[None]] = set()

    def receive(self, raw: object) -> tuple[str, Keeping]:
        """Return who said `raw` and what keeps it; if it is a press, its answer is on the way.

        To be called once for each update, in the order they came.
        """
        try:
            reading = read(raw, self._bot.number)
        except UnreadableUpdate as unreadable:
            number, why = unreadable.update, unreadable.why
            log.warning("update_unreadable", update=number, why=why)
            return "", lambda: self._pass_over(number, why)
        if reading.press is not None:
            answering = asyncio.create_task(self._answer(reading.press))
            self._answering.add(answering)
            answering.add_done_callback(self._answering.discard)
        person = reading.incoming.address if isinstance(reading, Heard) else ""
        return person, lambda: self._keep(reading)

    async def finish(self) -> None:
        """Wait until all presses are answered."""
        if self._answering:
            await asyncio.wait(self._answering)

    async def _keep(self, reading: Reading) -> None:
        if not isinstance(reading, Heard):
            return
        incoming = reading.incoming
        if reading.picture:
            fetch = partial(self._fetch, reading.picture.file)
            incoming = replace(incoming, said=Offered(reading.picture.size, fetch))
        await self._hear(incoming)

    async def _fetch(self, file: str, most: int) -> bytes:
        found = await self._bot.fetch(file, most)
        if not isinstance(found, bytes):
            log.warning("picture_not_fetched", outcome=type(found).__name__)
            raise NotFetched
        return found

    async def _pass_over(self, number: str, why: str) -> None:
        await self._unread(number, why)

    async def _answer(self, press: str) -> None:
        outcome = await self._bot.answer_press(press)
        if not isinstance(outcome, Delivered):
            # Usual after an outage: Telegram forgets presses within minutes.
            log.info("press_not_answered", outcome=type(outcome).__name__)
