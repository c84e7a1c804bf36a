"""Telegram's limits are kept before they are hit: no burst leads to a refusal."""

from datetime import timedelta
from pathlib import Path

import pytest

from bench.loopback.limits import Limits
from bot.app import House
from bot.gateways.port import Network
from bot.gateways.telegram import Library
from bot.gateways.telegram.gateway import PER_SECOND, TelegramGateway
from bot.runtime.allowance import Allowance
from bot.runtime.pace import Rate
from bot.storage.database import Database
from tests.runtime.living import clock_of, living, say, write
from tests.story import Actor
from tests.telegram.conftest import Listener, client
from tests.telegram.server import BotApiServer

CROWD = [Actor(f"p{number}", "en", Network.TELEGRAM) for number in range(20)]
LETTERS = 5
"""To everybody: a hundred in all, and more to each than a short burst."""
A_BLINK = timedelta(milliseconds=20)
A_SECOND = timedelta(seconds=1.1)
"""One letter must not reach a person before the one before is a second old, so they leave a little further apart."""


async def burst(house: House, library: Library, per_second: int) -> Limits:
    """Let a hundred letters wait, and leave; return once all have arrived."""
    async with BotApiServer() as telegram:
        for one in CROWD:
            telegram.person(int(one.address), one.name, one.language, has_started=True)
            await say(house, one, "/start")
        for number in range(1, LETTERS):
            for one in CROWD:
                await write(house, one, f"News {number}.")
        telegram.limits = Limits()
        api = client(library, telegram.url)
        gateway = TelegramGateway(api, unread=Listener().keep_unread, per_second=per_second)
        house.relay.connect(gateway)
        while any(len(person.hears) < LETTERS for person in telegram.people.values()):
            telegram.now = house.clock()
            await house.relay.deliver_all()
            clock_of(house).at += A_BLINK
        await gateway.close()
        for person in telegram.people.values():
            news = [shown.text for shown in person.hears[1:]]
            assert news == [f"News {number}." for number in range(1, LETTERS)]
        return telegram.limits


@pytest.mark.parametrize(
    ("per_second", "interval"),
    [(28, A_SECOND), (5, A_SECOND), (280, A_SECOND / 10)],
)
async def test_whoever_may_write_more_to_all_may_write_more_to_one(
    per_second: int, interval: timedelta
) -> None:
    api = client(Library.PTB, "http://127.0.0.1:1")
    gateway = TelegramGateway(api, unread=Listener().keep_unread, per_second=per_second)

    pace = gateway.pace
    await gateway.close()

    assert pace.to_all == Allowance.a_second(per_second)
    assert pace.to_one == Rate(interval, burst=3)


@pytest.mark.parametrize("library", Library)
async def test_a_hundred_letters_arrive_without_a_refusal(
    library: Library, database: Database, tmp_path: Path
) -> None:
    limits = await burst(living(database, tmp_path), library, PER_SECOND)

    assert limits.refused == 0


async def test_a_bot_that_is_told_a_higher_limit_hits_the_true_one_and_obeys(
    database: Database, tmp_path: Path
) -> None:
    limits = await burst(living(database, tmp_path), Library.PTB, 1000)

    assert limits.refused > 0
