"""Two processes serve one school on PostgreSQL; each may take what the same person says next."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from http import HTTPStatus
from itertools import count
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bench.loopback.ports import free_ports
from bot.gateways.port import Network
from bot.storage.database import migrate, open_database
from tests.crash.browsing import AWAY, Browser
from tests.crash.lives import Lives, Supervisor
from tests.crash.telling import expected, heard_by, repeats, settings, tells, what_is_kept
from tests.databases import PostgreSQL
from tests.serving import serving
from tests.story import Actor
from tests.telegram.server import TOKEN, BotApiServer

NAMES = ("mari", "kati", "juku")
NUMBERS = count(1)


@pytest.fixture
def url(postgresql: PostgreSQL) -> Iterator[str]:
    """A database made by the migrations, as a school's is."""
    name = f"replicas_{next(NUMBERS)}"
    with postgresql.admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    url = postgresql.url.set(database=name).render_as_string(hide_password=False)
    migrate(url)
    yield url
    with postgresql.admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@asynccontextmanager
async def balanced(ports: Sequence[int]) -> AsyncIterator[str]:
    """Serve one address behind which those of `ports` take turns; who is down is passed over."""
    turns = count()
    async with aiohttp.ClientSession() as client:

        async def pass_on(request: web.Request) -> web.Response:
            body, headers = await request.read(), request.headers.copy()
            first = next(turns)
            for place in range(len(ports)):
                at = f"http://127.0.0.1:{ports[(first + place) % len(ports)]}{request.path}"
                try:
                    async with client.post(at, data=body, headers=headers) as answer:
                        return web.Response(status=answer.status)
                except AWAY:
                    continue
            return web.Response(status=HTTPStatus.BAD_GATEWAY)

        app = web.Application()
        app.router.add_post("/{path:.*}", pass_on)
        runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        async with serving(runner) as port:
            yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("deaths", [(), (90,), (131,)])
async def test_whoever_takes_the_next_update_the_answers_stay_in_order(
    deaths: tuple[int, ...], lives: Lives, url: str, empty_sqlite: Path, tmp_path: Path
) -> None:
    stories = {
        name: await expected(name, Network.TELEGRAM, empty_sqlite, tmp_path) for name in NAMES
    }
    ports = free_ports(2)

    async with BotApiServer() as telegram, balanced(ports) as public:
        people = {name: telegram.person(i, name, "en") for i, name in enumerate(NAMES, 1001)}
        kutse = {
            **settings(tmp_path),
            "KUTSE_DATABASE_URL": url,
            "KUTSE_PUBLIC_URL": public,
            "KUTSE_TELEGRAM_TOKEN": TOKEN,
            "KUTSE_TELEGRAM_API_URL": telegram.url,
        }
        replicas = [
            Supervisor(lives, {**kutse, "KUTSE_WEB_PORT": str(port)}, dying, hurries=bool(deaths))
            for port, dying in zip(ports, (deaths, ()), strict=True)
        ]
        await asyncio.gather(*(tells(people[name], stories[name]) for name in NAMES))
        await telegram.all_confirmed()
        for replica in replicas:
            await replica.all_died()
        await lives.stop()

    with closing(open_database(url)) as database:
        kept = {name: what_is_kept(database, name) for name in NAMES}
    assert kept == {name: story.kept for name, story in stories.items()}
    again = [repeats(heard_by(people[name]), stories[name]) for name in NAMES]
    # Of everybody, what was in flight may come again; who has nobody killed hears nothing twice.
    assert max(again) <= len(deaths)


async def test_what_a_page_sends_to_both_at_once_is_heard_once(
    lives: Lives, url: str, empty_sqlite: Path, tmp_path: Path
) -> None:
    story = await expected("mari", Network.WEB, empty_sqlite, tmp_path)
    kutse = {**settings(tmp_path), "KUTSE_DATABASE_URL": url}
    replicas = [Supervisor(lives, kutse) for _ in range(2)]

    async with Browser(Actor("mari", "en", Network.WEB), *replicas) as mari:
        await mari.tells(story)
        heard = tuple(mari.heard)
    await lives.stop()

    with closing(open_database(url)) as database:
        assert what_is_kept(database, "mari") == story.kept
    assert heard == story.heard
