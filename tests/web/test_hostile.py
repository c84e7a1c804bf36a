"""What no browser would send by itself: it does no harm, and is no fault of ours."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web

import bot.gateways.web.routes
from bot.gateways.web.limits import Crowd
from tests.serving import connected, serving
from tests.web.people import PERSONAS
from tests.web.visits import Visitor, visiting
from tests.web.world import World

HOST = b"Host: chat\r\nConnection: close\r\n"
OWN = HOST + b"Origin: http://chat\r\n"
SLIPPED_IN = re.compile(rb"kutse=b(?![\w-])")
"""The cookie that one of them tries to have set; a token of ours may begin with the same letter."""


@asynccontextmanager
async def listening() -> AsyncIterator[int]:
    runner = web.AppRunner(World().app, access_log=None, auto_decompress=False)
    async with serving(runner) as port:
        yield port


async def answered(port: int, sent: bytes) -> bytes:
    async with connected(port) as (reader, writer):
        writer.write(sent)
        return await reader.read()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / HTTP/1.1\r\n" + HOST + b"Cookie: kutse=\xff\xfe\r\n\r\n", 200),
        (b"GET / HTTP/1.1\r\n" + HOST + b"Cookie: kutse=" + b"a" * 9000 + b"\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n" + HOST + b"Cookie: " + b"a=b;" * 1500 + b"\r\n\r\n", 200),
        (b"GET / HTTP/1.1\r\n" + HOST + b"Accept-Language: \xff;q=\xfe\r\n\r\n", 200),
        (b"GET /static/../routes.py HTTP/1.1\r\n" + HOST + b"\r\n", 404),
        (b"GET /static/..%2froutes.py HTTP/1.1\r\n" + HOST + b"\r\n", 404),
        (b"GET /static/%2e%2e/routes.py HTTP/1.1\r\n" + HOST + b"\r\n", 404),
        (b"GET /c/a%0d%0aSet-Cookie:%20kutse=b HTTP/1.1\r\n" + HOST + b"\r\n", 404),
        (b"POST /in/%ff%00 HTTP/1.1\r\n" + OWN + b"\r\n", 410),
        (b"POST /in/link HTTP/1.1\r\n" + HOST + b"Origin: http://[\r\n\r\n", 403),
        (b"POST /in/link HTTP/1.1\r\n" + HOST + b"Origin: \xff\r\n\r\n", 403),
        (b"POST /in/link HTTP/1.1\r\n" + HOST + b"Origin: http://chat.evil.example\r\n\r\n", 403),
        (b"POST /c/a HTTP/1.1\r\n" + OWN + b"Content-Length: 5\r\n\r\nid=\xff\xfe", 400),
        (b"POST /c/a HTTP/1.1\r\n" + OWN + b"Content-Length: 9\r\n\r\na&b&c&d&e", 400),
        (
            b"POST /c/a HTTP/1.1\r\n"
            + OWN
            + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
            400,
        ),
        (
            b"POST /c/a HTTP/1.1\r\n"
            + OWN
            + b"Content-Encoding: br\r\nContent-Length: 4\r\n\r\nabcd",
            400,
        ),
        (b"POST /c/a HTTP/1.1\r\n" + OWN + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n", 404),
        (b"CONNECT evil:80 HTTP/1.1\r\n" + HOST + b"\r\n", 404),
    ],
)
async def test_what_cannot_be_meant_well_gets_a_plain_answer(sent: bytes, status: int) -> None:
    async with listening() as port:
        answer = await answered(port, sent)

    assert int(answer.split()[1]) == status
    assert not SLIPPED_IN.search(answer)
    assert b"import" not in answer


async def test_who_wants_a_web_socket_gets_a_page() -> None:
    wish = b"Upgrade: websocket\r\nSec-WebSocket-Key: a2V5\r\nSec-WebSocket-Version: 13\r\n\r\n"
    async with listening() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: chat\r\nConnection: Upgrade\r\n" + wish)
        head = await reader.readuntil(b"\r\n\r\n")
        writer.close()
        await writer.wait_closed()

    assert head.startswith(b"HTTP/1.1 200 OK")


async def foreign(visitor: Visitor, path: str, body: object, kind: str) -> int:
    """Send what a page of another site can make a browser send."""
    headers = {"Origin": "https://evil.example", "Content-Type": kind}
    answer = await visitor.client.post(path, data=str(body), headers=headers)
    return answer.status


async def test_another_site_moves_neither_the_clock_nor_anybody() -> None:
    world = World(personas=PERSONAS)
    person = PERSONAS[0].key
    before = world.clock.now
    async with visiting(world) as visitor:
        statuses = [
            await foreign(visitor, path, '{"forward": "P1W"}', kind)
            for path in ("/demo/clock", f"/demo/{person}/say", f"/demo/{person}/begin", "/c/a")
            for kind in ("text/plain", "application/json", "application/x-www-form-urlencoded")
        ]

    assert (set(statuses), world.clock.now, world.heard) == ({403}, before, [])


async def test_one_place_cannot_take_all_the_room_for_open_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bot.gateways.web.routes, "OPEN_PAGES", 2)
    world = World(look_again=timedelta(milliseconds=5))
    async with visiting(world) as visitor:
        pages = [await visitor.get("/chat/events") for _ in range(3)]
        await world.gateway.close()

    assert [page.status for page in pages] == [200, 200, 429]


def test_who_closes_a_page_may_open_another() -> None:
    crowd = Crowd(1)

    with crowd.one_more("a") as first, crowd.one_more("a") as second, crowd.one_more("b") as other:
        found = (first, second, other)
    with crowd.one_more("a") as again:
        later = again

    assert (found, later) == ((True, False, True), True)
