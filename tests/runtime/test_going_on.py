"""A case moves while somebody writes to the other: the words arrive, or the writer hears why not."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from pydantic import SecretStr
from sqlalchemy import Connection, select

from bot.app import House, build
from bot.domain.mentoring.pair import (
    DecisionDue,
    EndReached,
    Faded,
    GoesOn,
    InTouch,
    StillQuiet,
    TheyGoOn,
    WentQuiet,
)
from bot.domain.people import CaseEvent, CaseId, Suspended
from bot.gateways.port import Incoming, Network, Typed
from bot.runtime import cases
from bot.runtime.orders import finish
from bot.runtime.outbox import put
from bot.runtime.talk import MOVED_ON
from bot.runtime.work import Work
from bot.school import load_school
from bot.settings import Settings
from bot.storage import tables
from bot.storage.database import Database, open_database
from handlers.incoming import hearing
from tests.runtime.living import somebody_waits_for_a_lock
from tests.stories import SCHOOL
from tests.story import Player

SHORES = load_school(SCHOOL)
KEY = SHORES.key
WORDS = "Does Friday suit you?"
ANNA_WRITES = """
anna: en, web
marta: en, web
! anna is a student: Anna; KE-24; 2005
! marta is alumni: Marta Kask; welding; 1990
! marta mentors: first_job; en; online; saturday; 1
! anna has a mentor: marta; first_job; Find work as a welder
anna> [Write a message]
"""
EVENTS = (
    *(WentQuiet(), StillQuiet(), InTouch(), DecisionDue(), GoesOn()),
    *(EndReached(), Suspended(), TheyGoOn(), Faded()),
)
OFFERS_WRITING = {"introduced", "active", "quiet", "deciding"}
"""States of a pair in which a student may write to the mentor."""


def played_in(folder: Path, database: Database) -> Player:
    """Play in the school of the stories."""
    told = Settings(secret_key=SecretStr("k" * 32), data_folder=folder)
    return Player(told, SHORES, database)


def house_of(player: Player, database: Database) -> House:
    """Return the house of a story, at the moment it has come to."""
    return build(player.settings, player.school, database, player.clock)


def pair_of(tx: Connection) -> CaseId:
    """Return which case Anna and Marta have."""
    c = tables.cases.c
    pair = select(c.id).where(c.school_id == KEY, c.lifecycle == "mentoring.pair")
    return CaseId(tx.execute(pair).scalar_one())


def let_happen(house: House, event: CaseEvent, tx: Connection) -> None:
    """Let time or the school bring `event` about, if it means anything to the pair by now."""
    work = Work(tx, house.setting, house.clock())
    at = cases.standing(work, pair_of(tx))
    if at and at.is_open:
        cases.happen(work, at, event, None)
    finish(work, None)
    put(work)


def states_since(tx: Connection) -> list[str]:
    """Return every state that the pair has been in, in order."""
    e = tables.case_events.c
    moves = select(e.to_state).where(e.school_id == KEY, e.case_id == pair_of(tx)).order_by(e.id)
    return list(tx.execute(moves).scalars())


def talks(tx: Connection) -> list[str]:
    """Return which dialogues anybody is in."""
    c = tables.conversations.c
    return list(tx.execute(select(c.dialogue).where(c.school_id == KEY)).scalars())


def letters_that_say(tx: Connection, words: str) -> int:
    """Return how many letters say `words`."""
    o = tables.outbox.c
    letters = tx.execute(select(o.letter).where(o.school_id == KEY)).scalars()
    return sum(words in letter for letter in letters)


@given(happens=st.lists(st.sampled_from(EVENTS), max_size=5))
@settings(max_examples=40)
def test_whatever_happens_meanwhile_words_arrive_or_the_writer_hears_why_not(
    happens: list[CaseEvent], tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path
) -> None:
    folder = tmp_path_factory.mktemp("pair")
    (folder / "kutse.db").write_bytes(empty_sqlite.read_bytes())

    async def lived(database: Database) -> list[str]:
        player = played_in(folder, database)
        await player.play(ANNA_WRITES)
        house = house_of(player, database)
        for event in happens:
            database.run_here(partial(let_happen, house, event))
        start = len(player.lines) + 1
        await player.play(f"anna> {WORDS}")
        return player.lines[start:]

    with closing(open_database(f"sqlite:///{folder / 'kutse.db'}")) as database:
        told = asyncio.run(lived(database))
        can = set(database.run_here(states_since)) <= OFFERS_WRITING

    arrived = [line for line in told if line.startswith("marta< Anna writes:")]
    refused = [line for line in told if line.startswith(f"anna< {MOVED_ON.id}")]
    assert (len(arrived), len(refused)) == ((1, 0) if can else (0, 1))


async def test_what_a_letter_asks_stays_open_until_the_case_moves_on(
    database: Database, tmp_path: Path
) -> None:
    player = played_in(tmp_path, database)
    await player.play(f"{ANNA_WRITES}\nanna> {WORDS}")
    written = player.actors["anna"].sheets[-1]

    database.run_here(partial(let_happen, house_of(player, database), WentQuiet()))
    await player.play(f"anna> /now\nanna> [Write a message]\nanna> {WORDS}")
    broken = player.actors["anna"].sheets[-1]

    assert (written.text, broken.text) == ("Passed on.", "Passed on.")
    assert written.settles is None
    assert broken.settles
    assert broken.settles.key.startswith("c:")


@pytest.fixture
def shared(postgresql_url: str) -> Iterator[Database]:
    """A database where others may write at the same time."""
    with closing(open_database(postgresql_url)) as database:
        yield database


@pytest.mark.parametrize(
    ("event", "arrives"),
    [
        pytest.param(WentQuiet(), True, id="it gets quiet"),
        pytest.param(Suspended(), False, id="the school puts it on hold"),
    ],
)
async def test_words_that_come_while_the_case_moves_wait_and_are_not_dropped(
    event: CaseEvent, arrives: bool, shared: Database, tmp_path: Path
) -> None:
    player = played_in(tmp_path, shared)
    await player.play(ANNA_WRITES)
    house, anna = house_of(player, shared), player.actors["anna"]
    said = Incoming(Network.WEB, anna.address, "late", Typed(WORDS), "en")

    with shared.engine.begin() as tx:
        let_happen(house, event, tx)
        speaking = asyncio.ensure_future(hearing(house.turns)(said))
        await somebody_waits_for_a_lock(house, speaking)
    await speaking

    found = [
        shared.run_here(partial(letters_that_say, words=words)) for words in (WORDS, MOVED_ON.id)
    ]
    assert found == ([1, 0] if arrives else [0, 1])
    assert shared.run_here(talks) == []
