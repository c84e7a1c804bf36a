"""Two processes of one bot share what Telegram allows; one is killed in the middle of a letter to many."""

import signal
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from sqlalchemy import select

from bench.loopback.bot_api import serving
from bench.loopback.limits import PER_SECOND as ALLOWED, Limits
from bench.loopback.ours import TOKEN
from bench.loopback.ports import free_ports
from bench.loopback.postgresql import postgresql_server
from bench.loopback.waiting import pause
from bench.sending.crowd import READERS
from bench.sending.figures import Figure, fullest, show
from bench.sending.network import Door, Network, Tell
from bench.sending.progress import shown
from bench.sending.pushing import Pushing
from bench.sending.running import Living, Running, school_by_day
from bench.sending.staff import Staff
from bot.gateways.telegram.gateway import PER_SECOND
from bot.runtime.hands import LEASE
from bot.scheduler.ticks import AT_LATEST
from bot.storage.broadcast_tables import recipients
from bot.storage.database import open_database
from bot.storage.tables import people

LATENCY = 0.05
THINKING = 1.2
"""Seconds: whoever answers faster is too fast for a chat, as two processes do not share the pace to one person."""
LOOK_AGAIN = 1.0
"""Seconds between two looks at the ledger."""
WAIT = (LEASE + 2 * AT_LATEST).total_seconds()
"""Seconds after which a letter that was in the hands of the dead is recorded as unsure, at the latest."""


async def measure(folder: Path, readers: int) -> None:
    """Write to so many `readers`, kill one of two in the middle, and print who got what."""
    with (
        postgresql_server(Path(tempfile.gettempdir())) as server,
        server.database() as url,
    ):
        living = school_by_day(url, folder, readers, READERS)
        bot = Network(TOKEN, limits=Limits(), latency=LATENCY)
        killed = await _killed_halfway(living, bot)
    number, fates = killed.number, killed.fates
    first, last = bot.letters[0].at, bot.letters[killed.after - 1].at
    together = sum(first + 1 < one.at <= last for one in bot.arrived)
    times = Counter(Counter(one.chat for one in bot.letters).values())
    never = number - sum(times.values())
    twice = sum(count for much, count in times.items() if much > 1)
    by_fate = Counter(fates.values())
    got = {one.chat for one in bot.letters}
    missing = [chat for chat, fate in fates.items() if chat not in got and fate != "unsure"]
    show(
        f"Replicas: {number:,} letters from two processes on PostgreSQL; after {killed.after:,} one is killed",
        Figure(
            "calls a second over both, from the second one until then",
            [together / (last - first - 1)],
            digits=2,
            bar=PER_SECOND,
        ),
        Figure(
            "calls in the fullest second", [fullest([one.at for one in bot.arrived])], bar=ALLOWED
        ),
        Figure("letters to many refused as too fast (429)", [bot.too_fast[True]], bar=0),
        Figure("answers refused as too fast (429)", [bot.too_fast[False]]),
        Figure("letters of the one", [killed.of_each[0]]),
        Figure("letters of the other, until then", [killed.of_each[1]]),
        Figure("of the killed process in flight at Telegram", [killed.in_flight]),
        Figure("people who got it once", [times[1]]),
        Figure("people who got it twice", [twice], bar=0),
        Figure("people who did not get it", [never]),
        Figure("of these neither sent nor recorded as unsure", [len(missing)], bar=0),
        Figure("the ledger: sent", [by_fate["sent"]]),
        Figure("the ledger: unsure", [by_fate["unsure"]]),
        Figure("the ledger: anything else", [number - by_fate["sent"] - by_fate["unsure"]], bar=0),
    )


@dataclass(frozen=True, slots=True)
class Killed:
    """How one of two was killed, and what came after."""

    number: int
    """How many it was for."""
    after: int
    """After how many letters."""
    of_each: Sequence[int]
    """How many of them were whose."""
    in_flight: int
    """How many the killed one had on their way."""
    fates: Mapping[int, str]
    """What the ledger says in the end, by the number in the chat."""


async def _killed_halfway(living: Living, bot: Network) -> Killed:
    ports = free_ports(2)
    async with AsyncExitStack() as stack:
        apis = [await stack.enter_async_context(serving()) for _ in ports]
        bot.pushing = Pushing(ports, await stack.enter_async_context(aiohttp.ClientSession()))
        replicas: list[Running] = []
        doors: list[Door] = []
        for api, port in zip(apis, ports, strict=True):
            doors.append(Door(bot))
            api.admit(doors[-1])
            running = living.running(api, bot, per_second=PER_SECOND, port=port, is_shared=True)
            replicas.append(await stack.enter_async_context(running))
        staff = Staff(living, bot, THINKING)
        await staff.come()
        number = await staff.write()
        staff.agree()
        # Whatever is said wakes the process that hears it; people talk with both.
        await staff.look_twice()
        half = number // 2
        with shown("replicas: letters") as tell:
            await bot.letters_arrive(half, tell)
            while not doors[0].in_flight:
                await bot.letters_arrive(len(bot.letters) + 1)
            dying = replicas[0].process
            dying.send_signal(signal.SIGKILL)
            in_flight = doors[0].in_flight
            after, of_each = len(bot.letters), [door.letters for door in doors]
            await dying.wait()
            await _over(living, bot, number, tell)
    return Killed(number, after, of_each, in_flight, _ledger(living))


async def _over(living: Living, bot: Network, number: int, tell: Tell) -> None:
    """Wait until the ledger says of everybody what became of their letter, or nothing happens any more."""
    arrived, quiet = 0, 0.0
    while quiet < WAIT and {"waiting", "handed"} & set(_ledger(living).values()):
        await pause(LOOK_AGAIN)
        quiet = quiet + LOOK_AGAIN if arrived == len(bot.letters) else 0
        arrived = len(bot.letters)
        tell(min(arrived, number - 1), number)


def _ledger(living: Living) -> dict[int, str]:
    """Return what the ledger says of each letter."""
    rows = select(people.c.address, recipients.c.state).join_from(
        recipients, people, recipients.c.person_id == people.c.id
    )
    with closing(open_database(living.url)) as database:
        found = database.run_here(lambda tx: tx.execute(rows).all())
    return {int(row.address): row.state for row in found}
