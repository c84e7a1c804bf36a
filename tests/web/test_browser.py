"""What a person can do with the pages, in a real browser."""

import re
from datetime import timedelta

from playwright.async_api import Locator, Page, expect

from bot.gateways.port import Pressed, Typed
from bot.texts.sheets import Row, Sheet, Style
from tests.web.conftest import Opens
from tests.web.people import LIIS, a_full_school, alone, who
from tests.web.world import address_of

HOSTILE = '<img src=x onerror="document.title=1"> <b>bold</b> &amp; \u202eabc'


def chat(page: Page, key: str) -> Locator:
    return page.locator(f"#{key} .chat")


async def test_a_chat_can_be_had_with_the_keyboard_alone(opens: Opens) -> None:
    world = alone()
    async with opens(world, locale="en-GB") as (page, _):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        await page.locator("select").focus()
        await page.keyboard.press("Tab")
        await expect(page.locator(".log")).to_be_focused()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Noted.")).to_be_visible()
        await expect(page.locator(".log")).to_be_focused()
        await page.keyboard.press("Tab")
        await expect(page.locator(".menu summary")).to_be_focused()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Escape")
        await expect(page.locator(".menu summary")).to_be_focused()
        await page.keyboard.press("Tab")
        await page.keyboard.type("one")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("two")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("You wrote: one two")).to_be_visible()
        await expect(page.locator("textarea")).to_be_focused()
        await expect(page.locator("textarea")).to_have_value("")

    assert [incoming.said for incoming in world.heard] == [
        Typed("/start"),
        Pressed("who:student"),
        Typed("one\ntwo"),
    ]


async def test_switches_and_pages_change_in_place_and_keep_the_focus(opens: Opens) -> None:
    async with opens(await a_full_school(), viewport={"width": 1440, "height": 1000}) as (page, _):
        maite, giulia = chat(page, "maite"), chat(page, "giulia")
        switch = maite.get_by_label("Su apellido anterior")
        await switch.focus()
        await page.keyboard.press("Space")
        await expect(maite.get_by_role("button", name="Listo, 3 marcadas")).to_be_visible()
        await expect(switch).to_be_focused()
        await expect(switch).to_be_checked()

        await giulia.get_by_role("button", name="Pagina successiva").click()
        await expect(giulia.get_by_text("7–9 di 11")).to_be_visible()
        await expect(giulia.get_by_role("button", name="Pagina successiva")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(giulia.get_by_text("10–11 di 11")).to_be_visible()
        await expect(giulia.get_by_role("button", name="Pagina successiva")).to_be_disabled()
        await expect(giulia.locator(".log")).to_be_focused()
        numbers = await giulia.locator(".opt .num").all_text_contents()
        counts = [await each.locator(".msg").count() for each in (maite, giulia)]

    assert numbers == ["10", "11"]
    assert counts == [4, 4]


async def test_a_settled_question_asks_no_more_and_shows_the_answer(opens: Opens) -> None:
    async with opens(await a_full_school(), viewport={"width": 1440, "height": 1000}) as (page, _):
        anna = chat(page, "anna")
        await anna.get_by_role("button", name="Yes").click()
        await expect(anna.locator(".own")).to_have_text(re.compile("Yes"))
        settled = anna.locator(".settled")
        await expect(settled).to_have_count(2)
        buttons = settled.get_by_role("button")
        states = [await button.is_disabled() for button in await buttons.all()]
        chosen = await settled.locator(".chosen").all_inner_texts()
        await expect(anna.locator(".typing")).to_have_count(0)

    assert states == [True] * 5
    assert [text.replace("\n", " ") for text in chosen] == [
        "2, chosen: Wednesday 3 June, 12:00",
        "1, chosen: Yes",
    ]


async def test_the_page_speaks_the_language_in_which_the_school_answers(opens: Opens) -> None:
    world = alone()
    async with opens(world, locale="en-GB") as (page, _):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        await page.locator("select").select_option("et")
        await expect(page.locator("textarea")).to_have_attribute("placeholder", "Number või sõnum")
        await expect(page.locator("html")).to_have_attribute("lang", "et")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Kolme Kalda Kutsekool")
        await expect(page.locator(".day")).to_have_text("Täna, 15. mai")
        await expect(page.locator(".own")).to_have_count(0)
        await page.reload()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Kolme Kalda Kutsekool")
        menu = await page.locator("[data-command]").all_text_contents()

    assert world.heard[-1].said == Typed("/language et")
    assert menu[0] == "Mida minult praegu oodatakse /now"
    assert menu[-2:] == ["Loobu kõigist sõnumitest /stop", "Kustuta kõik minu andmed /delete"]


async def test_a_command_of_the_menu_is_said(opens: Opens) -> None:
    async with opens(alone(), locale="en-GB") as (page, _):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        await page.locator(".menu summary").click()
        await page.get_by_role("button", name="Report a concern").click()

        await expect(page.get_by_text("You wrote: /report")).to_be_visible()
        await expect(page.locator(".menu-sheet")).to_be_hidden()


async def test_what_people_write_is_shown_as_text_whatever_it_is(opens: Opens) -> None:
    world = alone()
    async with opens(world, locale="en-GB") as (page, _):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        await page.locator("textarea").fill(HOSTILE)
        await page.locator(".send").click()
        await expect(page.get_by_text(f"You wrote: {HOSTILE}")).to_be_visible()
        rows = (Row(HOSTILE[:40], "x", HOSTILE),)
        await world.gateway.deliver(
            address_of(world),
            Sheet(HOSTILE, "en", Style.LETTER, title=HOSTILE, rows=rows, hint=HOSTILE, key="x"),
        )
        await expect(page.locator(".letter h3")).to_have_text(HOSTILE)
        found = await page.locator(".talk :is(img, b, script)").count()
        directions = await page.locator(".own p[dir]").get_attribute("dir")

    assert (found, directions) == (0, "auto")


async def test_an_address_in_a_message_is_a_link_and_nothing_around_it(opens: Opens) -> None:
    world = alone()
    async with opens(world, locale="en-GB") as (page, _):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        text = "Read https://school.example/privacy?a=1. Not javascript:alert(1)."
        await world.gateway.deliver(address_of(world), Sheet(text, "en"))
        link = page.locator(".talk a")
        await expect(link).to_have_text("https://school.example/privacy?a=1")

        address = await link.get_attribute("href")

    assert address == "https://school.example/privacy?a=1"


async def test_what_is_asked_again_asks_no_more_above_and_stays_so_on_a_new_page(
    opens: Opens,
) -> None:
    world = alone()
    async with opens(world, locale="en-GB") as (page, _):
        student = page.get_by_role("button", name="I am a student")
        await student.focus()
        await world.gateway.deliver(address_of(world), Sheet("What you can do here.", "en"))
        await world.gateway.deliver(address_of(world), who("en"))
        await expect(page.locator(".msg")).to_have_count(3)
        await expect(student).to_have_count(1)
        await expect(page.locator(".log")).to_be_focused()
        live = await page.locator(".talk").inner_html()
        await page.reload()
        await expect(page.locator(".msg")).to_have_count(3)
        fresh = await page.locator(".talk").inner_html()
        first = page.locator(".msg").first
        rows = await first.get_by_role("button").count()
        said = await first.inner_text()

    assert (fresh, rows) == (live, 0)
    assert "Who are you?" in said
    assert "Settled" not in said


async def test_news_is_marked_until_it_is_looked_at(opens: Opens) -> None:
    world = await a_full_school()
    async with opens(world, viewport={"width": 1440, "height": 1000}) as (page, _):
        liis = page.locator("#liis")
        await expect(liis.locator(".msg")).to_have_count(7)
        await expect(liis.locator(".unread")).to_be_hidden()
        world.clock.now += timedelta(days=1)
        await world.gateway.deliver(LIIS.address, Sheet("Tere hommikust.", "et"))
        await expect(liis.locator(".unread")).to_have_text("1 new")
        await expect(liis.locator(".day.new")).to_have_text("Täna, 16. maiUus")
        await expect(liis.locator(".day").nth(1)).to_have_text("Reede, 15. mai")
        await page.reload()
        await expect(liis.locator(".unread")).to_have_text("1 new")
        await liis.locator("textarea").click()

        await expect(liis.locator(".unread")).to_be_hidden()


async def test_today_is_the_day_that_the_clock_was_moved_to(opens: Opens) -> None:
    world = await a_full_school()
    async with opens(world, viewport={"width": 1440, "height": 1000}) as (page, _):
        maite = chat(page, "maite")
        await expect(maite.get_by_text("Hoy, 15 de mayo").first).to_be_visible()
        await page.get_by_role("button", name="1 day").click()

        await expect(maite.get_by_text("Viernes, 15 de mayo").first).to_be_visible()
        await expect(maite.get_by_text("Hoy, 15 de mayo")).to_have_count(0)


async def test_what_was_settled_today_was_settled_yesterday_a_day_later(opens: Opens) -> None:
    world = alone()
    async with opens(world, locale="en-GB") as (page, _):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        world.clock.now += timedelta(days=1)
        await page.get_by_role("button", name="I am a student").click()
        settled = page.locator(".note time").first
        await expect(settled).to_contain_text("Today")
        await page.reload()
        await expect(settled).to_contain_text("Today")

        world.clock.now += timedelta(days=1)
        await page.locator("textarea").fill("Good morning")
        await page.keyboard.press("Enter")

        await expect(settled).not_to_contain_text("Today")


async def test_the_clock_of_the_demo_tells_what_happened(opens: Opens) -> None:
    world = await a_full_school()
    async with opens(world, viewport={"width": 1440, "height": 1000}) as (page, _):
        await page.get_by_role("button", name="1 week").click()
        await expect(page.locator(".passed")).to_have_text("7 days passed")
        await expect(page.locator(".now time")).to_have_text("09:00")
        await expect(page.locator(".date")).to_have_text("Friday 22 May 2026")

        happened = await page.locator(".meanwhile li").all_text_contents()
        heard = await page.get_by_role("status", name="Meanwhile").count()

    assert happened[-1] == "Fri 15 May, 09:00 Kadri did not answer: the next mentor was asked."
    assert (len(happened), heard) == (4, 1)


async def test_every_page_of_the_demo_shows_where_the_clock_was_moved_to(opens: Opens) -> None:
    async with opens(await a_full_school(), viewport={"width": 1440, "height": 1000}) as (page, _):
        other = await page.context.new_page()
        await other.goto(page.url)
        await expect(other.locator(".passed")).to_have_text("Nothing has happened yet")
        await page.get_by_role("button", name="1 week").click()
        await expect(other.locator(".passed")).to_have_text("7 days passed")
        await expect(other.locator(".date")).to_have_text("Friday 22 May 2026")
        await expect(other.locator(".meanwhile li")).to_have_count(4)
        await other.reload()

        await expect(other.locator(".passed")).to_have_text("7 days passed")
        await expect(other.locator(".meanwhile li")).to_have_count(4)


async def test_an_open_page_drops_what_was_forgotten_and_shows_the_goodbye(opens: Opens) -> None:
    world = alone()
    async with opens(world, locale="en-GB") as (page, _):
        await expect(page.get_by_text("Who are you?")).to_be_visible()
        await page.locator("textarea").fill("/delete")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("You wrote: /delete")).to_be_visible()
        (address,) = set(world.history.tokens.values())

        world.history.forget(address)
        await world.gateway.deliver(address, Sheet("All about you is deleted.", "en"))
        await expect(page.locator(".msg")).to_have_count(1)
        shown = await page.locator(".msg").inner_text()
        await page.locator("textarea").fill("hello again")
        await page.keyboard.press("Enter")

        await expect(page.get_by_text("You wrote: hello again")).to_be_visible()
        await expect(page.locator(".msg")).to_have_count(3)

    assert "All about you is deleted." in shown
