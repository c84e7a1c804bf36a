"""Methods of the Bot API as aiogram declares them, with the fields in use.

They return only what is read of an answer. aiogram's own have all of Telegram's fields, and
validate a whole message to tell its number: three times the work on the hot path. What is sent
is the same.
"""

from typing import Any

from aiogram.methods import TelegramMethod
from aiogram.types import InlineKeyboardMarkup, InputFile, LinkPreviewOptions, MessageEntity
from pydantic import BaseModel


class Sent(BaseModel):
    """All that is read of a message that was sent."""

    message_id: int


class PhotoSize(BaseModel):
    """A size in which a picture is kept."""

    file_id: str


class SentPhoto(Sent):
    """What is read of a picture that was sent."""

    photo: list[PhotoSize]
    """The largest comes last."""


class GetUpdates(TelegramMethod[list[Any]]):
    """Updates as they came, read one by one elsewhere."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int
    limit: int
    timeout: int
    allowed_updates: list[str]


class SendMessage(TelegramMethod[Sent]):
    """Words, sent."""

    __returning__ = Sent
    __api_method__ = "sendMessage"

    chat_id: int
    text: str
    entities: list[MessageEntity] | None
    link_preview_options: LinkPreviewOptions
    reply_markup: InlineKeyboardMarkup | None


class EditMessageText(TelegramMethod[Sent]):
    """Words, changed."""

    __returning__ = Sent
    __api_method__ = "editMessageText"

    chat_id: int
    message_id: int
    text: str
    entities: list[MessageEntity] | None
    link_preview_options: LinkPreviewOptions
    reply_markup: InlineKeyboardMarkup | None


class EditMessageCaption(TelegramMethod[Sent]):
    """Words under a file, changed."""

    __returning__ = Sent
    __api_method__ = "editMessageCaption"

    chat_id: int
    message_id: int
    caption: str
    caption_entities: list[MessageEntity] | None
    reply_markup: InlineKeyboardMarkup | None


class SendDocument(TelegramMethod[Sent]):
    """A file with words under it, sent."""

    __returning__ = Sent
    __api_method__ = "sendDocument"

    chat_id: int
    document: InputFile
    caption: str
    caption_entities: list[MessageEntity] | None
    reply_markup: InlineKeyboardMarkup | None


class SendPhoto(TelegramMethod[SentPhoto]):
    """A picture with words under it, sent."""

    __returning__ = SentPhoto
    __api_method__ = "sendPhoto"

    chat_id: int
    photo: InputFile | str
    caption: str
    caption_entities: list[MessageEntity] | None
    reply_markup: InlineKeyboardMarkup | None
