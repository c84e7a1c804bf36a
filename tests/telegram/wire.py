"""How a call of the Bot API comes over HTTP: as a form, as parts or as JSON."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web

ATTACHED = "attach://"

WORDS = frozenset(
    {
        "callback_query_id",
        "caption",
        "certificate",
        "description",
        "inline_message_id",
        "ip_address",
        "language_code",
        "parse_mode",
        "secret_token",
        "short_description",
        "text",
        "url",
    }
)
"""Parameters that are strings: a text of "12" stays one. Others are read as JSON if they are."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """One call, in one form whichever library made it and however it was encoded."""

    method: str
    parameters: Mapping[str, object]


class Bell:
    """Wakes everybody who waits for something to change."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake all who wait now."""
        self._event.set()
        self._event = asyncio.Event()

    async def until(self, is_so: Callable[[], bool], *, seconds: float = 10) -> None:
        """Return once `is_so`, asking again at every ring.

        Raises:
            TimeoutError: it did not come about; the seconds are a safety net, not a measure.
        """
        async with asyncio.timeout(seconds):
            while not is_so():
                await self._event.wait()


async def read_call(request: web.Request, method: str) -> Call:
    """Read the parameters of `method` from the address and the body of `request`."""
    fields: dict[str, object] = dict(request.query)
    if request.content_type == "application/json":
        fields |= await request.json()
    elif request.content_type.startswith("multipart/"):
        fields |= await _parts(request)
    else:
        fields |= {key: str(value) for key, value in (await request.post()).items()}
    used = {_attached(value) for value in fields.values() if _is_attached(value)}
    return Call(
        method,
        {
            key: _resolved(fields, value) if _is_attached(value) else _plain(key, value)
            for key, value in sorted(fields.items())
            if key not in used
        },
    )


async def _parts(request: web.Request) -> dict[str, object]:
    fields: dict[str, object] = {}
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader) and part.name is not None:
            content = bytes(await part.read())
            fields[part.name] = (
                Upload(part.filename, content) if part.filename else content.decode()
            )
    return fields


def _is_attached(value: object) -> bool:
    return isinstance(value, str) and value.startswith(ATTACHED)


def _attached(value: object) -> str:
    return str(value).removeprefix(ATTACHED)


def _resolved(fields: Mapping[str, object], value: object) -> object:
    return fields.get(_attached(value), value)


def _plain(key: str, value: object) -> object:
    if not isinstance(value, str) or key in WORDS:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
