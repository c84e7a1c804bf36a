"""A Bot API server on the loopback: strict as Telegram is, with people to talk with.

    async with BotApiServer() as telegram:
        ana = telegram.person(1001, "Ana", "es")
        await ana.types("/start")
        ...                                  # a bot that talks to telegram.url with telegram.token
        await ana.hears_until(lambda heard: len(heard) == 1)
        await ana.presses("Yes, gladly")

It keeps everything in memory, runs in the loop of the test and never leaves this machine.
"""

import asyncio
import re
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self, TypeAlias

from aiohttp import web

from bench.loopback.limits import Limits
from tests.telegram.methods import Methods
from tests.telegram.people import Person
from tests.telegram.queue import UpdateQueue
from tests.telegram.refusals import Refusal, bad
from tests.telegram.specification import unknown_fields
from tests.telegram.wire import Bell, Call, read_call

TOKEN = "7000000001:AAEx4mpl3-of-a-token-that-opens-nothing"

METHODS = {
    name.lower(): name
    for name in (
        "answerCallbackQuery",
        "deleteWebhook",
        "editMessageCaption",
        "editMessageReplyMarkup",
        "editMessageText",
        "getFile",
        "getMe",
        "getUpdates",
        "getWebhookInfo",
        "sendDocument",
        "sendMessage",
        "sendPhoto",
        "setMyCommands",
        "setMyDescription",
        "setMyShortDescription",
        "setWebhook",
    )
}
"""What there is; Telegram does not care for the case of a method's name."""


@dataclass(frozen=True, slots=True)
class Flood:
    """429: too many calls."""

    retry_after: int


@dataclass(frozen=True, slots=True)
class Broken:
    """An error of Telegram's own; `page` is what a proxy before it says instead of JSON."""

    code: int = 500
    description: str = "Internal Server Error"
    page: str | None = None


@dataclass(frozen=True, slots=True)
class NeverAnswers:
    """The call is done, but its answer never comes."""


@dataclass(frozen=True, slots=True)
class HangsUp:
    """The call is done, and then the connection is cut."""


Fault: TypeAlias = Flood | Broken | NeverAnswers | HangsUp


class BotApiServer:
    """Telegram, as far as one bot and its people go."""

    def __init__(
        self, *, token: str = TOKEN, resend_after: timedelta = timedelta(milliseconds=5)
    ) -> None:
        self.token = token
        self.now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
        """Telegram's clock; it stands still unless `pass_time` moves it."""
        self.calls: list[Call] = []
        """Everything the bot called, in order, in the same form for all libraries."""
        self.people: dict[int, Person] = {}
        self.queue = UpdateQueue(lambda: self.now, resend_after=resend_after)
        self.bot = {
            "id": int(token.split(":", maxsplit=1)[0]),
            "is_bot": True,
            "first_name": "Kutse",
            "username": "kutse_bot",
        }
        self.methods = Methods(self.bot, self.people, self.queue)
        self.called = Bell()
        self.limits: Limits | None = None
        """Nobody is too fast, unless a test is about that."""
        self._faults: dict[str, deque[Fault]] = {}
        self._closing = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """What stands before "/bot<token>/<method>"."""
        return f"http://127.0.0.1:{self._port}"

    def person(
        self,
        number: int,
        first_name: str = "Ana",
        language_code: str | None = None,
        *,
        has_started: bool = False,
    ) -> Person:
        """Let somebody new have a Telegram app; the bot may write once they have started it."""
        person = Person(number, first_name, language_code, queue=self.queue, now=lambda: self.now)
        person.bot, person.has_started = self.bot, has_started
        self.people[number] = person
        return person

    def fails_next(self, method: str, *faults: Fault) -> None:
        """Let the next calls of `method` fail, one after another."""
        self._faults.setdefault(method, deque()).extend(faults)

    def calls_of(self, *methods: str) -> list[Call]:
        """Return what was called of `methods`."""
        return [call for call in self.calls if call.method in methods]

    def pass_time(self, passed: timedelta) -> None:
        """Let time pass: what nobody fetched is dropped, presses after 150 seconds."""
        self.now += passed
        self.queue.forget_old()

    async def all_confirmed(self) -> None:
        """Wait until the bot has confirmed every update."""
        await self.queue.bell.until(lambda: len(self.queue) == 0)

    async def start(self, port: int = 0) -> None:
        """Listen on the loopback; a port of 0 is any free one."""
        app = web.Application(client_max_size=60 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/photos/{file}.jpg", self._file)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Stop listening; calls that hang are let go."""
        self._closing.set()
        await self.queue.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def _file(self, request: web.Request) -> web.Response:
        file = request.match_info["file"]
        is_there = file in self.methods.files.keys() - self.methods.lost
        if request.match_info["token"] != self.token or not is_there:
            return web.Response(status=404)
        return web.Response(body=self.methods.files[file])

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = METHODS.get(request.match_info["method"].lower())
        if request.match_info["token"] != self.token:
            return _refused(Refusal(401, "Unauthorized"))
        if method is None:
            return _refused(Refusal(404, "Not Found: method not found"))
        call = await read_call(request, method)
        self.calls.append(call)
        self.called.ring()
        faults = self._faults.get(method)
        fault = faults.popleft() if faults else None
        chat = call.parameters.get("chat_id")
        if self.limits and self.limits.refuse(method, chat, self.now):
            fault = Flood(retry_after=5)
        if isinstance(fault, Flood):
            wait = {"retry_after": fault.retry_after}
            return _refused(
                Refusal(429, f"Too Many Requests: retry after {fault.retry_after}", wait)
            )
        if isinstance(fault, Broken):
            if fault.page is not None:
                return web.Response(status=fault.code, text=fault.page, content_type="text/html")
            return _refused(Refusal(fault.code, fault.description))
        answer = await self._done(call)
        if isinstance(fault, NeverAnswers):
            await self._closing.wait()
        if isinstance(fault, HangsUp) and request.transport is not None:
            request.transport.close()
        return answer

    async def _done(self, call: Call) -> web.Response:
        try:
            if unknown := unknown_fields(call):
                # Telegram overlooks them; nobody who sends one means to.
                raise bad(f"not in the specification: {', '.join(unknown)}")
            name = re.sub("([A-Z])", r"_\1", call.method).lower()
            result = await getattr(self.methods, name)(call.parameters)
        except Refusal as refusal:
            return _refused(refusal)
        return web.json_response({"ok": True, "result": result})


def _refused(refusal: Refusal) -> web.Response:
    answer: dict[str, object] = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
    }
    if refusal.parameters is not None:
        answer["parameters"] = refusal.parameters
    return web.json_response(answer, status=refusal.code)
