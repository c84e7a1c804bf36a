"""Who is to be forgotten is looked at again in the moment in which it is done."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.app import House
from bot.runtime.cleaning import forget, let_go, strangers, unheard_of
from bot.storage import tables
from bot.storage.database import Database
from tests.runtime.living import LIIS, MAITE, Post, change, clock_of, living, person, rows, say

LONG = timedelta(days=2 * 365 + 1)
"""Longer than the school's notice says."""
WEEK = timedelta(days=8)


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    return living(database, tmp_path)


async def erased(house: House) -> list[bool]:
    """Return of each person whether they have been erased."""
    return [row.erased_at is not None for row in await rows(house, tables.people)]


async def test_who_is_heard_of_after_the_list_was_made_is_not_forgotten(house: House) -> None:
    await say(house, LIIS, "/start")
    await say(house, MAITE, "/start")
    clock_of(house).at += LONG
    found = await house.database.run(partial(unheard_of, house.setting, house.clock()))

    await say(house, LIIS, "1")
    for one in found:
        await house.database.run(partial(forget, house.setting, house.clock(), one))

    assert (len(found), await erased(house)) == (2, [False, True])


async def test_two_processes_that_forget_the_same_person_say_one_goodbye(house: House) -> None:
    post = Post()
    house.relay.connect(post)
    await say(house, LIIS, "/start")
    await house.relay.deliver_all()
    clock_of(house).at += LONG
    (liis,) = await house.database.run(partial(unheard_of, house.setting, house.clock()))

    for _ in range(2):
        await house.database.run(partial(forget, house.setting, house.clock(), liis))
    await house.relay.deliver_all()

    assert [line.startswith("liis< Nothing was heard") for line in post.first_lines()] == [
        False,
        True,
    ]


async def test_a_stranger_who_has_come_back_is_not_let_go(house: House) -> None:
    await say(house, LIIS, "/help")
    await say(house, MAITE, "/help")
    clock_of(house).at += WEEK
    found = await house.database.run(partial(strangers, house.setting, house.clock()))

    await say(house, LIIS, "/start")
    for one in found:
        await house.database.run(partial(let_go, house.setting, house.clock(), one))

    liis = await person(house, LIIS)
    kept = [row.id for row in await rows(house, tables.people) if row.erased_at is None]
    assert (len(found), kept) == (2, [liis])


async def test_one_who_cannot_be_forgotten_keeps_nobody_else(house: House) -> None:
    for who in (LIIS, MAITE):
        await say(house, who, "/start", "1", "1", "1", "2001")
    await say(house, LIIS, "/report", "Somebody is not well.")
    clock_of(house).at += LONG
    await change(house, tables.cases, {"facts": "gone"})

    await house.ticks.clean()

    assert (await erased(house))[-1]
