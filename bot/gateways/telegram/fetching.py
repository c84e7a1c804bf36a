"""Fetches what people have sent, whichever library knows where it is."""

from datetime import timedelta
from http import HTTPStatus

import aiohttp

from bot.gateways.port import TryLater
from bot.gateways.telegram.bot_api import CONNECTING, SOON, NoAnswer


async def fetched(
    client: aiohttp.ClientSession, url: str, most: int, patience: timedelta
) -> bytes | NoAnswer:
    """Return what is at `url`; of more than `most` bytes only the beginning, one byte longer than that."""
    limits = aiohttp.ClientTimeout(
        total=patience.total_seconds(), connect=CONNECTING.total_seconds()
    )
    content = bytearray()
    try:
        async with client.get(url, timeout=limits) as answer:
            if answer.status != HTTPStatus.OK:
                return TryLater(SOON)
            async for chunk in answer.content.iter_any():
                content += chunk
                if len(content) > most:
                    break
    except (TimeoutError, aiohttp.ClientError, ValueError):
        return TryLater(SOON)
    return bytes(content[: most + 1])
