"""What a sign-up through Telegram costs: `python -m bench.signup [--people N] [--library L] [--only WHICH]`.

Scripted people sign up with `kutse run` and, in turns, with the same steps written straight on
aiogram's FSM with memory storage; a Bot API server on the loopback, in this process, sees to it that
both do the same. Then starts are timed, and memory at rest is read. Printed are medians with the
least and the most; nothing is asserted. It reads /proc, so it needs Linux.
"""

import argparse
import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.loopback import peer
from bench.loopback.bot_api import BotApi, serving
from bench.loopback.ours import Installation, words_of
from bench.loopback.people import SCRIPT, Crowd, leavers
from bench.loopback.processes import Took, at_rest, importing, resident_mb, started
from bench.loopback.rounds import Contender, Round, spread
from bot.system_clock import system_clock

LISTED = 5_000
"""People on the list of leavers; those who sign up are among them."""
WARM_UP, AT_ONCE, ALONE = 20, 16, 6
"""People before the first round; people at a time; people in the rounds of one at a time."""
STARTS = 3
LIBRARIES = {"aiogram": "aiogram", "python-telegram-bot": "telegram"}
"""What each is imported as."""
OURS, PEER, WEB = "ours", "peer", "web"
WEB_SECONDS, MORE_SECONDS = 2.0, 1.0
WEB_MB, AIOGRAM_MB = 130.0, 260.0


@dataclass
class Results:
    """Everything that was measured."""

    busy: dict[str, list[Round]] = field(default_factory=lambda: {OURS: [], PEER: []})
    alone: dict[str, list[Round]] = field(default_factory=lambda: {OURS: [], PEER: []})
    loaded_mb: dict[str, float] = field(default_factory=dict)
    rested_mb: dict[str, float] = field(default_factory=dict)
    web: dict[str, list[Took]] = field(default_factory=dict)
    telegram: dict[str, list[Took]] = field(default_factory=dict)
    imports: dict[str, list[Took]] = field(default_factory=dict)


@asynccontextmanager
async def contenders(
    installation: Installation, api: BotApi, library: str, only: str | None
) -> AsyncIterator[dict[str, Contender]]:
    """Start both bots; the peer says what Kutse was heard to say."""
    year = system_clock().year
    listed = list(islice(leavers(len(installation.school.programmes), year), LISTED))
    installation.make(listed)
    found: dict[str, Contender] = {}
    async with AsyncExitStack() as stack:
        bot = installation.telegram()
        start = await stack.enter_async_context(installation.running(bot, library))
        file = installation.folder / "words.json"
        (await words_of(bot, listed[0])).write(file)
        if only != PEER:
            found[OURS] = Contender(start.process, Crowd(bot, listed[1:]))
        if only != OURS:
            other = api.bot(peer.TOKEN)
            told = (api.url, str(file), str(LISTED), str(year))
            log = installation.folder / "peer.log"
            process = await stack.enter_async_context(
                started("bench.loopback.peer", *told, settings={}, log=log)
            )
            await other.asked.wait()
            found[PEER] = Contender(process, Crowd(other, listed[1:]))
        yield found


async def load(results: Results, running: dict[str, Contender], people: int, rounds: int) -> None:
    """Let people sign up with each bot in turns, and note what it took."""
    for contender in running.values():
        await contender.round(WARM_UP, AT_ONCE)
    for number in range(rounds):
        # Whoever is first has the colder caches.
        for name in list(running)[:: 1 if number % 2 else -1]:
            results.busy[name].append(await running[name].round(people, AT_ONCE))
    for name, contender in running.items():
        results.alone[name] = [await contender.round(ALONE, 1) for _ in range(3)]
        results.loaded_mb[name] = resident_mb(contender.process)


async def starts(results: Results, installation: Installation) -> None:
    """Start Kutse with the database that is there, on the web only and with each library."""
    for kind in (WEB, *LIBRARIES):
        web, telegram = results.web.setdefault(kind, []), results.telegram.setdefault(kind, [])
        for _ in range(STARTS):
            if kind in LIBRARIES:
                results.imports.setdefault(kind, []).append(await importing(LIBRARIES[kind]))
            bot = None if kind == WEB else installation.telegram()
            async with installation.running(bot, kind) as start:
                await at_rest(start.process)
                web.append(start.web)
                telegram += [start.telegram] if start.telegram else []
                results.rested_mb[kind] = resident_mb(start.process)


def show(results: Results, library: str, people: int) -> None:
    """Print what was measured, and which bars are met."""
    ours, other = results.busy[OURS], results.busy[PEER]
    print(
        f"Sign-up through Telegram: {len(SCRIPT)} updates a person, {people} people a round,"
        f" {AT_ONCE} at a time, {len(ours or other)} rounds each, in turns.\n"
    )
    print(f"{'':<34}{'Kutse, ' + library:<32}{'the peer: aiogram, in memory':<32}ratio")
    for words, one, digits in (
        ("CPU seconds per 1,000 updates", "cpu_ms", 2),
        ("updates a second", "updates_a_second", 0),
        ("update to reply, p50, ms", "p50_ms", 1),
        ("update to reply, p99, ms", "p99_ms", 1),
    ):
        _line(words, results.busy, one, digits)
    for words, one, digits in (
        ("one at a time: CPU, as above", "cpu_ms", 2),
        ("one at a time: p50, ms", "p50_ms", 1),
        ("one at a time: p99, ms", "p99_ms", 1),
    ):
        _line(words, results.alone, one, digits)
    loaded = [results.loaded_mb.get(name) for name in (OURS, PEER)]
    print(
        f"{'memory after it, MB':<34}"
        + "".join(f"{one:<32.0f}" if one else f"{'':<32}" for one in loaded)
    )
    server = median([one.server_cpu_ms for one in [*ours, *other]])
    print(
        f"\nThe Bot API server and its people took {server:.2f} CPU seconds per 1,000 updates.\n"
    )
    print(
        f"{'Start with a database, seconds':<34}{'web':<22}{'CPU':<7}"
        f"{'Telegram':<22}{'CPU':<7}{'bare import':<22}{'CPU':<7}at rest, MB"
    )
    for kind, web in results.web.items():
        cells = (web, results.telegram[kind], results.imports.get(kind, []))
        print(f"{kind:<34}{''.join(map(_took, cells))}{results.rested_mb[kind]:.0f}")


def _took(times: list[Took]) -> str:
    if not times:
        return " " * 29
    return f"{spread([one.wall for one in times]):<22}{median(one.cpu for one in times):<7.2f}"


def _line(words: str, rounds: dict[str, list[Round]], name: str, digits: int) -> None:
    values = {who: [getattr(one, name) for one in found] for who, found in rounds.items()}
    cells = "".join(f"{spread(found, digits) if found else '':<32}" for found in values.values())
    pairs = [a / b for a, b in zip(values[OURS], values[PEER], strict=False)]
    print(f"{words:<34}{cells}{spread(pairs) if pairs else ''}")


def bars(results: Results) -> None:
    """Print each bar, and whether it is met."""
    print("\nBars")
    pairs = zip(results.busy[OURS], results.busy[PEER], strict=False)
    ratios = [ours.cpu_ms / other.cpu_ms for ours, other in pairs]
    if ratios:
        _bar("CPU of a durable turn, of the peer's", median(ratios), 1.0, "times")
    for unit in ("wall", "cpu"):
        called = "s" if unit == "wall" else "CPU s"
        web = [getattr(one, unit) for one in results.web[WEB]]
        _bar("web answers after a start", median(web), WEB_SECONDS, called)
        for library, imports in results.imports.items():
            took = [getattr(one, unit) for one in results.telegram[library]]
            most = median(getattr(one, unit) for one in imports) + MORE_SECONDS
            _bar(f"Telegram after a start, {library}", median(took), most, called)
    _bar("memory at rest, web only", results.rested_mb[WEB], WEB_MB, "MB")
    _bar("memory at rest, with aiogram", results.rested_mb["aiogram"], AIOGRAM_MB, "MB")


def _bar(words: str, found: float, most: float, unit: str) -> None:
    digits = 0 if unit == "MB" else 2
    verdict = "met" if found <= most else "NOT MET"
    print(f"  {words:<44}{found:>8.{digits}f}  at most {most:.{digits}f} {unit:<8}{verdict}")


async def main(people: int, rounds: int, library: str, only: str | None) -> None:
    """Measure everything, and print it."""
    results = Results()
    with TemporaryDirectory() as folder:
        async with serving() as api:
            installation = Installation(Path(folder), api)
            async with contenders(installation, api, library, only) as running:
                await load(results, running, people, rounds)
            await starts(results, installation)
    show(results, library, people)
    bars(results)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=str(__doc__).partition(":")[0])
    parser.add_argument("--people", type=int, default=30, help="people a round")
    parser.add_argument("--rounds", type=int, default=13, help="of each bot")
    parser.add_argument("--library", choices=list(LIBRARIES), default="aiogram")
    parser.add_argument("--only", choices=[OURS, PEER])
    chosen = parser.parse_args()
    asyncio.run(main(chosen.people, chosen.rounds, chosen.library, chosen.only))
