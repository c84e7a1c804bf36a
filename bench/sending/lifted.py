"""A letter to many as fast as one process can, through a Telegram that does not limit it; and what bounds that."""

from pathlib import Path
from time import process_time

from bench.loopback.bot_api import serving
from bench.loopback.ours import TOKEN
from bench.loopback.processes import cpu_seconds
from bench.sending.crowd import READERS
from bench.sending.figures import Figure, show
from bench.sending.network import Network
from bench.sending.progress import shown
from bench.sending.running import school_by_day
from bench.sending.staff import Staff

UNLIMITED = 100_000
"""Letters a second, as nobody can send them."""
LATENCIES = (0.0, 0.05)
"""Seconds in which a call is answered: at once, and as Telegram does."""
PARTS = {
    "texts": "putting it into words",
    "layout": "laying it out",
    "aiogram": "aiogram and the gateway",
    "http": "aiohttp: the call itself",
    "relay": "the relay",
    "loop": "the event loop",
    "database": "the database, from the loop",
    "else": "all else",
}


async def measure(folder: Path, readers: int) -> None:
    """Write to so many `readers` as fast as it goes, and print how fast that is."""
    for latency in LATENCIES:
        below = folder / f"{latency}"
        below.mkdir()
        await _measure(below, readers, latency)


async def _measure(folder: Path, readers: int, latency: float) -> None:
    living = school_by_day(f"sqlite:///{folder / 'school.sqlite'}", folder, readers, READERS)
    bot = Network(TOKEN, latency=latency)
    async with serving() as api:
        api.admit(bot)
        async with living.running(api, bot, per_second=UNLIMITED) as running:
            staff = Staff(living, bot)
            await staff.come()
            number = await staff.write()
            staff.agree()
            await bot.letters_arrive(1)
            running.look()
            cpu, mine = cpu_seconds(running.process), process_time()
            with shown("lifted: letters") as tell:
                await bot.letters_arrive(number, tell)
            cpu, mine = cpu_seconds(running.process) - cpu, process_time() - mine
            seen = await running.seen()
    seconds = bot.letters[number - 1].at - bot.letters[0].at
    threads, looks = seen["threads"], seen["looks"]
    every = sum(looks.values())
    loop = threads["loop"]
    again = len(bot.letters) - len({one.chat for one in bot.letters})
    show(
        f"Lifted: {number:,} letters from one process; a call takes {1000 * latency:.0f} ms",
        Figure(
            "letters a second",
            [(number - 1) / seconds],
            bar=None if latency else 800,
            better="more",
        ),
        Figure("got it twice", [again], bar=0),
        f"Of two cores: Kutse {100 * cpu / seconds:.0f} % of one, of which its loop"
        f" {100 * loop / seconds:.0f} % and the threads of its database"
        f" {100 * threads['database'] / seconds:.0f} %; the Bot API server {100 * mine / seconds:.0f} %",
        f"CPU of a letter: {1e6 * cpu / number:.0f} µs, of which the loop {1e6 * loop / number:.0f} µs:",
        *(
            f"  {words:<30}{1e6 * loop * looks.get(part, 0) / every / number:>6.0f} µs"
            for part, words in PARTS.items()
        ),
    )
