"""Plays a written story of several people against a whole school's bot.

Only these lines are played; all others are what follows, and are compared:

    liis: et, telegram                 who takes part, in which language, on which network
    liis> what she types, or [the label of a button of her newest message that has it]
    liis> [Label] of old               the same button, but of the oldest message
    liis> [[q:1:2:x]]                  a button that nobody gave her: it carries what is written here
    liis> (10000 characters)           a text of so many
    liis> anything, twice              the network delivers the update two times
    liis> this | taavi> that           both at the same moment
    liis sends a sticker               or a voice, an edit, something in a group; or blocks, unblocks
    liis sends a picture               or one that is too large, or a text file
    (3 days pass)                      also minutes and hours, weeks
    (until Friday 22:30)               the same, to an hour in the school's zone; without a day, the next time it is
    (nobody is told anything)          must be true of the line before
    (nothing is kept of liis)          must be true: neither where she is, nor anything she typed
    ! list Liis Saar; welding; 2019    the school's list of leavers has this entry; "; 2001" adds the year of birth
    ! code k24                         a class gets a code: {code}
    ! invite maite, coordinator        a member of staff is invited: {maite}
    ! anna is a student: Anna; KE-24; 2006      has come in already, with a first name, a class and a year of birth
    ! marta is alumni: Marta Kask; welding; 1990     the same with a programme; she agreed to be asked, and seen
    ! marta tells: Tartu; graduate; talk jobs    the town, how her studies ended, and what she offers
    ! marta mentors: first_job trade; et en; online in_person; saturday; 2    what she offers, and to how many
    ! anna looks for a mentor: first_job; en; online; Find work; marta ilir     and whom to ask, in this order
    ! anna has a mentor: marta; first_job; Find work     the two were introduced a moment ago
    ! maite holds anna                 puts the pair of anna on hold; "cancels" ends it
    ! anna leaves the school           and is alumni from then on
    ! maite plans: Summer party; 2026-06-05 18:00; 3; School hall; 2; 1     an event: title, when, hours, where,
                                       places ("any"), and how many may be brought; all who agreed are invited
    ! remove maite                     and is no longer one: whoever comes after her finds what waited
    ! clean                            the cleaning of every night

What is said to somebody begins with their name and "<"; "~" shows a message that changed in place.
The bot is built anew, and everything is read from the database again, before every line. Only the connection
to the database stays open: the bot keeps nothing in it (tests/crash kills whole processes).
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta

from bot.app import House, build
from bot.domain.pictures import LARGEST
from bot.domain.school import School
from bot.gateways.port import (
    Incoming,
    Kind,
    Left,
    Network,
    Offered,
    Pressed,
    Returned,
    Said,
    Typed,
    Unreadable,
)
from bot.settings import Settings
from bot.storage.database import Database
from handlers.incoming import hearing
from tests.arranging import arrange, rows_with
from tests.paper import Actor, PaperPost, drawn, pressable
from tests.pictures import png

__all__ = ["NOON", "Actor", "PaperPost", "Player", "drawn", "pressable"]
NOON = datetime(2026, 5, 4, 9, tzinfo=UTC)
"""A Monday, at noon in Tallinn."""
KINDS = {
    "a sticker": Kind.STICKER,
    "a voice": Kind.VOICE,
    "an edit": Kind.EDITED,
    "something in a group": Kind.GROUP,
    "a text file": Kind.FILE,
}


async def _whole(most: int) -> bytes:
    return png()


PICTURES = {
    "a picture": Offered(len(png()), _whole),
    "a picture that is too large": Offered(LARGEST + 1, _whole),
}
UNITS = {"minute": 60, "hour": 3600, "day": 86400, "week": 604800}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PLAYED = re.compile(r"(\w+)> (.*?)( of old)?(, twice)?")


class StoryClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        """Return the moment it shows."""
        return self.at


class Player:
    """Plays one story, line by line, over one database."""

    def __init__(self, settings: Settings, school: School, database: Database) -> None:
        self.settings, self.school, self._database = settings, school, database
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
            sent = PICTURES.get(kind) or Unreadable(KINDS[kind])
            await self._hear((actor, sent, 1))
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
            self.known |= await arrange(house, wish, self.actors)
            self._in_order(self._told_from)

        await self._with_house(arranged)

    async def _look_for(self, actor: Actor) -> None:
        """Fail if any row of any table has where somebody is, or anything they typed."""

        async def looked_for(house: House) -> None:
            found = await rows_with(house, {*actor.typed, repr(actor.address)})
            assert not found, f"of {actor.name} is kept: {found}"

        await self._with_house(looked_for)

    async def _with_house(self, act: Callable[[House], Awaitable[None]]) -> None:
        """Build the bot anew, as after a restart, and let `act` happen in it."""
        house = build(self.settings, self.school, self._database, self.clock)
        for network in Network:
            house.relay.connect(PaperPost(network, self.actors, self.lines.append))
        await act(house)
        if self.after:
            await self.after(house)
