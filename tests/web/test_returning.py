"""A server that comes back, or another in its place: what an open page makes of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp.test_utils import TestServer
from playwright.async_api import Locator, Page, Route, expect

from bot.gateways.port import Typed
from bot.texts.sheets import Sheet
from tests.web.conftest import Opens
from tests.web.people import PERSONAS, PartsBot, seat_everybody
from tests.web.world import World, address_of

WIDE = {"width": 1440, "height": 1000}


async def a_demo() -> World:
    world = World(personas=PERSONAS, answer=PartsBot().answer)
    await seat_everybody(world)
    return world


@asynccontextmanager
async def in_place_of(server: TestServer, later: World) -> AsyncIterator[None]:
    """End a server, and serve another world under its address."""
    port = server.port
    await server.close()
    async with TestServer(later.app, port=port):
        yield


async def anna_of(page: Page) -> Locator:
    anna = page.locator("#anna .chat")
    await expect(anna.get_by_role("button", name="Yes")).to_be_visible()
    return anna


async def test_a_page_that_lost_its_server_finds_it_again(opens: Opens) -> None:
    world = World(answer=PartsBot().answer)
    async with opens(world, locale="en-GB") as (page, server):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        same = World(history=world.history)
        async with in_place_of(server, same):
            await same.gateway.deliver(address_of(same), Sheet("Back again.", "en"))

            await expect(page.get_by_text("Back again.")).to_be_visible()


async def test_a_page_of_an_earlier_demo_offers_to_start_again_and_keeps_what_was_typed(
    opens: Opens,
) -> None:
    later = await a_demo()
    async with opens(await a_demo(), viewport=WIDE) as (page, server):
        anna = await anna_of(page)
        await page.context.set_offline(True)
        await anna.locator("textarea").fill("tomorrow")
        await page.keyboard.press("Enter")
        await expect(anna.get_by_text("Kept here, not sent yet")).to_be_visible()
        async with in_place_of(server, later):
            await page.context.set_offline(False)
            await expect(page.get_by_role("alert")).to_contain_text("The demo was started anew.")
            await page.get_by_role("button", name="Start again").click()

            await expect(page.get_by_role("alert")).to_be_hidden()
            await expect(anna.locator("textarea")).to_have_value("tomorrow")

    assert later.heard == []


async def test_what_was_said_to_an_earlier_demo_is_not_heard_by_a_later_one(opens: Opens) -> None:
    world = await a_demo()
    async with opens(world, viewport=WIDE) as (page, _):
        # The stream tells nothing, so the page cannot know what it speaks to.
        await page.route("**/demo/events*", lambda _: None)
        await page.reload()
        anna = await anna_of(page)
        world.gateway.run = "a later one"
        await anna.locator("textarea").fill("tomorrow")
        async with page.expect_response("**/demo/anna/say") as coming:
            await page.keyboard.press("Enter")
        status = (await coming.value).status
        await expect(anna.get_by_text("Kept here, not sent yet")).to_be_visible()
        await page.unroute("**/demo/events*")
        await page.reload()

        await expect(anna.locator("textarea")).to_have_value("tomorrow")
        await expect(anna.get_by_text("Kept here, not sent yet")).to_have_count(0)
        await anna.locator(".send").click()
        await expect(anna.get_by_text("You wrote: tomorrow")).to_be_visible()

    assert status == 409
    assert [incoming.said for incoming in world.heard] == [Typed("tomorrow")]


async def test_who_writes_before_the_page_is_ready_keeps_what_they_wrote(opens: Opens) -> None:
    async with opens(World(answer=PartsBot().answer), locale="en-GB") as (page, _):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        await page.locator("textarea").fill("Good")
        ready = asyncio.Event()

        async def slow(route: Route) -> None:
            await ready.wait()
            await route.continue_()

        await page.route("**/words.json", slow)
        await page.reload()
        await page.locator("textarea").fill("morning")
        await page.locator(".send").click()
        ready.set()

        await expect(page.get_by_text("Who are you?")).to_be_visible()
        await expect(page.locator("textarea")).to_have_value("Good\nmorning")
