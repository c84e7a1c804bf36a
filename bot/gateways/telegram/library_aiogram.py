"""The Bot API through aiogram: its methods and types as data, and its session."""

from collections.abc import Sequence
from datetime import timedelta
from math import ceil
from typing import Any, Final, TypeVar, cast

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    GetFile,
    GetMe,
    SetMyCommands,
    SetWebhook,
    TelegramMethod,
)
from aiogram.methods.base import Response
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    MessageEntity,
)
from typing_extensions import override

from bot.gateways.port import Delivered, MenuEntry, Outcome, Refused, TryLater, Unreachable, Unsure
from bot.gateways.telegram.aiogram_methods import (
    EditMessageCaption,
    EditMessageText,
    GetUpdates,
    SendDocument,
    SendMessage,
    SendPhoto,
    Sent,
    SentPhoto,
)
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
from bot.gateways.telegram.fetching import fetched
from bot.texts.sheets import Attachment

T = TypeVar("T")
SentT = TypeVar("SentT", bound=Sent)

# pydantic forgets a parametrised model that nobody holds, and would build it anew for every answer.
_ANSWERS: Final = (Response[Sent], Response[SentPhoto], Response[bool], Response[list[Any]])

# Telegram fetches what a preview shows; a link that works once would be used up.
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)


class _LeanSession(AiohttpSession):
    """Sends JSON instead of a form, unless there is a file: a tenth of the work."""

    @override
    async def make_request(
        self, bot: Bot, method: TelegramMethod[T], timeout: int | None = None
    ) -> T:
        if _has_file(method):
            return await super().make_request(bot, method, timeout)
        session = await self.create_session()
        limits = aiohttp.ClientTimeout(
            total=self.timeout if timeout is None else timeout,
            connect=CONNECTING.total_seconds(),
        )
        try:
            async with session.post(
                self.api.api_url(token=bot.token, method=method.__api_method__),
                data=method.model_dump_json(exclude_unset=True, exclude_none=True).encode(),
                headers={"Content-Type": "application/json"},
                timeout=limits,
            ) as answer:
                content = await answer.text()
        except (TimeoutError, aiohttp.ClientError) as error:
            raise TelegramNetworkError(method=method, message=type(error).__name__) from error
        response = self.check_response(bot, method, answer.status, content)
        return cast("T", response.result)  # it has passed as `ok`, and was validated

    @override
    async def close(self) -> None:
        # aiogram waits a quarter of a second more, as aiohttp before 3.12 needed.
        if self._session is not None:
            await self._session.close()


class AiogramApi:
    """One bot, through aiogram."""

    def __init__(self, token: str, url: str, *, patience: timedelta = PATIENCE) -> None:
        self.number = number_of(token)
        self._patience = patience.total_seconds()
        self._session = _LeanSession(api=TelegramAPIServer.from_base(url), timeout=self._patience)
        self._bot = Bot(token, session=self._session)

    async def who_am_i(self) -> Me | NoAnswer:
        """See `BotApi`."""
        try:
            me = await self._bot(GetMe())
        except (TelegramUnauthorizedError, TelegramNotFound) as error:
            return Refused(error.message)
        except (TelegramAPIError, ClientDecodeError) as error:
            return _no_answer(error)
        return Me(me.id, me.username or "")

    async def updates(
        self, offset: int, wait: timedelta, limit: int = 100
    ) -> RawUpdates | NoAnswer:
        """See `BotApi`."""
        seconds = int(wait.total_seconds())
        method = GetUpdates(
            offset=offset, limit=limit, timeout=seconds, allowed_updates=list(KINDS)
        )
        try:
            found = await self._bot(method, request_timeout=ceil(seconds + self._patience))
        except (TelegramAPIError, ClientDecodeError) as error:
            return _no_answer(error)
        return found

    async def send(self, chat: int, part: Part) -> Outcome:
        """See `BotApi`."""
        return await self._sent(
            SendMessage(
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
            return await self._sent(
                EditMessageCaption(
                    chat_id=chat,
                    message_id=message,
                    caption=part.text,
                    caption_entities=_entities(part),
                    reply_markup=_markup(part),
                )
            )
        return await self._sent(
            EditMessageText(
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
        return await self._sent(
            SendDocument(
                chat_id=chat,
                document=BufferedInputFile(attachment.content, attachment.name),
                caption=caption.text,
                caption_entities=_entities(caption),
                reply_markup=_markup(caption),
            ),
            patience=self._patience * 3,
        )

    async def send_photo(self, chat: int, photo: Attachment | str, caption: Part) -> Outcome:
        """See `BotApi`."""
        is_new = isinstance(photo, Attachment)
        return await self._sent(
            SendPhoto(
                chat_id=chat,
                photo=BufferedInputFile(photo.content, photo.name)
                if isinstance(photo, Attachment)
                else photo,
                caption=caption.text,
                caption_entities=_entities(caption),
                reply_markup=_markup(caption),
            ),
            patience=self._patience * 3 if is_new else None,
        )

    async def fetch(self, file: str, most: int) -> bytes | NoAnswer:
        """See `BotApi`."""
        try:
            found = await self._bot(GetFile(file_id=file))
        except (TelegramAPIError, ClientDecodeError) as error:
            return _no_answer(error)
        session = await self._session.create_session()
        url = self._session.api.file_url(self._bot.token, found.file_path or "")
        return await fetched(session, url, most, timedelta(seconds=self._patience * 3))

    async def answer_press(self, query: str) -> Outcome:
        """See `BotApi`."""
        return await self._done(AnswerCallbackQuery(callback_query_id=query))

    async def set_menu(self, language: str | None, entries: Sequence[MenuEntry]) -> Outcome:
        """See `BotApi`."""
        commands = [BotCommand(command=e.command, description=e.description) for e in entries]
        return await self._done(SetMyCommands(commands=commands, language_code=language))

    async def set_webhook(self, url: str, secret: str) -> Outcome:
        """See `BotApi`."""
        return await self._done(
            SetWebhook(url=url, secret_token=secret, allowed_updates=list(KINDS))
        )

    async def drop_webhook(self) -> Outcome:
        """See `BotApi`."""
        return await self._done(DeleteWebhook())

    async def close(self) -> None:
        """See `BotApi`."""
        await self._bot.session.close()

    async def _sent(
        self, method: TelegramMethod[SentT], *, patience: float | None = None
    ) -> Outcome:
        try:
            sent = await self._bot(
                method, request_timeout=None if patience is None else ceil(patience)
            )
        except (TelegramAPIError, ClientDecodeError) as error:
            return _no_answer(error)
        file = sent.photo[-1].file_id if isinstance(sent, SentPhoto) and sent.photo else None
        return Delivered(str(sent.message_id), file)

    async def _done(self, method: TelegramMethod[bool]) -> Outcome:
        try:
            await self._bot(method)
        except (TelegramAPIError, ClientDecodeError) as error:
            return _no_answer(error)
        return Delivered("")


def _has_file(method: TelegramMethod[T]) -> bool:
    return isinstance(method, SendDocument) or (
        isinstance(method, SendPhoto) and isinstance(method.photo, InputFile)
    )


def _entities(part: Part) -> list[MessageEntity] | None:
    return [
        MessageEntity(
            type=stretch.look.value, offset=stretch.offset, length=stretch.length, url=stretch.url
        )
        for stretch in part.stretches
    ] or None


def _markup(part: Part) -> InlineKeyboardMarkup | None:
    if not part.buttons:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=button.label, callback_data=button.data) for button in row]
            for row in part.buttons
        ]
    )


def _no_answer(error: TelegramAPIError | ClientDecodeError) -> NoAnswer:
    match error:
        case TelegramRetryAfter():
            return TryLater(timedelta(seconds=error.retry_after))
        case TelegramNetworkError():
            is_unsent = isinstance(
                error.__cause__, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError
            )
            return TryLater(SOON) if is_unsent else Unsure()
        case TelegramForbiddenError():
            return Unreachable()
        case TelegramUnauthorizedError() | TelegramNotFound():
            return TryLater(TOKEN_IS_MENDED_AFTER)
        case TelegramServerError():
            return broken(error.message)
        case TelegramAPIError():
            return refused(error.message)
        case ClientDecodeError():
            return Unsure()
