"""Visitors of the demo's school besides the four on its page: they speak through the pages' own requests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import uuid4

from aiohttp import ClientSession, CookieJar


@dataclass(frozen=True, slots=True)
class Alumna:
    """Somebody of the list of leavers, and what they type to sign up."""

    name: str
    language: str
    programme: str
    """Its number among those of the school."""
    left_in: str
    done: str
    """How "Done" is called in their language."""
    send: str


REIN = Alumna("Rein Oja", "English", "2", "2010", "Done", "Send")
ANE = Alumna("Ane Etxeberria", "Español", "3", "2021", "Listo", "Enviar")
MARTA = Alumna("Marta Rossi", "Italiano", "4", "2019", "Fatto", "Invia")
EVENTS = "3"
"""What they agree to be written to about."""


class Visitor:
    """One browser's chat with the school, without the browser."""

    def __init__(self, session: ClientSession, demo: str) -> None:
        self._session, self._demo = session, demo

    async def say(self, *words: str) -> None:
        """Type something, one after the other; each is answered before the next."""
        for one in words:
            said = {"id": str(uuid4()), "text": one}
            own = {"Origin": self._demo}
            async with self._session.post(
                f"{self._demo}/chat/say", json=said, headers=own
            ) as answer:
                assert answer.status == 200, await answer.text()

    async def read(self) -> str:
        """Return all that the school has written."""
        async with self._session.get(f"{self._demo}/chat/messages?after=0") as answer:
            lines = (await answer.json())["lines"]
        return "\n".join(
            f"{one.get('title') or ''}\n{one['text']}" for one in lines if one["by"] == "school"
        )

    async def sign_up(self, who: Alumna) -> None:
        """Come in as somebody whom the list of leavers knows, and agree to be invited."""
        await self.say("/start", who.language, "1", "1", "1988", EVENTS, who.done, who.name)
        await self.say(who.programme, who.left_in, "1", "1", "Tartu", who.done, "1", who.send)


@asynccontextmanager
async def visiting(demo: str) -> AsyncIterator[Visitor]:
    """Open the school's chat at the demo's address, as a new visitor."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        async with session.get(f"{demo}/chat") as page:
            assert page.status == 200
        yield Visitor(session, demo)
