"""What goes wrong in one turn or timer keeps nobody else, and leaves a way on."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.app import House
from bot.conversation.messages import msg
from bot.demo.clock import DemoClock
from bot.demo.stage import Stage
from bot.domain.concern import TakenUp
from bot.domain.people import CaseId, PersonId
from bot.gateways.port import Network
from bot.runtime.arriving import arrive
from bot.runtime.happenings import Came, Said
from bot.runtime.hearing import hear
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.now import SETTLED
from bot.runtime.orders import carry_out, finish
from bot.runtime.outbox import put
from bot.runtime.work import About, Ordered, Work
from bot.storage import tables
from bot.storage.database import Database, open_database
from tests.runtime.living import (
    LIIS,
    MAITE,
    Post,
    change,
    clock_of,
    let_in,
    living,
    person,
    rows,
    say,
    somebody_waits_for_a_lock,
)
from tests.story import NOON, Actor

DAY = timedelta(days=1)
SORRY = "liis< Something went wrong on our side."
GREETING = "liis< Hello. This is Three Shores VET School."
TAAVI = Actor("taavi", "en", Network.TELEGRAM)
UNREADABLE = {
    "a dialogue that is gone": {"dialogue": "gone.dialogue"},
    "a step that is gone": {"stored": '{"step":"renamed","draft":{}}'},
    "a draft of another kind": {"stored": '{"step":"language","draft":{"tries":"Liis Saar"}}'},
    "no JSON": {"stored": "Liis Saar"},
    "JSON of another kind": {"stored": "[]"},
}
unreadable = pytest.mark.parametrize("broken", UNREADABLE.values(), ids=UNREADABLE.keys())


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    return living(database, tmp_path)


@pytest.fixture
def shared(postgresql_url: str, tmp_path: Path) -> Iterator[House]:
    """A house over PostgreSQL, where others may write at the same time."""
    with closing(open_database(postgresql_url)) as database:
        yield living(database, tmp_path)


@unreadable
async def test_who_is_in_a_conversation_that_cannot_be_read_hears_a_sorry_and_begins_anew(
    house: House, broken: dict[str, object]
) -> None:
    post = Post()
    house.relay.connect(post)
    await say(house, LIIS, "/start")
    await change(house, tables.conversations, broken)

    await say(house, LIIS, "Liis Saar")
    await house.relay.deliver_all()
    await say(house, LIIS, "/start")
    await house.relay.deliver_all()

    hello, sorry, anew = post.first_lines()
    assert sorry.startswith(SORRY)
    assert (hello, anew) == (GREETING, GREETING)


@unreadable
@pytest.mark.parametrize("words", ["/help", "/now", "/cancel", "/back", "/delete /cancel"])
async def test_nothing_that_can_be_said_in_such_a_conversation_fails(
    house: House, broken: dict[str, object], words: str
) -> None:
    post = Post()
    house.relay.connect(post)
    await say(house, LIIS, "/start")
    await change(house, tables.conversations, broken)

    await say(house, LIIS, *words.split(), "/start")
    await house.relay.deliver_all()

    assert post.first_lines()[-1] == GREETING


@unreadable
async def test_time_ends_a_conversation_that_cannot_be_read_without_a_word(
    house: House, broken: dict[str, object]
) -> None:
    post = Post()
    house.relay.connect(post)
    await say(house, LIIS, "/start")
    await house.relay.deliver_all()
    await change(house, tables.conversations, broken)

    clock_of(house).at += DAY
    await house.sweep.run()
    await house.relay.deliver_all()

    assert (await rows(house, tables.conversations), post.first_lines()) == ([], [GREETING])


async def test_a_reminder_that_waited_for_a_turn_leaves_its_answer_as_it_is(shared: House) -> None:
    await say(shared, LIIS, "/start")
    clock_of(shared).at += DAY
    came, said = Came("web", LIIS.address, "answer"), Said("1")

    with shared.database.engine.begin() as tx:
        work = Work(tx, shared.setting, shared.clock())
        arrived = arrive(work, came, said)
        assert arrived
        work.here = arrived.here
        hear(work, arrived, said)
        finish(work, arrived.here.person)
        put(work)
        sweeping = asyncio.create_task(shared.sweep.run())
        await somebody_waits_for_a_lock(shared, sweeping)
    await sweeping

    (talk,) = await rows(shared, tables.conversations)
    assert (talk.turn, talk.nudges, '"step":"notice"' in talk.stored) == (2, 0, True)
    assert [row.kind for row in await rows(shared, tables.outbox)] == ["reply", "reply"]


async def test_two_people_whose_turns_write_to_each_other_do_not_wait_for_ever(
    shared: House,
) -> None:
    await say(shared, LIIS, "/start")
    await say(shared, MAITE, "/start")
    both_act = threading.Barrier(2, timeout=10)

    def turn(who: Actor, other: int, tx: Connection) -> None:
        work = Work(tx, shared.setting, shared.clock())
        assert arrive(work, Came("web", who.address, "turn"), Said("hello"))
        both_act.wait()
        work.letters.append(Letter(PersonId(other), LetterKind.NEWS, (msg("Done."),)))
        put(work)

    liis, maite = await person(shared, LIIS), await person(shared, MAITE)
    await asyncio.gather(
        shared.database.run(lambda tx: turn(LIIS, maite, tx)),
        shared.database.run(lambda tx: turn(MAITE, liis, tx)),
    )

    news = [row.person_id for row in await rows(shared, tables.outbox) if row.kind == "news"]
    assert sorted(news) == sorted([liis, maite])


async def test_what_is_settled_for_one_takes_no_letter_from_another(house: House) -> None:
    await say(house, LIIS, "/start")
    await say(house, MAITE, "/start")
    liis, maite = await person(house, LIIS), await person(house, MAITE)

    def press(tx: Connection) -> list[tuple[int, str]]:
        work = Work(tx, house.setting, house.clock())
        work.letters = [
            Letter(maite, LetterKind.NEWS, (msg("For Maite"),)),
            Letter(liis, LetterKind.REPLY, (msg("No longer true"),)),
        ]
        carry_out(work, Ordered(TakenUp(), liis, About(CaseId(7), 1)))
        return [(letter.to, letter.parts[0].id) for letter in work.letters]

    assert await house.database.run(press) == [
        (maite, "For Maite"),
        (liis, SETTLED.id),
    ]


async def test_a_letter_for_a_network_that_is_away_makes_nothing_due(house: House) -> None:
    house.relay.connect(Post())
    await say(house, LIIS, "/start")
    await say(house, TAAVI, "/start")
    await house.relay.deliver_all()
    (waits,) = [row for row in await rows(house, tables.outbox) if row.state == "waiting"]
    await change(house, tables.outbox, {"not_before": NOON - DAY}, id=waits.id)

    clock_of(house).at += timedelta(seconds=1)
    await house.ticks.tick()

    assert await house.sweep.next_due() == NOON + DAY


async def concerned(house: House) -> None:
    """Let Liis report a concern, and let the case become one that cannot be read."""
    await let_in(house)
    await say(house, LIIS, "/report", "Somebody is not well.")
    (timer,) = [row for row in await rows(house, tables.timers) if row.name == "NotRead"]
    await change(house, tables.cases, {"facts": "gone"}, id=timer.case_id)


async def test_a_timer_that_keeps_failing_is_put_off_and_keeps_no_other(house: House) -> None:
    post = Post()
    house.relay.connect(post)
    await concerned(house)
    await say(house, TAAVI, "/start")
    later = NOON + timedelta(hours=2)

    clock_of(house).at = later
    await change(house, tables.conversations, {"wake_at": later})
    await house.sweep.run()

    due = [row.due_at for row in await rows(house, tables.timers) if row.name == "NotRead"]
    kinds = [row.kind for row in await rows(house, tables.outbox)]
    assert due == [later + timedelta(minutes=15)]
    assert kinds.count("nudge") == 1


async def test_the_demo_moves_on_past_a_timer_that_keeps_failing(
    database: Database, tmp_path: Path
) -> None:
    clock = DemoClock(lambda: NOON, NOON)
    house = living(database, tmp_path, clock)
    house.relay.connect(Post())
    stage = Stage(house.setting, database, house.sweep, house.relay, clock)
    await concerned(house)

    async with asyncio.timeout(60):
        moved = await stage.forward(timedelta(hours=5))

    assert moved.now == NOON + timedelta(hours=5)
