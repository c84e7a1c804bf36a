"""Two processes deliver the letters of one school."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from typing_extensions import override

from bot.app import House, build
from bot.conversation.messages import msg
from bot.domain.people import PersonId
from bot.gateways.port import Incoming, Network, Outcome, Typed
from bot.runtime.delivery import claim
from bot.runtime.hands import Hands
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.outbox import put
from bot.runtime.work import Work
from bot.school import load_school
from bot.settings import Settings
from bot.storage import tables
from bot.storage.database import open_database
from bot.texts.sheets import Sheet
from handlers.incoming import hearing
from tests.databases import PostgreSQL
from tests.stories import SCHOOL
from tests.story import Actor, PaperPost, StoryClock
from tests.telegram.wire import Bell

DEAD_AFTER = timedelta(minutes=2)
"""Whoever has a letter in hand for so long is taken for dead."""
LIIS = Actor("liis", "et", Network.WEB)
SCHOOL_OF = tables.people.c.school_id == "three-shores"


class SlowPost(PaperPost):
    """Takes as long as it is told to."""

    def __init__(
        self, network: Network, actors: dict[str, Actor], write: Callable[[str], None]
    ) -> None:
        super().__init__(network, actors, write)
        self.begun, self.goes_on = asyncio.Event(), asyncio.Event()

    @override
    async def deliver(self, address: str, sheet: Sheet) -> Outcome:
        self.begun.set()
        await self.goes_on.wait()
        return await super().deliver(address, sheet)


@pytest.fixture
def house(postgresql: PostgreSQL, tmp_path: Path) -> Iterator[House]:
    settings = Settings(secret_key=SecretStr("k" * 32), data_folder=tmp_path)
    with postgresql.copy() as url, closing(open_database(url)) as database:
        yield build(settings, load_school(SCHOOL), database, StoryClock())


async def greet(house: House) -> None:
    """Let Liis say hello; what she is told waits in the outbox."""
    hello = Incoming(LIIS.network, LIIS.address, "u1", Typed("/start"), LIIS.language)
    await hearing(house.turns)(hello)


def write(house: House, words: str) -> None:
    """Put one more letter to Liis into the outbox."""
    with house.database.engine.begin() as tx:
        work = Work(tx, house.setting, house.clock())
        liis = PersonId(work.run(select(tables.people.c.id).where(SCHOOL_OF)).scalar_one())
        work.letters.append(Letter(liis, LetterKind.REPLY, (msg(words),)))
        put(work)


async def test_a_letter_does_not_overtake_the_one_that_another_process_takes_in_hand(
    house: House,
) -> None:
    await greet(house)

    with house.database.engine.begin() as first:
        in_hand = claim(house.setting, house.clock, Hands("first"), ["web"], 100, first)
        write(house, "Done.")
        with closing(house.database.engine.connect()) as impatient:
            impatient.execute(text("SET LOCAL lock_timeout = '1ms'"))
            with pytest.raises(OperationalError):
                claim(house.setting, house.clock, Hands("second"), ["web"], 100, impatient)
    with house.database.engine.begin() as second:
        overtaking = claim(house.setting, house.clock, Hands("second"), ["web"], 100, second)

    assert (len(in_hand), overtaking) == (1, [])


async def test_what_a_dead_process_had_in_hand_is_delivered_by_one_that_lives(
    house: House,
) -> None:
    told: list[str] = []
    await greet(house)
    with house.database.engine.begin() as tx:
        claim(house.setting, house.clock, Hands("dead"), ["web"], 100, tx)
    house.relay.connect(PaperPost(Network.WEB, {"liis": LIIS}, told.append))
    clock = house.clock
    assert isinstance(clock, StoryClock)

    await house.ticks.tick()
    await house.relay.deliver_all()
    before = len(told)
    clock.at += DEAD_AFTER
    await house.ticks.tick()
    await house.relay.deliver_all()

    assert (before, len(told)) == (0, 1)


async def test_a_process_takes_nothing_out_of_its_own_hands_however_long_it_takes(
    house: House,
) -> None:
    told: list[str] = []
    slow = SlowPost(Network.WEB, {"liis": LIIS}, told.append)
    house.relay.connect(slow)
    clock = house.clock
    assert isinstance(clock, StoryClock)
    await greet(house)

    delivering = asyncio.create_task(house.relay.deliver_all())
    await slow.begun.wait()
    clock.at += DEAD_AFTER
    await house.ticks.tick()
    slow.goes_on.set()
    await delivering

    assert len(told) == 1


async def test_what_waits_behind_the_letter_of_one_process_leaves_as_soon_as_that_has_left(
    house: House,
) -> None:
    told: list[str] = []
    bell = Bell()

    def write_down(drawing: str) -> None:
        told.append(drawing)
        bell.ring()

    slow = SlowPost(Network.WEB, {"liis": LIIS}, write_down)
    other = build(house.settings, house.setting.school, house.database, house.clock)
    other.relay.connect(slow)
    house.relay.connect(PaperPost(Network.WEB, {"liis": LIIS}, told.append))
    await greet(house)
    running = asyncio.create_task(other.relay.run())
    await slow.begun.wait()

    write(house, "Done.")
    await house.relay.deliver_all()
    before = list(told)
    slow.goes_on.set()
    await bell.until(lambda: len(told) == 2)
    running.cancel()
    await asyncio.wait({running})

    assert before == []
