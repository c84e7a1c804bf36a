"""A network of paper: it hands what it is given to the people of the simulated school, and notes the moment."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from bot.gateways.port import Delivered, Network, Outcome, Unreachable
from bot.runtime.pace import Pace
from bot.simulation.inhabitants import Errand, Inhabitant
from bot.texts.sheets import Sheet, Style

APPOINTMENT = "Coming"
"""What a reminder of an appointment lets people say, and no other letter does."""


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
        self._refs = count(1)

    async def take(self, address: str, sheet: Sheet) -> Outcome:
        """Hand a new sheet over."""
        await self._through()
        who = self.people[address]
        if who.has_blocked:
            return Unreachable()
        ref = str(next(self._refs))
        is_reminder = sheet.style is Style.NUDGE
        is_of_appointment = any(row.data.endswith(f":{APPOINTMENT}") for row in sheet.rows)
        if sheet.attachment:
            who.keeps(sheet.attachment.content)
        self.deliveries.append(
            Delivery(
                self.now(),
                who.number,
                ref,
                who is self.speaking,
                is_reminder,
                is_reminder and is_of_appointment and who.has_appointment(self.now()),
            )
        )
        if errand := who.sees(sheet, self.now()):
            self.errands.append((who, errand))
        return Delivered(ref)

    async def change(self, address: str, ref: str, sheet: Sheet) -> Outcome:
        """Show a sheet in place of an earlier one."""
        await self._through()
        self.people[address].sees_changed(sheet)
        return Delivered(ref)

    async def _through(self) -> None:
        if self.is_cut:
            self.hung.set()
            await asyncio.Event().wait()


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
