"""Plays a written story of several people against a whole school's bot.

Only these lines are played; all others are what follows, and are compared:

    liis: et, telegram                 who takes part, in which language, on which network
    liis> what she types, or [the label of a button of her newest message that has it]
    liis> [Label] of old               the same button, but of the oldest message
    liis> [[q:1:2:x]]                  a button that nobody gave her: it carries what is written here
    liis> (10000 characters)           a text of so many
    liis> anything, twice              the network delivers the update two times
    liis> this | taavi> that           both at the same moment
    liis sends a sticker               or a picture, a voice, an edit, something in a group; or blocks, unblocks
    (3 days pass)                      also minutes and hours, weeks
    (until Friday 22:30)               the same, to an hour in the school's zone; without a day, the next time it is
    (nobody is told anything)          must be true of the line before
    (nothing is kept of liis)          must be true: neither where she is, nor anything she typed
    ! list Liis Saar; welding; 2019    the school's list of leavers has this entry; "; 2001" adds the year of birth
    ! code k24                         a class gets a code: {code}
    ! invite maite, coordinator        a member of staff is invited: {maite}
    ! clean                            the cleaning of every night

What is said to somebody begins with their name and "<"; "~" shows a message that changed in place.
The bot is built anew, and everything is read from the database again, before every line.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select

from bot.app import House, build
from bot.domain.leavers import NameKeys, parts_of
from bot.domain.people import Role
from bot.domain.school import School, StaffKey
from bot.gateways.port import (
    Delivered,
    Gateway,
    Incoming,
    Kind,
    Left,
    Network,
    Outcome,
    Pressed,
    Returned,
    Said,
    Typed,
    Unreachable,
    Unreadable,
)
from bot.runtime.classes import make_code
from bot.runtime.staff import invite
from bot.settings import Settings
from bot.storage import leavers
from bot.storage.database import Database
from bot.storage.tables import metadata
from bot.texts.sheets import Row, Sheet
from handlers.incoming import hearing

NOON = datetime(2026, 5, 4, 9, tzinfo=UTC)
"""A Monday, at noon in Tallinn."""
KINDS = {
    "a sticker": Kind.STICKER,
    "a picture": Kind.PICTURE,
    "a voice": Kind.VOICE,
    "an edit": Kind.EDITED,
    "something in a group": Kind.GROUP,
}
UNITS = {"minute": 60, "hour": 3600, "day": 86400, "week": 604800}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PLAYED = re.compile(r"(\w+)> (.*?)( of old)?(, twice)?")
LEAST_KEPT = 4
"""Characters of a typed text that can be looked for; fewer stand in anything."""


class StoryClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        """Return the moment it shows."""
        return self.at


@dataclass
class Actor:
    """Somebody in a story, with all the sheets they have seen."""

    name: str
    language: str
    network: Network
    sheets: list[Sheet] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    has_blocked: bool = False

    @property
    def address(self) -> str:
        """Where they are reached; a number, as networks of numbers want it."""
        return str(int.from_bytes(self.name.encode(), "big"))

    def row(self, label: str, *, oldest: bool) -> Row:
        """Return the button with that label."""
        rows = [row for sheet in self.sheets for row in pressable(sheet) if row.label == label]
        assert rows, f"{self.name} has no button called {label}"
        return rows[0 if oldest else -1]


def pressable(sheet: Sheet) -> tuple[Row, ...]:
    """Return all that can be pressed on a sheet, from top to bottom."""
    pager = (sheet.pager.back, sheet.pager.on) if sheet.pager else ()
    return tuple(row for row in (*sheet.rows, sheet.done, *pager) if row)


class PaperPost:
    """A network on paper: it delivers to the actors of a story, and writes down what it delivers."""

    def __init__(
        self, network: Network, actors: dict[str, Actor], write: Callable[[str], None]
    ) -> None:
        self._network, self._actors, self._write = network, actors, write

    @property
    def network(self) -> Network:
        """The network it stands for."""
        return self._network

    async def deliver(self, address: str, sheet: Sheet) -> Outcome:
        """Show a sheet to whoever lives at `address`."""
        actor = self._at(address)
        if actor.has_blocked:
            return Unreachable()
        actor.sheets.append(sheet)
        self._write(drawn(actor, sheet))
        return Delivered(str(len(actor.sheets)))

    async def edit(self, address: str, ref: str, sheet: Sheet) -> Outcome:
        """Show a sheet in place of another."""
        actor = self._at(address)
        actor.sheets[int(ref) - 1] = sheet
        self._write(drawn(actor, sheet, changed=True))
        return Delivered(ref)

    async def close(self) -> None:
        """Paper needs no closing."""

    def _at(self, address: str) -> Actor:
        found = (
            a for a in self._actors.values() if (a.address, a.network) == (address, self._network)
        )
        return next(found)


def drawn(actor: Actor, sheet: Sheet, *, changed: bool = False) -> str:
    """Return a sheet as it stands in a story."""
    lines = (
        []
        if changed
        else [*([f"** {sheet.title} **"] if sheet.title else []), *sheet.text.splitlines()]
    )
    rows = list(pressable(sheet))
    if any(row.detail for row in rows):
        lines += [f"{_button(row)} {row.detail or ''}".rstrip() for row in rows]
    elif rows:
        lines.append(" ".join(_button(row) for row in rows))
    if sheet.attachment:
        lines.append(f"(file: {sheet.attachment.name})")
    first, *rest = lines or [""]
    return "\n".join(
        (
            f"{actor.name}{'~' if changed else '<'} {first}".rstrip(),
            *(f"    {line or '.'}" for line in rest),
        )
    )


def _button(row: Row) -> str:
    mark = "" if row.is_on is None else "✓ " if row.is_on else "○ "
    return f"[{mark}{row.label}]"


class Player:
    """Plays one story, line by line, over one database."""

    def __init__(self, settings: Settings, school: School, reopen: Callable[[], Database]) -> None:
        self.settings, self.school, self._reopen = settings, school, reopen
        self.clock = StoryClock()
        self.actors: dict[str, Actor] = {}
        self.known: dict[str, str] = {}
        self.lines: list[str] = []
        self.after: Callable[[House], Awaitable[None]] | None = None
        """Told after each thing that happened, before anything else can."""
        self._number = 0
        self._told_from = 0

    async def play(self, script: str) -> str:
        """Return the story that follows from the played lines of `script`."""
        for line in script.splitlines():
            await self._play(line)
        return "\n".join(self.lines) + "\n"

    async def _play(self, line: str) -> None:
        if line.startswith("#") or not line:
            self.lines.append(line)
        elif line == "(nobody is told anything)":
            told = self.lines[self._told_from :]
            assert not told, f"somebody is told: {told}"
            self.lines.append(line)
        elif gone := re.fullmatch(r"\(nothing is kept of (\w+)\)", line):
            await self._look_for(self.actors[gone[1]])
            self.lines.append(line)
        elif declared := re.fullmatch(r"(\w+): (\w\w), (\w+)", line):
            name, language, network = declared.groups()
            self.actors[name] = Actor(name, language, Network(network))
            self.lines.append(line)
        elif passed := re.fullmatch(r"\((\d+) (minute|hour|day|week)s? pass(?:es)?\)", line):
            self._begin(line)
            await self._pass(timedelta(seconds=int(passed[1]) * UNITS[passed[2]]))
        elif until := re.fullmatch(r"\(until (?:(\w+) )?(\d\d):(\d\d)\)", line):
            self._begin(line)
            await self._pass(self._span(until[1], time(int(until[2]), int(until[3]))))
        elif line.startswith("! "):
            self._begin(line)
            await self._arrange(line[2:])
        elif line.count("> ") > 1 and (
            both := [PLAYED.fullmatch(one) for one in line.split(" | ")]
        ):
            self._begin(line)
            await self._hear(*(self._said(*one.groups()) for one in both if one))
        elif spoken := PLAYED.fullmatch(line):
            self._begin(line)
            await self._hear(self._said(*spoken.groups()))
        elif did := re.fullmatch(r"(\w+) (sends (.+)|blocks|unblocks)", line):
            self._begin(line)
            await self._do(self.actors[did[1]], did[2], did[3])

    def _begin(self, line: str) -> None:
        """Write down a line that is played: what follows is what it brings about."""
        self.lines.append(line)
        self._told_from = len(self.lines)

    def _said(
        self, name: str, text: str, old: str | None, twice: str | None
    ) -> tuple[Actor, Said, int]:
        """Return who says what, and how often the network delivers it."""
        actor, times = self.actors[name], 2 if twice else 1
        if text.startswith("[["):
            return actor, Pressed(text[2:-2]), times
        if text.startswith("["):
            return actor, Pressed(actor.row(text[1:-1], oldest=bool(old)).data), times
        if long := re.fullmatch(r"\((\d+) characters\)", text):
            text = "pikk jutt." * (int(long[1]) // 10)
        words = text.format(**self.known) if "{code}" in text or "/start {" in text else text
        actor.typed.append(words)
        return actor, Typed(words), times

    async def _do(self, actor: Actor, deed: str, kind: str | None) -> None:
        if kind:
            await self._hear((actor, Unreadable(KINDS[kind]), 1))
        else:
            actor.has_blocked = deed == "blocks"
            await self._hear((actor, Left() if actor.has_blocked else Returned(), 1))

    async def _hear(self, *things: tuple[Actor, Said, int]) -> None:
        """Let people say things, all at the same moment; what each is told is then put in their order."""
        coming: list[Incoming] = []
        for actor, said, times in things:
            self._number += 1
            update = f"u{self._number}"
            one = Incoming(actor.network, actor.address, update, said, actor.language)
            coming += [one] * times

        async def heard(house: House) -> None:
            if len(things) == 1:
                for one in coming:
                    await hearing(house.turns)(one)
            else:
                await asyncio.gather(*(hearing(house.turns)(one) for one in coming))
            await house.relay.deliver_all()

        await self._with_house(heard)
        self._in_order(self._told_from, *(actor.name for actor, _, _ in things))

    def _in_order(self, start: int, *first: str) -> None:
        """Put what was told from line `start` on in the order of the actors, *first* those who acted.

        Letters to different people leave at the same time; each person's stay as they came.
        """
        order = list(dict.fromkeys([*first, *self.actors]))
        told = self.lines[start:]
        self.lines[start:] = sorted(
            told, key=lambda sheet: order.index(re.split("[<~]", sheet, maxsplit=1)[0])
        )

    def _span(self, day: str | None, at: time) -> timedelta:
        """Return how long it is until it is `at` in the school's zone, on the next `day` of that name."""
        there = self.clock.at.astimezone(self.school.zone)
        goal = datetime.combine(there.date(), at, self.school.zone)
        while goal <= there or day not in {None, DAYS[goal.weekday()]}:
            goal = datetime.combine(goal.date() + timedelta(days=1), at, self.school.zone)
        return goal.astimezone(UTC) - self.clock.at

    async def _pass(self, span: timedelta) -> None:
        start, until = self.clock.at, self.clock.at + span

        async def passed(house: House) -> None:
            while (due := await house.sweep.next_due()) and due <= until:
                self.clock.at = max(due, self.clock.at)
                before = len(self.lines)
                fired = await house.sweep.run()
                await house.relay.deliver_all()
                if self.after:
                    await self.after(house)
                self._in_order(before)
                if len(self.lines) > before:
                    there = self.clock.at.astimezone(self.school.zone)
                    self.lines.insert(before, f"  {there:%a %d %B, %H:%M}")
                if not fired and await house.sweep.next_due() == due:
                    break
            self.clock.at = start + span

        await self._with_house(passed)

    async def _arrange(self, wish: str) -> None:
        async def arranged(house: House) -> None:
            match wish.split(" ", 1):
                case ["list", entry]:
                    name, programme, year, *more = (part.strip() for part in entry.split(";"))
                    keys, born = NameKeys(house.setting.secret), int(more[0]) if more else None
                    row = keys.leaver(parts_of(name), programme, int(year), born=born, ending=None)
                    await house.database.run(
                        lambda tx: leavers.add_leavers(tx, self.school.key, [row])
                    )
                case ["code", key]:
                    self.known["code"] = make_code(house.database, self.school, key, self.clock())
                case ["invite", who]:
                    key, role = (part.strip() for part in who.split(","))
                    token = invite(
                        house.database,
                        self.school,
                        StaffKey(key),
                        key.capitalize(),
                        Role(role),
                        self.clock(),
                    )
                    self.known[key] = token
                case ["clean"]:
                    await house.ticks.clean()
                case _:
                    raise AssertionError(f"nobody knows how to arrange: {wish}")

        await self._with_house(arranged)

    async def _look_for(self, actor: Actor) -> None:
        """Fail if any row of any table has where somebody is, or anything they typed."""
        told = (words for words in actor.typed if not words.isdecimal() and words[0] != "/")
        typed = {words for words in told if len(words) >= LEAST_KEPT}

        async def looked_for(house: House) -> None:
            rows = await house.database.run(
                lambda tx: [
                    (table.name, str(row))
                    for table in metadata.sorted_tables
                    for row in tx.execute(
                        select(table).where(table.c.school_id == self.school.key)
                    )
                ]
            )
            found = [
                (table, words)
                for table, row in rows
                for words in {*typed, repr(actor.address)}
                if words in row
            ]
            assert not found, f"of {actor.name} is kept: {found}"

        await self._with_house(looked_for)

    async def _with_house(self, act: Callable[[House], Awaitable[None]]) -> None:
        """Build the bot anew, as after a restart, and let `act` happen in it."""
        database = self._reopen()
        try:
            house = build(self.settings, self.school, database, self.clock)
            for network in Network:
                house.relay.connect(PaperPost(network, self.actors, self.lines.append))
            await act(house)
            if self.after:
                await self.after(house)
        finally:
            database.close()


def gateways_are_gateways(post: PaperPost) -> Gateway:
    """Let the type checker say that paper is a gateway like all others."""
    return post
