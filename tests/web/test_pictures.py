"""Pictures of the pages, for people to look at, and what can be measured in them."""

from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.web.conftest import Opens
from tests.web.people import PartsBot, a_full_school
from tests.web.world import World

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


async def violations(page: Page) -> list[str]:
    """Return what axe finds: the rule, and where."""
    results = await Axe().run(page, options={"runOnly": {"type": "tag", "values": _TAGS}})
    return [
        f"{violation['id']}: {node['target']}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_demo_page_is_readable_for_everybody(
    opens: Opens, pictures: Path, theme: str
) -> None:
    size = {"width": 1440, "height": 1000}
    world = await a_full_school()
    async with opens(world, viewport=size, color_scheme=theme) as (page, _):
        await expect(page.locator(".msg")).to_have_count(18)
        await page.get_by_role("button", name="1 hour").click()
        await expect(page.locator(".meanwhile li")).to_have_count(4)

        found = await violations(page)
        await page.screenshot(path=pictures / f"desktop-{theme}.png")

    assert found == []


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_a_phone_shows_one_person_at_a_time(
    opens: Opens, pictures: Path, theme: str
) -> None:
    size = {"width": 360, "height": 800}
    world = await a_full_school()
    async with opens(
        world,
        viewport=size,
        color_scheme=theme,
        has_touch=True,
        is_mobile=True,
        device_scale_factor=2,
    ) as (page, _):
        await expect(page.locator(".msg")).to_have_count(18)
        await page.screenshot(path=pictures / f"phone-{theme}-top.png")
        await page.locator(".pick").get_by_role("link", name="Maite").tap()
        await expect(page.locator('.pick a[href="#maite"]')).to_have_attribute(
            "aria-current", "true"
        )

        found = await violations(page)
        width = await page.evaluate("document.documentElement.scrollWidth")
        await page.screenshot(path=pictures / f"phone-{theme}.png")

    assert (found, width) == ([], 360)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("device", ["phone", "desktop"])
async def test_the_chat_alone_greets_whoever_opens_it(
    opens: Opens, pictures: Path, theme: str, device: str
) -> None:
    size = {"width": 360, "height": 740} if device == "phone" else {"width": 1000, "height": 800}
    world = World(answer=PartsBot().answer)
    async with opens(world, viewport=size, color_scheme=theme, locale="en-GB") as (page, _):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        await page.get_by_role("button", name="I am a student").click()
        await expect(page.get_by_text("Noted.")).to_be_visible()

        found = await violations(page)
        await page.screenshot(path=pictures / f"alone-{device}-{theme}.png")
        await page.locator(".menu summary").click()
        found += await violations(page)
        await page.screenshot(path=pictures / f"alone-{device}-{theme}-menu.png")

    assert found == []
