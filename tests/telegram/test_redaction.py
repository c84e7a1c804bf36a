"""The token never reaches a log, and neither does what people say."""

import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest
import structlog

from bot.gateways.telegram import BotApi, Library
from bot.gateways.telegram.redaction import TALKATIVE, quiet_libraries, redact_tokens
from tests.telegram.conftest import DatabaseIsAway, Listener, client, polling
from tests.telegram.server import TOKEN, BotApiServer, Broken

ADDRESS = f"https://api.telegram.org/bot{TOKEN}/getMe"


@pytest.fixture
def levels() -> Iterator[None]:
    before = {name: logging.getLogger(name).level for name in TALKATIVE}
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


class Client:
    def __repr__(self) -> str:
        return f"Client({ADDRESS})"


def test_a_token_is_blotted_out_wherever_it_stands() -> None:
    event = {
        "event": f"POST {ADDRESS}",
        "nested": {"urls": [ADDRESS, (TOKEN,)]},
        "raw": ADDRESS.encode(),
        "client": Client(),
        "count": 7,
        "none": None,
    }

    redacted = redact_tokens(None, "info", event)

    assert TOKEN not in str(redacted)
    assert redacted["event"] == "POST https://api.telegram.org/bot<token>/getMe"
    assert redacted["nested"] == {
        "urls": ["https://api.telegram.org/bot<token>/getMe", ["bot<token>"]]
    }
    assert (redacted["count"], redacted["none"]) == (7, None)


@pytest.mark.usefixtures("levels")
async def test_neither_library_writes_the_token_at_info(
    telegram: BotApiServer, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    quiet_libraries()
    telegram.fails_next("getMe", Broken(502, page="<html>"))
    api = client(library, telegram.url)

    await api.who_am_i()
    await api.who_am_i()
    await api.close()

    assert len(telegram.calls) == 2
    assert TOKEN not in caplog.text


async def test_a_failed_turn_is_logged_without_what_was_said(
    bot: BotApi, telegram: BotApiServer, listener: Listener
) -> None:
    ana = telegram.person(1001, "Ana")
    listener.failures = 1
    await ana.types("my secret")

    with structlog.testing.capture_logs() as logs:
        async with polling(bot, listener):
            await listener.until_heard(1)

    (failure,) = (entry for entry in logs if entry["event"] == "update_not_kept")
    assert failure["error"] == DatabaseIsAway.__name__
    assert failure["where"].rpartition(" > ")[2].startswith("conftest.py:")
    assert "my secret" not in str(logs)
    assert "Ana" not in str(logs)


@pytest.mark.parametrize(
    ("chosen", "foreign"), [(Library.AIOGRAM, "telegram"), (Library.PTB, "aiogram")]
)
def test_only_the_chosen_library_is_imported(chosen: Library, foreign: str) -> None:
    program = (
        "import sys; from bot.gateways.telegram import Library, connect; "
        "import bot.gateways.telegram.gateway; "
        "before = {'aiogram', 'telegram'} & set(sys.modules); "
        f"connect(Library({chosen.value!r}), {TOKEN!r}); "
        f"sys.exit(bool(before) or {foreign!r} in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
