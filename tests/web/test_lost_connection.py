"""What was typed while there is no connection, or nobody to keep it, is not lost: in a real browser."""

from playwright.async_api import Locator, Page, expect

from bot.gateways.port import Typed
from tests.web.conftest import Opens
from tests.web.people import alone


def chat(page: Page, key: str) -> Locator:
    return page.locator(f"#{key} .chat")


async def test_nothing_typed_is_lost_while_there_is_no_connection(opens: Opens) -> None:
    world = alone()
    async with opens(world, locale="en-GB") as (page, _):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        await page.context.set_offline(True)
        await page.locator("textarea").fill("first")
        await page.keyboard.press("Enter")
        await page.locator("textarea").fill("second")
        await page.keyboard.press("Enter")
        await page.locator("textarea").fill("not finished")
        await expect(page.get_by_text("Kept here, not sent yet")).to_have_count(1)
        await expect(page.get_by_role("status")).to_contain_text("There is no connection just now")
        await page.context.set_offline(False)
        await page.reload()
        await expect(page.get_by_text("You wrote: second")).to_be_visible()
        await expect(page.locator("textarea")).to_have_value("not finished")
        own = await page.locator(".own .paper").all_text_contents()
        notice = await page.locator(".notice[role=status]").text_content()

    assert [incoming.said for incoming in world.heard] == [
        Typed("/start"),
        Typed("first"),
        Typed("second"),
    ]
    assert (own, notice) == (["first", "second"], "")


async def test_what_the_server_failed_to_keep_is_sent_again_until_it_is_kept(opens: Opens) -> None:
    world = alone()
    async with opens(world, locale="en-GB") as (page, _):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        await page.route("**/chat/say", lambda route: route.fulfill(status=502), times=1)
        await page.locator("textarea").fill("hello")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status")).to_contain_text("Something went wrong")
        await page.get_by_role("button", name="Send now").click()
        await expect(page.get_by_text("You wrote: hello")).to_be_visible()
        await expect(page.locator(".own")).to_have_count(1)


async def test_whose_session_has_ended_gets_their_words_back(opens: Opens) -> None:
    world = alone()
    async with opens(world, locale="en-GB") as (page, _):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        world.history.tokens.clear()
        await page.locator("textarea").fill("hello")
        await page.keyboard.press("Enter")

        await expect(page.get_by_role("status")).to_contain_text("no longer open on this page")
        await expect(page.locator("textarea")).to_have_value("hello")
        await expect(page.locator(".own")).to_have_count(0)
        await page.get_by_role("button", name="Load the page again").click()
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        await expect(page.locator("textarea")).to_have_value("hello")


async def test_nobody_is_said_to_be_writing_while_there_is_no_connection(opens: Opens) -> None:
    world = alone()
    async with opens(world, locale="en-GB") as (page, _):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        await page.context.set_offline(True)
        notice = page.locator(".notice[role=status]")
        await expect(notice).to_contain_text("There is no connection just now")
        await page.locator("textarea").fill("/silence")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Kept here, not sent yet")).to_be_visible()
        writing = await page.locator(".typing").count()
        await page.context.set_offline(False)
        await expect(page.get_by_text("Kept here, not sent yet")).to_have_count(0)

        await expect(notice).to_be_empty()

    assert writing == 0
    assert world.heard[-1].said == Typed("/silence")


async def test_what_waited_in_a_page_that_was_closed_is_sent_by_the_next(opens: Opens) -> None:
    world = alone()
    async with opens(world, locale="en-GB") as (page, server):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        await page.context.set_offline(True)
        await page.locator("textarea").fill("hello")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Kept here, not sent yet")).to_be_visible()
        await page.close()
        await page.context.set_offline(False)
        later = await page.context.new_page()
        await later.goto(str(server.make_url("/")))

        await expect(later.get_by_text("You wrote: hello")).to_be_visible()
        await expect(later.locator(".own")).to_have_count(1)
