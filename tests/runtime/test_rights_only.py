"""Whoever is too young for Telegram has rights there, and all else on the school's own page."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, insert

from bot.app import House
from bot.domain.consent import Purpose
from bot.gateways.port import Incoming, Network, Pressed
from bot.storage import tables
from bot.storage.database import Database
from handlers.incoming import hearing
from tests.runtime.living import (
    KEY,
    LIIS,
    Post,
    change,
    let_in,
    living,
    person,
    rows,
    say,
    states,
    write,
)
from tests.story import Actor

PHONE = Actor("liis", "en", Network.TELEGRAM, lives_at="77")
TOO_YOUNG = "Telegram asks its users to be at least 18, so this chat does not go on here."


class Liis:
    """Liis, 16 years old, on the page and on Telegram, and what she is told on each."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.page, self.phone = Post(), Post(Network.TELEGRAM)
        self.phone.actors["liis"] = replace(PHONE, sheets=[])

    async def come(self) -> None:
        """Come in on the page; be known on Telegram, too."""
        self.house.relay.connect(self.page)
        self.house.relay.connect(self.phone)
        await let_in(self.house)
        way = {
            "school_id": KEY,
            "network": "telegram",
            "address": PHONE.address,
            "person_id": await person(self.house, LIIS),
        }
        await self.house.database.run(lambda tx: tx.execute(insert(tables.addresses).values(way)))
        await change(self.house, tables.people, {"born": 2010}, name="Liis")
        await self.house.relay.deliver_all()

    async def says(self, on: Actor, *words: str) -> list[str]:
        """Say something on one of the two; return how each letter begins that she is told there."""
        post = self.phone if on is PHONE else self.page
        before = len(post.told)
        await say(self.house, on, *words)
        await self.house.relay.deliver_all()
        return post.first_lines(before)

    async def taps(self, label: str) -> None:
        """Press the newest button of that name on Telegram."""
        data = self.phone.actors["liis"].row(label, oldest=False).data
        pressed = Incoming(Network.TELEGRAM, PHONE.address, f"tap of {label}", Pressed(data))
        await hearing(self.house.turns)(pressed)
        await self.house.relay.deliver_all()


@pytest.fixture
async def liis(database: Database, tmp_path: Path) -> Liis:
    one = Liis(living(database, tmp_path))
    await one.come()
    return one


async def test_what_nobody_asked_for_goes_to_the_page(liis: Liis) -> None:
    await liis.says(PHONE, "hello")
    on_phone, on_page = len(liis.phone.told), len(liis.page.told)

    await write(liis.house, LIIS, "News.")
    await liis.house.relay.deliver_all()

    assert len(liis.phone.told) == on_phone
    assert liis.page.first_lines(on_page) == ["liis< News."]


async def test_what_nobody_asked_for_goes_nowhere_without_a_page(liis: Liis) -> None:
    await liis.says(PHONE, "hello")
    page = delete(tables.addresses).where(
        tables.addresses.c.school_id == KEY,
        tables.addresses.c.network == "web",
        tables.addresses.c.address == LIIS.address,
    )
    await liis.house.database.run(lambda tx: tx.execute(page))
    on_phone = len(liis.phone.told)

    await write(liis.house, PHONE, "News.")
    await liis.house.relay.deliver_all()

    assert len(liis.phone.told) == on_phone
    assert (await states(liis.house))[-1] == "skipped"


async def test_what_was_agreed_to_on_the_page_can_only_be_taken_back(liis: Liis) -> None:
    await liis.says(LIIS, "/privacy", "Events", "Short surveys", "Done")
    before = len(liis.phone.told)

    asked = await liis.says(PHONE, "/privacy")
    await liis.taps("Events")
    await liis.taps("Done, 1 chosen")

    assert asked[0].startswith("liis< This is what the school may write to you about, on its own")
    assert [line for line in liis.phone.told[before].splitlines() if "[" in line] == [
        "    [✓ Events] reunions, open days, talks",
        (
            "    [✓ Short surveys] about five minutes, 6, 12 and 18 months after you leave;"
            " the school uses the answers to improve what it teaches"
        ),
        "    [Done, 2 chosen]",
    ]
    kept = [row.purpose for row in await rows(liis.house, tables.consents) if not row.withdrawn_at]
    assert kept == [Purpose.SURVEYS]


async def test_a_question_of_the_page_is_not_asked_on_telegram(liis: Liis) -> None:
    await liis.says(LIIS, "/mentor")
    [conversation] = await rows(liis.house, tables.conversations)

    refused = await liis.says(PHONE, "1")
    copy = await liis.says(PHONE, "/mydata")

    assert refused[0].startswith(f"liis< {TOO_YOUNG}")
    assert copy == [
        "liis< Name: Liis",
        (
            "liis< Here is everything this chat keeps about you: a text to read,"
            " and a file that other programs can read."
        ),
    ]
    assert await rows(liis.house, tables.conversations) == [conversation]


async def test_to_stop_on_telegram_ends_what_the_page_asks(liis: Liis) -> None:
    await liis.says(LIIS, "/mentor")

    told = await liis.says(PHONE, "/stop")

    assert [line.startswith("liis< You will receive no more messages.") for line in told] == [True]
    assert await rows(liis.house, tables.conversations) == []


async def test_other_languages_and_profiles_are_within_reach(liis: Liis) -> None:
    await liis.says(LIIS, "/mentor")

    told = await liis.says(PHONE, "/language it", "/profile", "/cancel")

    assert told == [
        "liis< Va bene. Lingua: Italiano. Puoi cambiarla quando vuoi: /language",
        "liis< Controlla i dati. Per cambiare una riga, sceglila. È tutto giusto?",
        "liis< Va bene. Il tuo profilo resta com’era.",
    ]
