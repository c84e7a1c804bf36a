"""Two ways into a chat from outside: a one-time link that signs in, and a code as from a poster.

Both show a page with one button. Programs that look at links, as mail filters and previews do,
press none; so they neither use a link up nor begin a chat.
"""

import re
from http import HTTPStatus
from urllib.parse import parse_qs
from uuid import UUID, uuid4

from aiohttp import web

from bot.gateways.port import Incoming, Network, Typed
from bot.gateways.web.gateway import WebGateway
from bot.gateways.web.guard import (
    language_of,
    nothing_here,
    read_body,
    refuse_foreign,
    unreadable,
)
from bot.gateways.web.pages import Newcomers
from bot.gateways.web.seats import Session, Sessions, hashed
from bot.gateways.web.templates import Templates

USED_UP = "This link was used already, or it is too old. Ask the school for a new one."

_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Doors:
    """The pages with the buttons, and what the buttons do."""

    def __init__(
        self, gateway: WebGateway, sessions: Sessions, newcomers: Newcomers, templates: Templates
    ) -> None:
        self._gateway = gateway
        self._front = gateway.front
        self._sessions = sessions
        self._newcomers = newcomers
        self._templates = templates
        self.home = "/chat" if gateway.demo else "/"

    async def link(self, request: web.Request) -> web.Response:
        """Ask whoever has a one-time link to press the button."""
        sentence = "Press the button to open your chat on this device. The link works once."
        return self._door(request, sentence, "Open my chat")

    async def sign_in(self, request: web.Request) -> web.Response:
        """Use the link up, and open the chat that it is for in this browser."""
        refuse_foreign(request, self._front)
        link = hashed(request.match_info["token"])
        address = await self._gateway.history.take_link(link, self._front.now())
        if address is None:
            return self._door(request, USED_UP, status=HTTPStatus.GONE)
        before = await self._sessions.of(request)
        session = await self._sessions.begin(address)
        if before:
            await self._sessions.end(before)
        return self._entered(session)

    async def code(self, request: web.Request) -> web.Response:
        """Ask whoever has a code to press the button."""
        _code(request)
        return self._door(request, "Press the button to begin your chat with the school.", "Begin")

    async def begin(self, request: web.Request) -> web.Response:
        """Say the code on the visitor's behalf; the button pressed twice says it once."""
        refuse_foreign(request, self._front)
        said = Typed(f"/start {_code(request)}")
        nonce = _nonce(await read_body(request))
        known = await self._sessions.of(request)
        session = known or await self._newcomers.welcome(request)
        # A new chat is greeted when its page opens; the code is that greeting, so it takes its id.
        update = nonce if known else f"start:{self._front.now().date().isoformat()}"
        name = f"{session.address}:{update}"
        language = language_of(request, self._front)
        await self._gateway.hear(
            Incoming(Network.WEB, session.address, name, said, language=language)
        )
        return self._entered(session)

    def _door(
        self,
        request: web.Request,
        sentence: str,
        button: str | None = None,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> web.Response:
        language = language_of(request, self._front)
        response = self._templates.page(
            "door.html", language, status=status, sentence=sentence, button=button, nonce=uuid4()
        )
        # Without any referrer a browser names no origin for a form, and we could not tell it
        # from a foreign one. The address is still told to nobody else.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    def _entered(self, session: Session) -> web.Response:
        response = web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": self.home})
        self._sessions.remember(response, session)
        return response


def _code(request: web.Request) -> str:
    code = request.match_info["code"]
    if not _CODE.fullmatch(code):
        raise nothing_here()
    return code


def _nonce(body: bytes) -> UUID:
    """Return the id that the form sends; a form that no page of ours has is a bad request."""
    try:
        fields = parse_qs(body.decode("ascii"), max_num_fields=4)
        return UUID(fields["id"][0])
    except (ValueError, KeyError):
        raise unreadable() from None
