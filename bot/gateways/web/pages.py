"""The school's chat, alone on its page, and the words that the scripts of every page use."""

from datetime import timedelta

from aiohttp import hdrs, web

from bot.gateways.web.front import Front
from bot.gateways.web.gateway import WebGateway
from bot.gateways.web.guard import language_of, too_fast
from bot.gateways.web.limits import Pace
from bot.gateways.web.places import place_of
from bot.gateways.web.seats import Session, Sessions
from bot.gateways.web.templates import Templates, menu
from bot.gateways.web.words import WORDS


class Newcomers:
    """Opens new chats; not too many at a time from one place, which may be a whole school."""

    def __init__(self, front: Front, sessions: Sessions) -> None:
        self._sessions = sessions
        self._trusted = front.trusted_proxies
        self._pace = Pace(300, timedelta(milliseconds=200), seconds=front.seconds)

    async def welcome(self, request: web.Request) -> Session:
        """Open a chat.

        Raises:
            NotTaken: very many came from there lately.
        """
        wait = self._pace.wait(place_of(request, self._trusted))
        if wait:
            raise too_fast(wait)
        return await self._sessions.begin()


class ChatPage:
    """A page with one chat, which is the visitor's own."""

    def __init__(
        self, gateway: WebGateway, sessions: Sessions, newcomers: Newcomers, templates: Templates
    ) -> None:
        self._front = gateway.front
        self._history = gateway.history
        self._sessions = sessions
        self._newcomers = newcomers
        self._templates = templates

    async def chat(self, request: web.Request) -> web.Response:
        """Show the chat; whoever comes for the first time gets one, unless they only look (HEAD)."""
        session = await self._sessions.of(request)
        if session is None and request.method != hdrs.METH_HEAD:
            session = await self._newcomers.welcome(request)
        language = (await self._history.language_of(session.address) if session else None) or ""
        if language not in self._front.languages:
            language = language_of(request, self._front)
        response = self._templates.page(
            "alone.html", language, address=session.address if session else ""
        )
        if session is not None:
            self._sessions.remember(response, session)
        return response


async def words(front: Front) -> web.Response:
    """Return the page's own words, the school's name and the menu, in every language."""
    return web.json_response(
        {
            tag: {
                "school": front.school(tag),
                "words": {word: front.words(tag, word) for word in WORDS},
                "menu": [[entry.command, entry.description] for entry in menu(front, tag)],
            }
            for tag in front.languages
        }
    )
