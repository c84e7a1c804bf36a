"""Whose chat a request is about: the one of the session's cookie, or of a person of the demo."""

import hashlib
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias

from aiohttp import web

from bot.gateways.web.front import Front
from bot.gateways.web.guard import language_of, signed_out
from bot.gateways.web.history import History

KEEP = timedelta(days=400)
"""How long a browser remembers a chat that is never opened; browsers allow no more."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One chat, and where its page reaches it."""

    name: str
    """Unique among the chats of a page."""
    at: str
    """The path below which its requests go."""
    address: str
    language: str
    """What the person reads, as far as can be told before anything was said."""


SeatOf: TypeAlias = Callable[[web.Request], Awaitable[Seat]]
"""Finds the seat of a request; raises NotTaken if there is none."""


@dataclass(frozen=True, slots=True)
class Session:
    """A chat opened in a browser."""

    address: str
    """Public: names the chat, opens nothing."""
    token: str = field(repr=False)
    """Secret: opens the chat; only its hash is stored."""


def hashed(token: str) -> str:
    """Return what is stored of a secret; with 256 random bits it needs no salt."""
    # A browser may send bytes that are no characters; they belong to no token of ours.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class Sessions:
    """Opens chats to browsers by a cookie."""

    def __init__(self, front: Front, history: History) -> None:
        self._front = front
        self._history = history
        # The prefix makes browsers refuse the cookie from anything but this very host.
        self._cookie = "__Host-kutse" if front.is_https else "kutse"

    async def of(self, request: web.Request) -> Session | None:
        """Return the session that the browser names, if it is one of ours."""
        token = request.cookies.get(self._cookie, "")
        address = await self._history.address_of(hashed(token)) if token else None
        return Session(address, token) if address else None

    async def begin(self, address: str | None = None) -> Session:
        """Open `address` to one more browser; without one, a new chat."""
        session = Session(address or secrets.token_urlsafe(16), secrets.token_urlsafe(32))
        await self._history.open(session.address, hashed(session.token), self._front.now())
        return session

    async def end(self, session: Session) -> None:
        """Make the browser's token worthless."""
        await self._history.close(hashed(session.token))

    def remember(self, response: web.StreamResponse, session: Session) -> None:
        """Let the browser keep the session, from now on for KEEP."""
        response.set_cookie(
            self._cookie,
            session.token,
            max_age=int(KEEP.total_seconds()),
            path="/",
            httponly=True,
            # Not Strict: people come by links in mails and posters, and must find their own chat.
            samesite="Lax",
            secure=self._front.is_https,
        )

    async def seat(self, request: web.Request) -> Seat:
        """Return the seat of the session's own chat.

        Raises:
            NotTaken: the browser has no session, or one that is not ours.
        """
        session = await self.of(request)
        if session is None:
            raise signed_out()
        return Seat("chat", "/chat", session.address, language_of(request, self._front))
