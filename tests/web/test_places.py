"""Where a visitor comes from, told by a chain of proxies of which only some can be believed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from ipaddress import ip_network

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from multidict import CIMultiDict

from bot.gateways.web.front import Front
from bot.gateways.web.gateway import WebGateway
from bot.gateways.web.places import Network, place_of
from bot.gateways.web.routes import mount
from tests.web.visits import Visitor
from tests.web.world import World

OWN = tuple(ip_network(one) for one in ("127.0.0.1", "10.0.0.0/8", "fd00::/8"))
LOOPBACK = (ip_network("127.0.0.0/8"),)
MOST = 300
"""Newcomers from one place that are let in at once."""


@asynccontextmanager
async def behind(*trusted: Network) -> AsyncIterator[Visitor]:
    """Serve a school that believes these proxies."""
    world = World()
    front: Front = replace(world.gateway.front, trusted_proxies=trusted)
    app = web.Application()
    mount(app, WebGateway(front, world.history, world.hear))
    async with TestClient(TestServer(app)) as client:
        yield Visitor(client)


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ((), "127.0.0.1"),
        (("203.0.113.7",), "203.0.113.7"),
        # What a visitor wrote stands further left than what our proxy added.
        (("198.51.100.9, 203.0.113.7",), "203.0.113.7"),
        (("198.51.100.9", "203.0.113.7"), "203.0.113.7"),
        (("127.0.0.1, 203.0.113.7",), "203.0.113.7"),
        (("203.0.113.7, 10.1.2.3",), "203.0.113.7"),
        (("203.0.113.7", "10.1.2.3", "10.9.9.9"), "203.0.113.7"),
        # A visitor from our own network is the outermost of those we know.
        (("10.1.2.3",), "10.1.2.3"),
        # With a port, as some proxies write it.
        (("203.0.113.7:51234",), "203.0.113.7"),
        (("[2001:db8:1:2:3:4:5:6]:51234",), "2001:db8:1:2::/64"),
        # All addresses of one household are one visitor's.
        (("2001:db8:1:2:ffff::1",), "2001:db8:1:2::/64"),
        (("203.0.113.7, fd00::2",), "203.0.113.7"),
        (("::ffff:203.0.113.7",), "203.0.113.7"),
        # Nonsense ends what can be believed.
        (("203.0.113.7, nobody",), "127.0.0.1"),
        (("203.0.113.7, nobody, 10.1.2.3",), "10.1.2.3"),
        ((" , ,",), "127.0.0.1"),
        (("unknown",), "127.0.0.1"),
        (("[",), "127.0.0.1"),
    ],
)
async def test_a_place_is_told_by_the_outermost_proxy_of_our_own(
    told: tuple[str, ...], place: str
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=place_of(request, OWN))

    app = web.Application()
    app.router.add_get("/", answer)
    headers = CIMultiDict(("X-Forwarded-For", value) for value in told)
    async with TestClient(TestServer(app)) as client:
        found = await (await client.get("/", headers=headers)).text()

    assert found == place


async def newcomer(visitor: Visitor, told: str = "") -> int:
    visitor.client.session.cookie_jar.clear()
    headers = {"X_Forwarded_For": told} if told else {}
    return (await visitor.get("/", **headers)).status


async def test_behind_a_proxy_that_is_trusted_each_place_has_a_pace_of_its_own() -> None:
    async with behind(*LOOPBACK) as visitor:
        crowd = {await newcomer(visitor, "203.0.113.7") for _ in range(MOST)}
        one_more = await newcomer(visitor, "203.0.113.7")
        forger = await newcomer(visitor, "192.0.2.99, 203.0.113.7")
        elsewhere = await newcomer(visitor, "198.51.100.9")

    assert (crowd, one_more, forger, elsewhere) == ({200}, 429, 429, 200)


async def test_whoever_is_no_proxy_of_ours_is_not_believed() -> None:
    async with behind() as visitor:
        crowd = {await newcomer(visitor, f"203.0.113.{number % 250}") for number in range(MOST)}
        one_more = await newcomer(visitor, "198.51.100.9")

    assert (crowd, one_more) == ({200}, 429)
