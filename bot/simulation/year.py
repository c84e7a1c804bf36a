"""Lets a year go by: from one moment at which something happens to the next, with the house built anew at times."""

import asyncio
import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import House, build
from bot.domain.people import Role
from bot.domain.school import School, StaffKey
from bot.gateways.port import Incoming, Network, Said, Typed
from bot.runtime.staff import invite
from bot.runtime.work import Work
from bot.settings import Settings
from bot.simulation.clock import DAY, VirtualClock, changes, midnights
from bot.simulation.inhabitants import Errand, Inhabitant
from bot.simulation.population import Population
from bot.simulation.post import Ledger, PaperNetwork
from bot.simulation.reckoning import Guests, Histories, Letters, read_histories, read_kept
from bot.storage.database import Database, Transaction
from handlers.incoming import hearing

FIRST_DAY = datetime(2026, 9, 1, 5, tzinfo=UTC)
"""The first morning of a school year."""
EVERY = timedelta(days=30)
"""So often the house is built anew, besides the nights on which the clocks change."""
AT_NIGHT = timedelta(hours=3, minutes=30)
"""When what is old is forgotten, as `bot.scheduler.ticks` has it."""
BEFORE, AFTER = timedelta(minutes=15), timedelta(minutes=15)
COUNTED = timedelta(days=14)
"""So often it is counted what has become of letters: they are forgotten after a month."""
SECOND = StaffKey("second")
"""By which the school knows whoever agrees to what many are to get."""
Progress = Callable[[int, int], None]
"""Told how many days of how many have gone by."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which year is simulated."""

    seed: int = 2026
    alumni: int = 300
    students: int = 120
    days: int = 365


class Year:
    """One year of one school."""

    def __init__(
        self, wish: Wish, school: School, folder: Path, reopen: Callable[[], Database]
    ) -> None:
        self.wish, self.school, self._reopen = wish, school, reopen
        self.start, self.end = FIRST_DAY, FIRST_DAY + wish.days * DAY
        self.clock = VirtualClock(self.start)
        self.people = Population(
            school, wish.seed, wish.alumni, wish.students, self.start, wish.days
        )
        self.ledger = Ledger(self.clock, {one.address: one for one in self.people})
        self.letters, self.guests = Letters(), Guests()
        self.turns = self.restarts = 0
        key = SecretStr("of a made-up school, known to everybody")
        self._settings = Settings(secret_key=key, data_folder=folder, telegram_token=None)
        self.house = self._built()
        self._agenda: list[tuple[datetime, int, int, Inhabitant, Errand]] = []
        self._number = 0
        self._around: set[asyncio.Task[Any]] = set()
        """Whatever runs around the year, and does not go down with a house."""

    async def run(self, progress: Progress) -> Histories:
        """Let the year go by; return what is in the tables then."""
        self._around = asyncio.all_tasks()
        await self._come_in()
        for who in self.people:
            self._plan(who, *who.errands())
        days = (self.end - self.start).days
        for at, act in sorted(self._calendar(), key=lambda one: one[0]):
            await self._until(at)
            await act()
            progress((at - self.start).days, days)
        await self._until(self.end)
        await self._count()
        happened = await read_histories(self.house, self.start)
        self.house.database.close()
        progress(days, days)
        return happened

    def _calendar(self) -> Iterator[tuple[datetime, Callable[[], Any]]]:
        """Yield what happens at fixed moments: the cleaning of every night, restarts, and counting."""
        zone = self.school.zone
        for number, midnight in enumerate(midnights(self.start, self.end, zone), 1):
            there = midnight.astimezone(zone).replace(tzinfo=None) + AT_NIGHT
            yield there.replace(tzinfo=zone).astimezone(UTC), self._night
            if not number % COUNTED.days:
                yield midnight, self._count
            if not number % EVERY.days:
                yield midnight + timedelta(hours=8 + number % 9), self._cut
        for at in changes(self.start, self.end, zone):
            yield at - BEFORE, self._restart
            yield at + AFTER, self._restart
            yield at + AFTER, self._cut

    async def _come_in(self) -> None:
        """Let everybody come in; whoever looks after mentoring by an invitation, as staff do."""
        house = self.house

        def seat(tx: Transaction) -> None:
            self.people.seat(Work(tx, house.setting, self.clock()))

        await house.database.run(seat)
        owner = self.school.owners.of("mentoring").owner
        for who, key in ((self.people.staff, owner), (self.people.second, SECOND)):
            token = invite(
                house.database, self.school, key, who.name, Role.COORDINATOR, self.clock()
            )
            # The link, the first language offered, and "yes, that is me".
            for words in (f"/start {token}", "1", "1"):
                await self._hear(who, Typed(words))

    async def _until(self, end: datetime) -> None:
        """Let everything happen that happens up to `end`, each at its moment."""
        while True:
            tick = self.house.ticks.next
            act = self._agenda[0][0] if self._agenda else None
            at = min((one for one in (tick, act) if one), default=None)
            if at is None or at > end:
                self.clock.move_to(end)
                return
            self.clock.move_to(at)
            if act == at:
                _, _, _, who, errand = heapq.heappop(self._agenda)
                says = who.does(errand, self.clock())
                if says and who.has_deleted:
                    await self._count()  # what is deleted with them can be counted no more
                for said in says:
                    await self._hear(who, said)
            else:
                await self._tick()

    async def _tick(self) -> None:
        """Fire what is due."""
        await self.house.ticks.tick()
        await self._deliver()

    async def _night(self) -> None:
        """Forget what is old; the bot ticks every minute besides, and sees what has come of that."""
        await self.house.ticks.clean()
        await self._tick()

    async def _hear(self, who: Inhabitant, said: Said) -> None:
        """Let somebody say something, and wait for all that follows from it."""
        self.turns += 1
        update = f"{who.number}:{self.turns}"
        self.ledger.speaking = who
        hear = hearing(self.house.turns)
        await hear(Incoming(who.network, who.address, update, said, who.language))
        await self._deliver()
        self.ledger.speaking = None

    async def _deliver(self) -> None:
        """Let all letters leave that may, and whoever got one make plans."""
        feeds = self.house.relay.feeder.is_wanted
        if self.ledger.is_cut:
            await self._deliver_over_a_dead_line()
        else:
            await self.house.relay.settle()
        if feeds:
            # Until when a letter to many waits is found by the next tick, within a minute.
            self.house.ticks.planned(await self.house.sweep.next_due())
        for who, errand in self.ledger.errands:
            self._plan(who, errand)
        self.ledger.errands.clear()

    async def _deliver_over_a_dead_line(self) -> None:
        """Let the house go down with letters in hand, if there are any."""
        sending = asyncio.create_task(self.house.relay.settle())
        hung = asyncio.create_task(self.ledger.hung.wait())
        await asyncio.wait({sending, hung}, return_when=asyncio.FIRST_COMPLETED)
        if self.ledger.hung.is_set():
            await self._go_down()
            await self._open()
        else:
            hung.cancel()
            await sending

    def _plan(self, who: Inhabitant, *errands: Errand) -> None:
        for errand in errands:
            self._number += 1
            heapq.heappush(self._agenda, (errand.at, who.number, self._number, who, errand))

    async def _count(self) -> None:
        await read_kept(self.house, self.letters, self.guests)

    async def _cut(self) -> None:
        """Let the line be dead from now on: with the next letter the house goes down."""
        self.ledger.is_cut = True

    async def _restart(self) -> None:
        """Stop the house in good order, and build it anew."""
        self.house.database.close()
        await self._open()

    async def _go_down(self) -> None:
        """Let the house die in the middle of what it does, as when the power fails."""
        running = asyncio.all_tasks() - self._around
        for task in running:
            task.cancel()
        await asyncio.wait(running)
        self.house.database.close()
        self.ledger.is_cut = False
        self.ledger.hung.clear()

    async def _open(self) -> None:
        """Build the house over the same database, as after a start of the program."""
        self.house = self._built()
        self.restarts += 1
        await self.house.relay.recover(alone=True)
        await self._tick()

    def _built(self) -> House:
        house = build(self._settings, self.school, self._reopen(), self.clock)
        for network in Network:
            house.relay.connect(PaperNetwork(network, self.ledger))
        return house
