"""What the clock brought about, in the demo's own words: who was reminded, whose turn it is.

The letters themselves are in the chats below; here is said what they mean.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from bot.domain.people import CaseId, PersonId
from bot.gateways.web.demo import Happening, Persona
from bot.gateways.web.history import History, Line
from bot.gateways.web.stored import BySchool, from_json
from bot.runtime import cases
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.outbox import names_in
from bot.runtime.work import Setting, Work
from bot.storage import people
from bot.storage.database import Database, Transaction
from bot.texts.render import Texts
from bot.texts.sheets import Sheet, Style

STILL_OPEN = "a question is still open."
ENGLISH = "en"
MOST = 100
"""Lines of one chat that are looked at at once."""
ANSWERS = frozenset({Style.QUESTION, Style.SPLIT, Style.SEVERAL, Style.GENTLE})
"""What is said to somebody who is in the chat, not brought by time."""


class SpeakingSetting(Setting, Protocol):
    """A setting that knows the school's texts."""

    @property
    def texts(self) -> Texts:
        """What puts messages into words."""
        ...


@dataclass
class _Chat:
    """A chat, and how far it was read."""

    persona: Persona
    change: int = 0
    number: int = 0
    forgotten: int = 0


class Tidings:
    """Reads in the chats of the demo's people what has come since it looked last."""

    def __init__(
        self,
        setting: SpeakingSetting,
        database: Database,
        history: History,
        clock: Callable[[], datetime],
        personas: Iterable[Persona],
    ) -> None:
        self._setting, self._database, self._clock = setting, database, clock
        self._history = history
        self._chats = tuple(_Chat(persona) for persona in personas)

    async def since(self) -> list[Happening]:
        """Return what has happened since this was asked last, the oldest first."""
        found = [one for chat in self._chats for one in await self._said(chat)]
        return sorted(found, key=lambda happening: happening.at)

    async def _said(self, chat: _Chat) -> list[Happening]:
        lines = await self._history.after(chat.persona.address, chat.change, limit=MOST)
        told = []
        for line in lines:
            chat.change = line.change
            if line.number > chat.number:
                chat.number = line.number
                if text := await self._text(chat, line):
                    told.append(Happening(line.at, chat.persona.key, text))
        return told

    async def _text(self, chat: _Chat, line: Line) -> str | None:
        """Return what a line means; None if it is only the answer to what was said."""
        name, body = chat.persona.name, from_json(line.body)
        if line.forgotten > chat.forgotten:
            chat.forgotten = line.forgotten
            return f"All that {name} had told was deleted."
        if not isinstance(body, BySchool) or body.sheet.style in ANSWERS:
            return None
        address = chat.persona.address
        expected = await self._database.run(partial(self._expected, address, body.sheet))
        match body.sheet.style:
            case Style.NUDGE:
                return f"{name} was reminded: {expected.text if expected else STILL_OPEN}"
            case Style.LETTER if expected and expected.is_due:
                return f"{name}’s turn: {expected.text}"
            case Style.LETTER if expected:
                return f"{name} got news: {expected.text}"
            case _:
                return f"{name} got news."

    def _expected(self, address: str, sheet: Sheet, tx: Transaction) -> "_Expected | None":
        """Return what a sheet with buttons of a case expects of its reader, in English."""
        kind, *numbers = (sheet.key or "").split(":")
        if kind != "c":
            return None
        work = Work(tx, self._setting, self._clock())
        at = cases.standing(work, CaseId(int(numbers[0])))
        if at is None or at.entry != int(numbers[1]):
            return None
        pressed = {row.data.removeprefix(f"{sheet.key}:") for row in sheet.rows}
        for part, expected in at.lifecycle.states[at.state].expects.items():
            if not pressed & {action.key for action in expected.actions}:
                continue
            who = at.case.people.get(part)
            if who and _is_at(work, who, address):  # two who meet have the same buttons
                asked = cases.letter(work, at, who, expected, expected.text, LetterKind.NEWS)
                return _Expected(self._english(work, asked), expected.is_due)
        return None

    def _english(self, work: Work, letter: Letter) -> str:
        speak = self._setting.texts.speak(ENGLISH, names_in(work, (letter,)))
        return " ".join(speak(part) for part in letter.parts)


@dataclass(frozen=True, slots=True)
class _Expected:
    """What is expected of somebody, in English."""

    text: str
    is_due: bool
    """Whether they are to act; else they wait, and could do something."""


def _is_at(work: Work, person: PersonId, address: str) -> bool:
    return any(row.address == address for row in work.run(people.ADDRESSES, person_id=person))
