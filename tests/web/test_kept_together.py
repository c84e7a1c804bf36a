"""What only the storage knows: several processes, several schools, and forgetting."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import timedelta

import pytest
from sqlalchemy import Table, bindparam, func, insert, select

from bot.gateways.web.history import Choice, Line, NewLine
from bot.gateways.web.kept import KeptHistory
from bot.storage import web_chats
from bot.storage.database import Database, open_database
from bot.storage.tables import addresses, people
from bot.storage.web_tables import (
    sign_in_links,
    web_chats as chats,
    web_lines,
    web_sessions as sessions,
)
from tests.web.test_kept_history import (
    CALENDAR,
    HOUR,
    NOON,
    SCHOOL,
    a_link,
    question,
    words,
)

DAY = timedelta(days=1)


@pytest.fixture
def processes(database_url: str) -> Iterator[list[KeptHistory]]:
    """Three processes of one school that share a database, as behind one address."""
    with ExitStack() as stack:
        opened = [stack.enter_context(closing(open_database(database_url))) for _ in range(3)]
        yield [KeptHistory(database, SCHOOL) for database in opened]


async def count(database: Database, table: Table, school: str = SCHOOL) -> int:
    """Return how many rows a school has in a table."""
    rows = select(func.count()).where(table.c.school_id == bindparam("of_school"))
    return await database.run(lambda tx: tx.execute(rows, {"of_school": school}).scalar_one())


async def belongs_to_a_person(database: Database, address: str, network: str = "web") -> None:
    """Make `address` that of somebody the school knows."""
    person = {
        "school_id": SCHOOL,
        "language": "et",
        "created_at": NOON,
        "seen_at": NOON,
        "network": network,
        "address": address,
    }
    meet = insert(people).returning(people.c.id)
    known = await database.run(lambda tx: tx.execute(meet, person).scalar_one())
    way = {"school_id": SCHOOL, "network": network, "address": address, "person_id": known}
    await database.run(lambda tx: tx.execute(insert(addresses), way))


async def test_several_processes_never_give_out_a_number_twice(
    processes: list[KeptHistory],
) -> None:
    await processes[0].open("liis", "phone", NOON)

    lines = await asyncio.gather(
        *(process.append("liis", words("hello")) for process in processes * 20)
    )

    assert sorted(line.number for line in lines if line) == list(range(1, 61))
    assert sorted(line.change for line in lines if line) == list(range(1, 61))


async def test_who_reads_while_others_write_misses_nothing(processes: list[KeptHistory]) -> None:
    reading, *writing = processes
    await reading.open("liis", "phone", NOON)
    said = asyncio.gather(*(one.append("liis", words("hello")) for one in writing * 30))
    read: list[Line] = []
    is_last = False
    while not is_last:
        is_last = said.done()
        last = read[-1].change if read else 0
        read += await reading.after("liis", last, limit=100)
    await said

    assert [line.number for line in read] == list(range(1, 61))


async def test_everything_at_once_leaves_each_change_to_one_line(
    processes: list[KeptHistory],
) -> None:
    await processes[0].open("liis", "phone", NOON)
    for number in range(1, 10):
        await processes[0].append("liis", question("well?", f"q:{number % 3}"))

    await asyncio.gather(
        *(one.settle("liis", f"q:{key}", Choice(NOON, ())) for one in processes for key in (0, 1)),
        *(one.replace("liis", number, question("!")) for one in processes for number in range(10)),
        *(one.append("liis", words("hm")) for one in processes * 3),
    )
    lines = await processes[0].after("liis", 0, limit=100)

    assert [line.change for line in lines] == sorted({line.change for line in lines})
    assert sorted(line.number for line in lines) == list(range(1, 19))


async def test_words_that_reach_two_processes_at_once_are_kept_once(
    processes: list[KeptHistory],
) -> None:
    await processes[0].open("liis", "phone", NOON)

    lines = await asyncio.gather(
        *(process.append("liis", words("hello", update="liis:1")) for process in processes * 5)
    )
    following = await processes[0].append("liis", words("good day"))

    assert lines == [Line(1, 1, NOON, "hello")] * 15
    assert following == Line(2, 2, NOON, "good day")


async def test_of_two_processes_that_take_one_link_one_gets_it(
    processes: list[KeptHistory],
) -> None:
    await a_link(processes[0], "link", "liis")

    taken = await asyncio.gather(*(process.take_link("link", NOON) for process in processes * 3))

    assert sorted(taken, key=str) == [None] * 8 + ["liis"]


async def test_a_link_is_worth_nothing_once_it_expires(database: Database) -> None:
    history = KeptHistory(database, SCHOOL)
    await database.run(lambda tx: web_chats.add_link(tx, SCHOOL, "link", "liis", NOON))

    late = await history.take_link("link", NOON)
    in_time = await history.take_link("link", NOON - timedelta(microseconds=1))

    assert (late, in_time) == (None, "liis")


async def test_two_schools_with_the_same_address_see_nothing_of_each_other(
    database: Database,
) -> None:
    one, other = KeptHistory(database, SCHOOL), KeptHistory(database, "inland")
    for history in (one, other):
        await history.open("liis", "phone", NOON)
    await one.append("liis", NewLine(NOON, "ours", "1", "et", "q:1", file=CALENDAR))
    await other.append("liis", words("theirs", update="1"))
    await a_link(one, "link", "liis")

    await other.settle("liis", "q:1", Choice(NOON, ()))
    await other.replace("liis", 1, words("altered"))
    taken = await other.take_link("link", NOON)
    await database.run(lambda tx: web_chats.forget(tx, "inland", "liis"))
    await database.run(lambda tx: web_chats.forget_before(tx, "inland", NOON + DAY))

    assert await one.after("liis", 0, limit=9) == [Line(1, 1, NOON, "ours", key="q:1")]
    assert (taken, await one.take_link("link", NOON)) == (None, "liis")
    assert await other.after("liis", 0, limit=9) == []
    assert await other.language_of("liis") is None
    assert await other.file("liis", 1) is None
    assert (await one.address_of("phone"), await other.address_of("phone")) == ("liis", None)


async def test_forgetting_leaves_no_line_no_file_and_no_link_of_that_chat(
    database: Database,
) -> None:
    history = KeptHistory(database, SCHOOL)
    for address in ("liis", "rein"):
        await history.open(address, f"phone of {address}", NOON)
        await history.append(address, NewLine(NOON, "hello", language="et", file=CALENDAR))
        await a_link(history, f"link to {address}", address)

    await database.run(lambda tx: web_chats.forget(tx, SCHOOL, "liis"))

    assert await history.after("liis", 0, limit=9) == []
    assert await history.file("liis", 1) is None
    assert await history.take_link("link to liis", NOON) is None
    assert [await count(database, table) for table in (web_lines, sign_in_links)] == [1, 1]
    assert await history.take_link("link to rein", NOON) == "rein"


async def test_a_goodbye_still_arrives_and_says_what_is_forgotten(database: Database) -> None:
    history = KeptHistory(database, SCHOOL)
    await history.open("liis", "phone", NOON)
    for text in ("hello", "which year?"):
        await history.append("liis", words(text))
    await database.run(lambda tx: web_chats.forget(tx, SCHOOL, "liis"))

    goodbye = await history.append("liis", words("goodbye"))
    await history.append("liis", words("hello again"))
    await history.replace("liis", 3, words("goodbye, Liis"))
    stored = await history.after("liis", 0, limit=9)

    assert goodbye == Line(3, 3, NOON, "goodbye", forgotten=2)
    assert [(line.number, line.forgotten) for line in stored] == [(4, 2), (3, 2)]


async def test_what_is_old_is_forgotten_and_the_rest_stays(database: Database) -> None:
    history = KeptHistory(database, SCHOOL)
    await history.open("liis", "phone", NOON)
    for day in (0, 1, 2):
        await history.append("liis", words(f"day {day}", at=NOON + day * DAY))

    await database.run(lambda tx: web_chats.forget_before(tx, SCHOOL, NOON + DAY))

    assert [line.body for line in await history.after("liis", 0, limit=9)] == ["day 1", "day 2"]
    assert await history.address_of("phone") == "liis"
    assert await history.append("liis", words("on")) == Line(4, 4, NOON, "on")


async def test_links_that_open_nothing_any_more_are_forgotten(database: Database) -> None:
    history = KeptHistory(database, SCHOOL)
    for name in ("used", "good"):
        await a_link(history, name, "liis")
    await database.run(lambda tx: web_chats.add_link(tx, SCHOOL, "expired", "liis", NOON - HOUR))
    await history.take_link("used", NOON)

    await database.run(lambda tx: web_chats.forget_before(tx, SCHOOL, NOON))

    assert await count(database, sign_in_links) == 1
    assert await history.take_link("good", NOON) == "liis"


async def test_a_chat_that_nobody_has_used_for_long_is_forgotten_whole(database: Database) -> None:
    history = KeptHistory(database, SCHOOL)
    for day, address in enumerate(("passed by", "asked once", "still here")):
        await history.open(address, f"phone of {address}", NOON + day * DAY)
    await history.append("asked once", words("hello", at=NOON + DAY))

    await database.run(lambda tx: web_chats.forget_before(tx, SCHOOL, NOON + 2 * DAY))

    assert await history.address_of("phone of passed by") is None
    assert await history.address_of("phone of asked once") is None
    assert await history.address_of("phone of still here") == "still here"
    assert [await count(database, table) for table in (chats, sessions, web_lines)] == [1, 1, 0]


async def test_an_alumna_who_is_silent_for_a_year_can_still_be_written_to(
    database: Database,
) -> None:
    history = KeptHistory(database, SCHOOL)
    await belongs_to_a_person(database, "liis")
    await history.open("liis", "phone", NOON)
    await history.append("liis", words("hello"))

    await database.run(lambda tx: web_chats.forget_before(tx, SCHOOL, NOON + 365 * DAY))
    letter = await history.append("liis", question("How are you?"))

    assert letter == Line(2, 2, NOON, "How are you?", key="q:1")
    assert await history.address_of("phone") == "liis"


async def test_an_address_of_another_network_keeps_no_web_chat(database: Database) -> None:
    history = KeptHistory(database, SCHOOL)
    await belongs_to_a_person(database, "42", network="aiogram")
    await history.open("42", "phone", NOON)

    await database.run(lambda tx: web_chats.forget_before(tx, SCHOOL, NOON + DAY))

    assert await history.address_of("phone") is None
