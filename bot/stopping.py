"""Runs something until it is asked to stop, and lets it finish what it does."""

import asyncio
import errno
import signal
from collections.abc import Coroutine

from bot.misconfigured import Misconfigured
from bot.settings import Settings

SIGNALS = (signal.SIGINT, signal.SIGTERM)
"""Ctrl+C, and what supervisors send. The second one ends the process at once."""


def until_stopped(work: Coroutine[object, object, None], settings: Settings) -> None:
    """Run `work` to its end, or until a signal; then it is cancelled and its clean-up awaited.

    Raises:
        Misconfigured: the address to listen at cannot be had.
    """
    try:
        asyncio.run(_until_signal(work))
    except OSError as error:
        if error.errno not in {errno.EADDRINUSE, errno.EADDRNOTAVAIL}:
            raise
        at = f"{settings.web_host}:{settings.web_port}"
        why = "is in use already" if error.errno == errno.EADDRINUSE else "is not of this machine"
        other = "KUTSE_WEB_PORT" if error.errno == errno.EADDRINUSE else "KUTSE_WEB_HOST"
        raise Misconfigured(f"{at} {why}; set {other} to another.") from None


async def _until_signal(work: Coroutine[object, object, None]) -> None:
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(work)
    asked = False

    def stop() -> None:
        nonlocal asked
        asked = True
        for one in SIGNALS:
            loop.remove_signal_handler(one)
        task.cancel()

    for one in SIGNALS:
        loop.add_signal_handler(one, stop)
    try:
        await task
    except asyncio.CancelledError:
        if not asked:
            raise
