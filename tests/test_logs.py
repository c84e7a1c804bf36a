"""A line of the log says what went wrong and where; never who, what they wrote, or the token."""

import asyncio
import gc
import json
import logging
import sys
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any, NoReturn

import aiohttp
import pytest
import structlog
from aiohttp import web
from apscheduler.events import EVENT_JOB_ERROR
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.app import House
from bot.logs import set_up_logs
from bot.settings import LogLevel
from bot.storage import tables
from bot.storage.database import Database
from tests.runtime.living import LIIS, Post, change, living, say
from tests.serving import connected, serving
from tests.telegram.server import TOKEN

WORDS = "Liis Saar lives in Hobusepea 7"
SECRET = f"{WORDS}: https://api.telegram.org/bot{TOKEN}/getMe"


class Bug(Exception):
    """Says what a person wrote, as the text of an error often does."""

    def __init__(self) -> None:
        super().__init__(SECRET)


class Lines:
    """What the log has said so far."""

    def __init__(self, written: StringIO) -> None:
        self._written = written

    def told(self) -> list[dict[str, Any]]:
        """Return the lines, after making sure that none tells what must not be told."""
        written = self._written.getvalue()
        for secret in (WORDS, "Saar", "Hobusepea", TOKEN, TOKEN.partition(":")[2], "127.0.0.1"):
            assert secret not in written, written
        return [json.loads(line) for line in written.splitlines()]


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """The log set up as it is when the bot runs, and afterwards as it was."""
    root = logging.getLogger()
    handlers, level, before = list(root.handlers), root.level, structlog.get_config()
    names = ("alembic", "apscheduler", "aiohttp.access", "httpx", "httpcore", "telegram")
    levels = {name: logging.getLogger(name).level for name in names}
    written = StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setattr(logging, "raiseExceptions", logging.raiseExceptions)
    set_up_logs(LogLevel.DEBUG)
    yield Lines(written)
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, its_level in levels.items():
        logging.getLogger(name).setLevel(its_level)
    structlog.configure(**before)


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    return living(database, tmp_path)


def of_failures(lines: list[dict[str, Any]]) -> list[Mapping[str, Any]]:
    return [line for line in lines if line["level"] in {"error", "critical"}]


async def test_a_turn_that_fails_is_told_without_what_was_said(lines: Lines, house: House) -> None:
    await say(house, LIIS, "/start")
    draft = json.dumps({"step": "language", "draft": {"tries": WORDS}})
    await change(house, tables.conversations, {"stored": draft})

    await say(house, LIIS, SECRET)

    (failure,) = of_failures(lines.told())
    assert (failure["event"], failure["error"]) == ("turn failed", "ValidationError")
    assert (failure["dialogue"], failure["step"]) == ("signup.welcome", "language")
    assert "talk.py" in failure["where"]


async def test_a_delivery_that_fails_is_told_without_what_was_to_be_delivered(
    lines: Lines, house: House
) -> None:
    post = Post()
    post.answers[1] = Bug()
    house.relay.connect(post)
    await say(house, LIIS, "/start")
    await house.relay.deliver_all()

    failure, *_ = of_failures(lines.told())
    assert (failure["event"], failure["error"]) == ("delivery failed", "Bug")


async def test_a_letter_that_cannot_be_read_is_told_by_its_number(
    lines: Lines, house: House
) -> None:
    await say(house, LIIS, "/start")
    await change(house, tables.outbox, {"letter": f'{{"parts":[["{SECRET}"]],"look":"{WORDS}"}}'})
    house.relay.connect(Post())
    await house.relay.deliver_all()

    (failure,) = of_failures(lines.told())
    assert (failure["event"], failure["letter"]) == ("letter unreadable", 1)


async def test_a_timer_that_fails_is_told_by_its_name(lines: Lines, house: House) -> None:
    await say(house, LIIS, "/start", "/report", SECRET)
    await change(house, tables.cases, {"facts": WORDS})
    for moment in ("due_at", "planned_for"):
        await change(house, tables.timers, {moment: house.clock()})

    await house.sweep.run()

    (failure,) = of_failures(lines.told())
    assert (failure["event"], failure["timer"]) == ("work failed", "NotRead")


async def test_a_request_that_fails_is_told_without_what_was_requested(lines: Lines) -> None:
    async def fail(request: web.Request) -> NoReturn:
        raise Bug

    app = web.Application()
    app.router.add_post("/", fail)
    async with (
        serving(web.AppRunner(app, access_log=None)) as port,
        aiohttp.ClientSession() as client,
        client.post(f"http://127.0.0.1:{port}/", data=SECRET) as answer,
    ):
        await answer.read()

    (failure,) = of_failures(lines.told())
    assert failure["error"] == "Bug"


async def say_to(port: int, sent: str) -> None:
    """Write to a server what it may not understand, and wait until it hangs up."""
    async with connected(port) as (reader, writer):
        writer.write(sent.encode())
        await reader.read()


async def test_a_request_that_is_none_is_told_without_its_text(lines: Lines) -> None:
    async def never(request: web.Request) -> NoReturn:
        raise AssertionError("it cannot be read")

    app = web.Application()
    app.router.add_post("/", never)
    async with serving(web.AppRunner(app, access_log=None)) as port:
        await say_to(port, f"{WORDS}\r\nX{SECRET}\r\n\r\n")

    lines.told()


@pytest.mark.parametrize(
    "sent",
    [
        f"GET /in/{WORDS} HTTP/1.1\r\n\r\n",
        f"GET /c/{'Saar' * 4000} HTTP/1.1\r\nHost: chat\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: chat\r\nCookie: {'Saar' * 4000}\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: chat\r\n{WORDS}\r\n\r\n",
    ],
)
async def test_a_visitor_who_is_not_understood_leaves_neither_address_nor_path(
    sent: str, lines: Lines
) -> None:
    async with serving(web.AppRunner(web.Application(), access_log=None)) as port:
        await say_to(port, sent)

    (failure,) = of_failures(lines.told())
    assert failure["event"] == "request not answered"


def test_a_line_that_cannot_be_written_is_missed_and_nothing_of_it_is_printed(
    lines: Lines, capfd: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("somebody").warning("%d people", WORDS)

    (line,) = lines.told()
    assert line == {"event": "a line of the log could not be written", "level": "error"}
    assert capfd.readouterr() == ("", "")


def test_no_handler_of_a_library_prints_what_it_could_not_write(
    lines: Lines, capfd: pytest.CaptureFixture[str]
) -> None:
    library = logging.getLogger("somebody")
    handler = logging.StreamHandler(StringIO())
    library.addHandler(handler)
    library.propagate = False

    library.warning("%d people", WORDS)

    library.removeHandler(handler)
    library.propagate = True
    assert (lines.told(), capfd.readouterr()) == ([], ("", ""))


async def test_a_task_that_nobody_waits_for_fails_without_its_words(lines: Lines) -> None:
    async def fail(words: str) -> NoReturn:
        raise Bug

    task = asyncio.create_task(fail(SECRET), name="lost")
    await asyncio.wait({task})
    del task
    gc.collect()

    (failure,) = of_failures(lines.told())
    assert (failure["error"], "test_logs.py" in failure["where"]) == ("Bug", True)


async def test_a_callback_of_the_loop_fails_without_its_words(lines: Lines) -> None:
    called = asyncio.Event()

    def fail(words: str) -> NoReturn:
        called.set()
        raise Bug

    asyncio.get_running_loop().call_soon(fail, SECRET)
    await called.wait()

    (failure,) = of_failures(lines.told())
    assert failure["error"] == "Bug"


async def test_a_job_of_the_scheduler_fails_without_its_words(lines: Lines) -> None:
    async def fail(words: str) -> NoReturn:
        raise Bug

    failed = asyncio.Event()
    scheduler = AsyncIOScheduler()
    scheduler.add_listener(lambda _: failed.set(), EVENT_JOB_ERROR)
    scheduler.add_job(fail, args=[SECRET])
    scheduler.start()
    await failed.wait()
    scheduler.shutdown(wait=False)

    (failure,) = of_failures(lines.told())
    assert failure["error"] == "Bug"


def test_a_library_that_logs_the_token_is_told_without_it(lines: Lines) -> None:
    logging.getLogger("somebody").warning("asks %s", f"https://api.telegram.org/bot{TOKEN}/getMe")

    (line,) = lines.told()
    assert line["event"] == "asks https://api.telegram.org/bot<token>/getMe"
