"""A million people in one school on PostgreSQL: counted and listed, and a turn there beside one in a small school."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter

from pydantic import SecretStr
from sqlalchemy import func, select

from bench.loopback.bot_api import serving
from bench.loopback.ours import KEY, TOKEN, list_leavers
from bench.loopback.people import Crowd, leavers
from bench.loopback.postgresql import PostgreSQL, postgresql_server
from bench.loopback.processes import resident_mb
from bench.loopback.rounds import Contender, Round
from bench.loopback.waiting import pause
from bench.sending.crowd import LIFELIKE
from bench.sending.figures import Figure, show
from bench.sending.network import Network, Tell
from bench.sending.progress import shown
from bench.sending.running import Living, Running, school_by_day
from bench.sending.staff import Staff
from bot.app import build
from bot.domain.broadcasts.audience import Audience
from bot.domain.consent import Purpose
from bot.domain.people import Role
from bot.runtime.audiences import reach
from bot.runtime.work import Work
from bot.settings import Settings
from bot.storage.broadcast_tables import broadcasts, recipients
from bot.storage.database import Database, open_database

SMALL = 1_000
"""People in the school beside which the large one is measured."""
WARM_UP, ROUNDS, A_ROUND, AT_ONCE = 6, 12, 6, 2
"""People before the first round; rounds of each school in turns; people who sign up in each, and at a time."""
LISTED = 2_000
PER_SECOND = 100_000
COUNTS = 5
LETTERS = 3_000
"""Letters that leave from the long ledger, to see that it is no slower for being long."""
LOOK_AGAIN = 0.05
NARROW = Audience(
    roles=(Role.ALUMNI,), programmes=("welding", "care"), languages=("et", "es"), left_from=2010
)


@dataclass(frozen=True, slots=True)
class School:
    """A school with its process and its people."""

    living: Living
    running: Running
    bot: Network
    contender: Contender


@dataclass(frozen=True, slots=True)
class Listing:
    """How a ledger was filled."""

    rows: int
    seconds: float
    before_mb: float
    after_mb: float
    sent_mb: float
    """After so many letters had left."""
    letters_a_second: float


async def measure(folder: Path, people: int) -> None:
    """Fill a school with so many `people`, measure what depends on their number, and print it."""
    with postgresql_server(Path(tempfile.gettempdir()), "autovacuum") as server:
        async with AsyncExitStack() as stack:
            began = perf_counter()
            large = await stack.enter_async_context(_school(server, folder / "large", people))
            filled = perf_counter() - began
            small = await stack.enter_async_context(_school(server, folder / "small", SMALL))
            every = await _counted(large.living, Audience())
            narrow = await _counted(large.living, NARROW)
            turns = await _turns([large, small])
            listing = await _listed(large)
    big, little = turns
    show(
        f"A million: {people:,} people in one school on PostgreSQL (filled in {filled:.0f} s)",
        Figure("audience counted: everybody, s", every, digits=2, bar=1),
        Figure("audience counted: narrowed by five chips, s", narrow, digits=2, bar=1),
        Figure(
            f"ledger: {listing.rows:,} rows, a second",
            [listing.rows / listing.seconds],
            bar=50_000,
            better="more",
        ),
        Figure("memory before", [listing.before_mb], "MB"),
        Figure("memory when all are listed", [listing.after_mb], "MB", bar=listing.before_mb + 20),
        Figure(f"memory {LETTERS:,} letters later", [listing.sent_mb], "MB"),
        Figure("letters a second from that ledger, pace lifted", [listing.letters_a_second]),
        _pairs("turn: CPU ms here", [one.cpu_ms for one in big]),
        _pairs(f"turn: CPU ms with {SMALL:,} people", [one.cpu_ms for one in little]),
        _ratio("turn: CPU, ratio", big, little, lambda one: one.cpu_ms),
        _pairs("turn: p50 ms here", [one.p50_ms for one in big]),
        _pairs(f"turn: p50 ms with {SMALL:,} people", [one.p50_ms for one in little]),
        _ratio("turn: p50, ratio", big, little, lambda one: one.p50_ms),
    )


def _pairs(words: str, values: list[float]) -> Figure:
    return Figure(words, values, digits=2)


def _ratio(
    words: str, big: list[Round], little: list[Round], of: Callable[[Round], float]
) -> Figure:
    ratios = [of(one) / of(other) for one, other in zip(big, little, strict=True)]
    return Figure(words, ratios, digits=2, bar=1.2)


@asynccontextmanager
async def _school(server: PostgreSQL, folder: Path, people: int) -> AsyncIterator[School]:
    await asyncio.to_thread(folder.mkdir)
    async with AsyncExitStack() as stack:
        url = stack.enter_context(server.database())
        living = school_by_day(url, folder, people, LIFELIKE)
        listed = list(islice(leavers(len(living.school.programmes), living.now.year), LISTED))
        list_leavers(url, living.school, listed)
        api, bot = await stack.enter_async_context(serving()), Network(TOKEN)
        api.admit(bot)
        running = await stack.enter_async_context(living.running(api, bot, per_second=PER_SECOND))
        yield School(living, running, bot, Contender(running.process, Crowd(bot, listed)))


async def _counted(living: Living, audience: Audience) -> list[float]:
    """Return how many seconds it took to count an audience, each time."""
    settings = Settings(secret_key=SecretStr(KEY), data_folder=living.folder)

    def counting(database: Database) -> float:
        setting = build(settings, living.school, database, lambda: living.now).setting
        began = perf_counter()
        database.run_here(
            lambda tx: reach(Work(tx, setting, living.now), audience, Purpose.EVENTS)
        )
        return perf_counter() - began

    with closing(open_database(living.url)) as database:
        return [await asyncio.to_thread(counting, database) for _ in range(COUNTS)]


async def _turns(schools: list[School]) -> list[list[Round]]:
    """Let people sign up with each school in turns; return what it took."""
    for school in schools:
        await school.contender.round(WARM_UP, AT_ONCE)
    found: list[list[Round]] = [[] for _ in schools]
    with shown("million: turns") as tell:
        for number in range(ROUNDS):
            tell(number, ROUNDS)
            pairs = list(zip(schools, found, strict=True))
            # Whoever is first has the colder caches.
            for school, rounds in pairs[:: 1 if number % 2 else -1]:
                rounds.append(await school.contender.round(A_ROUND, AT_ONCE))
    return found


async def _listed(school: School) -> Listing:
    """Let staff write to everybody; return how the ledger was filled, and that letters leave from it."""
    staff, bot, process = Staff(school.living, school.bot), school.bot, school.running.process
    await staff.come()
    number = await staff.write()
    before = resident_mb(process)
    began = perf_counter()
    staff.agree()
    with closing(open_database(school.living.url)) as database, shown("million: ledger") as tell:
        await _all_listed(database, number, tell)
        seconds = perf_counter() - began
        after = resident_mb(process)
        count = select(func.count()).select_from(recipients)
        rows: int = await database.run(lambda tx: tx.execute(count).scalar_one())
    left, began = len(bot.letters), perf_counter()
    with shown("million: letters") as tell:
        await bot.letters_arrive(left + LETTERS, tell)
    speed = LETTERS / (perf_counter() - began)
    return Listing(rows, seconds, before, after, resident_mb(process), speed)


async def _all_listed(database: Database, number: int, tell: Tell) -> None:
    state = select(broadcasts.c.state, broadcasts.c.listed_to)
    while True:
        row = (await database.run(lambda tx: tx.execute(state).all()))[-1:]
        if row and row[0].state != "listing":
            return
        tell(row[0].listed_to if row else 0, number)
        await pause(LOOK_AGAIN)
