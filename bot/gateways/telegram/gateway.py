"""Telegram as one of Kutse's gateways."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final, TypeAlias

import structlog
from typing_extensions import override

from bot.gateways.pictures import Pictures
from bot.gateways.port import (
    Delivered,
    Gateway,
    Hear,
    MenuEntry,
    Network,
    Outcome,
    Refused,
)
from bot.gateways.telegram.bot_api import NOT_MODIFIED, BotApi, Part
from bot.gateways.telegram.hearing import Hearing, Unread
from bot.gateways.telegram.layout import MAX_CAPTION, lay_out, units
from bot.gateways.telegram.poll import Poll
from bot.gateways.telegram.webhook import Webhook
from bot.runtime.allowance import Allowance
from bot.runtime.pace import Pace, Rate
from bot.texts.sheets import Attachment, Sheet

Menus: TypeAlias = Mapping[str | None, Sequence[MenuEntry]]
"""The menu in each language, by its two letters; that of None is for all other languages."""

_CAPTION: Final = "c"
"""Marks the ref of a message whose text is the caption of a file."""

PER_SECOND: Final = 28
"""Letters a second: Telegram takes about 30 (core.telegram.org/bots/faq), and that is what a second may have in all."""
_TO_ONE: Final = Rate(timedelta(seconds=1.1), burst=3)
"""The same source: one a second to one person; "short bursts" pass. Letters are not all as long on their way."""

log = structlog.get_logger(__name__)


class TelegramGateway(Gateway):
    """One bot: its letters go out here, and what people say comes in by `poll` or by `webhook`."""

    def __init__(
        self,
        bot: BotApi,
        *,
        unread: Unread,
        menus: Menus | None = None,
        per_second: int = PER_SECOND,
        pictures: Pictures | None = None,
    ) -> None:
        self._bot = bot
        self._per_second = per_second
        self._unread = unread
        self._pictures = pictures
        self._refused: set[int] = set()
        """Pictures that Telegram will not have: they are not sent to thousands to hear that again."""
        self._first = asyncio.Lock()
        """Held while a picture is sent for the first time: whoever comes next need not send it again."""
        self._menus = menus or {}
        self._polls: list[Poll] = []
        self._webhooks: list[Webhook] = []

    @property
    @override
    def network(self) -> Network:
        return Network.TELEGRAM

    @property
    @override
    def pace(self) -> Pace:
        """What Telegram allows; where it allows more to all, the same part of it may go to one."""
        interval = _TO_ONE.interval * PER_SECOND / max(self._per_second, PER_SECOND)
        return Pace(
            to_all=Allowance.a_second(self._per_second),
            to_one=Rate(interval, _TO_ONE.burst),
        )

    @override
    async def deliver(self, address: str, sheet: Sheet) -> Outcome:
        """Send `sheet`; one that is too long for a message is several, and the last is its `ref`.

        If one of several fails, so does the sheet: delivered again, it begins again.
        """
        chat = _chat(address)
        if chat is None:
            return Refused("Not an address of Telegram")
        *before, last = lay_out(sheet)
        outcome = await self._send(chat, sheet, before, last)
        if isinstance(outcome, Delivered):
            return replace(outcome, messages=_messages(sheet, before, last))
        return outcome

    async def _send(self, chat: int, sheet: Sheet, before: Sequence[Part], last: Part) -> Outcome:
        if sheet.picture is not None:
            is_all = _is_under_picture(sheet, before, last)
            outcome = await self._with_picture(chat, sheet.picture, last if is_all else None)
            if outcome is not None:
                return outcome
        for part in before:
            outcome = await self._bot.send(chat, part)
            if not isinstance(outcome, Delivered):
                return outcome
        if sheet.attachment is None:
            return await self._bot.send(chat, last)
        return await self._with_file(chat, last, sheet.attachment)

    async def _with_file(self, chat: int, part: Part, attachment: Attachment) -> Outcome:
        is_picture = attachment.mime.startswith("image/")
        send = self._bot.send_photo if is_picture else self._bot.send_file
        if units(part.text) <= MAX_CAPTION:
            outcome = await send(chat, attachment, part)
            return Delivered(outcome.ref + _CAPTION) if isinstance(outcome, Delivered) else outcome
        first = await self._bot.send(chat, part)
        if not isinstance(first, Delivered):
            return first
        outcome = await send(chat, attachment, Part(""))
        return first if isinstance(outcome, Delivered) else outcome

    async def _with_picture(self, chat: int, picture: int, caption: Part | None) -> Outcome | None:
        """Send a picture; without a caption, the text comes after it.

        Return what became of the sheet; None if the text is still to be sent.
        """
        outcome = await self._photo(chat, picture, caption or Part(""))
        if outcome is None or isinstance(outcome, Refused):
            return (
                None  # it has been erased, or Telegram will not have it: the words are what counts
            )
        if not isinstance(outcome, Delivered):
            return outcome
        return Delivered(outcome.ref + _CAPTION) if caption else None

    async def _photo(self, chat: int, picture: int, caption: Part) -> Outcome | None:
        """Send a picture by what Telegram calls it; the first time, as it is, and one at a time."""
        if self._pictures is None or picture in self._refused:
            return None
        if file := await self._pictures.called(picture, self._bot.number):
            outcome = await self._bot.send_photo(chat, file, caption)
            if not isinstance(outcome, Refused):
                return outcome
        async with self._first:
            if picture in self._refused:
                return None
            known = await self._pictures.called(picture, self._bot.number)
            if known and known != file:
                return await self._bot.send_photo(chat, known, caption)
            photo = await self._pictures.load(picture)
            if photo is None:
                return None
            outcome = await self._bot.send_photo(chat, photo, caption)
            if isinstance(outcome, Refused):
                self._refused.add(picture)
            if isinstance(outcome, Delivered) and outcome.file:
                await self._pictures.call(picture, self._bot.number, outcome.file)
            return outcome

    @override
    async def edit(self, address: str, ref: str, sheet: Sheet) -> Outcome:
        """Show `sheet` in place of `ref`; of one sent as several messages, the last changes."""
        chat, number = _chat(address), _chat(ref.removesuffix(_CAPTION))
        if chat is None or number is None:
            return Refused("Not an address or a message of Telegram")
        last = lay_out(sheet)[-1]
        outcome = await self._bot.edit(chat, number, last, is_caption=ref.endswith(_CAPTION))
        match outcome:
            case Refused(why) if why.startswith(NOT_MODIFIED):
                return Delivered(ref)
            case Delivered():
                return Delivered(ref)
            case _:
                return outcome

    async def run(self, hear: Hear) -> None:
        """Set the menus, drop a webhook if there is one, and poll until `stop`."""
        poll = Poll(self._bot, Hearing(self._bot, hear, self._unread))
        self._polls.append(poll)
        await self.set_menus()
        await poll.run()

    def webhook(self, hear: Hear, secret: str) -> Webhook:
        """Return where Telegram is to bring updates; first serve its route, then `announce` it.

        Raises:
            ValueError: the secret is none.
        """
        webhook = Webhook(Hearing(self._bot, hear, self._unread), secret)
        self._webhooks.append(webhook)
        return webhook

    async def announce(self, webhook: Webhook, public_url: str) -> Outcome:
        """Set the menus, and tell Telegram that the webhook's server is at `public_url`."""
        await self.set_menus()
        return await self._bot.set_webhook(public_url.rstrip("/") + webhook.path, webhook.secret)

    async def set_menus(self) -> None:
        """Set the commands people are offered; a failure is logged, for all else works without."""
        for language, entries in self._menus.items():
            outcome = await self._bot.set_menu(language, entries)
            if not isinstance(outcome, Delivered):
                log.warning("menu_not_set", language=language, outcome=type(outcome).__name__)

    def stop(self) -> None:
        """Let `run` return, once what has come is kept."""
        for poll in self._polls:
            poll.stop()

    @override
    async def close(self) -> None:
        self.stop()
        for webhook in self._webhooks:
            await webhook.finish()
        await self._bot.close()


def _is_under_picture(sheet: Sheet, before: Sequence[Part], last: Part) -> bool:
    """Return whether a picture can have all else that there is of a sheet under it."""
    return not before and sheet.attachment is None and units(last.text) <= MAX_CAPTION


def _messages(sheet: Sheet, before: Sequence[Part], last: Part) -> int:
    """Return how many messages a sheet is."""
    has_picture_apart = sheet.picture is not None and not _is_under_picture(sheet, before, last)
    has_file_apart = sheet.attachment is not None and units(last.text) > MAX_CAPTION
    return len(before) + 1 + has_picture_apart + has_file_apart


def _chat(address: str) -> int | None:
    return int(address) if address.isascii() and address.isdigit() else None
