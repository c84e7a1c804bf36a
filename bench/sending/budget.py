"""A letter to many within Telegram's limits, while others chat."""

from itertools import islice
from pathlib import Path

from bench.loopback.bot_api import serving
from bench.loopback.limits import Limits
from bench.loopback.ours import TOKEN, list_leavers
from bench.loopback.people import leavers
from bench.loopback.waiting import pause
from bench.sending.chatting import Chatting, enough_for
from bench.sending.crowd import READERS
from bench.sending.figures import Figure, percentile, show
from bench.sending.network import Network
from bench.sending.progress import shown
from bench.sending.running import school_by_day
from bench.sending.staff import Staff
from bot.gateways.telegram.gateway import PER_SECOND

CHATTING = 20
IDLE_SECONDS = 40.0
LATENCY = 0.05
"""Seconds in which Telegram answers a call, about."""
AT_MOST_SECONDS = 600


async def measure(folder: Path, readers: int) -> None:
    """Write to so many `readers` through a strict Telegram, and print what that came to."""
    url = f"sqlite:///{folder / 'school.sqlite'}"
    living = school_by_day(url, folder, readers, READERS)
    school = living.school
    found = leavers(len(school.programmes), living.now.year)
    coming = list(islice(found, enough_for(AT_MOST_SECONDS, CHATTING)))
    list_leavers(url, school, coming)
    bot = Network(TOKEN, limits=Limits(), latency=LATENCY)
    async with serving() as api:
        api.admit(bot)
        async with living.running(api, bot, per_second=PER_SECOND):
            staff, chatting = Staff(living, bot), Chatting(bot, coming)
            await staff.come()
            number = await staff.write()
            async with chatting.going_on(CHATTING):
                await pause(IDLE_SECONDS)
                idle = chatting.since_then()
                staff.agree()
                await bot.letters_arrive(1)
                chatting.since_then()
                with shown("budget: letters") as tell:
                    await bot.letters_arrive(number, tell)
                busy = chatting.since_then()
    first, last = bot.letters[0].at, bot.letters[number - 1].at
    # In the first second all may leave that a second may have: only what follows says how fast it goes on.
    all_kinds = sum(first + 1 < one.at <= last for one in bot.arrived)
    rate = all_kinds / (last - first - 1)
    again = len(bot.letters) - len({one.chat for one in bot.letters})
    show(
        f"Budget: {number:,} letters to many at {PER_SECOND} a second, {CHATTING} people chat;"
        f" a call takes {1000 * LATENCY:.0f} ms",
        Figure("letters and answers a second, from the second one on", [rate], digits=2),
        Figure(
            "of the budget",
            [100 * rate / PER_SECOND],
            "%",
            digits=1,
            bar=97,
            better="more",
        ),
        Figure("refused as too fast (429)", [sum(bot.too_fast.values())], bar=0),
        Figure("got it twice", [again], bar=0),
        Figure("seconds from the first to the last", [last - first], digits=1),
        Figure("answers meanwhile", [len(busy)]),
        Figure("idle: p50 of a reply", [1000 * percentile(idle, 0.5)], "ms"),
        Figure("idle: p95 of a reply", [1000 * percentile(idle, 0.95)], "ms"),
        Figure("meanwhile: p50 of a reply", [1000 * percentile(busy, 0.5)], "ms"),
        Figure(
            "meanwhile: p95 of a reply",
            [1000 * percentile(busy, 0.95)],
            "ms",
            bar=2000 * percentile(idle, 0.95),
        ),
    )
