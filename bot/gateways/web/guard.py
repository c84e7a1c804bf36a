"""What every request goes through: headers, the origin, the size, the time; and why not, if not."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import urlsplit

from aiohttp import web
from pydantic import TypeAdapter, ValidationError

from bot.gateways.web.front import Front
from bot.gateways.web.languages import preferred

T = TypeVar("T")

TOO_FAST = "That was a little fast for us. What you wrote is kept and will be sent in a moment."

MAX_BODY_BYTES = 32 * 1024
TIMES_FOR_FILES = 4
BODY_WITHIN = web.AppKey("body_within", timedelta)
"""How long the body of a request may take; the application says. A file may take longer by TIMES_FOR_FILES."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


# Not frozen: whatever passes an exception on writes its traceback into it.
@dataclass(eq=False)
class NotTaken(Exception):
    """The request could not be taken; the person hears why, the page hears the kind."""

    status: HTTPStatus
    kind: str
    sentence: str
    """In English: one of `words.WORDS`, or, on the English demo page, any sentence."""
    wait: timedelta | None = None
    """After this the same request will be taken."""


def unreadable() -> NotTaken:
    """Return the answer to a request that no page of ours would have made."""
    sentence = "That could not be sent. Please load the page again."
    return NotTaken(HTTPStatus.BAD_REQUEST, "unreadable", sentence)


def signed_out() -> NotTaken:
    """Return the answer to somebody without a session, or with one that we do not know."""
    sentence = "This chat is no longer open on this page. Load the page again to go on."
    return NotTaken(HTTPStatus.FORBIDDEN, "signed-out", sentence)


def too_fast(wait: timedelta) -> NotTaken:
    """Return the answer to somebody who should wait."""
    return NotTaken(HTTPStatus.TOO_MANY_REQUESTS, "too-fast", TOO_FAST, wait)


def too_long() -> NotTaken:
    """Return the answer to more than we take in one piece."""
    sentence = "That is too long for one message. Please send it in two parts."
    return NotTaken(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-long", sentence)


def too_slow() -> NotTaken:
    """Return the answer to a request whose body does not come."""
    sentence = "That took too long to reach us. Please send it again."
    return NotTaken(HTTPStatus.REQUEST_TIMEOUT, "too-slow", sentence)


def nothing_here() -> NotTaken:
    """Return the answer to an address that leads nowhere, or not for this person."""
    return NotTaken(HTTPStatus.NOT_FOUND, "not-found", "There is nothing at this address.")


def language_of(request: web.Request, front: Front) -> str:
    """Return the language that the browser asks for, of those the school has."""
    return preferred(request.headers.get("Accept-Language", ""), front.languages) or front.language


def refuse_foreign(request: web.Request, front: Front) -> None:
    """Refuse what another site sends in the name of our visitor.

    A browser names the origin with every POST. It may be the public one, or the one under which
    this server was reached, which a proxy or a forwarded port may have made a different one.

    Raises:
        NotTaken: the origin is missing, or foreign.
    """
    origin = request.headers.get("Origin", "")
    own = urlsplit(front.public_url)
    scheme, found, netloc = origin.partition("://")
    is_public = (scheme, netloc) == (own.scheme, own.netloc)
    if not found or not netloc or not (is_public or netloc == request.host):
        sentence = "That could not be sent. Please load the page again."
        raise NotTaken(HTTPStatus.FORBIDDEN, "foreign-origin", sentence)


async def read_body(request: web.Request, most: int = MAX_BODY_BYTES) -> bytes:
    """Return the body of a request; no more than the limit is ever held.

    Raises:
        NotTaken: it has more than `most` bytes, or was not there in time.
    """
    body = bytearray()
    try:
        times = 1 if most <= MAX_BODY_BYTES else TIMES_FOR_FILES
        async with asyncio.timeout(request.app[BODY_WITHIN].total_seconds() * times):
            async for chunk in request.content.iter_chunked(MAX_BODY_BYTES):
                body += chunk
                if len(body) > most:
                    raise too_long()
    except TimeoutError:
        raise too_slow() from None
    return bytes(body)


async def read_json(request: web.Request, form: TypeAdapter[T]) -> T:
    """Return what the body of a request says.

    Raises:
        NotTaken: it cannot be read (see `read_body`), is no JSON, or not of this form.
    """
    if request.content_type != "application/json":
        raise unreadable()
    body = await read_body(request)
    try:
        return form.validate_json(body)
    except ValidationError:
        # What was sent is the person's own words; the error would repeat them.
        raise unreadable() from None
