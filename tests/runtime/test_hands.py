"""Nobody's second letter leaves before the first, and no letter is two processes' at once."""

import asyncio
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Connection
from typing_extensions import override

from bot.app import House
from bot.gateways.port import TryLater, Unreachable
from bot.storage import tables
from bot.storage.database import Database, open_database
from tests.runtime.living import (
    LIIS,
    MAITE,
    Post,
    clock_of,
    living,
    relaying,
    rows,
    say,
    states,
    write,
)

ResultT = TypeVar("ResultT")
PAUSE = timedelta(seconds=30)
LEASE_OVER = timedelta(seconds=61)


class WatchedDatabase(Database):
    """Tells when the relay has looked for letters in vain."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.found_nothing = asyncio.Event()

    @override
    async def run(self, work: Callable[[Connection], ResultT]) -> ResultT:
        result = await super().run(work)
        if result == []:
            self.found_nothing.set()
        return result


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    return living(database, tmp_path)


async def test_answers_leave_in_order_when_the_first_is_slow(house: House) -> None:
    post = Post()
    post.goes_on.clear()
    house.relay.connect(post)

    async with relaying(house):
        await say(house, LIIS, "/start")
        await post.begun.wait()
        await say(house, LIIS, "1", "1")
        post.goes_on.set()
        await post.has_told(3)

    assert post.first_lines() == [
        "liis< Hello. This is Three Shores VET School.",
        "liis< English it is. You can change the language at any time: /language",
        "liis< What is your link with the school?",
    ]


async def test_what_waits_behind_a_slow_answer_leaves_without_another_turn(
    database_url: str, tmp_path: Path
) -> None:
    with closing(WatchedDatabase(database_url)) as database:
        house, post = living(database, tmp_path), Post()
        post.goes_on.clear()
        await say(house, LIIS, "/start")
        await house.relay.deliver_all()
        house.relay.connect(post)

        async with relaying(house):
            await post.begun.wait()
            await database.found_nothing.wait()
            database.found_nothing.clear()
            await say(house, LIIS, "1")
            await database.found_nothing.wait()
            post.goes_on.set()
            await post.has_told(2)


async def test_news_that_somebody_else_brings_leave_right_behind_a_slow_answer(
    database_url: str, tmp_path: Path
) -> None:
    with closing(WatchedDatabase(database_url)) as database:
        house, post = living(database, tmp_path), Post()
        post.goes_on.clear()
        house.relay.connect(post)

        async with relaying(house):
            await say(house, LIIS, "/start")
            await post.begun.wait()
            await database.found_nothing.wait()
            database.found_nothing.clear()
            house.relay.on_commit(await write(house, LIIS, "Somebody has answered."))
            await database.found_nothing.wait()
            post.goes_on.set()
            await post.has_told(2)

        assert post.first_lines()[1] == "liis< Somebody has answered."


async def test_a_pause_of_the_network_keeps_letters_to_others_and_ends_for_all(
    house: House,
) -> None:
    post = Post()
    post.answers[1] = TryLater(PAUSE)
    house.relay.connect(post)

    await say(house, LIIS, "/start")
    await house.relay.deliver_all()
    await say(house, MAITE, "/start")
    await house.relay.deliver_all()
    before, tries = list(post.told), post.tries
    clock_of(house).at += PAUSE
    await house.relay.deliver_all()

    assert (before, tries, await states(house)) == ([], 1, ["sent", "sent"])


async def test_an_answer_that_was_put_off_is_not_overtaken_after_a_restart(
    house: House, database: Database, tmp_path: Path
) -> None:
    busy = Post()
    busy.answers[1] = TryLater(PAUSE)
    house.relay.connect(busy)
    await say(house, LIIS, "/start")
    await house.relay.deliver_all()

    again, post = living(database, tmp_path, house.clock), Post()
    await again.relay.recover(alone=not database.is_shared)
    again.relay.connect(post)
    await say(again, LIIS, "1")
    await again.relay.deliver_all()
    before = list(post.told)
    clock_of(house).at += PAUSE
    await again.relay.deliver_all()

    assert (before, post.first_lines()) == (
        [],
        [
            "liis< Hello. This is Three Shores VET School.",
            "liis< English it is. You can change the language at any time: /language",
        ],
    )


async def test_a_letter_whose_lease_is_over_is_left_to_the_process_that_took_it_up(
    postgresql_url: str, tmp_path: Path
) -> None:
    with (
        closing(open_database(postgresql_url)) as one,
        closing(open_database(postgresql_url)) as two,
    ):
        slow, quick = Post(), Post()
        slow.goes_on.clear()
        house = living(one, tmp_path)
        other = living(two, tmp_path, house.clock)
        await say(house, LIIS, "/start", "1")
        house.relay.connect(slow)
        other.relay.connect(quick)

        delivering = asyncio.create_task(house.relay.deliver_all())
        await slow.begun.wait()
        clock_of(house).at += LEASE_OVER
        await other.relay.recover(alone=False)
        await other.relay.deliver_all()
        taken_over = await rows(house, tables.outbox)
        slow.goes_on.set()
        await delivering

        # Of the first nobody could know whether it had arrived; the second was never handed over here.
        assert (len(slow.told), slow.tries, len(quick.told)) == (1, 1, 2)
        assert [(row.state, row.ref) for row in taken_over] == [("sent", "1"), ("sent", "2")]
        assert await rows(house, tables.outbox) == taken_over


async def test_a_late_mark_says_nothing_of_a_letter_that_another_process_has_in_hand(
    postgresql_url: str, tmp_path: Path
) -> None:
    with (
        closing(open_database(postgresql_url)) as one,
        closing(open_database(postgresql_url)) as two,
    ):
        slow, slower = Post(), Post()
        slow.goes_on.clear()
        slower.goes_on.clear()
        slow.answers[1] = Unreachable()
        house = living(one, tmp_path)
        other = living(two, tmp_path, house.clock)
        await say(house, LIIS, "/start")
        house.relay.connect(slow)
        other.relay.connect(slower)

        delivering = asyncio.create_task(house.relay.deliver_all())
        await slow.begun.wait()
        clock_of(house).at += LEASE_OVER
        await other.relay.recover(alone=False)
        delivering_again = asyncio.create_task(other.relay.deliver_all())
        await slower.begun.wait()
        slow.goes_on.set()
        await delivering
        (in_hand,) = await rows(house, tables.outbox)
        slower.goes_on.set()
        await delivering_again

        assert (in_hand.state, in_hand.claimed_by) == ("sending", other.relay.hands.name)
        assert await states(house) == ["sent"]
