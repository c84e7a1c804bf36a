"""A picture is chosen in the page where one is asked for, and shown in it where a letter has one."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest

from bot.domain.pictures import LARGEST
from bot.gateways import web
from bot.gateways.pictures import Pictures
from bot.gateways.port import Incoming, Offered
from bot.gateways.web.gateway import WebGateway
from bot.storage import pictures as rows
from bot.storage.database import Database
from bot.texts.sheets import Sheet
from tests.pictures import png
from tests.web.visits import Visitor, visiting
from tests.web.world import World, address_of

SCHOOL = "three-shores"
NOON = datetime(2026, 5, 4, 9, tzinfo=UTC)


async def send(visitor: Visitor, content: bytes, size: int | str) -> int:
    """Send a picture as the page does; return the status."""
    at = f"/chat/picture?id={uuid4()}&size={size}"
    headers = {"Origin": visitor.origin, "Content-Type": "application/octet-stream"}
    answer = await visitor.client.post(at, data=BytesIO(content), headers=headers)
    return answer.status


@dataclass
class Curious:
    """Fetches every picture that is offered."""

    sizes: list[int | None] = field(default_factory=list)
    fetched: list[bytes] = field(default_factory=list)

    async def answer(self, gateway: WebGateway, incoming: Incoming) -> None:
        """Fetch what is offered, unless it is too large."""
        assert isinstance(incoming.said, Offered)
        self.sizes.append(incoming.said.size)
        if (incoming.said.size or 0) <= LARGEST:
            self.fetched.append(await incoming.said.fetch(LARGEST))


async def test_a_picture_is_heard_and_its_place_is_seen_in_the_talk() -> None:
    school = Curious()
    async with visiting(World(answer=school.answer)) as visitor:
        status = await send(visitor, png(), len(png()))
        texts = await visitor.texts()

    assert status == 200
    assert texts == ["Pilt"]
    assert (school.sizes, school.fetched) == ([len(png())], [png()])


async def test_what_is_too_large_is_heard_without_being_sent() -> None:
    school = Curious()
    async with visiting(World(answer=school.answer)) as visitor:
        status = await send(visitor, b"", LARGEST + 1)

    assert status == 200
    assert (school.sizes, school.fetched) == ([LARGEST + 1], [])


async def test_what_nobody_wants_is_not_read() -> None:
    world = World()
    async with visiting(world) as visitor:
        status = await send(visitor, png(), len(png()))

    assert status == 200
    assert len(world.heard) == 1


async def test_what_is_larger_than_it_says_is_refused() -> None:
    school = Curious()
    async with visiting(World(answer=school.answer)) as visitor:
        status = await send(visitor, bytes(LARGEST + 1), 5)

    assert (status, school.fetched) == (413, [])


@pytest.mark.parametrize("size", ["", "-1", "much"])
async def test_what_no_page_would_send_is_refused(size: str) -> None:
    world = World()
    async with visiting(world) as visitor:
        status = await send(visitor, png(), size)

    assert (status, world.heard) == (400, [])


def test_the_page_and_the_school_mean_the_same_by_too_large() -> None:
    script = (Path(web.__file__).parent / "static" / "chat.js").read_text()
    found = re.search(r"const LARGEST = (\d+) \* (\d+) \* (\d+)", script)

    assert found is not None
    assert int(found[1]) * int(found[2]) * int(found[3]) == LARGEST


async def test_a_question_that_a_picture_answers_says_so_until_it_is_settled() -> None:
    world = World()
    async with visiting(world) as visitor:
        at = address_of(world)
        await world.gateway.deliver(at, Sheet("A picture?", "en", takes_picture=True, key="q:1:1"))
        await world.gateway.deliver(at, Sheet("And now?", "en", takes_picture=True, key="q:1:1"))
        lines = await visitor.read()

    assert [line["takesPicture"] for line in lines] == [False, True]


async def test_a_picture_is_shown_to_whom_it_was_sent_as_long_as_it_is_kept(
    database: Database,
) -> None:
    world = World()
    world.gateway.pictures = Pictures(database, SCHOOL)
    values = {"school_id": SCHOOL, "case_id": 7, "mime": "image/png", "content": png()}
    picture = await database.run(
        lambda tx: tx.execute(rows.ADD, {**values, "added_at": NOON}).scalar_one()
    )
    async with visiting(world) as visitor:
        await world.gateway.deliver(address_of(world), Sheet("Come.", "en", picture=picture))
        await world.gateway.deliver(address_of(world), Sheet("Come.", "en"))
        first, second = await visitor.read()
        seen = await visitor.get(first["picture"])
        content = await seen.read()
        none = await visitor.get("/chat/file/2")
        gone = {"of_school": SCHOOL, "of_case": 7}
        await database.run(lambda tx: tx.execute(rows.FORGET, gone))
        erased = await visitor.get(first["picture"])

    assert (first["picture"], "picture" in second) == ("/chat/file/1", False)
    assert (seen.headers["Content-Type"], content) == ("image/png", png())
    assert seen.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert (none.status, erased.status) == (404, 404)
