import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.misconfigured import Misconfigured
from bot.settings import Settings
from bot.stopping import until_stopped
from tests.cli.commands import environment

WORK = """
import asyncio
from bot.settings import Settings
from bot.stopping import until_stopped

async def work():
    try:
        print("begun", flush=True)
        await asyncio.Event().wait()
    finally:
        print("put away", flush=True)

until_stopped(work(), Settings())
"""


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_work_that_is_asked_to_stop_puts_its_things_away(
    asked: signal.Signals, tmp_path: Path
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WORK],
        env=environment(tmp_path, {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "begun\n"

        process.send_signal(asked)
        out, err = process.communicate(timeout=60)

    assert (process.returncode, out, err) == (0, "put away\n", "")


def test_work_that_ends_by_itself_is_done() -> None:
    heard = []

    async def work() -> None:
        heard.append("done")

    until_stopped(work(), Settings())

    assert heard == ["done"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EADDRINUSE, "is in use already; set KUTSE_WEB_PORT to another."),
        (
            errno.EADDRNOTAVAIL,
            "is not of this machine; set KUTSE_WEB_HOST to another.",
        ),
    ],
)
def test_an_address_that_cannot_be_had_is_told(number: int, said: str) -> None:
    async def work() -> None:
        raise OSError(number, os.strerror(number))

    with pytest.raises(Misconfigured) as caught:
        until_stopped(work(), Settings(web_host="127.0.0.1", web_port=8080))

    assert caught.value.sentences == (f"127.0.0.1:8080 {said}",)


def test_another_failure_is_not_hidden() -> None:
    async def work() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(OSError, match="No space left"):
        until_stopped(work(), Settings())


def test_a_reader_that_goes_away_is_no_failure(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)

    done = subprocess.run(
        [sys.executable, "-m", "bot", "--help"],
        env=environment(tmp_path, {}),
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
    )
    os.close(writing)

    assert done.stderr == ""


def test_the_demo_says_where_it_is_and_stops_when_asked(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "demo"],
        env=environment(tmp_path, {"KUTSE_WEB_PORT": "0"}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        line = process.stdout.readline()

        process.terminate()
        rest, _ = process.communicate(timeout=60)

    assert line.startswith("Open http://127.0.0.1:")
    assert (process.returncode, rest) == (0, "")
