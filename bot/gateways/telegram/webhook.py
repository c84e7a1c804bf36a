"""Telegram's pushes, received by our own server."""

import asyncio
import hashlib
import hmac
import json
import re
from http import HTTPStatus
from typing import Final

import structlog
from aiohttp import web

from bot.gateways.telegram.hearing import Hearing
from bot.runtime.failures import described

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"

MAX_BODY: Final = 256 * 1024
"""Bytes of an update: many times what a message of 4,096 characters with all its entities has."""

_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{24,256}")

log = structlog.get_logger(__name__)


class Webhook:
    """One address that Telegram, and nobody else, can bring updates to.

    An update is answered with 200 only when it is in the database, else with 503: then Telegram
    brings it again, for up to a day.
    """

    def __init__(self, hearing: Hearing, secret: str) -> None:
        """Receive updates that carry `secret`; all replicas of a bot are given the same.

        Raises:
            ValueError: the secret is too short, or has characters that Telegram does not allow.
        """
        if not _SECRET.fullmatch(secret):
            raise ValueError("A webhook's secret has 24 to 256 of A-Z, a-z, 0-9, _ and -.")
        self._hearing = hearing
        self._keeping: set[asyncio.Task[None]] = set()
        self.secret = secret
        # Nobody can guess the path, and it tells neither the token nor the secret.
        self.path = "/telegram/" + hmac.digest(secret.encode(), b"path", hashlib.sha256).hex()[:32]

    def route(self) -> web.RouteDef:
        """Return the route for the server."""
        return web.post(self.path, self.answer)

    async def answer(self, request: web.Request) -> web.Response:
        """Take one update."""
        given = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self.secret.encode()):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        body = await _body(request)
        if body is None:
            return web.Response(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        _, keep = self._hearing.receive(_read(body))
        keeping = asyncio.create_task(keep())
        # When Telegram hangs up, the turn is taken to its end all the same.
        self._keeping.add(keeping)
        keeping.add_done_callback(self._keeping.discard)
        await asyncio.wait({keeping})
        if (error := keeping.exception()) is not None:
            log.error("update_not_kept", **described(error))
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response()

    async def finish(self) -> None:
        """Wait until all that has come is kept, and all presses are answered."""
        if self._keeping:
            await asyncio.wait(self._keeping)
        await self._hearing.finish()


async def _body(request: web.Request) -> bytes | None:
    """Return the body, or None if it is too large; no more than the limit is ever held."""
    read = bytearray()
    async for chunk in request.content.iter_any():
        read += chunk
        if len(read) > MAX_BODY:
            return None
    return bytes(read)


def _read(body: bytes) -> object:
    try:
        read: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return read
