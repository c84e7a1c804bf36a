"""What the tests of the gateway share: a Telegram, both libraries, and somebody who hears."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import repeat

import pytest

from bot.gateways.port import Delivered, Incoming, Outcome
from bot.gateways.telegram import BotApi, Library
from bot.gateways.telegram.gateway import TelegramGateway
from bot.gateways.telegram.hearing import Hearing
from bot.gateways.telegram.library_aiogram import AiogramApi
from bot.gateways.telegram.library_ptb import PtbApi
from bot.gateways.telegram.poll import Poll
from bot.texts.sheets import Attachment
from tests.telegram.people import Person
from tests.telegram.server import TOKEN, BotApiServer
from tests.telegram.wire import Bell

PATIENCE = timedelta(seconds=10)

CODE = Attachment("code.png", "image/png", b"\x89PNG\r\n\x1a\n...")
INVITATION = Attachment("talk.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")


@dataclass(slots=True)
class DatabaseIsAway(Exception):
    """What was said could not be kept."""


@dataclass
class Listener:
    """Keeps what was said in a list; the database can be away for a while."""

    heard: list[Incoming] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    failures: int = 0
    """How often from now on it fails."""
    bell: Bell = field(default_factory=Bell)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    """Whoever has a gate here is heard when it opens."""

    async def hear(self, incoming: Incoming) -> None:
        """Keep what was said; the same update once."""
        self.tried.append(incoming.update)
        self.bell.ring()
        if gate := self.gates.get(incoming.address):
            await gate.wait()
        if self.failures:
            self.failures -= 1
            raise DatabaseIsAway
        if incoming not in self.heard:
            self.heard.append(incoming)
        self.bell.ring()

    async def keep_unread(self, update: str, why: str) -> None:
        """Keep the number of what could not be read."""
        self.unread.append((update, why))
        self.bell.ring()

    @property
    def said(self) -> list[object]:
        """What was said, in the order it was kept."""
        return [incoming.said for incoming in self.heard]

    async def until_heard(self, count: int) -> None:
        """Wait until so many things were heard."""
        await self.bell.until(lambda: len(self.heard) >= count)


@pytest.fixture
async def telegram() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as server:
        yield server


@pytest.fixture(params=list(Library))
def library(request: pytest.FixtureRequest) -> Library:
    chosen: Library = request.param
    return chosen


def client(
    library: Library, url: str, *, token: str = TOKEN, patience: timedelta = PATIENCE
) -> BotApi:
    """Return a client with the patience of a test."""
    match library:
        case Library.AIOGRAM:
            return AiogramApi(token, url, patience=patience)
        case Library.PTB:
            return PtbApi(token, url, patience=patience)


@pytest.fixture
async def bot(telegram: BotApiServer, library: Library) -> AsyncIterator[BotApi]:
    api = client(library, telegram.url)
    yield api
    await api.close()


@pytest.fixture
def listener() -> Listener:
    return Listener()


def poll_of(bot: BotApi, listener: Listener) -> Poll:
    """Return a poll that hardly rests when something fails."""
    hearing = Hearing(bot, listener.hear, listener.keep_unread)
    return Poll(bot, hearing, pauses=lambda: repeat(timedelta(milliseconds=2)))


@asynccontextmanager
async def polling(bot: BotApi, listener: Listener) -> AsyncIterator[Poll]:
    """Poll while the block runs; then stop cleanly."""
    poll = poll_of(bot, listener)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(poll.run())
        yield poll
        poll.stop()


@pytest.fixture
def gateway(bot: BotApi, listener: Listener) -> TelegramGateway:
    return TelegramGateway(bot, unread=listener.keep_unread)


@pytest.fixture
def ana(telegram: BotApiServer) -> Person:
    return telegram.person(1001, "Ana", "es", has_started=True)


def ref_of(outcome: Outcome) -> str:
    """Return what the network calls a sheet that was delivered."""
    assert isinstance(outcome, Delivered)
    return outcome.ref
