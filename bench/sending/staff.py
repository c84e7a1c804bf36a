"""Two members of staff who write to many as it is done: in the chat, one after the other."""

import asyncio
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bench.loopback.chats import Chat, Shown
from bench.loopback.people import PATIENCE, LostReply
from bench.loopback.waiting import pause
from bench.sending.network import Network
from bench.sending.running import Living

TEXT = (
    "On 12 June the workshops are open from ten to four. Come and see what has changed, and whom you"
    " still know. There is coffee, and the welding shop shows its new line.\n\nYou need not say that"
    " you come."
)
TEXTS = {
    "English": ("Open day", TEXT),
    "Eesti": ("Lahtiste uste päev", TEXT),
    "Español": ("Puertas abiertas", TEXT),
    "Italiano": ("Porte aperte", TEXT),
}


class Talker:
    """Somebody who types and presses, and reads each reply before going on."""

    def __init__(self, bot: Network, chat: Chat, thinking: float = 0) -> None:
        """Let them think for so many seconds before each answer."""
        self._bot, self.chat, self._thinking = bot, chat, thinking
        bot.chats[chat.number] = chat

    async def types(self, words: str) -> Shown:
        """Write something; return the reply."""
        return await self.acts(lambda: self._bot.types(self.chat, words))

    async def presses(self, label: str) -> Shown:
        """Press the button of the newest message that has it; return the reply."""
        return await self.acts(self.finger_on(label))

    def finger_on(self, label: str) -> Callable[[], None]:
        """Return what presses the button of the newest message that has it."""
        for shown in sorted(self.chat.messages.values(), key=lambda one: -one.number):
            for button in (button for row in shown.keyboard for button in row):
                if button["text"].removeprefix("✓ ") == label:
                    pressed = button["callback_data"]
                    return partial(self._bot.presses, self.chat, shown, pressed)
        raise LostReply(f"{self.chat.first_name} was not shown {label!r}")

    async def acts(self, act: Callable[[], None]) -> Shown:
        """Do something; return the reply."""
        await pause(self._thinking)
        self.chat.replied = asyncio.get_running_loop().create_future()
        act()
        try:
            _, shown = await asyncio.wait_for(self.chat.replied, PATIENCE)
        except TimeoutError:
            raise LostReply(f"no reply; refused: {self._bot.refusals[:3]}") from None
        return shown

    async def is_shown(self, label: str) -> None:
        """Wait until there is a message with such a button."""
        while not any(
            button["text"] == label
            for shown in self.chat.messages.values()
            for row in shown.keyboard
            for button in row
        ):
            await asyncio.wait_for(self._next(), PATIENCE)

    async def _next(self) -> None:
        self.chat.replied = asyncio.get_running_loop().create_future()
        await self.chat.replied


def _hour(at: datetime) -> str:
    return f"{at.day}.{at.month}.{at.year} 17:00"


class Staff:
    """Whoever writes, and whoever agrees."""

    def __init__(self, living: Living, bot: Network, thinking: float = 0) -> None:
        """Let both think for so many seconds before each answer."""
        self._living = living
        self._first, self._second = (
            Talker(bot, Chat(number, name), thinking)
            for number, name in enumerate(living.links, 1_900_000_001)
        )

    async def come(self) -> None:
        """Take up the invitations."""
        links = self._living.links.values()
        for who, link in zip((self._first, self._second), links, strict=True):
            await who.types(f"/start {link}")
            await who.presses("English")
            await who.presses("Yes, that is me")

    async def write(self, purpose: str = "Events") -> int:
        """Write a letter to everybody, in every language; return how many it is for, as the second is asked."""
        await self._first.types("/broadcast")
        await self._first.presses(purpose)
        return await self._write()

    async def invite(self, now: datetime) -> int:
        """Plan an open day in two months, and invite everybody; return how many, as the second is asked."""
        await self._first.types("/calendar")
        await self._first.presses("An open day")
        await self._first.types(_hour(now + timedelta(days=60)))
        await self._first.types("3")
        await self._first.types("School hall")
        await self._first.presses("Any number")
        await self._first.types("0")
        await self._first.presses("No picture")
        return await self._write()

    async def move(self, now: datetime) -> None:
        """Let what was planned begin a week later."""
        await self._first.presses("Change the time or the place")
        await self._first.types(_hour(now + timedelta(days=67)))
        await self._first.presses("As it was")
        await self._first.presses("Yes, tell them")

    async def _write(self) -> int:
        await self._words("English")
        shown = await self._first.presses("Done")
        while "please write the number" not in shown.text:
            if missing := re.search(r"in this language: (\w+)", shown.text):
                await self._first.presses("I write it in their language")
                shown = await self._words(missing[1])
            else:
                shown = await self._first.presses("Go on")
        number = int("".join(re.findall(r"\d", shown.text)))
        await self._first.types(str(number))
        await self._second.is_shown("Send it")
        return number

    async def _words(self, language: str) -> Shown:
        title, text = TEXTS[language]
        await self._first.types(title)
        return await self._first.types(text)

    def agree(self) -> None:
        """Let what was written be sent; whether that is answered differs."""
        self._second.finger_on("Send it")()

    async def look_twice(self) -> None:
        """Ask twice what there is to do."""
        for _ in range(2):
            await self._second.types("/now")
