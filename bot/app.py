"""Builds everything, once: this is the only module that knows every part."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

import structlog
from aiohttp import web

from bot.conversation.messages import Speak
from bot.demo.clock import DemoClock, first_morning
from bot.demo.stage import DEMO_SCHOOL, Stage, begin_anew, demo_file, refuse_a_real_school
from bot.domain.people import Command, PersonId
from bot.domain.school import School
from bot.for_good import kept_for_good
from bot.gateways.pictures import Pictures
from bot.gateways.port import Delivered, Hear, MenuEntry, Network, Refused
from bot.gateways.telegram import Library, Me, connect
from bot.gateways.telegram.gateway import TelegramGateway
from bot.gateways.telegram.poll import pauses
from bot.gateways.telegram.webhook import Webhook
from bot.gateways.web.front import Front
from bot.gateways.web.gateway import WebGateway
from bot.gateways.web.kept import KeptHistory
from bot.gateways.web.limits import heads_within
from bot.gateways.web.routes import mount
from bot.logs import set_up_logs
from bot.only_one import only_one
from bot.open_files import allow_many
from bot.runtime.arriving import keep_unread
from bot.runtime.commands import every_command
from bot.runtime.desk import Desk
from bot.runtime.registry import Registry, every_journey
from bot.runtime.sweep import Sweep
from bot.runtime.turns import Turns
from bot.runtime.work import Carry, Work, Written
from bot.scheduler.relay import Relay
from bot.scheduler.ticks import Ticks
from bot.school import load_school
from bot.settings import Settings
from bot.storage.database import Database, migrate, open_database
from bot.system_clock import system_clock
from bot.texts.moments import own_name
from bot.texts.render import NOBODY, Texts
from handlers.incoming import MENU, hearing

log = structlog.get_logger()
Clock = Callable[[], datetime]
Opened = Callable[[str], None]
"""Told the address once the web chat answers there."""
LOOK_AGAIN, LOOK_AGAIN_SHARED = timedelta(seconds=15), timedelta(seconds=2)
WEBHOOKS = "/telegram/"


@dataclass(slots=True)
class KnownAs:
    """What the school's bot is called where it is connected."""

    on_telegram: str | None = None
    """Its name in links; None until Telegram has said it."""


@dataclass(frozen=True, slots=True)
class SchoolSetting:
    """What stays the same from turn to turn in one school."""

    school: School
    registry: Registry
    carries: Mapping[type[Command], Carry]
    secret: bytes
    texts: Texts
    page: str
    public_url: str | None
    known_as: KnownAs = field(default_factory=KnownAs)

    def way_in(self, code: str, network: str | None) -> str:
        """Return a link that says `code` to the bot: on a network if it is connected, else on the school's page."""
        if network == Network.TELEGRAM and self.known_as.on_telegram:
            return f"https://t.me/{self.known_as.on_telegram}?start={code}"
        return f"{self.page}/c/{code}"

    def speak(self, language: str, names: Mapping[PersonId, str] = NOBODY) -> Speak:
        """Return what puts messages into `language`; people not in `names` are "somebody"."""
        return self.texts.speak(language, names)

    def look(self, work: Work) -> Desk:
        """Return the port through which dialogues look things up in this turn."""
        return Desk(work, self.public_url)


@dataclass(frozen=True, slots=True)
class House:
    """One school's bot, built and not yet running."""

    settings: Settings
    setting: SchoolSetting
    database: Database
    turns: Turns
    sweep: Sweep
    relay: Relay
    ticks: Ticks
    clock: Clock

    @property
    def menus(self) -> Mapping[str, list[MenuEntry]]:
        """The commands of the menu in each of the school's languages."""
        commands = [(way.command, way.menu) for way in MENU]
        return {
            language: [MenuEntry(*entry) for entry in self.setting.texts.menu(language, commands)]
            for language in self.setting.school.languages
        }


def build(settings: Settings, school: School, database: Database, clock: Clock) -> House:
    """Put a school's bot together over an open database."""
    texts = Texts(school, clock)
    setting = SchoolSetting(
        school,
        every_journey(),
        every_command(),
        settings.key_for(school),
        texts,
        settings.web_url,
        settings.public_url,
    )
    relay = Relay(database, setting, texts, clock)
    sweep = Sweep(database, setting, clock)
    ticks = Ticks(database, setting, sweep, relay, clock, system_clock)

    def committed(written: Written) -> None:
        relay.deliver(written.in_hand)
        relay.queue(written.written_to)
        if written.has_broadcasts:
            relay.feeder.look()
        if written.has_letters or written.has_broadcasts:
            relay.wake()
        ticks.planned(written.earliest)

    sweep.on_commit = relay.on_commit = committed
    # Where other processes write to the same people, only the outbox knows whose turn it is.
    hands = None if database.is_shared else relay.hands
    turns = Turns(database, setting, clock, committed, hands)
    return House(settings, setting, database, turns, sweep, relay, ticks, clock)


async def run(
    settings: Settings, school: School, opened: Opened, clock: Clock = system_clock
) -> None:
    """Run a school's bot until cancelled; its days and nights are those of `clock`."""
    set_up_logs(settings.log_level)
    url = settings.database_for(school)
    with only_one(url), closing(open_database(url)) as database:
        with kept_for_good():
            house = build(settings, school, database, clock)
        async with running(house, opened) as failed:
            await failed


async def demo(settings: Settings, opened: Opened) -> None:
    """Run the made-up school, or the school that is set, with a clock that can be moved."""
    set_up_logs(settings.log_level)
    school = load_school(settings.school or DEMO_SCHOOL)
    file = demo_file(settings.data_folder)
    url = settings.database_url or f"sqlite:///{file}"
    with only_one(url):
        if settings.database_url is None:
            begin_anew(file)
        migrate(url)
        with closing(open_database(url)) as database:
            await database.run(lambda tx: refuse_a_real_school(tx, school.key))
            clock = DemoClock(system_clock, first_morning(system_clock(), school))
            with kept_for_good():
                house = build(settings, school, database, clock)
            stage = Stage(house.setting, database, house.sweep, house.relay, clock)
            async with running(house, opened, stage) as failed:
                await failed


@asynccontextmanager
async def running(
    house: House, opened: Opened, stage: Stage | None = None
) -> AsyncIterator[asyncio.Future[None]]:
    """Serve the web chat, and Telegram if there is a token; let letters and time flow.

    What is given fails as soon as one of these has failed for good: then it is best to begin anew.
    """
    allow_many()
    hear = hearing(house.turns)
    history = KeptHistory(house.database, house.setting.school.key)
    app = web.Application()
    telegram = Telegram(house, hear) if house.settings.telegram_token else None
    pictures = Pictures(house.database, house.setting.school.key)
    demo = stage.demo if stage else None
    gateway = WebGateway(front_of(house), history, hear, demo=demo, pictures=pictures)
    mount(app, gateway)
    if telegram:
        app.add_routes([telegram.route()])
    within = heads_within(gateway.front)
    # No page of ours sends anything compressed; so nothing small can become large.
    runner = web.AppRunner(
        app, access_log=None, keepalive_timeout=within.total_seconds(), auto_decompress=False
    )
    failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    listening: asyncio.Task[None] | None = None
    relaying: asyncio.Task[None] | None = None
    try:
        await house.relay.recover(alone=not house.database.is_shared)
        house.relay.connect(gateway)
        relaying = _watched(house.relay.run(), failed)
        await runner.setup()
        await web.TCPSite(runner, house.settings.web_host, house.settings.web_port).start()
        house.ticks.start()
        if stage:
            await stage.set_the_scene(hear, history)
        opened(_address(house.settings, runner))
        if telegram:
            listening = _watched(telegram.run(), failed)
        yield failed
    finally:
        house.ticks.stop()
        # First nothing more comes in, then all letters in hand leave, then the ways out are closed.
        if telegram and listening is not None:
            if not telegram.stop():
                listening.cancel()
            await _ended(listening)
        if relaying is not None:
            relaying.cancel()
            await _ended(relaying)
        if telegram:
            await telegram.close()
        await runner.cleanup()


def _watched(work: Coroutine[Any, Any, None], failed: asyncio.Future[None]) -> asyncio.Task[None]:
    """Start `work`; let `failed` fail with it."""
    task = asyncio.create_task(work)

    def told(done: asyncio.Task[None]) -> None:
        failure = None if done.cancelled() else done.exception()
        if failure and not failed.done():
            failed.set_exception(failure)

    task.add_done_callback(told)
    return task


async def _ended(task: asyncio.Task[None]) -> None:
    """Wait until `task` has ended, however it ends: it is watched."""
    await asyncio.wait({task})


class Telegram:
    """The school's bot on Telegram: by webhook where a public address is set, else by long polling.

    The library is imported when the web chat answers already: it takes seconds.
    """

    def __init__(self, house: House, hear: Hear) -> None:
        self._house, self._hear = house, hear
        self._gateway: TelegramGateway | None = None
        self._webhook: Webhook | None = None
        self._stopped = asyncio.Event()

    def route(self) -> web.RouteDef:
        """Return the route by which Telegram brings updates; it is closed until a webhook is announced."""
        return web.post(f"{WEBHOOKS}{{path}}", self._answer)

    async def run(self) -> None:
        """Connect, and take updates until stopped."""
        settings, school = self._house.settings, self._house.setting.school
        if settings.telegram_token is None:
            return
        token = settings.telegram_token.get_secret_value()
        library = Library(settings.telegram_library.value)
        with kept_for_good():
            api = await asyncio.to_thread(connect, library, token, url=settings.telegram_api_url)
        menus: dict[str | None, Sequence[MenuEntry]] = dict(self._house.menus.items())
        menus[None] = self._house.menus[school.default_language]
        per_second = settings.telegram_per_second
        self._gateway = TelegramGateway(
            api,
            unread=self._unread,
            menus=menus,
            per_second=per_second,
            pictures=Pictures(self._house.database, school.key),
        )
        self._house.relay.connect(self._gateway)
        me = await api.who_am_i()
        if isinstance(me, Refused):
            log.error("telegram does not know this token", school=school.key)
        else:
            if isinstance(me, Me):
                self._house.setting.known_as.on_telegram = me.username
            log.info("telegram connected", school=school.key, library=library.value)
        if settings.public_url is None:
            await self._gateway.run(self._hear)
            return
        secret = hmac.digest(self._house.setting.secret, b"kutse.webhook", hashlib.sha256).hex()
        self._webhook = self._gateway.webhook(self._hear, secret)
        for pause in pauses():
            outcome = await self._gateway.announce(self._webhook, settings.public_url)
            if isinstance(outcome, Delivered):
                return
            log.error("webhook not set", school=school.key, outcome=type(outcome).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), pause.total_seconds())
            if self._stopped.is_set():
                return

    def stop(self) -> bool:
        """Take no more updates; what has come is kept. Return whether any were being taken."""
        self._stopped.set()
        if self._gateway is None:
            return False
        self._gateway.stop()
        return True

    async def close(self) -> None:
        """Let go of the network."""
        if self._gateway:
            await self._gateway.close()

    async def _answer(self, request: web.Request) -> web.Response:
        if self._webhook is None or request.path != self._webhook.path:
            return web.Response(status=HTTPStatus.NOT_FOUND)
        return await self._webhook.answer(request)

    async def _unread(self, update: str, why: str) -> None:
        keeping = partial(
            keep_unread, self._house.setting, self._house.clock(), Network.TELEGRAM, update, why
        )
        await self._house.database.run(keeping)


def front_of(house: House) -> Front:
    """Return the school as the pages of the web chat need it."""
    school, texts = house.setting.school, house.setting.texts
    offered = (
        school.default_language,
        *(o for o in school.languages if o != school.default_language),
    )
    return Front(
        public_url=house.settings.web_url,
        school=school.name_in,
        languages={language: own_name(language) for language in offered},
        words=texts.word,
        menu=house.menus,
        when=texts.when,
        zone=school.zone,
        now=house.clock,
        trusted_proxies=house.settings.trusted_proxies,
        # Where several processes serve the pages, one learns of another's lines by looking.
        look_again=LOOK_AGAIN_SHARED if house.database.is_shared else LOOK_AGAIN,
    )


def _address(settings: Settings, runner: web.AppRunner) -> str:
    """Return where people find the web chat; the port is the one really had."""
    if settings.public_url:
        return settings.public_url
    port = runner.addresses[0][1]
    return settings.model_copy(update={"web_port": port}).web_url
