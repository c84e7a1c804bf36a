"""A network of paper: it hands what it is given to the people of the simulated school, and notes the moment."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from bot.gateways.port import Delivered, Network, Outcome, Unreachable
from bot.runtime.pace import Pace
from bot.simulation.inhabitants import Errand, Inhabitant, event_in
from bot.simulation.member import Member
from bot.simulation.writing import IN_WORDS
from bot.texts.calendar import MIME as CALENDAR
from bot.texts.sheets import Sheet, Style

APPOINTMENTS = ("Coming", "DetailsTold")
"""What a reminder of a meeting, or of an event, lets people say, and no other reminder does."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A sheet that somebody was given."""

    at: datetime
    to: int
    """The number of the inhabitant."""
    ref: str
    is_answer: bool
    """Whether it came while the person was speaking to the bot."""
    is_reminder: bool
    is_of_today: bool
    """Whether it reminds of an appointment on its own day, as the person's calendar has it."""
    is_of_appointment: bool = False
    """Whether it reminds of one on any day."""
    titled: int | None = None
    """The number of the letter to many, or of the event, that it is called after; None if it is called otherwise."""
    carries: tuple[int, ...] = ()
    """The numbers of all that staff wrote to many and that stands in it in full."""

    is_digest: bool = False
    """Whether it tells several things that could wait for each other."""
    is_correction: bool = False
    """Whether it puts an invitation right: the event was moved since."""

    @property
    def is_to_many(self) -> bool:
        """Whether many got it, whatever else it may hold."""
        return self.titled is not None or bool(self.carries)

    @property
    def is_unasked(self) -> bool:
        """Whether it counts under what people are written to at most, whatever journey it is of."""
        return self.takes_room and not self.is_of_today and not self.is_correction

    @property
    def takes_room(self) -> bool:
        """Whether others may have to wait because of it, which what reminds of today itself need not."""
        return self.is_reminder or self.is_digest or self.is_to_many


class Ledger:
    """What all networks of the school have delivered, and whether they still do."""

    def __init__(self, now: Callable[[], datetime], people: Mapping[str, Inhabitant]) -> None:
        self.now, self.people = now, people
        self.deliveries: list[Delivery] = []
        self.errands: list[tuple[Inhabitant, Errand]] = []
        """What people decided to do since this was emptied last."""
        self.speaking: Inhabitant | None = None
        """Who is saying something at this moment."""
        self.is_cut = False
        """Whether the line is dead: what is handed over never arrives, and nobody learns of it."""
        self.hung = asyncio.Event()
        """Set once something was handed over while the line was dead."""
        self.in_flight: list[tuple[int, datetime]] = []
        """To whom, and when, something was handed over that never arrived."""
        self._invited: set[tuple[int, int]] = set()
        """Who was written to about which event."""
        self._refs = count(1)

    async def take(self, address: str, sheet: Sheet) -> Outcome:
        """Hand a new sheet over."""
        who = self.people[address]
        await self._through(who)
        if who.has_blocked:
            return Unreachable()
        ref = str(next(self._refs))
        is_reminder = sheet.style is Style.NUDGE
        is_of_appointment = is_reminder and any(
            row.data.endswith(f":{one}") for row in sheet.rows for one in APPOINTMENTS
        )
        if sheet.attachment and sheet.attachment.mime == CALENDAR:
            who.keeps(sheet.attachment.content, self.now())
        about = event_in(sheet.text) if is_of_appointment else None
        self.deliveries.append(
            Delivery(
                self.now(),
                who.number,
                ref,
                who is self.speaking,
                is_reminder,
                is_of_appointment and who.has_appointment(self.now(), about),
                is_of_appointment,
                # What staff read before it is sent, and what they are told about it, is not to many.
                None if isinstance(who, Member) else event_in(sheet.title or ""),
                () if isinstance(who, Member) else _in_full(sheet),
                bool(sheet.sections),
                self._corrects(who, sheet),
            )
        )
        if errand := who.sees(sheet, self.now()):
            self.errands.append((who, errand))
        return Delivered(ref)

    def _corrects(self, who: Inhabitant, sheet: Sheet) -> bool:
        """Return whether somebody is told of an event that was moved after they were invited to it."""
        number = event_in(sheet.title or "")
        if number is None or isinstance(who, Member):
            return False
        is_invited = (who.number, number) in self._invited
        self._invited.add((who.number, number))
        members = (one for one in self.people.values() if isinstance(one, Member))
        return is_invited and not _in_full(sheet) and any(number in one.moved for one in members)

    async def change(self, address: str, ref: str, sheet: Sheet) -> Outcome:
        """Show a sheet in place of an earlier one."""
        who = self.people[address]
        await self._through(who)
        who.sees_changed(sheet)
        return Delivered(ref)

    async def _through(self, who: Inhabitant) -> None:
        if self.is_cut:
            self.in_flight.append((who.number, self.now()))
            self.hung.set()
            await asyncio.Event().wait()


def _in_full(sheet: Sheet) -> tuple[int, ...]:
    texts = (sheet.text, *(one.text for one in sheet.sections))
    return tuple(int(one) for text in texts for one in IN_WORDS.findall(text))


class PaperNetwork:
    """One of the school's networks."""

    def __init__(self, network: Network, ledger: Ledger) -> None:
        self._network, self._ledger = network, ledger

    @property
    def network(self) -> Network:
        """The network it stands for."""
        return self._network

    @property
    def pace(self) -> Pace | None:
        """Paper is patient."""
        return None

    async def deliver(self, address: str, sheet: Sheet) -> Outcome:
        """Hand a sheet to whoever lives at `address`."""
        return await self._ledger.take(address, sheet)

    async def edit(self, address: str, ref: str, sheet: Sheet) -> Outcome:
        """Show a sheet in place of another."""
        return await self._ledger.change(address, ref, sheet)

    async def close(self) -> None:
        """Paper needs no closing."""
