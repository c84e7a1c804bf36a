"""Where nothing is: what somebody sees who mistypes, comes by a torn poster, or only looks."""

from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import pytest
from aiohttp import ClientError, ClientResponse
from playwright.async_api import expect
from typing_extensions import override

from bot.gateways.port import Incoming
from bot.gateways.web.gateway import WebGateway
from bot.gateways.web.history import Line
from bot.texts.sheets import Sheet
from tests.web.conftest import Opens
from tests.web.people import PERSONAS
from tests.web.test_pictures import violations
from tests.web.visits import Visitor, visiting
from tests.web.world import MemoryHistory, World, address_of

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
READER = {"Accept": BROWSER, "Accept-Language": "en"}
NOTHING = {
    "en": "There is nothing at this address.",
    "et": "Sellel aadressil ei ole midagi.",
    "es": "En esta dirección no hay nada.",
    "it": "A questo indirizzo non c’è nulla.",
}


class Bug(Exception):
    """A fault of ours."""


async def fail(gateway: WebGateway, incoming: Incoming) -> NoReturn:
    """Answer with a fault."""
    raise Bug


@pytest.mark.parametrize("language", list(NOTHING))
@pytest.mark.parametrize("path", ["/nowhere", "/c/x%20y", "/c/" + "x" * 65, "/in/", "/static/no"])
async def test_a_person_at_an_address_of_nothing_reads_so_and_finds_the_chat(
    path: str, language: str
) -> None:
    async with visiting(World(), opened=False) as visitor:
        answer = await visitor.get(path, Accept=BROWSER, Accept_Language=language)
        page = await answer.text()

    assert (answer.status, answer.content_type) == (404, "text/html")
    assert NOTHING[language] in page
    assert f'<html lang="{language}">' in page
    assert '<form action="/">' in page


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_nowhere_is_readable_for_everybody_and_its_button_leads_on(
    opens: Opens, pictures: Path, theme: str
) -> None:
    async with opens(World(), locale="it", color_scheme=theme) as (page, server):
        await page.goto(str(server.make_url("/nowhere")))
        found = await violations(page)
        await page.screenshot(path=pictures / f"nowhere-{theme}.png")
        await page.get_by_role("button", name="Vai alla chat").click()
        await expect(page.get_by_role("log")).to_be_visible()

    assert found == []


async def test_from_nowhere_in_the_demo_the_way_leads_to_the_visitors_own_chat() -> None:
    async with visiting(World(personas=PERSONAS), opened=False) as visitor:
        page = await (await visitor.get("/nowhere", Accept=BROWSER)).text()

    assert '<form action="/chat">' in page


async def test_scripts_of_the_page_are_told_in_their_own_form() -> None:
    async with visiting(World()) as visitor:
        told = [
            await (await visitor.get(path, Accept="*/*", Accept_Language="en")).json()
            for path in ("/chat/nowhere", "/chat/file/9", "/static/nowhere.js")
        ]

    assert told == [{"kind": "not-found", "message": NOTHING["en"]}] * 3


async def test_who_opens_an_address_of_the_scripts_in_a_browser_sees_a_page() -> None:
    async with visiting(World(), opened=False) as visitor:
        answer = await visitor.client.get("/chat/messages", headers=READER)
        page = await answer.text()

    assert (answer.status, answer.content_type) == (403, "text/html")
    assert "This chat is no longer open on this page." in page


async def test_what_cannot_be_done_at_an_address_is_said_kindly() -> None:
    async with visiting(World()) as visitor:
        put = await visitor.client.put("/", headers=READER)
        page = await put.text()
        looked = await visitor.client.get("/chat/say", headers=READER)
        seen = await looked.text()

    assert (put.status, put.headers["Allow"]) == (405, "GET,HEAD")
    assert "That could not be sent." in page
    assert (looked.status, looked.headers["Allow"]) == (405, "POST")
    assert NOTHING["en"] in seen


@pytest.mark.parametrize(
    "path", ["/", "/chat", "/c/OPENDAY", "/in/link", "/words.json", "/health", "/static/chat.js"]
)
async def test_looking_without_reading_is_answered_like_reading(path: str) -> None:
    async with visiting(World()) as visitor:
        read = await visitor.get(path)
        looked = await visitor.client.head(path)
        body = await looked.read()

    # The time of making, and the id of a form, are new each time.
    told = [
        {name: value for name, value in answer.headers.items() if name != "Date"}
        for answer in (read, looked)
    ]
    assert (looked.status, body) == (200, b"")
    assert told[0] == told[1]


async def test_a_browser_that_has_a_file_of_the_page_already_is_not_sent_it_again() -> None:
    async with visiting(World()) as visitor:
        first = await visitor.get("/static/chat.js")
        tag = first.headers["ETag"]
        again = await visitor.client.get("/static/chat.js", headers={"If-None-Match": tag})
        body = await again.read()
        changed = await visitor.client.get("/static/chat.js", headers={"If-None-Match": '"older"'})
        is_same = await changed.read() == await first.read()

    assert (again.status, again.headers["ETag"], body) == (304, tag, b"")
    assert (first.status, changed.status) == (200, 200)
    assert is_same


async def test_who_only_looks_opens_no_chat() -> None:
    world = World()
    async with visiting(world, opened=False) as visitor:
        looked = await visitor.client.head("/")

    assert (looked.status, "Set-Cookie" in looked.headers, world.history.tokens) == (
        200,
        False,
        {},
    )


async def test_a_fault_of_ours_is_owned_without_its_details() -> None:
    world = World(answer=fail)
    async with visiting(world) as visitor:
        hello = {"id": "00000000-0000-4000-8000-000000000000", "text": "Hello"}
        script = await visitor.post("/chat/say", hello, Accept_Language="en")
        told = await script.json()
        person = await visitor.client.post(
            "/c/OPENDAY",
            data={"id": "00000000-0000-4000-8000-000000000001"},
            headers={"Origin": visitor.origin, **READER},
        )
        page = await person.text()

    sorry = "Something went wrong on our side. Please try again in a few minutes."
    assert (script.status, told) == (500, {"kind": "our-fault", "message": sorry})
    assert (person.status, sorry in page, "Bug" in page) == (500, True, False)


class Torn(MemoryHistory):
    """Can be read once, and then no more."""

    reads = 0

    @override
    async def after(self, address: str, change: int, *, limit: int) -> Sequence[Line]:
        self.reads += 1
        if self.reads > 1:
            raise Bug
        return await super().after(address, change, limit=limit)


async def test_an_answer_that_fails_half_way_is_broken_off_and_no_second_one_follows() -> None:
    world = World(history=Torn())
    async with visiting(world) as visitor:
        stream = await visitor.get("/chat/events")
        await world.gateway.deliver(address_of(world), Sheet("Hello", "en"))

        with pytest.raises(ClientError):
            await stream.content.read()

    assert stream.status == 200


async def refusals(visitor: Visitor) -> list[ClientResponse]:
    """Return an answer of each kind that is no success."""
    cross = {"Origin": "https://evil.example"}
    own = {"Origin": visitor.origin}
    ask = visitor.client.request
    return [
        await ask("GET", "/nowhere"),
        await ask("PUT", "/"),
        await ask("HEAD", "/nowhere"),
        await ask("POST", "/in/link", headers=cross),
        await ask("POST", "/in/link", headers=own),
        await ask("POST", "/c/OPENDAY", headers=own, data=b"x" * 40_000),
        await ask("POST", "/c/OPENDAY", headers=own, data={"id": "none"}),
        await ask("POST", "/c/OPENDAY", headers=own, data={"id": "õ"}),
        await ask("POST", "/chat/say", headers=own, json={}),
        await ask("POST", "/", headers={**own, "Expect": "miracles"}),
    ]


async def test_every_refusal_forbids_what_no_page_needs_and_names_no_version() -> None:
    async with visiting(World()) as visitor:
        answers = await refusals(visitor)

    statuses = []
    for answer in answers:
        headers = answer.headers
        statuses.append(answer.status)
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert "Server" not in headers
    assert statuses == [404, 405, 404, 403, 410, 413, 400, 400, 400, 417]
