"""The people of a story on Telegram: a Bot API server on the loopback, through either library."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import repeat

from aiohttp import web

from bot.domain.pictures import LARGEST
from bot.gateways.pictures import Pictures
from bot.gateways.port import (
    Delivered,
    Hear,
    Incoming,
    Kind,
    Left,
    Network,
    Offered,
    Pressed,
    Returned,
    Said,
    Typed,
    Unreadable,
)
from bot.gateways.telegram import BotApi, Library
from bot.gateways.telegram.gateway import TelegramGateway
from bot.gateways.telegram.hearing import Hearing
from bot.gateways.telegram.layout import NOTHING, ON
from bot.gateways.telegram.poll import Poll
from bot.texts.sheets import Attachment, Link, Row, Section, Sheet
from handlers.incoming import hearing
from tests.networks.playing import NetworkPlayer, OpenWire
from tests.serving import serving
from tests.story import Actor, pressable
from tests.telegram.chats import Message, Shown
from tests.telegram.conftest import client
from tests.telegram.people import Person, Press
from tests.telegram.server import BotApiServer
from tests.telegram.wire import Call

SECRET = "a-secret-of-the-school_1234"
ATTACHED = {Kind.STICKER: "sticker", Kind.VOICE: "voice", Kind.FILE: "document"}


class AnswerWasLost(Exception):
    """What was said is kept, but Telegram does not learn it."""


class TelegramWire:
    """Telegram, with everybody of a story on it."""

    def __init__(self, player: NetworkPlayer, server: BotApiServer, api: BotApi) -> None:
        self.server = server
        self._player = player
        pictures = Pictures(player.house.database, player.house.setting.school.key)
        self.gateway = TelegramGateway(api, unread=_keep_unread, pictures=pictures)
        self._losing: Counter[str] = Counter()
        self._read: Counter[str] = Counter()

    @property
    def hear(self) -> Hear:
        """Hears what comes; may then fail, so that Telegram delivers it again."""
        heard = hearing(self._player.house.turns)

        async def hear(incoming: Incoming) -> None:
            await heard(incoming)
            if self._losing[incoming.address]:
                self._losing[incoming.address] -= 1
                raise AnswerWasLost

        return hear

    def whose(self, address: str) -> Actor:
        """Return who has this number."""
        here = (a for a in self._player.actors.values() if a.network is Network.TELEGRAM)
        return next(actor for actor in here if actor.address == address)

    async def keeps(self, actor: Actor) -> list[str]:
        """Return nothing: what is said here is Telegram's to keep."""
        return []

    async def arrives(self, actor: Actor) -> None:
        """Let somebody have started the bot."""
        self._person(actor).has_started = True

    async def say(self, actor: Actor, said: Said, times: int) -> None:
        """Let somebody use their app; return once all that was said is confirmed."""
        person = self._person(actor)
        self._losing[actor.address] += times - 1
        press: Press | None = None
        match said:
            case Typed(words):
                await person.types(words)
            case Pressed(data):
                press = self._press(actor, person, data)
            case Offered(size, fetch):
                self.server.methods.files["a-picture"] = await fetch(LARGEST)
                await person.sends_photo("a-picture", size or 0)
            case Unreadable(Kind.EDITED):
                await person.edits("what was meant")
            case Unreadable(Kind.GROUP):
                await person.types_in_a_group("hello everybody")
            case Unreadable(kind):
                await person.sends(ATTACHED[kind])
            case Left():
                await person.blocks()
            case Returned():
                await person.unblocks()
        await self.server.all_confirmed()
        if press:
            await person.answered(press)

    async def sees(self, actor: Actor, ref: str, sheet: Sheet) -> Sheet:
        """Return what is in the chat of the sheet: new messages, or one that was edited."""
        hears = self._person(actor).hears
        new = [message for message in hears if message.number > self._read[actor.name]]
        if new:
            self._read[actor.name] = new[-1].number
        number = int(ref.removesuffix("c"))
        return read_back(new or [m for m in hears if m.number == number], sheet)

    def _person(self, actor: Actor) -> Person:
        number = int(actor.address)
        known = self.server.people.get(number)
        return known or self.server.person(number, actor.name.capitalize(), actor.language)

    @staticmethod
    def _press(actor: Actor, person: Person, data: str) -> Press:
        """Press the button of the newest message that has it; what nobody was given is forged."""
        for seen in reversed(person.hears):
            if data in {carried for _, carried in seen.data}:
                return person.presses_data(data, person.messages[seen.number])
        given = {row.data for sheet in actor.sheets for row in pressable(sheet)}
        assert data not in given, f"{actor.name} does not see the button of {data}"
        person.has_started = True
        return person.presses_data(data, Message(0, person.date, is_by_bot=True))


def read_back(messages: Sequence[Shown], meant: Sheet) -> Sheet:
    """Return the sheet that messages show.

    `meant` tells only what a network does not: what an arrow is called, and what is a foot.
    """
    last = next(m for m in reversed(messages) if m.text or m.buttons)
    text = "\n".join(message.text for message in messages if message.text)
    first = [m for m in messages if m.text][:1]
    title = next((b for m in first for b in m.bold if text.startswith(b)), None)
    text = text.removeprefix(title).lstrip("\n") if title else text
    for hint in last.italic[-1:]:
        text = text.removesuffix(hint).rstrip("\n")
    rows, text = _with_details([*_buttons(last, meant)], text)
    links = tuple(Link(*link) for message in messages for link in message.links)
    text, sections, foot = _below(text, {b for m in messages for b in m.bold}, links, meant)
    photos = [m.photo for m in messages if m.photo and meant.picture is None]
    file = next((f for f in (*(m.document for m in messages), *photos) if f), None)
    mime = "image/png" if photos else ""
    has_picture = meant.picture is not None and any(m.photo for m in messages)
    return Sheet(
        text,
        meant.language,
        title=title,
        sections=sections,
        foot=foot,
        rows=tuple(rows),
        attachment=Attachment(file.name, mime, file.content) if file else None,
        links=links,
        picture=meant.picture if has_picture else None,
    )


def _below(
    text: str, bold: set[str], links: tuple[Link, ...], meant: Sheet
) -> tuple[str, tuple[Section, ...], str | None]:
    """Return the text, what stands below it under titles, and what follows the links.

    Where nothing says where the one ends and the next begins, it looks the same on a network.
    """
    labels = [link.label for link in links]
    first: list[str] = []
    last: list[str] = []
    begins = meant.sections and not meant.text
    sections: list[tuple[str | None, list[str]]] = [(None, [])] if begins else []
    for paragraph in text.split("\n\n"):
        if paragraph in labels:
            continue
        if paragraph in bold:
            sections.append((paragraph, []))
        elif sections:
            sections[-1][1].append(paragraph)
        else:
            (last if links and meant.foot == paragraph else first).append(paragraph)
    return (
        "\n\n".join(first),
        tuple(Section(title, "\n\n".join(told)) for title, told in sections if title or told),
        "\n\n".join(last) or None,
    )


def _buttons(shown: Shown, meant: Sheet) -> list[Row]:
    """Return the buttons, those that turn pages last."""
    called = {row.data: row.label for row in pressable(meant)}
    rows: list[Row] = []
    pager: list[Row] = []
    start = 0
    for labels in shown.buttons:
        buttons = shown.data[start : start + len(labels)]
        start += len(labels)
        if any(data == NOTHING for _, data in buttons):
            pager += [Row(called[data], data) for _, data in buttons if data != NOTHING]
        else:
            rows += [
                Row(label.removeprefix(ON), data, is_on=True if label.startswith(ON) else None)
                for label, data in buttons
            ]
    return [*rows, *pager]


def _with_details(rows: list[Row], text: str) -> tuple[list[Row], str]:
    """Give the buttons what is said of them in a numbered list at the end of the text."""
    for count in range(len(rows), 0, -1):
        lines = (
            rf"\d+\. {re.escape(row.label)}(?:: (?P<_{place}>.*))?"
            for place, row in enumerate(rows[:count])
        )
        listed = re.search(r"\n\n" + r"\n".join(lines) + r"\Z", text)
        if listed:
            detailed = [
                Row(row.label, row.data, listed[f"_{place}"], row.is_on)
                for place, row in enumerate(rows[:count])
            ]
            return [*detailed, *rows[count:]], text[: listed.start()]
    return rows, text


async def _keep_unread(update: str, why: str) -> None:
    raise AssertionError(f"update {update} could not be read: {why}")


def by_polling(
    library: Library, called: Callable[[list[Call]], None] = lambda _: None
) -> OpenWire:
    """Return a wire on which the bot asks Telegram for updates.

    `called` is told in the end what the bot called, but for its asking.
    """

    @asynccontextmanager
    async def opened(player: NetworkPlayer) -> AsyncIterator[TelegramWire]:
        async with BotApiServer() as server:
            api = client(library, server.url)
            wire = TelegramWire(player, server, api)
            listening = Hearing(api, wire.hear, _keep_unread)
            poll = Poll(api, listening, pauses=lambda: repeat(timedelta(milliseconds=2)))
            polling = asyncio.create_task(poll.run())
            try:
                yield wire
            finally:
                poll.stop()
                await polling
                await wire.gateway.close()
            called([call for call in server.calls if call.method != "getUpdates"])

    return opened


def by_webhook(library: Library) -> OpenWire:
    """Return a wire on which Telegram brings updates to the school's server."""

    @asynccontextmanager
    async def opened(player: NetworkPlayer) -> AsyncIterator[TelegramWire]:
        async with BotApiServer() as server:
            wire = TelegramWire(player, server, client(library, server.url))
            webhook = wire.gateway.webhook(wire.hear, SECRET)
            app = web.Application()
            app.router.add_routes([webhook.route()])
            runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
            async with serving(runner) as port:
                here = f"http://127.0.0.1:{port}"
                try:
                    assert await wire.gateway.announce(webhook, here) == Delivered("")
                    yield wire
                finally:
                    await wire.gateway.close()

    return opened
