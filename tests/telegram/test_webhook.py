"""Updates that Telegram brings to our own server."""

import asyncio
from collections.abc import AsyncIterator
from typing import TypeAlias

import aiohttp
import pytest
from aiohttp import web

from bot.gateways.port import Delivered, Typed
from bot.gateways.telegram import BotApi
from bot.gateways.telegram.gateway import TelegramGateway
from bot.gateways.telegram.webhook import HEADER, MAX_BODY, Webhook
from tests.serving import serving
from tests.telegram.conftest import Listener
from tests.telegram.server import TOKEN, BotApiServer

Expected: TypeAlias = tuple[int, list[tuple[str, str]]]

SECRET = "a-secret-of-the-school_1234"


@pytest.fixture
def gateway(bot: BotApi, listener: Listener) -> TelegramGateway:
    return TelegramGateway(bot, unread=listener.keep_unread, menus={None: []})


@pytest.fixture
def webhook(gateway: TelegramGateway, listener: Listener) -> Webhook:
    return gateway.webhook(listener.hear, SECRET)


@pytest.fixture
async def school(webhook: Webhook) -> AsyncIterator[str]:
    """The address of a server that serves the webhook."""
    app = web.Application()
    app.router.add_routes([webhook.route()])
    async with serving(web.AppRunner(app, shutdown_timeout=0.1)) as port:
        yield f"http://127.0.0.1:{port}"
        await webhook.finish()


async def test_telegram_brings_updates_to_the_announced_address(
    gateway: TelegramGateway,
    webhook: Webhook,
    telegram: BotApiServer,
    listener: Listener,
    school: str,
) -> None:
    ana = telegram.person(1001)
    outcome = await gateway.announce(webhook, school)

    await ana.types("hello")
    await telegram.all_confirmed()

    assert outcome == Delivered("")
    assert listener.said == [Typed("hello")]


async def test_what_could_not_be_kept_is_brought_again_in_order(
    gateway: TelegramGateway,
    webhook: Webhook,
    telegram: BotApiServer,
    listener: Listener,
    school: str,
) -> None:
    ana = telegram.person(1001)
    listener.failures = 2
    await ana.types("first")
    await ana.types("second")

    await gateway.announce(webhook, school)
    await telegram.all_confirmed()

    assert telegram.queue.refused_pushes == 2
    assert listener.said == [Typed("first"), Typed("second")]


async def test_an_update_is_not_confirmed_before_it_is_kept(
    gateway: TelegramGateway,
    webhook: Webhook,
    telegram: BotApiServer,
    listener: Listener,
    school: str,
) -> None:
    ana = telegram.person(1001)
    listener.gates["1001"] = asyncio.Event()
    await gateway.announce(webhook, school)

    await ana.types("hello")
    await listener.bell.until(lambda: bool(listener.tried))
    unconfirmed = len(telegram.queue)
    listener.gates["1001"].set()
    await telegram.all_confirmed()

    assert unconfirmed == 1
    assert listener.said == [Typed("hello")]


async def test_an_update_that_cannot_be_read_is_kept_and_not_brought_again(
    gateway: TelegramGateway,
    webhook: Webhook,
    telegram: BotApiServer,
    listener: Listener,
    school: str,
) -> None:
    poison = telegram.queue.add_raw({"message": "what?"})

    await gateway.announce(webhook, school)
    await telegram.all_confirmed()

    assert listener.unread == [(str(poison), "it has no message")]


async def test_a_press_that_is_brought_is_answered(
    gateway: TelegramGateway,
    webhook: Webhook,
    telegram: BotApiServer,
    listener: Listener,
    school: str,
) -> None:
    ana = telegram.person(1001)
    await ana.types("/start")
    await gateway.announce(webhook, school)

    press = ana.presses_data("forged")
    await ana.answered(press)
    await listener.until_heard(2)

    assert press.is_answered


async def test_closing_waits_for_turns_that_are_under_way(
    gateway: TelegramGateway,
    webhook: Webhook,
    telegram: BotApiServer,
    listener: Listener,
    school: str,
) -> None:
    ana = telegram.person(1001)
    listener.gates["1001"] = asyncio.Event()
    await gateway.announce(webhook, school)
    await ana.types("hello")
    await listener.bell.until(lambda: bool(listener.tried))

    closing = asyncio.create_task(gateway.close())
    listener.gates["1001"].set()
    await closing

    assert listener.said == [Typed("hello")]


@pytest.mark.parametrize("headers", [{}, {HEADER: "wrong"}, {HEADER: SECRET + "x"}, {HEADER: "é"}])
async def test_nobody_else_is_let_in(
    listener: Listener, webhook: Webhook, school: str, headers: dict[str, str]
) -> None:
    async with aiohttp.ClientSession() as stranger:
        answer = await stranger.post(school + webhook.path, json={"update_id": 1}, headers=headers)
        status = answer.status

    assert status == 403
    assert (listener.heard, listener.unread) == ([], [])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"{" + b" " * MAX_BODY, (413, [])),
        (b"\xff\xfe not JSON", (200, [("?", "it has no number")])),
        (b"[" * 100_000, (200, [("?", "it has no number")])),
        (b"", (200, [("?", "it has no number")])),
    ],
)
async def test_a_body_that_is_no_update_does_no_harm(
    listener: Listener, webhook: Webhook, school: str, body: bytes, expected: Expected
) -> None:
    async with aiohttp.ClientSession(headers={HEADER: SECRET}) as client:
        answer = await client.post(school + webhook.path, data=body)
        got = (answer.status, listener.unread)

    assert got == expected


async def test_the_path_is_the_same_for_all_replicas_and_tells_no_secret(
    gateway: TelegramGateway, listener: Listener
) -> None:
    paths = {gateway.webhook(listener.hear, SECRET).path for _ in range(2)}
    other = gateway.webhook(listener.hear, SECRET[::-1]).path

    (path,) = paths
    assert path != other
    assert SECRET not in path
    assert TOKEN.split(":")[1] not in path


@pytest.mark.parametrize("secret", ["", "short", "s" * 257, "not allowed by Telegram, this"])
async def test_without_a_good_secret_there_is_no_webhook(
    gateway: TelegramGateway, listener: Listener, secret: str
) -> None:
    with pytest.raises(ValueError, match="24 to 256"):
        gateway.webhook(listener.hear, secret)
