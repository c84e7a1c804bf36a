"""Waiting for a time: the one place in which a measure does, for what sends no word when it is so."""

import asyncio


async def pause(seconds: float) -> None:
    """Let so many seconds pass."""
    await asyncio.sleep(seconds)  # noqa: TID251  # nothing is planned in it: a measure ends with its process
