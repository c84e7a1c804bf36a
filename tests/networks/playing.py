"""Plays the written stories over real networks: what people see there is written down as on paper.

    line of a story ─▶ Wire.say ─▶ a server on the loopback ─▶ a gateway ─▶ hearing(turns)
    relay ─▶ Witness ─▶ the gateway ─▶ the server ─▶ Wire.sees ─▶ the story, drawn from what is there

Unlike on paper, one house stands for the whole story. The clock is the story's; nobody waits for it.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from itertools import groupby
from typing import Protocol

from typing_extensions import override

from bot.app import House, build
from bot.domain.school import School
from bot.gateways.port import Delivered, Gateway, Network, Outcome, Said
from bot.settings import Settings
from bot.storage.database import Database
from bot.texts.sheets import Sheet
from tests.paper import OTHERS
from tests.story import Actor, Player, drawn

CARRIER = re.compile(r"(\n {4}\.)?\n {4}[^\n]*\bTelegram\b[^\n]*")
"""The line of the notice that says who carries the messages; the school's own page says nothing."""
HEAD = re.compile(r"^(\w+: \w\w), \w+$", re.MULTILINE)
COME = re.compile(r"(\w+) is (?:a student|alumni): ")
"""Somebody who has come in before the story begins."""
TOLD = re.compile(r"(\w+)[<~]")


class Wire(Protocol):
    """A network on which the people of a story are, as they know it."""

    @property
    def gateway(self) -> Gateway:
        """What sheets are handed to."""
        ...

    async def arrives(self, actor: Actor) -> None:
        """Let somebody have come here before the story begins; they say nothing."""
        ...

    async def say(self, actor: Actor, said: Said, times: int) -> None:
        """Let somebody say something, delivered so many times; return once the bot has kept it."""
        ...

    def whose(self, address: str) -> Actor:
        """Return who is reached at `address`."""
        ...

    async def keeps(self, actor: Actor) -> list[str]:
        """Return what the school still has of what somebody typed here."""
        ...

    async def sees(self, actor: Actor, ref: str, sheet: Sheet) -> Sheet:
        """Return what somebody sees of `sheet`, delivered or altered just now as `ref`."""
        ...


class NetworkPlayer(Player):
    """Plays a story over wires, one for each network on which somebody is."""

    def __init__(self, settings: Settings, school: School, database: Database) -> None:
        super().__init__(settings, school, database)
        self.house = build(settings, school, database, self.clock)
        self.wires: dict[Network, Wire] = {}

    def connect(self, wire: Wire) -> None:
        """Let people speak and hear over `wire`."""
        self.wires[wire.gateway.network] = wire
        self.house.relay.connect(Witness(wire, self.lines.append))

    @override
    async def _hear(self, *things: tuple[Actor, Said, int]) -> None:
        async def heard(house: House) -> None:
            said = (self.wires[thing[0].network].say(*thing) for thing in things)
            await asyncio.gather(*said)
            await house.relay.deliver_all()

        await self._with_house(heard)

    @override
    async def _arrange(self, wish: str) -> None:
        """Let whoever is to have come in already be there first."""
        if come := COME.match(wish):
            actor = self.actors[come[1]]
            await self.wires[actor.network].arrives(actor)
        await super()._arrange(wish)

    @override
    async def _with_house(self, act: Callable[[House], Awaitable[None]]) -> None:
        await act(self.house)
        if self.after:
            await self.after(self.house)

    @override
    async def _look_for(self, actor: Actor) -> None:
        """Ask the network; on paper it is looked for in every other row."""
        assert await self.wires[actor.network].keeps(actor) == []


OpenWire = Callable[[NetworkPlayer], AbstractAsyncContextManager[Wire]]


class Witness:
    """Hands sheets to a gateway, and writes down what the person then sees."""

    def __init__(self, wire: Wire, write: Callable[[str], None]) -> None:
        self._wire, self._write = wire, write
        self._places: dict[tuple[str, str], int] = {}

    @property
    def network(self) -> Network:
        """That of the gateway."""
        return self._wire.gateway.network

    @property
    def pace(self) -> None:
        """None: in a story the clock stands still between two lines."""
        return

    async def deliver(self, address: str, sheet: Sheet) -> Outcome:
        """Deliver a sheet; the actor of the story has it from then on."""
        if address.startswith(OTHERS):
            return Delivered("1")
        outcome = await self._wire.gateway.deliver(address, sheet)
        if isinstance(outcome, Delivered):
            actor = self._wire.whose(address)
            self._places[address, outcome.ref] = len(actor.sheets)
            actor.sheets.append(sheet)
            self._write(drawn(actor, await self._wire.sees(actor, outcome.ref, sheet)))
        return outcome

    async def edit(self, address: str, ref: str, sheet: Sheet) -> Outcome:
        """Show a sheet in place of another."""
        outcome = await self._wire.gateway.edit(address, ref, sheet)
        if isinstance(outcome, Delivered):
            actor = self._wire.whose(address)
            actor.sheets[self._places[address, ref]] = sheet
            seen = await self._wire.sees(actor, ref, sheet)
            self._write(drawn(actor, seen, changed=True))
        return outcome

    async def close(self) -> None:
        """Close the gateway."""
        await self._wire.gateway.close()


def on(network: Network, story: str) -> str:
    """Return a story with everybody on `network`."""
    return HEAD.sub(rf"\1, {network}", story)


def comparable(story: str) -> list[str]:
    """Return a story piece by piece, without what networks leave open.

    That is: a switch that is off has a mark on paper, but not everywhere; and of two people who
    are told something by the same event, neither need hear it first.
    """
    pieces = re.split(r"\n(?! {4})", story.replace("[○ ", "[").rstrip("\n"))
    return list(_in_order(pieces))


def without_carrier(pieces: list[str]) -> list[str]:
    """Return the pieces of a story without the line by which the notice tells networks apart."""
    return [CARRIER.sub("", piece) for piece in pieces]


def _in_order(pieces: list[str]) -> Iterator[str]:
    for is_told, group in groupby(pieces, key=lambda piece: TOLD.match(piece) is not None):
        together = list(group)
        yield from sorted(together, key=_name) if is_told else together


def _name(piece: str) -> str:
    return re.split("[<~]", piece)[0]


def gateways_are_gateways(witness: Witness) -> Gateway:
    """Let the type checker say that a witness is a gateway like all others."""
    return witness
