"""A lean Bot API server: strict enough that nobody does less than the other, fast enough not to be in the way.

It serves several bots, each by its token, on the loopback. Unlike the tests' server it keeps no
record of calls; like it, it refuses what Telegram refuses, and remembers every refusal.
"""

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.web_request import BaseRequest

from bench.loopback.chats import Chat, Fields, Keyboard, Shown

BATCH = 100
"""Updates that one answer may bring, as at Telegram."""
MAX_TEXT, MAX_BUTTON_BYTES = 4096, 64


class Refused(Exception):
    """Telegram would not have taken this call."""


class TooFast(Exception):
    """Telegram would have had the bot wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"retry after {seconds}")
        self.seconds = seconds


class Bot:
    """What Telegram knows of one bot: its chats, updates not yet confirmed, presses not yet answered."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.chats: dict[int, Chat] = {}
        self.unanswered: set[str] = set()
        self.refusals: list[str] = []
        self.told = 0
        """How many messages the bot has sent or changed."""
        self.asked = asyncio.Event()
        """Set as soon as updates are asked for."""
        self._pending: deque[Fields] = deque()
        self._update_numbers = count(1)
        self._query_numbers = count(1)
        self._arrived = asyncio.Event()
        self._me = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Kutse",
            "username": "kutse_bot",
        }
        self._methods: dict[str, Callable[[Fields], object]] = {
            "getme": lambda _: self._me,
            "deletewebhook": lambda _: True,
            "setmycommands": lambda _: True,
            "sendmessage": self._send,
            "editmessagetext": self._edit_text,
            "editmessagereplymarkup": self._edit_keyboard,
            "answercallbackquery": self._answer_press,
        }

    @property
    def unconfirmed(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self._pending)

    def types(self, chat: Chat, words: str) -> None:
        """Bring the bot what somebody wrote."""
        message = {
            "message_id": chat.numbers(),
            "from": chat.person,
            "chat": chat.as_written,
            "date": int(time.time()),
            "text": words,
        }
        if words.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(words)}]
        self.put({"message": message})

    def presses(self, chat: Chat, shown: Shown, button_data: str) -> None:
        """Bring the bot a press of a button under `shown`."""
        query = f"{chat.number}{next(self._query_numbers):08}"
        self.unanswered.add(query)
        press = {
            "id": query,
            "from": chat.person,
            "message": self._written(chat, shown),
            "chat_instance": str(chat.number * 31),
            "data": button_data,
        }
        self.put({"callback_query": press})

    def put(self, update: Fields) -> None:
        """Keep an update until the bot asks for it."""
        self._pending.append(self.numbered(update))
        self._arrived.set()

    def numbered(self, update: Fields) -> Fields:
        """Return an update with its number."""
        return {"update_id": next(self._update_numbers), **update}

    async def call(self, method: str, fields: Fields) -> object:
        """Do what the bot asks for.

        Raises:
            Refused: Telegram would not.
        """
        if method == "getupdates":
            return await self._updates(fields)
        if method not in self._methods:
            raise Refused("method not found")
        return self._methods[method](fields)

    async def _updates(self, fields: Fields) -> list[Fields]:
        offset = int(fields.get("offset") or 0)
        while self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()
        self.asked.set()
        if not self._pending:
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), float(fields.get("timeout") or 0))
            except TimeoutError:
                return []
        return [self._pending[at] for at in range(min(BATCH, len(self._pending)))]

    def _send(self, fields: Fields) -> Fields:
        chat = self._chat(fields)
        shown = Shown(chat.numbers(), _text(fields), _entities(fields), _keyboard(fields))
        self.told += 1
        chat.shows(shown)
        return self._written(chat, shown)

    def _edit_text(self, fields: Fields) -> Fields:
        return self._changed(fields, _text(fields), _entities(fields))

    def _edit_keyboard(self, fields: Fields) -> Fields:
        return self._changed(fields, None, [])

    def _changed(self, fields: Fields, text: str | None, entities: list[Fields]) -> Fields:
        chat = self._chat(fields)
        shown = chat.messages.get(int(fields.get("message_id") or 0))
        if shown is None:
            raise Refused("message to edit not found")
        changed = Shown(shown.number, text or shown.text, entities, _keyboard(fields))
        if text is None:
            changed.entities = shown.entities
        if changed == shown:
            raise Refused("message is not modified")
        self.told += 1
        chat.shows(changed)
        return {**self._written(chat, changed), "edit_date": int(time.time())}

    def _answer_press(self, fields: Fields) -> bool:
        query = str(fields.get("callback_query_id"))
        if query not in self.unanswered:
            raise Refused("query is too old and response timeout expired or query ID is invalid")
        self.unanswered.remove(query)
        return True

    def _chat(self, fields: Fields) -> Chat:
        chat = self.chats.get(int(fields.get("chat_id") or 0))
        if chat is None:
            raise Refused("chat not found")
        return chat

    def _written(self, chat: Chat, shown: Shown) -> Fields:
        message = {
            "message_id": shown.number,
            "from": self._me,
            "chat": chat.as_written,
            "date": int(time.time()),
            "text": shown.text,
        }
        if shown.entities:
            message["entities"] = shown.entities
        if shown.keyboard:
            message["reply_markup"] = {"inline_keyboard": shown.keyboard}
        return message


class BotApi:
    """The server of all bots."""

    def __init__(self) -> None:
        self.url = ""
        self._bots: dict[str, Bot] = {}

    def bot(self, token: str) -> Bot:
        """Return a new bot that answers to `token`; an earlier one of that token is gone."""
        bot = Bot(token)
        self.admit(bot)
        return bot

    def admit(self, bot: Bot) -> None:
        """Let `bot` be called here by its token; it may be called elsewhere, too."""
        self._bots[bot.token] = bot

    async def answer(self, request: BaseRequest) -> web.StreamResponse:
        """Answer one call."""
        head, _, method = request.path.removeprefix("/bot").partition("/")
        bot = self._bots.get(head)
        if bot is None:
            return _refusal(401, "Unauthorized")
        try:
            result = await bot.call(method.lower(), _fields(request, await request.read()))
        except Refused as refused:
            bot.refusals.append(f"{method}: {refused}")
            return _refusal(400, f"Bad Request: {refused}")
        except TooFast as flood:
            wait = {"retry_after": flood.seconds}
            return _refusal(429, f"Too Many Requests: {flood}", wait)
        return _json(200, {"ok": True, "result": result})


@asynccontextmanager
async def serving() -> AsyncIterator[BotApi]:
    """Serve the Bot API on a free port of the loopback."""
    api = BotApi()
    handler = web.Server(api.answer, access_log=None)
    server = await asyncio.get_running_loop().create_server(handler, "127.0.0.1", 0)
    api.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield api
    finally:
        server.close()
        await handler.shutdown(0.1)


def _fields(request: BaseRequest, body: bytes) -> Fields:
    if request.content_type == "application/json":
        fields: Fields = json.loads(body or b"{}")
        return fields
    if request.content_type.startswith("multipart/"):
        raise Refused("no file is sent to anybody here")
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _text(fields: Fields) -> str:
    text = str(fields.get("text") or "").strip()
    if not text:
        raise Refused("message text is empty")
    if len(text) > MAX_TEXT:
        raise Refused("message is too long")
    return text


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _entities(fields: Fields) -> list[Fields]:
    return list(_read(fields.get("entities")) or ())


def _keyboard(fields: Fields) -> Keyboard:
    markup = _read(fields.get("reply_markup"))
    keyboard: Keyboard = markup["inline_keyboard"] if markup else []
    for row in keyboard:
        for button in row:
            if (
                not button["text"]
                or not 0 < len(button["callback_data"].encode()) <= MAX_BUTTON_BYTES
            ):
                raise Refused("BUTTON_DATA_INVALID")
    return keyboard


def _refusal(code: int, description: str, wait: Fields | None = None) -> web.Response:
    refusal = {"ok": False, "error_code": code, "description": description}
    return _json(code, {**refusal, "parameters": wait} if wait else refusal)


def _json(status: int, body: Fields) -> web.Response:
    written = json.dumps(body, ensure_ascii=False).encode()
    return web.Response(body=written, status=status, content_type="application/json")
