"""Who is slow on purpose keeps a line for a while, and nobody else waits for it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network

import pytest
from aiohttp import web

from bot.gateways.web.gateway import WebGateway
from bot.gateways.web.limits import heads_within
from bot.gateways.web.routes import mount
from tests.serving import connected, serving
from tests.web.world import QUESTION, World, address_of

BRIEF = timedelta(milliseconds=20)
SHORT = timedelta(milliseconds=500)
"""Within this a head that does come is there, however busy the machine is."""
COME = b"GET / HTTP/1.1\r\nHost: chat\r\nConnection: close\r\n\r\n"


class Line:
    """One connection, on which a test writes what no well-behaved program would."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    def send(self, said: bytes) -> None:
        self.writer.write(said)

    async def head(self) -> bytes:
        return await self.reader.readuntil(b"\r\n\r\n")

    async def rest(self) -> bytes:
        """Return all that comes until the server hangs up."""
        return await self.reader.read()


@asynccontextmanager
async def listening(
    *, body: timedelta = timedelta(minutes=1), head: timedelta = timedelta(minutes=1)
) -> AsyncIterator[tuple[World, int]]:
    """Serve a school that waits so long for heads and bodies."""
    world = World()
    front = replace(world.gateway.front, body_within=body)
    world.gateway = WebGateway(front, world.history, world.hear)
    app = web.Application()
    mount(app, world.gateway)
    runner = web.AppRunner(
        app, access_log=None, keepalive_timeout=head.total_seconds(), auto_decompress=False
    )
    async with serving(runner) as port:
        yield world, port


@asynccontextmanager
async def line_to(port: int) -> AsyncIterator[Line]:
    async with connected(port) as (reader, writer):
        yield Line(reader, writer)


async def session(port: int) -> bytes:
    """Open a chat, and return its cookie."""
    async with line_to(port) as line:
        line.send(COME)
        head = await line.head()
    return head.partition(b"Set-Cookie: ")[2].partition(b";")[0]


@pytest.mark.parametrize(
    ("path", "kind"), [(b"/chat/say", b"application/json"), (b"/c/OPENDAY", b"text/plain")]
)
@pytest.mark.parametrize(
    "begun",
    [
        b"Content-Length: 90\r\n\r\n",
        b'Content-Length: 90\r\n\r\n{"id":',
        b"Transfer-Encoding: chunked\r\n\r\n6\r\n",
        b'Transfer-Encoding: chunked\r\n\r\n6\r\n{"id":\r\n',
    ],
)
async def test_a_body_that_does_not_come_is_no_longer_waited_for(
    path: bytes, kind: bytes, begun: bytes
) -> None:
    async with listening(body=BRIEF) as (world, port):
        cookie = await session(port)
        async with line_to(port) as line:
            line.send(
                b"POST " + path + b" HTTP/1.1\r\nHost: chat\r\nOrigin: http://chat\r\n"
                b"Accept-Language: en\r\nCookie: " + cookie + b"\r\n"
                b"Content-Type: " + kind + b"\r\n" + begun
            )
            head = await line.head()
            line.writer.write_eof()
            said = await line.rest()

    assert head.startswith(b"HTTP/1.1 408 ")
    assert b"\r\nConnection: close\r\n" in head
    assert b"That took too long to reach us. Please send it again." in said
    assert world.heard == []


@pytest.mark.parametrize("begun", [b"", b"GET", b"GET / HTTP/1.1\r\nHost: chat\r\nX-Slow: 1\r\n"])
async def test_a_head_that_does_not_come_is_no_longer_waited_for_but_open_pages_stay(
    begun: bytes,
) -> None:
    async with listening(head=SHORT) as (world, port):
        cookie = await session(port)
        async with line_to(port) as page, line_to(port) as slow:
            page.send(
                b"GET /chat/events HTTP/1.1\r\nHost: chat\r\nCookie: " + cookie + b"\r\n\r\n"
            )
            await page.head()
            slow.send(begun)

            hung_up = await slow.rest()

            await world.gateway.deliver(address_of(world), QUESTION)
            event = await page.reader.readuntil(b"Who are you?")

    assert hung_up == b""
    assert b"data: " in event


async def test_a_slow_visitor_keeps_nobody_else_waiting() -> None:
    async with listening() as (_, port), line_to(port) as slow:
        slow.send(b"POST /chat/say HTTP/1.1\r\nHost: chat\r\nContent-Length: 90\r\n\r\n{")
        async with line_to(port) as line:
            line.send(COME)
            head = await line.head()

    assert head.startswith(b"HTTP/1.1 200 ")


def test_behind_proxies_it_is_they_who_let_go_of_a_line_first() -> None:
    front = World().gateway.front
    behind = replace(front, trusted_proxies=(ip_network("127.0.0.1"),))

    assert heads_within(front) == timedelta(seconds=30)
    assert heads_within(behind) > timedelta(minutes=2)
