"""The Bot API through python-telegram-bot: its `Bot`, its types, and a session of our own."""

import json
import os
from collections.abc import Awaitable, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final

import aiohttp
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    MessageEntity,
)
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData
from typing_extensions import override

from bot.gateways.port import Delivered, MenuEntry, Outcome, Refused, TryLater, Unreachable, Unsure
from bot.gateways.telegram.bot_api import (
    CONNECTING,
    KINDS,
    PATIENCE,
    SOON,
    TOKEN_IS_MENDED_AFTER,
    Me,
    NoAnswer,
    Part,
    RawUpdates,
    broken,
    number_of,
    refused,
)
from bot.texts.sheets import Attachment

# The library's own way to ask for timedeltas; without it, it warns each time it is told to wait.
os.environ.setdefault("PTB_TIMEDELTA", "true")

# Telegram fetches what a preview shows; a link that works once would be used up.
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)

_UNSENT: Final = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class _Session(BaseRequest):
    """Lets the library speak through aiohttp, which the web chat needs anyway.

    Its own httpx takes six times the work for a letter, and writes the token into logs at INFO.
    """

    __slots__ = ("_client", "_patience")

    def __init__(self, patience: timedelta) -> None:
        self._patience = patience.total_seconds()
        self._client: aiohttp.ClientSession | None = None

    @property
    @override
    def read_timeout(self) -> float:
        return self._patience

    @override
    async def initialize(self) -> None:
        self._open()

    def _open(self) -> aiohttp.ClientSession:
        if self._client is None:
            self._client = aiohttp.ClientSession()
        return self._client

    @override
    async def shutdown(self) -> None:
        if self._client is not None:
            await self._client.close()

    @override
    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        has_files = request_data is not None and request_data.contains_files
        patience = self._patience * 3 if has_files else self._patience
        if isinstance(read_timeout, int | float):
            patience = max(patience, read_timeout)
        limits = aiohttp.ClientTimeout(total=patience, connect=CONNECTING.total_seconds())
        body, headers = _body(request_data)
        try:
            async with self._open().request(
                method, url, data=body, headers=headers, timeout=limits
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut(type(error).__name__) from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from error


class _RawUpdates(_Session):
    """Keeps updates as they came and hands the library none: it would reject all for one."""

    __slots__ = ("found",)

    found: list[Any]

    @override
    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        code, payload = await super().do_request(*args, **kwargs)
        if code != HTTPStatus.OK:
            return code, payload
        self.found = self.parse_json_payload(payload)["result"]
        return code, b'{"ok": true, "result": []}'


def _body(given: RequestData | None) -> tuple[bytes | aiohttp.FormData, dict[str, str]]:
    """Return JSON, or a form of several parts if there is a file."""
    if given is None or not given.contains_files:
        parameters = {} if given is None else given.parameters
        return json.dumps(parameters).encode(), {"Content-Type": "application/json"}
    form = aiohttp.FormData(given.json_parameters, quote_fields=False)
    for name, (filename, content, mime) in given.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form, {}


class PtbApi:
    """One bot, through python-telegram-bot."""

    def __init__(self, token: str, url: str, *, patience: timedelta = PATIENCE) -> None:
        self.number = number_of(token)
        self._sending = _Session(patience)
        self._polling = _RawUpdates(patience)
        self._bot = Bot(
            token,
            base_url=f"{url.rstrip('/')}/bot",
            request=self._sending,
            get_updates_request=self._polling,
        )

    async def who_am_i(self) -> Me | NoAnswer:
        """See `BotApi`."""
        try:
            me = await self._bot.get_me()
        except InvalidToken as error:
            return Refused(error.message)
        except TelegramError as error:
            return _no_answer(error)
        return Me(me.id, me.username or "")

    async def updates(
        self, offset: int, wait: timedelta, limit: int = 100
    ) -> RawUpdates | NoAnswer:
        """See `BotApi`."""
        try:
            await self._bot.get_updates(
                offset=offset, limit=limit, timeout=wait, allowed_updates=KINDS
            )
        except TelegramError as error:
            return _no_answer(error)
        return self._polling.found

    async def send(self, chat: int, part: Part) -> Outcome:
        """See `BotApi`."""
        return await _sent(
            self._bot.send_message(
                chat_id=chat,
                text=part.text,
                entities=_entities(part),
                link_preview_options=_NO_PREVIEW,
                reply_markup=_markup(part),
            )
        )

    async def edit(self, chat: int, message: int, part: Part, *, is_caption: bool) -> Outcome:
        """See `BotApi`."""
        if is_caption:
            return await _sent(
                self._bot.edit_message_caption(
                    chat_id=chat,
                    message_id=message,
                    caption=part.text,
                    caption_entities=_entities(part),
                    reply_markup=_markup(part),
                )
            )
        return await _sent(
            self._bot.edit_message_text(
                chat_id=chat,
                message_id=message,
                text=part.text,
                entities=_entities(part),
                link_preview_options=_NO_PREVIEW,
                reply_markup=_markup(part),
            )
        )

    async def send_file(self, chat: int, attachment: Attachment, caption: Part) -> Outcome:
        """See `BotApi`."""
        return await _sent(
            self._bot.send_document(
                chat_id=chat,
                document=InputFile(attachment.content, filename=attachment.name),
                caption=caption.text or None,
                caption_entities=_entities(caption),
                reply_markup=_markup(caption),
            )
        )

    async def answer_press(self, query: str) -> Outcome:
        """See `BotApi`."""
        return await _sent(self._bot.answer_callback_query(callback_query_id=query))

    async def set_menu(self, language: str | None, entries: Sequence[MenuEntry]) -> Outcome:
        """See `BotApi`."""
        commands = [BotCommand(entry.command, entry.description) for entry in entries]
        return await _sent(self._bot.set_my_commands(commands, language_code=language))

    async def set_webhook(self, url: str, secret: str) -> Outcome:
        """See `BotApi`."""
        return await _sent(
            self._bot.set_webhook(url=url, secret_token=secret, allowed_updates=KINDS)
        )

    async def drop_webhook(self) -> Outcome:
        """See `BotApi`."""
        return await _sent(self._bot.delete_webhook())

    async def close(self) -> None:
        """See `BotApi`."""
        await self._sending.shutdown()
        await self._polling.shutdown()


def _entities(part: Part) -> list[MessageEntity] | None:
    return [
        MessageEntity(type=stretch.look.value, offset=stretch.offset, length=stretch.length)
        for stretch in part.stretches
    ] or None


def _markup(part: Part) -> InlineKeyboardMarkup | None:
    if not part.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.label, callback_data=button.data) for button in row]
            for row in part.buttons
        ]
    )


async def _sent(call: Awaitable[Message | bool]) -> Outcome:
    """Return the outcome of a call; what it did not send has no ref."""
    try:
        result = await call
    except TelegramError as error:
        return _no_answer(error)
    return Delivered(str(result.message_id) if isinstance(result, Message) else "")


def _no_answer(error: TelegramError) -> NoAnswer:
    match error:
        case RetryAfter():
            # The library's type still allows whole seconds, which it no longer gives (see above).
            wait = error.retry_after
            return TryLater(wait if isinstance(wait, timedelta) else timedelta(seconds=wait))
        case Forbidden():
            return Unreachable()
        case InvalidToken():
            return TryLater(TOKEN_IS_MENDED_AFTER)
        case BadRequest():
            return refused(error.message)
        case NetworkError() if isinstance(error.__cause__, _UNSENT):
            return TryLater(SOON)
        case NetworkError() if error.__cause__ is None:
            return broken(error.message)
        case NetworkError():
            return Unsure()
        case _:
            return Unsure()
