"""Kutse as a school runs it: `kutse run`, a file of SQLite, the school's list of leavers."""

import re
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import aiohttp

import bot.demo
from bench.loopback.bot_api import Bot, BotApi
from bench.loopback.people import QUESTIONS, Leaver, sign_up
from bench.loopback.processes import Took, cpu_seconds, first_line, now, started
from bench.loopback.words import Words
from bot.domain.leavers import NameKeys, parts_of
from bot.domain.school import School
from bot.school import load_school
from bot.storage.database import migrate, open_database
from bot.storage.leavers_added import add_leavers

TOKEN = "7000000001:AAEx4mpl3-of-a-token-that-opens-nothing"
KEY = "a key that is as long as it has to be, and secret to nobody"
SCHOOL = Path(bot.demo.__file__).parent / "school.toml"


@dataclass(frozen=True, slots=True)
class Start:
    """Kutse, started; seconds from the start of the process."""

    process: Process
    web: Took
    """Until the web chat had answered."""
    telegram: Took | None
    """Until updates were asked for; None without Telegram."""


@dataclass(frozen=True, slots=True)
class Installation:
    """A school's bot on this machine; its database is there from an earlier run."""

    folder: Path
    api: BotApi

    @property
    def school(self) -> School:
        """The school."""
        return load_school(SCHOOL)

    @property
    def _url(self) -> str:
        return f"sqlite:///{self.folder / 'school.sqlite'}"

    def make(self, listed: Sequence[Leaver]) -> None:
        """Make the database by the real migrations, and put `listed` on the list of leavers."""
        migrate(self._url)
        list_leavers(self._url, self.school, listed)

    def telegram(self) -> Bot:
        """Return the bot's side of Telegram, new."""
        return self.api.bot(TOKEN)

    @asynccontextmanager
    async def running(self, bot: Bot | None, library: str) -> AsyncIterator[Start]:
        """Run Kutse, on the web only if there is no `bot`."""
        settings = {
            "KUTSE_SCHOOL": str(SCHOOL),
            "KUTSE_DATABASE_URL": self._url,
            "KUTSE_DATA_FOLDER": str(self.folder),
            "KUTSE_SECRET_KEY": KEY,
            "KUTSE_WEB_PORT": "0",
        }
        if bot:
            settings |= {
                "KUTSE_TELEGRAM_TOKEN": bot.token,
                "KUTSE_TELEGRAM_API_URL": self.api.url,
                "KUTSE_TELEGRAM_LIBRARY": library,
                # Its people answer at once: measured is the turn, and not how long it is held back.
                "KUTSE_TELEGRAM_PER_SECOND": "100000",
            }
        log = self.folder / "kutse.log"
        begun = now()
        async with started("bot", "run", settings=settings, log=log) as process:
            said = await first_line(process)
            found = re.search(r"http://\S+", said)
            if found is None:
                raise RuntimeError(f"Kutse did not start: {log.read_text()[-2000:]}")
            async with (
                aiohttp.ClientSession() as client,
                client.get(f"{found[0]}/health") as answer,
            ):
                answer.raise_for_status()
            web, telegram = Took(now() - begun, cpu_seconds(process)), None
            if bot:
                await bot.asked.wait()
                telegram = Took(now() - begun, cpu_seconds(process))
            yield Start(process, web, telegram)


def list_leavers(url: str, school: School, listed: Sequence[Leaver]) -> None:
    """Put `listed` on the list of leavers."""
    keys = NameKeys(KEY.encode())
    codes = [programme.code for programme in school.programmes]
    rows = [
        keys.leaver(parts_of(one.name), codes[one.programme], one.year, born=None, ending=None)
        for one in listed
    ]
    with closing(open_database(url)) as database:
        database.run_here(lambda tx: add_leavers(tx, school.key, rows))


async def words_of(bot: Bot, leaver: Leaver) -> Words:
    """Sign up with Kutse; return all that it said."""
    replies = [shown async for _, shown in sign_up(bot, 1_000_000, leaver)]
    return Words.heard(list(zip(QUESTIONS, replies, strict=True)), leaver.name)
