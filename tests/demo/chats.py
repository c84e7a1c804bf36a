"""The chats of the demo's page, as somebody in front of it uses them."""

import re

from playwright.async_api import Locator, Page, expect


def chat(page: Page, key: str) -> Locator:
    return page.locator(f"#{key} .chat")


async def press(chat: Locator, label: str) -> None:
    named = re.compile(rf"^(\d+ )?{re.escape(label)}(, .*)?$")
    await chat.locator(".log").get_by_role("button", name=named, disabled=False).last.click()


async def write(chat: Locator, words: str) -> None:
    await chat.locator("textarea").fill(words)
    await chat.locator("textarea").press("Enter")


async def answer(chat: Locator, question: str, *labels: str) -> None:
    """Press what is named, once the question is there."""
    await reads(chat, question)
    for label in labels:
        await press(chat, label)


async def switch_on(chat: Locator, question: str, label: str, done: str = "") -> None:
    """Switch one of several on, see it on, and be done if that has a name."""
    await reads(chat, question)
    switch = chat.locator(".log").get_by_role("checkbox", name=label, disabled=False).last
    await switch.click()
    await expect(switch).to_be_checked()
    if done:
        await press(chat, done)


async def tell(chat: Locator, question: str, words: str) -> None:
    """Type an answer, once the question is there."""
    await reads(chat, question)
    await write(chat, words)


async def reads(chat: Locator, words: str) -> None:
    """Wait until these words are in the chat."""
    await expect(chat.locator(".log").get_by_text(words).last).to_be_visible()


async def sign_up(liis: Locator, *topics: str) -> None:
    """Let Liis come in: she is on the list of leavers, and agrees to be written to about `topics`."""
    await answer(liis, "Mis keeles soovid jätkata?", "Eesti")
    await answer(liis, "Täistekst:", "Jätkan")
    await answer(liis, "Mis seob sind kooliga?", "Õppisin siin")
    await tell(liis, "Mis aastal sa sündisid", "1998")
    for topic in topics:
        await switch_on(liis, "millest kool võib sulle kirjutada", topic)
    await answer(liis, "millest kool võib sulle kirjutada", "Valmis")
    await tell(liis, "Mis su nimi on?", "Liis Saar")
    await answer(liis, "Mida sa siin õppisid?", "Keevitaja")
    await tell(liis, "Mis aastal sinu õpingud", "2019")
    await answer(liis, "Kuidas sinu õpingud", "Lõpetasin kooli")
    await answer(liis, "Millega sa praegu tegeled?", "Töötan")
    await tell(liis, "Kus sa praegu elad?", "Pärnu")
    await answer(liis, "Mida tahaksid hea meelega pakkuda?", "Valmis")
    await answer(liis, "Kui tihti", "Kord kuus")
    await answer(liis, "Palun vaata üle", "Saada")
    await reads(liis, "Tere tulemast tagasi, Liis Saar.")
