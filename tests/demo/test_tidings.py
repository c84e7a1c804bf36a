"""What the demo tells of the time that passed, in words of its own."""

from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import build, front_of
from bot.demo.clock import DemoClock
from bot.demo.stage import DEMO_SCHOOL, Stage
from bot.gateways.port import Hear, Incoming, Network, Typed
from bot.gateways.web.gateway import WebGateway
from bot.gateways.web.kept import KeptHistory
from bot.school import load_school
from bot.settings import Settings
from bot.storage.database import open_database
from handlers.incoming import hearing

WEDNESDAY = datetime(2026, 11, 25, 7, tzinfo=UTC)
"""Nine o'clock at the school."""
DAY = timedelta(days=1)
LIIS_SIGNS_UP = (
    *("Eesti", "Jätkan", "Õppisin siin", "2001", "Valmis", "Liis Saar", "keevitja", "2018", "1"),
    *("Töötan", "Pärnu", "1 ja 3", "Valmis", "Kord kuus", "Saada"),
)
LIIS_OFFERS = (
    *("/mentor", "Jah, tahaksin", "Edasi", "Edasi", "Olen valmis"),
    *("Esimese töökoha leidmine", "Valmis", "Italiano", "Valmis", "Silmast silma", "Valmis"),
    *("Valmis", "Valmis", "1", "Alati, kui sobin", "Nõustun"),
)
GIULIA_LOOKS = (
    *("/mentor", "Trovare il primo lavoro", "Saldare in un cantiere navale", "Fatto"),
    *("Di persona", "Fatto", "Fatto", "Fatto", "Lo stesso settore", "Nessuno", "1"),
)


@dataclass
class Playground:
    """The demo's school and its people, without a page."""

    stage: Stage
    hear: Hear
    numbers: "count[int]" = field(default_factory=count)

    async def say(self, key: str, *words: str) -> None:
        """Let one of the four type."""
        for one in words:
            update = f"{key}-{next(self.numbers)}"
            await self.hear(Incoming(Network.WEB, f"demo-{key}", update, Typed(one)))

    async def forward(self, span: timedelta) -> list[str]:
        """Move the clock; return what is told of it."""
        return [one.text for one in (await self.stage.forward(span)).happenings]


@pytest.fixture
async def demo(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Playground]:
    settings = Settings(secret_key=SecretStr("k" * 32), data_folder=tmp_path)
    with closing(open_database(sqlite_url)) as database:
        clock = DemoClock(lambda: WEDNESDAY, WEDNESDAY)
        house = build(settings, load_school(DEMO_SCHOOL), database, clock)
        hear = hearing(house.turns)
        history = KeptHistory(database, house.setting.school.key)
        stage = Stage(house.setting, database, house.sweep, house.relay, clock)
        house.relay.connect(WebGateway(front_of(house), history, hear, demo=stage.demo))
        await stage.set_the_scene(hear, history)
        yield Playground(stage, hear)
        await house.relay.deliver_all()


async def test_what_people_are_told_at_once_is_not_what_time_brought(demo: Playground) -> None:
    await demo.say("anna", "/help", "/now")

    assert await demo.forward(timedelta(hours=1)) == []


async def test_it_is_told_who_was_reminded_and_whose_answers_were_deleted(
    demo: Playground,
) -> None:
    reminded = await demo.forward(DAY)
    deleted = await demo.forward(7 * DAY)

    assert reminded == [
        "Liis Saar was reminded: a question is still open.",
        "Giulia Ferri was reminded: a question is still open.",
    ]
    assert deleted[-2:] == [
        "All that Liis Saar had told was deleted.",
        "All that Giulia Ferri had told was deleted.",
    ]


async def test_it_is_told_whose_turn_it_is_and_what_is_expected(demo: Playground) -> None:
    await demo.say("giulia", "/cancel")
    await demo.say("liis", *LIIS_SIGNS_UP)

    told = [one for _ in range(9) for one in await demo.forward(DAY)]

    assert told == [
        "Maite Soler was reminded: Say whether you recognise Liis Saar.",
        "Maite Soler’s turn: Say whether you recognise Liis Saar.",
    ]


async def test_a_move_that_brings_nothing_tells_nothing(demo: Playground) -> None:
    assert await demo.forward(timedelta(hours=1)) == []


async def test_it_is_told_that_a_decision_reached_whom_it_is_about(demo: Playground) -> None:
    await demo.say("liis", *LIIS_SIGNS_UP)
    await demo.forward(timedelta(minutes=5))
    await demo.say("maite", "Aprobar")

    assert await demo.forward(timedelta(hours=1)) == ["Liis Saar got news."]


async def test_it_is_told_until_when_somebody_waits(demo: Playground) -> None:
    on_the_list = ("1998", "Valmis", "Liis Saar", "Keevitaja", "2019", *LIIS_SIGNS_UP[8:])
    await demo.say("liis", *LIIS_SIGNS_UP[:3], *on_the_list, *LIIS_OFFERS)
    await demo.say("giulia", "Italiano", "Continua", "2004", "Giulia", *GIULIA_LOOKS)

    told = [one for _ in range(3) for one in await demo.forward(DAY)]

    assert told == [
        "Liis Saar was reminded: Answer the request of Giulia.",
        "Liis Saar was reminded: Answer the request of Giulia.",
        "Liis Saar got news.",
        (
            "Giulia Ferri got news: Wait until somebody who fits is free."
            " Your place on the waiting list: 1."
            " You hear from the school by Saturday 5 December at the latest."
        ),
    ]
