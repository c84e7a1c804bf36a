"""Who reads on a small screen, in large print, in other colours or without motion, in a real browser."""

from playwright.async_api import Locator, Page, expect

from tests.web.conftest import Opens
from tests.web.people import a_full_school, alone


def chat(page: Page, key: str) -> Locator:
    return page.locator(f"#{key} .chat")


async def too_wide(page: Page) -> list[str]:
    """Return what sticks out of the page, or of the chat it is in."""
    found: list[str] = await page.evaluate(
        """() => [...document.querySelectorAll(".chat, .chat *, .clock, .top")]
            .filter(part => !part.closest(".sr, .menu-sheet, svg, select, textarea, ol, .theme"))
            .filter(part => part.checkVisibility())
            .filter(part => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0
                && getComputedStyle(part).display !== "inline")
            .map(part => `${part.tagName}.${part.className}`)"""
    )
    return found


async def test_nothing_breaks_on_the_narrowest_phone_or_in_large_print(opens: Opens) -> None:
    widths = []
    for text in ("100%", "200%"):
        world = await a_full_school()
        async with opens(world, viewport={"width": 320, "height": 640}) as (page, _):
            await expect(page.locator(".msg")).to_have_count(18)
            await page.evaluate("text => { document.documentElement.style.fontSize = text }", text)
            wide = await too_wide(page)
            widths.append((await page.evaluate("document.documentElement.scrollWidth"), wide))

    assert widths == [(320, []), (320, [])]


async def test_colours_of_the_reader_s_own_choice_hide_nothing(opens: Opens) -> None:
    async with opens(await a_full_school(), forced_colors="active") as (page, _):
        await expect(page.locator(".msg")).to_have_count(18)

        borders = await page.evaluate(
            """() => [...document.querySelectorAll(".paper, .chat, .clock, .send")]
                .filter(part => getComputedStyle(part).borderTopStyle === "none").length"""
        )

    assert borders == 0


async def test_who_wants_little_motion_gets_none(opens: Opens) -> None:
    async with opens(alone(), reduced_motion="reduce", locale="en-GB") as (page, _):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        await page.locator("textarea").fill("/silence")
        await page.keyboard.press("Enter")
        await expect(page.locator(".typing")).to_be_visible()

        moving = await page.evaluate("document.getAnimations().length")

    assert moving == 0


async def test_the_theme_is_kept_for_the_next_visit(opens: Opens) -> None:
    async with opens(await a_full_school(), color_scheme="light") as (page, _):
        await page.locator(".top").get_by_label("Dark").check()
        await page.reload()

        await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        await expect(page.locator(".top").get_by_label("Dark")).to_be_checked()
        ground = await page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert ground == "rgb(14, 20, 22)"
