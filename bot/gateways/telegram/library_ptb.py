"""The Bot API through python-telegram-bot: its `Bot`, its types, and sessions of our own."""

import os
from collections.abc import Awaitable, Sequence
from datetime import timedelta
from typing import Final

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
)

from bot.gateways.port import Delivered, MenuEntry, Outcome, Refused, TryLater, Unreachable, Unsure
from bot.gateways.telegram.bot_api import (
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
from bot.gateways.telegram.ptb_sessions import AiohttpSession, RawUpdatesSession
from bot.texts.sheets import Attachment

# The library's own way to ask for timedeltas; without it, it warns each time it is told to wait.
os.environ.setdefault("PTB_TIMEDELTA", "true")

# Telegram fetches what a preview shows; a link that works once would be used up.
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)

_UNSENT: Final = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class PtbApi:
    """One bot, through python-telegram-bot."""

    def __init__(self, token: str, url: str, *, patience: timedelta = PATIENCE) -> None:
        self.number = number_of(token)
        self._sending = AiohttpSession(patience)
        self._polling = RawUpdatesSession(patience)
        self._bot = Bot(
            token,
            base_url=f"{url.rstrip('/')}/bot",
            base_file_url=f"{url.rstrip('/')}/file/bot",
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

    async def send_photo(self, chat: int, photo: Attachment | str, caption: Part) -> Outcome:
        """See `BotApi`."""
        return await _sent(
            self._bot.send_photo(
                chat_id=chat,
                photo=InputFile(photo.content, filename=photo.name)
                if isinstance(photo, Attachment)
                else photo,
                caption=caption.text or None,
                caption_entities=_entities(caption),
                reply_markup=_markup(caption),
            )
        )

    async def fetch(self, file: str, most: int) -> bytes | NoAnswer:
        """See `BotApi`."""
        try:
            found = await self._bot.get_file(file)
        except TelegramError as error:
            return _no_answer(error)
        return await self._sending.fetched(found.file_path or "", most)

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
        MessageEntity(
            type=stretch.look.value, offset=stretch.offset, length=stretch.length, url=stretch.url
        )
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
    if not isinstance(result, Message):
        return Delivered("")
    return Delivered(str(result.message_id), result.photo[-1].file_id if result.photo else None)


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
