"""Updates brought to several processes of one bot, as whatever stands before them would: in turns."""

import asyncio
import json
from collections.abc import Sequence
from itertools import count
from urllib.parse import urlsplit

import aiohttp

from bench.loopback.chats import Fields
from bench.loopback.waiting import pause

AWAY = (aiohttp.ClientError, ConnectionError)
AGAIN = 0.2
"""Seconds until an update is brought again that nobody took."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Pushing:
    """Brings updates to whichever of the processes listens; who is down is passed over."""

    def __init__(self, ports: Sequence[int], client: aiohttp.ClientSession) -> None:
        self._ports, self._client = ports, client
        self._path, self._secret = "", ""
        self._turns = count()
        self._bringing: set[asyncio.Task[None]] = set()

    def push_to(self, url: str, secret: str) -> None:
        """Bring updates to the path of `url` from now on."""
        self._path, self._secret = urlsplit(url).path, secret

    def push(self, update: Fields) -> None:
        """Bring an update, again and again until somebody takes it."""
        task = asyncio.create_task(self._bring(json.dumps(update).encode()))
        self._bringing.add(task)
        task.add_done_callback(self._bringing.discard)

    async def _bring(self, update: bytes) -> None:
        while not await self._is_taken(update):
            await pause(AGAIN)

    async def _is_taken(self, update: bytes) -> bool:
        first = next(self._turns)
        headers = {SECRET_HEADER: self._secret, "Content-Type": "application/json"}
        for place in range(len(self._ports)):
            port = self._ports[(first + place) % len(self._ports)]
            at = f"http://127.0.0.1:{port}{self._path}"
            try:
                async with self._client.post(at, data=update, headers=headers) as answer:
                    if answer.ok:
                        return True
            except AWAY:
                continue
        return False
