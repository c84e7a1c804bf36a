"""A picture is chosen, sent and seen in a real browser."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.async_api import expect

from bot.domain.pictures import LARGEST
from bot.gateways.pictures import Pictures
from bot.gateways.port import Incoming, Offered
from bot.gateways.web.gateway import WebGateway
from bot.storage import pictures as rows
from bot.storage.database import Database
from bot.texts.qr import MIME, qr_code
from bot.texts.sheets import Attachment, Row, Sheet
from tests.pictures import png
from tests.web.conftest import Opens
from tests.web.people import alone
from tests.web.world import address_of

NOON = datetime(2026, 5, 4, 9, tzinfo=UTC)
QUESTION = Sheet(
    "A picture?", "en", rows=(Row("No picture", "q:9:9:/skip"),), takes_picture=True, key="q:9:9"
)


ROWS_ABOVE = 3
"""Of the question with which the chat begins."""


def chosen(content: bytes) -> Any:
    """Return a file as a person chooses it."""
    return {"name": "garden.png", "mimeType": "image/png", "buffer": content}


async def test_a_picture_can_be_reached_with_the_keyboard_and_is_sent(opens: Opens) -> None:
    world, fetched = alone(), []
    answers = world.answer

    async def answer(gateway: WebGateway, incoming: Incoming) -> None:
        if isinstance(incoming.said, Offered):
            fetched.append(await incoming.said.fetch(LARGEST))
        await answers(gateway, incoming)

    world.answer = answer
    async with opens(world, locale="en-GB") as (page, _):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        await world.gateway.deliver(address_of(world), QUESTION)
        button = page.get_by_label("Choose a picture")
        await expect(button).to_be_visible()
        await page.locator(".log").focus()
        for _ in range(ROWS_ABOVE + 1):
            await page.keyboard.press("Tab")
        await expect(button).to_be_focused()
        await button.set_input_files(chosen(png()))
        await expect(page.locator(".own")).to_contain_text("Picture")
        await expect(page.locator(".typing")).to_have_count(0)
    offered = world.heard[-1].said

    assert isinstance(offered, Offered)
    assert (offered.size, fetched) == (len(png()), [png()])


async def test_a_picture_that_is_too_large_is_not_sent_and_yet_answered(opens: Opens) -> None:
    world = alone()
    async with opens(world, locale="en-GB") as (page, _):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        await world.gateway.deliver(address_of(world), QUESTION)
        large = chosen(png() + bytes(LARGEST))
        await page.get_by_label("Choose a picture").set_input_files(large)
        await expect(page.locator(".own")).to_have_count(1)
    offered = world.heard[-1].said

    assert isinstance(offered, Offered)
    assert offered.size == LARGEST + len(png())


async def test_a_picture_that_does_not_arrive_is_to_be_chosen_again(opens: Opens) -> None:
    world = alone()
    async with opens(world, locale="en-GB") as (page, _):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        await world.gateway.deliver(address_of(world), QUESTION)
        await page.route("**/picture?*", lambda route: route.abort())
        await page.get_by_label("Choose a picture").set_input_files(chosen(png()))
        sorry = "The picture could not be sent. Please choose it once more."
        await expect(page.locator(".notice")).to_have_text(sorry)
        await page.unroute("**/picture?*")
        await page.get_by_label("Choose a picture").set_input_files(chosen(png()))
        await expect(page.locator(".own")).to_have_count(1)
        await expect(page.locator(".notice")).to_have_text("")


async def test_pictures_are_seen_under_the_rules_of_the_page(
    opens: Opens, database: Database, pictures: Path
) -> None:
    world = alone()
    world.gateway.pictures = Pictures(database, "three-shores")
    values = {
        "school_id": "three-shores",
        "case_id": 7,
        "mime": "image/png",
        "content": png(40, 30),
    }
    picture = await database.run(
        lambda tx: tx.execute(rows.ADD, {**values, "added_at": NOON}).scalar_one()
    )
    code = qr_code("https://chat.example/c/door-2-ABCDE")
    async with opens(world, locale="en-GB") as (page, _):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        at = address_of(world)
        await world.gateway.deliver(at, Sheet("Come.", "en", picture=picture))
        await world.gateway.deliver(
            at, Sheet("Your code", "en", attachment=Attachment("code.png", MIME, code))
        )
        images = page.get_by_alt_text("Picture")
        await expect(images).to_have_count(2)
        for image in await images.all():
            await expect(image).to_have_js_property("complete", value=True)
        widths = await images.evaluate_all("all => all.map(one => one.naturalWidth)")

        await world.gateway.deliver(at, QUESTION)
        await page.get_by_label("Choose a picture").focus()
        await page.screenshot(path=pictures / "pictures.png")

    assert widths[0] == 40
    assert widths[1] > 200
