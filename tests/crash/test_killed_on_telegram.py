"""Killed at any moment while somebody signs up on Telegram: nothing is lost, nothing is done twice."""

import asyncio
import signal
import sys
from collections.abc import Iterable, Mapping
from contextlib import closing
from http import HTTPStatus
from pathlib import Path
from random import Random

import pytest
from aiohttp import web
from typing_extensions import override

from bot.gateways.port import Network
from bot.storage.database import open_database
from tests.cli.commands import environment
from tests.crash.lives import Lives, Supervisor
from tests.crash.telling import expected, heard_by, repeats, settings, tells, what_is_kept
from tests.telegram.server import TOKEN, BotApiServer


@pytest.mark.parametrize("seed", range(6))
async def test_who_signs_up_notices_nothing_but_a_message_that_comes_again(
    seed: int, lives: Lives, empty_sqlite: Path, tmp_path: Path
) -> None:
    story = await expected("mari", Network.TELEGRAM, empty_sqlite, tmp_path)
    random = Random(seed)
    # A message that two processes die of in a row is not sent a third time; so each lives for a while.
    deaths = [random.randint(1, 60), *(random.randint(55, 90) for _ in range(2))]
    kutse = settings(tmp_path)

    async with BotApiServer() as telegram:
        mari = telegram.person(1001, "mari", "en")
        kutse |= {"KUTSE_TELEGRAM_TOKEN": TOKEN, "KUTSE_TELEGRAM_API_URL": telegram.url}
        supervisor = Supervisor(lives, kutse, deaths)
        await tells(mari, story)
        await telegram.all_confirmed()
        await supervisor.all_died()
        await lives.stop()

    with closing(open_database(f"sqlite:///{tmp_path / 'three-shores.sqlite'}")) as database:
        assert what_is_kept(database, "mari") == story.kept
    assert repeats(heard_by(mari), story) <= len(deaths)


class DeadlyServer(BotApiServer):
    """Telegram, where a process is killed as it makes a call: before the call is done, or after."""

    def __init__(self, kills: Iterable[int], *, is_done: bool) -> None:
        super().__init__()
        self.kills, self._is_done = set(kills), is_done
        self.process: asyncio.subprocess.Process | None = None
        self._number = 0

    async def run(self, kutse: Mapping[str, str]) -> int:
        """Run a process, and a new one whenever it was killed; return how the last one ended."""
        while True:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", env=kutse, stdout=asyncio.subprocess.DEVNULL
            )
            code = await self.process.wait()
            if code != -signal.SIGKILL:
                return code

    @override
    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self._number += 1
        if self._number not in self.kills:
            return await super()._answer(request)
        self.kills.remove(self._number)
        if self._is_done:
            await super()._answer(request)
        assert self.process
        self.process.kill()
        return web.Response(status=HTTPStatus.BAD_GATEWAY)


@pytest.mark.parametrize("is_done", [True, False])
async def test_a_whole_process_may_die_while_it_calls_telegram(
    is_done: bool, empty_sqlite: Path, tmp_path: Path
) -> None:
    story = await expected("mari", Network.TELEGRAM, empty_sqlite, tmp_path)
    kutse = {**environment(tmp_path, {}), **settings(tmp_path)}

    async with DeadlyServer((9, 33), is_done=is_done) as telegram:
        mari = telegram.person(1001, "mari", "en")
        kutse |= {"KUTSE_TELEGRAM_TOKEN": TOKEN, "KUTSE_TELEGRAM_API_URL": telegram.url}
        running = asyncio.create_task(telegram.run(kutse))
        await tells(mari, story)
        await telegram.all_confirmed()
        assert telegram.process
        telegram.process.terminate()
        code = await running

    with closing(open_database(f"sqlite:///{tmp_path / 'three-shores.sqlite'}")) as database:
        assert what_is_kept(database, "mari") == story.kept
    assert (code, telegram.kills) == (0, set())
    assert repeats(heard_by(mari), story) <= 2
