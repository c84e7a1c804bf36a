"""What of a failure may be logged."""

import traceback
from pathlib import Path


def described(error: BaseException) -> dict[str, str]:
    """Return the kind of `error` and where it was raised, innermost last.

    Its message stays out: it may repeat what a person wrote, as that of a failed statement does.
    """
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    where = " > ".join(
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames
    )
    return {"error": type(error).__name__, "where": where or "unknown"}
