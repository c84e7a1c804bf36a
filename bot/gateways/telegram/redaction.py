"""Keeps the bot's token out of every log."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any, Final

TALKATIVE: Final = ("httpx", "httpcore", "telegram")
"""Loggers of libraries that write addresses, and with them the token, at INFO or DEBUG."""

_TOKEN: Final = re.compile(r"(bot)?[0-9]{5,15}(:|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)
_HIDDEN: Final = "bot<token>"


def quiet_libraries() -> None:
    """Let the libraries under Telegram log from WARNING only."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def redact_tokens(
    _logger: object, _method: str, event_dict: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Blot out what looks like a bot's token, in an event's name and in all its values.

    A structlog processor; to stand after those that make tracebacks into text.
    """
    for key, value in event_dict.items():
        event_dict[key] = _without_token(value)
    return event_dict


def _without_token(value: Any) -> Any:
    match value:
        case str():
            return _TOKEN.sub(_HIDDEN, value)
        case bytes():
            return _TOKEN.sub(_HIDDEN, value.decode(errors="replace"))
        case dict():
            return {key: _without_token(item) for key, item in value.items()}
        case list() | tuple():
            return [_without_token(item) for item in value]
        case None | bool() | int() | float():
            return value
        case _:
            # An object shows its token only once it is written; the same moment as here.
            written = repr(value)
            return _TOKEN.sub(_HIDDEN, written) if _TOKEN.search(written) else value
