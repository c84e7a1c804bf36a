"""Kutse as it is measured here: a school in the middle of a working day, with a bot, readers and staff."""

import asyncio
import json
import os
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bench.loopback.bot_api import BotApi
from bench.loopback.ours import KEY, SCHOOL
from bench.loopback.processes import LOOK_AGAIN, first_line, started
from bench.loopback.waiting import pause
from bench.sending.crowd import Habits, fill
from bench.sending.network import Network
from bot.demo.clock import first_morning
from bot.domain.people import Role
from bot.domain.school import School, StaffKey
from bot.runtime.staff import invite
from bot.school import load_school
from bot.storage.database import migrate, open_database
from bot.system_clock import system_clock

STAFF = {"maite": "Maite", "kersti": "Kersti"}
"""Who may write to many; the first one answers for it."""
STARTING = 60.0
"""Seconds that a process has to say that it has started, and again to ask for its updates."""
_NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Living:
    """A school, its database, and the clock by which it lives."""

    url: str
    folder: Path
    school: School
    ahead: timedelta
    links: Mapping[str, str]
    """What each member of staff was sent."""

    @property
    def now(self) -> datetime:
        """The hour at the school."""
        return system_clock() + self.ahead

    @asynccontextmanager
    async def running(
        self, api: BotApi, bot: Network, *, per_second: int, port: int = 0, is_shared: bool = False
    ) -> AsyncIterator["Running"]:
        """Run a process of the bot; one that `is_shared` among several gets its updates brought."""
        settings = {
            "KUTSE_SCHOOL": str(SCHOOL),
            "KUTSE_DATABASE_URL": self.url,
            "KUTSE_DATA_FOLDER": str(self.folder),
            "KUTSE_SECRET_KEY": KEY,
            "KUTSE_WEB_PORT": str(port),
            "KUTSE_TELEGRAM_TOKEN": bot.token,
            "KUTSE_TELEGRAM_API_URL": api.url,
            "KUTSE_TELEGRAM_PER_SECOND": str(per_second),
        }
        if is_shared:
            settings["KUTSE_PUBLIC_URL"] = "https://three-shores.example"
        number = next(_NUMBERS)
        log, shares = self.folder / f"kutse{number}.log", self.folder / f"shares{number}.json"
        told = ("bench.sending.by_day", str(self.ahead.total_seconds()), str(shares))
        bot.asked.clear()
        async with started(*told, settings=settings, log=log) as process:
            try:
                said = await asyncio.wait_for(first_line(process), STARTING)
                await asyncio.wait_for(bot.asked.wait(), STARTING)
            except TimeoutError:
                said = ""
            if not said:
                raise RuntimeError(f"Kutse did not start: {log.read_text()[-2000:]}")
            yield Running(process, shares, log)


@dataclass(frozen=True, slots=True)
class Running:
    """A process of Kutse."""

    process: Process
    shares: Path
    log: Path

    def look(self) -> None:
        """Let it note from now on what it computes."""
        os.kill(self.process.pid, signal.SIGUSR1)

    async def seen(self) -> Any:
        """Return what it has noted."""
        os.kill(self.process.pid, signal.SIGUSR2)
        # A signal has no answer: what has been noted tells.
        while not (self.shares.exists() and (written := self.shares.read_text())):
            await pause(LOOK_AGAIN)
        return json.loads(written)


def school_by_day(url: str, folder: Path, people: int, habits: Habits) -> Living:
    """Make a school with so many people in a new database, on a working day at ten."""
    migrate(url)
    school = load_school(SCHOOL)
    wall = system_clock()
    ahead = first_morning(wall, school) + timedelta(hours=1) - wall
    now = wall + ahead
    with closing(open_database(url)) as database:
        database.run_here(lambda tx: fill(tx, school, people, habits, now))
        if database.is_shared:
            # What a server does by itself, a little later; here it must not fall into what is measured.
            with database.engine.connect() as connection:
                alone = connection.execution_options(isolation_level="AUTOCOMMIT")
                alone.exec_driver_sql("VACUUM ANALYZE")
        links = {
            key: invite(database, school, StaffKey(key), name, Role.COORDINATOR, now)
            for key, name in STAFF.items()
        }
    return Living(url, folder, school, ahead, links)
