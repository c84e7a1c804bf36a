"""What of a failure may be logged, and how one piece of work does not keep the others."""

import traceback
from collections.abc import Awaitable
from pathlib import Path

import structlog

log = structlog.get_logger()


def described(error: BaseException) -> dict[str, str]:
    """Return the kind of `error` and where it was raised, innermost last.

    Its message stays out: it may repeat what a person wrote, as that of a failed statement does.
    """
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    where = " > ".join(
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames
    )
    return {"error": type(error).__name__, "where": where or "unknown"}


async def alone(work: Awaitable[None], **what: object) -> bool:
    """Await one of many pieces of work; if it fails, log `what` it was, and return False."""
    try:
        await work
    except Exception as failure:  # noqa: BLE001  # one must not keep the others
        # Its own text may repeat what people wrote, so it is not logged.
        log.error("work failed", **what, **described(failure))  # noqa: TRY400  # without its text
        return False
    return True
