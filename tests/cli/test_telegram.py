"""`kutse check` asks Telegram who the bot is, over real HTTP."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result

from bot import checks
from bot.gateways.telegram import Library
from tests.cli.commands import TOKEN as TOKEN_OF_NOBODY, run
from tests.telegram.server import TOKEN, BotApiServer, Broken, Flood, NeverAnswers

UNKNOWN = "NO   Telegram does not know this token; look at KUTSE_TELEGRAM_TOKEN.\n"
AWAY = "NO   Telegram cannot be reached; look at the network, and at KUTSE_TELEGRAM_API_URL.\n"

libraries = pytest.mark.parametrize("library", list(Library), ids=str)


async def check(folder: Path, url: str, library: Library, token: str = TOKEN) -> Result:
    """Run the check beside the server that it asks."""
    return await asyncio.to_thread(
        run,
        folder,
        "check",
        KUTSE_TELEGRAM_TOKEN=token,
        KUTSE_TELEGRAM_API_URL=url,
        KUTSE_TELEGRAM_LIBRARY=library.value,
    )


@libraries
async def test_telegram_says_who_the_bot_is(library: Library, tmp_path: Path) -> None:
    async with BotApiServer() as telegram:
        said = await check(tmp_path, telegram.url, library)

    assert "ok   Telegram answers: the bot is @kutse_bot\n" in said.output
    assert [call.method for call in telegram.calls] == ["getMe"]
    assert TOKEN not in said.output


@libraries
async def test_a_token_that_telegram_does_not_know_is_told(
    library: Library, tmp_path: Path
) -> None:
    async with BotApiServer() as telegram:
        said = await check(tmp_path, telegram.url, library, TOKEN_OF_NOBODY)

    assert UNKNOWN in said.output
    assert said.exit_code == 1
    assert TOKEN_OF_NOBODY not in said.output


@libraries
async def test_a_telegram_that_is_away_is_told(library: Library, tmp_path: Path) -> None:
    async with BotApiServer() as telegram:
        url = telegram.url

    said = await check(tmp_path, url, library)

    assert AWAY in said.output
    assert said.exit_code == 1
    assert TOKEN not in said.output


@libraries
@pytest.mark.parametrize(
    "fault", [Flood(3), Broken(), Broken(502, page="<h1>Bad gateway</h1>")], ids=str
)
async def test_a_telegram_that_has_troubles_of_its_own_is_away(
    fault: Flood | Broken, library: Library, tmp_path: Path
) -> None:
    async with BotApiServer() as telegram:
        telegram.fails_next("getMe", fault)
        said = await check(tmp_path, telegram.url, library)

    assert AWAY in said.output


@libraries
async def test_an_answer_that_does_not_come_is_not_waited_for_for_ever(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "ANSWERS_WITHIN", timedelta(milliseconds=300))
    async with BotApiServer() as telegram:
        telegram.fails_next("getMe", NeverAnswers())
        said = await check(tmp_path, telegram.url, library)

    assert AWAY in said.output
    assert said.exit_code == 1
