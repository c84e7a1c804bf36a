"""Scripted people: alumni on the school's list, who answer what they are asked, at once."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

from bench.loopback.bot_api import Bot
from bench.loopback.chats import Chat, Shown

SYLLABLES = ("ka", "ri", "ma", "le", "nu", "so", "ti", "per", "ga", "mar", "tin", "õ", "ü", "sel")
PATIENCE = 60.0
"""Seconds after which a reply is taken for lost."""


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody on the school's list; `programme` is its place among the school's."""

    name: str
    programme: int
    year: int
    born: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody does at a question: a tap on a button by its place, or words."""

    question: str
    tap: int | None = None
    words: str = ""


SCRIPT = (
    Answer("nothing yet", words="/start"),
    Answer("language", 0),
    Answer("notice", 0),
    Answer("role", 0),
    Answer("born", words="{0.born}"),
    Answer("consents", 0),
    Answer("consents", 2),
    Answer("consents", -1),
    Answer("name", words="{0.name}"),
    Answer("programme"),
    Answer("left_in", words="{0.year}"),
    Answer("how_left", 0),
    Answer("doing", 0),
    Answer("town", 0),
    Answer("offers", -1),
    Answer("frequency", 1),
    Answer("review", -1),
)
"""The shortest sign-up of somebody on the list, with two consents: eleven taps that settle a question,
two switches, three typed answers and the first word."""
WELCOME = "welcome"
"""What comes when the last question is answered."""
QUESTIONS = (*(answer.question for answer in SCRIPT[1:]), WELCOME)
"""What is shown after each answer."""


def leavers(programmes: int, last_year: int) -> Iterator[Leaver]:
    """Yield people without end, the same every time, spread over programmes and thirty years."""
    draw = Random(2026)
    while True:
        names = ("".join(draw.choices(SYLLABLES, k=3)).capitalize() for _ in range(2))
        year = draw.randint(last_year - 30, last_year - 1)
        yield Leaver(" ".join(names), draw.randrange(programmes), year, year - 19)


class LostReply(Exception):
    """The bot did not answer, or not as it should have."""


async def sign_up(bot: Bot, number: int, leaver: Leaver) -> AsyncIterator[tuple[float, Shown]]:
    """Sign up; yield how many seconds each reply took to arrive, and what it showed."""
    chat = Chat(number, leaver.name.partition(" ")[0])
    bot.chats[number] = chat
    seen: Shown | None = None
    for answer in SCRIPT:
        chat.replied = asyncio.get_running_loop().create_future()
        sent = time.perf_counter()
        _answer(bot, chat, answer, leaver)
        try:
            at, shown = await asyncio.wait_for(chat.replied, PATIENCE)
        except TimeoutError:
            where = f"no reply at the question {answer.question!r}"
            raise LostReply(f"{where}; refused: {bot.refusals[:3]}") from None
        seen = shown
        yield at - sent, shown
    if seen is None or seen.keyboard or leaver.name not in seen.text:
        raise LostReply("the sign-up did not end with a welcome")


def _answer(bot: Bot, chat: Chat, answer: Answer, leaver: Leaver) -> None:
    if answer.words:
        bot.types(chat, answer.words.format(leaver))
        return
    tap = leaver.programme if answer.tap is None else answer.tap
    buttons = [button for row in chat.newest.keyboard for button in row] if chat.newest else []
    if not chat.newest or not buttons:
        raise LostReply(f"there is no button at the question {answer.question!r}")
    bot.presses(chat, chat.newest, buttons[tap]["callback_data"])


class Crowd:
    """People who sign up with one bot, one after another, as many at a time as is asked for."""

    def __init__(self, bot: Bot, listed: Sequence[Leaver]) -> None:
        self.bot = bot
        self._coming = enumerate(listed, 1_000_001)

    async def sign_up(self, people: int, at_once: int) -> list[float]:
        """Let `people` sign up; return how many seconds each reply took.

        Raises:
            LostReply: something was not answered, not confirmed, or refused.
        """
        coming = iter(list(islice(self._coming, people)))
        took: list[float] = []

        async def one_after_another() -> None:
            for number, leaver in coming:
                async for seconds, _ in sign_up(self.bot, number, leaver):
                    took.append(seconds)

        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(one_after_another())
        return took
