"""Telegram with one bot and its many readers: it counts who got what and when, and may be strict or slow."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from typing_extensions import override

from bench.loopback.bot_api import Bot, TooFast
from bench.loopback.chats import Chat, Fields
from bench.loopback.limits import CHANGED, SENT, Limits
from bench.loopback.people import PATIENCE, LostReply
from bench.loopback.waiting import pause
from bench.sending.pushing import Pushing
from bot.system_clock import system_clock

FIRST_NUMBER = 2_000_000_000
"""After it come Telegram's numbers of those who only read."""
WAIT = 5
"""Seconds that a bot has to wait that was too fast."""
Tell = Callable[[int, int], None]
"""Told how far something is, and how far it will go."""


@dataclass(frozen=True, slots=True)
class Told:
    """A message that arrived, new or changed."""

    at: float
    """Seconds, to be subtracted from each other."""
    chat: int

    @property
    def is_to_many(self) -> bool:
        """Whether it went to somebody who only reads: they get nothing but letters to many."""
        return self.chat > FIRST_NUMBER


class Network(Bot):
    """One bot, and people who talk with it; those after `FIRST_NUMBER` only read."""

    def __init__(self, token: str, *, limits: Limits | None = None, latency: float = 0) -> None:
        """Take calls as fast as `limits` allow, each in `latency` seconds."""
        super().__init__(token)
        self.limits, self.latency = limits, latency
        self.arrived: list[Told] = []
        self.letters: list[Told] = []
        """Of these, what was written to many."""
        self.too_fast = {True: 0, False: 0}
        """How many letters to many were refused as too fast, and how many other messages."""
        self.arrives = asyncio.Event()
        """Set with every letter to many."""
        self.pushing: Pushing | None = None
        """Who brings updates to the bot; None while it asks for them."""
        self._methods["setwebhook"] = self._push

    async def letters_arrive(self, number: int, tell: Tell = lambda _, __: None) -> None:
        """Wait until so many letters to many are here; `tell` how far it is.

        Raises:
            LostReply: for a long time none has come.
        """
        while (arrived := len(self.letters)) < number:
            tell(arrived, number)
            self.arrives.clear()
            try:
                await asyncio.wait_for(self.arrives.wait(), PATIENCE)
            except TimeoutError:
                raise LostReply(f"{arrived} letters of {number} arrived") from None
        tell(number, number)

    @override
    async def call(self, method: str, fields: Fields) -> object:
        if method not in SENT | CHANGED:
            return await super().call(method, fields)
        chat = int(fields["chat_id"])
        if self.limits and self.limits.refuse(method, chat, system_clock()):
            self.too_fast[chat > FIRST_NUMBER] += 1
            raise TooFast(WAIT)
        done = await super().call(method, fields)
        self._note(Told(time.perf_counter(), chat))
        if self.latency:
            # As far away as Telegram is.
            await pause(self.latency)
        return done

    @override
    def _chat(self, fields: Fields) -> Chat:
        number = int(fields.get("chat_id") or 0)
        if number > FIRST_NUMBER and number not in self.chats:
            self.chats[number] = Chat(number, "Reader")
        return super()._chat(fields)

    def _note(self, told: Told) -> None:
        self.arrived.append(told)
        if told.is_to_many:
            self.letters.append(told)
            self.arrives.set()

    def _push(self, fields: Fields) -> bool:
        if self.pushing:
            self.pushing.push_to(str(fields["url"]), str(fields["secret_token"]))
        self.asked.set()
        return True

    @override
    def put(self, update: Fields) -> None:
        if self.pushing:
            self.pushing.push(self.numbered(update))
        else:
            super().put(update)


class Door(Bot):
    """The same bot, for one of several processes that call it: it knows which of them calls."""

    def __init__(self, bot: Network) -> None:
        super().__init__(bot.token)
        self._bot = bot
        self.letters = 0
        self.in_flight = 0
        """Letters that are here, while their sender does not know that yet."""

    @override
    async def call(self, method: str, fields: Fields) -> object:
        is_letter = method in SENT and int(fields["chat_id"]) > FIRST_NUMBER
        self.letters += is_letter
        self.in_flight += is_letter
        try:
            return await self._bot.call(method, fields)
        finally:
            self.in_flight -= is_letter
