"""Telegram, through either of two libraries.

    raw updates ─▶ incoming ─▶ hearing ─▶ hear            poll.py or webhook.py bring them
    sheet ─▶ layout ─▶ BotApi.send ─▶ outcome             library_aiogram.py or library_ptb.py

The libraries serve as typed clients of the Bot API. Each is imported only when it is chosen:
aiogram alone costs seconds and a hundred megabytes.
"""

from enum import StrEnum

from bot.gateways.telegram.bot_api import TELEGRAM, BotApi, Me


class Library(StrEnum):
    """Which library talks to the Bot API."""

    AIOGRAM = "aiogram"
    PTB = "python-telegram-bot"


def connect(library: Library, token: str, *, url: str = TELEGRAM) -> BotApi:
    """Return a client of the bot that `token` belongs to; nothing is sent yet.

    `url` is where the Bot API is, without "/bot"; a local Bot API server has another.

    Raises:
        ValueError: `token` does not look like one.
    """
    match library:
        case Library.AIOGRAM:
            from bot.gateways.telegram.library_aiogram import AiogramApi  # noqa: PLC0415  # only if chosen

            return AiogramApi(token, url)
        case Library.PTB:
            from bot.gateways.telegram.library_ptb import PtbApi  # noqa: PLC0415  # only if chosen

            return PtbApi(token, url)


__all__ = ["BotApi", "Library", "Me", "connect"]
