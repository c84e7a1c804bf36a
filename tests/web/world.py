"""A school with a web chat, but without the rest of Kutse: the ground of these tests."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from aiohttp import web
from babel.dates import format_date, format_skeleton, format_time
from typing_extensions import override

from bot.gateways.port import Hear, Incoming, MenuEntry
from bot.gateways.web.demo import Demo, Happening, Moved, Persona
from bot.gateways.web.front import Front
from bot.gateways.web.gateway import WebGateway
from bot.gateways.web.history import Choice, History, Line, NewLine, OpenLine
from bot.gateways.web.routes import mount
from bot.texts.catalogues import catalogue
from bot.texts.sheets import Attachment, Row, Sheet, Style

TALLINN = ZoneInfo("Europe/Tallinn")
LANGUAGES = {"et": "Eesti", "en": "English", "es": "Español", "it": "Italiano"}
SCHOOLS = {
    "et": "Kolme Kalda Kutsekool",
    "en": "Three Shores VET School",
    "es": "CIFP Tres Orillas",
    "it": "CFP Tre Rive",
}
_LOCALES = {"en": "en_GB"}
_TODAY = {"et": "Täna", "en": "Today", "es": "Hoy", "it": "Oggi"}


def words(language: str, word: str) -> str:
    """Translate by the catalogues."""
    return catalogue(language).gettext(word)


_MENU = {
    "en": {
        "now": "What is expected of me now",
        "profile": "See and change my profile",
        "language": "Change the language",
        "pause": "Take a break from messages",
        "stop": "Receive no more messages",
        "privacy": "What I agreed to, and changing it",
        "mydata": "Get a copy of my data",
        "delete": "Delete everything about me",
        "report": "Report a concern",
        "help": "What you can do here",
    },
    "et": {
        "now": "Mida minult praegu oodatakse",
        "profile": "Vaata ja muuda oma profiili",
        "language": "Vaheta keelt",
        "pause": "Pane sõnumid pausile",
        "stop": "Loobu kõigist sõnumitest",
        "privacy": "Minu nõusolekud ja andmekaitse",
        "mydata": "Laadi oma andmed alla",
        "delete": "Kustuta kõik minu andmed",
        "report": "Anna murest teada",
        "help": "Mida siin teha saab",
    },
}


def menu() -> dict[str, Sequence[MenuEntry]]:
    """Return the commands; English where the sample has no words of a language."""
    return {
        tag: [MenuEntry(*entry) for entry in _MENU.get(tag, _MENU["en"]).items()]
        for tag in LANGUAGES
    }


@dataclass
class StoppedClock:
    """The school's clock, which moves only when told to."""

    now: datetime = datetime(2026, 5, 15, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def when(self, language: str, at: datetime) -> tuple[str, str]:
        """Say the time and the day of `at` as the school would."""
        here = at.astimezone(TALLINN)
        time = str(format_time(here, "HH.mm" if language == "et" else "HH:mm", locale=language))
        if here.date() == self.now.astimezone(TALLINN).date():
            day = str(format_skeleton("MMMMd", here, locale=_LOCALES.get(language, language)))
            return time, f"{_TODAY[language]}, {day}"
        pattern = "EEEE, d 'de' MMMM" if language == "es" else "EEEE, d MMMM"
        pattern = "EEEE, d. MMMM" if language == "et" else pattern
        day = str(format_date(here, pattern, locale=language))
        return time, day[0].upper() + day[1:]


@dataclass
class _Talk:
    lines: dict[int, Line] = field(default_factory=dict)
    news: dict[int, NewLine] = field(default_factory=dict)
    changes: int = 0
    numbers: int = 0
    forgotten: int = 0


class MemoryHistory(History):
    """Keeps what was said for as long as the test runs."""

    def __init__(self) -> None:
        self.tokens: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self._talks: dict[str, _Talk] = {}

    @override
    async def open(self, address: str, token_hash: str, at: datetime) -> None:
        self.tokens[token_hash] = address
        self._talks.setdefault(address, _Talk())

    @override
    async def address_of(self, token_hash: str) -> str | None:
        return self.tokens.get(token_hash)

    @override
    async def close(self, token_hash: str) -> None:
        self.tokens.pop(token_hash, None)

    @override
    async def take_link(self, token_hash: str, at: datetime) -> str | None:
        return self.links.pop(token_hash, None)

    @override
    async def append(self, address: str, line: NewLine) -> Line | None:
        if address not in self.tokens.values():
            return None
        talk = self._talks[address]
        for number, known in talk.news.items():
            if line.update is not None and known.update == line.update:
                return talk.lines[number]
        talk.numbers += 1
        return self._put(talk, talk.numbers, line, line.at, None)

    @override
    async def replace(self, address: str, number: int, line: NewLine) -> Line | None:
        talk = self._talks.get(address, _Talk())
        if number not in talk.lines:
            return None
        old = talk.lines[number]
        settled = old.settled if talk.news[number].key == line.key else None
        return self._put(talk, number, line, old.at, settled)

    @override
    async def settle(self, address: str, key: str, choice: Choice) -> None:
        talk = self._talks.get(address, _Talk())
        for number, line in talk.lines.items():
            if talk.news[number].key == key and line.settled is None:
                talk.changes += 1
                talk.lines[number] = replace(line, settled=choice, change=talk.changes)

    @override
    async def open_lines(self, address: str) -> Sequence[OpenLine]:
        lines = self._talks.get(address, _Talk()).lines.values()
        return [
            OpenLine(line.number, line.key, line.body)
            for line in lines
            if line.key is not None and line.settled is None
        ]

    @override
    async def retire(self, address: str, numbers: Sequence[int]) -> None:
        talk = self._talks[address]
        for number in numbers:
            talk.changes += 1
            talk.lines[number] = replace(talk.lines[number], key=None, change=talk.changes)
            talk.news[number] = replace(talk.news[number], key=None)

    @override
    async def after(self, address: str, change: int, *, limit: int) -> Sequence[Line]:
        talk = self._talks.get(address, _Talk())
        altered = (line for line in talk.lines.values() if line.change > change)
        return sorted(altered, key=lambda line: line.change)[-limit:]

    @override
    async def line(self, address: str, number: int) -> Line | None:
        return self._talks.get(address, _Talk()).lines.get(number)

    @override
    async def file(self, address: str, number: int) -> Attachment | None:
        line = self._talks.get(address, _Talk()).news.get(number)
        return line.file if line else None

    @override
    async def language_of(self, address: str) -> str | None:
        talk = self._talks.get(address, _Talk())
        spoken = [line.language for line in talk.news.values() if line.language]
        return spoken[-1] if spoken else None

    def forget(self, address: str) -> None:
        """Delete what was said, as the storage does when somebody is erased."""
        talk = self._talks[address]
        talk.forgotten = talk.numbers
        talk.lines.clear()
        talk.news.clear()

    @staticmethod
    def _put(
        talk: _Talk, number: int, line: NewLine, at: datetime, settled: Choice | None
    ) -> Line:
        talk.changes += 1
        talk.news[number] = line
        talk.lines[number] = Line(
            number, talk.changes, at, line.body, settled, talk.forgotten, line.key
        )
        return talk.lines[number]


Answer = Callable[[WebGateway, Incoming], Awaitable[None]]


async def silent(gateway: WebGateway, incoming: Incoming) -> None:
    """Answer nothing."""


@dataclass
class World:
    """One school, its clock, and everything that its gateway heard."""

    answer: Answer = silent
    clock: StoppedClock = field(default_factory=StoppedClock)
    history: MemoryHistory = field(default_factory=MemoryHistory)
    heard: list[Incoming] = field(default_factory=list)
    seconds: float = 0.0
    public_url: str = "http://chat.school.example"
    look_again: timedelta = timedelta(seconds=15)
    personas: tuple[Persona, ...] = ()
    happenings: tuple[Happening, ...] = ()

    def __post_init__(self) -> None:
        front = Front(
            public_url=self.public_url,
            school=lambda language: SCHOOLS[language],
            languages=LANGUAGES,
            words=words,
            menu=menu(),
            when=self.clock.when,
            zone=TALLINN,
            now=self.clock,
            seconds=lambda: self.seconds,
            look_again=self.look_again,
        )
        demo = Demo("Three Shores", self.personas, "Tallinn", self.forward)
        self.gateway = WebGateway(
            front, self.history, self.hear, demo=demo if self.personas else None
        )
        self.app = web.Application()
        mount(self.app, self.gateway)

    @property
    def hear(self) -> Hear:
        """Hears each update once, as the real one does."""

        async def hear(incoming: Incoming) -> None:
            if all(known.update != incoming.update for known in self.heard):
                self.heard.append(incoming)
                await self.answer(self.gateway, incoming)

        return hear

    async def forward(self, span: timedelta) -> Moved:
        """Move the clock; what happens was written down before."""
        self.clock.now += span
        return Moved(self.clock.now, self.happenings)


QUESTION = Sheet(
    "Who are you?",
    "en",
    Style.QUESTION,
    rows=(Row("A student", "q:1:1:student", "at this school"), Row("Staff", "q:1:1:staff")),
    hint="You can also write the number.",
    key="q:1:1",
)
"""A question with two answers, of which one is explained."""


def address_of(world: World) -> str:
    """Return the one address that was opened."""
    (address,) = set(world.history.tokens.values())
    return address
