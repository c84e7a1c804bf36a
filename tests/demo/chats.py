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


async def switch_on(chat: Locator, question: str, label: str, done: str) -> None:
    """Switch one of several on, see it on, and be done."""
    await reads(chat, question)
    switch = chat.locator(".log").get_by_role("checkbox", name=label, disabled=False).last
    await switch.click()
    await expect(switch).to_be_checked()
    await press(chat, done)


async def tell(chat: Locator, question: str, words: str) -> None:
    """Type an answer, once the question is there."""
    await reads(chat, question)
    await write(chat, words)


async def reads(chat: Locator, words: str) -> None:
    """Wait until these words are in the chat."""
    await expect(chat.locator(".log").get_by_text(words).last).to_be_visible()
