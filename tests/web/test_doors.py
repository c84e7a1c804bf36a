"""One-time links, and codes from posters."""

import re

from bot.gateways.port import Typed
from bot.gateways.web.seats import hashed
from bot.texts.sheets import Sheet
from tests.web.visits import Visitor, visiting
from tests.web.world import World


async def press_button(visitor: Visitor, path: str) -> int:
    """Press the button of a page as a browser does; return how that went."""
    page = await (await visitor.get(path)).text()
    nonce = re.search(r'name="id" value="([^"]+)"', page)
    assert nonce
    answer = await visitor.client.post(
        path, data={"id": nonce[1]}, headers={"Origin": visitor.origin}, allow_redirects=False
    )
    return answer.status


async def a_chat_with_a_link(world: World) -> None:
    await world.history.open("liis", "the hash of another device", world.clock())
    await world.gateway.deliver("liis", Sheet("Hello, Liis.", "en"))
    world.history.links[hashed("link")] = "liis"


async def test_a_link_opens_its_chat_once_and_only_when_the_button_is_pressed() -> None:
    world = World()
    await a_chat_with_a_link(world)
    async with visiting(world, opened=False) as visitor:
        previews = [(await visitor.get("/in/link")).status for _ in range(3)]
        pressed = await press_button(visitor, "/in/link")
        texts = await visitor.texts()
        again = await press_button(visitor, "/in/link")
        unknown = await press_button(visitor, "/in/unknown")

    assert previews == [200, 200, 200]
    assert (pressed, texts) == (303, ["Hello, Liis."])
    assert (again, unknown) == (410, 410)


async def test_signing_in_ends_the_session_that_the_browser_had() -> None:
    world = World()
    await a_chat_with_a_link(world)
    async with visiting(world) as visitor:
        await press_button(visitor, "/in/link")

    assert set(world.history.tokens.values()) == {"liis"}


async def test_another_site_cannot_sign_a_visitor_in() -> None:
    world = World()
    await a_chat_with_a_link(world)
    async with visiting(world) as visitor:
        answer = await visitor.client.post("/in/link", headers={"Origin": "https://evil.example"})

    assert (answer.status, set(world.history.links.values())) == (403, {"liis"})


async def test_a_code_is_said_once_by_whoever_presses_begin() -> None:
    world = World()
    async with visiting(world, opened=False) as visitor:
        preview = await visitor.get("/c/OPENDAY", Accept_Language="et")
        page = await preview.text()
        looked = list(world.heard)
        pressed = await press_button(visitor, "/c/OPENDAY")
        await visitor.post("/chat/begin", {})

    assert "Alusta" in page
    assert (preview.status, looked) == (200, [])
    assert (pressed, [incoming.said for incoming in world.heard]) == (
        303,
        [Typed("/start OPENDAY")],
    )


async def test_somebody_with_a_chat_says_the_code_in_it() -> None:
    world = World()
    async with visiting(world) as visitor:
        await visitor.say("Hello")
        await press_button(visitor, "/c/OPENDAY")

    assert [incoming.said for incoming in world.heard] == [Typed("Hello"), Typed("/start OPENDAY")]
    assert len({incoming.address for incoming in world.heard}) == 1


async def test_a_code_that_no_poster_has_leads_nowhere() -> None:
    world = World()
    async with visiting(world) as visitor:
        statuses = [
            (await visitor.get(path)).status
            for path in ("/c/" + "x" * 65, "/c/%3Cscript%3E", "/c/two%20words")
        ]

    assert statuses == [404, 404, 404]
