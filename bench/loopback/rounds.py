"""Rounds of sign-ups: what one bot needs for them."""

from asyncio.subprocess import Process
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from time import process_time

from bench.loopback.people import SCRIPT, Crowd, LostReply
from bench.loopback.processes import at_rest, cpu_seconds, now


@dataclass(frozen=True, slots=True)
class Round:
    """What a bot needed for the sign-ups of one round."""

    updates_a_second: float
    cpu_ms: float
    """Milliseconds of an update, what came after the last reply included."""
    p50_ms: float
    """From an update to its reply."""
    p99_ms: float
    server_cpu_ms: float
    """What the Bot API server and its people needed, for comparison."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A bot under load."""

    process: Process
    crowd: Crowd

    async def round(self, people: int, at_once: int) -> Round:
        """Let people sign up.

        Raises:
            LostReply: the bot did less than it should.
        """
        await at_rest(self.process)
        bot = self.crowd.bot
        told_before = bot.told
        cpu, server_cpu, begun = cpu_seconds(self.process), process_time(), now()
        took = sorted(await self.crowd.sign_up(people, at_once))
        seconds, server_cpu = now() - begun, process_time() - server_cpu
        await at_rest(self.process)
        cpu = cpu_seconds(self.process) - cpu
        updates = people * len(SCRIPT)
        if bot.told - told_before != updates or bot.refusals or bot.unanswered or bot.unconfirmed:
            raise LostReply(
                f"{bot.told - told_before} letters for {updates} updates; {len(bot.unanswered)} presses"
                f" and {bot.unconfirmed} updates were left; refused: {bot.refusals[:3]}"
            )
        return Round(
            updates / seconds,
            1000 * cpu / updates,
            1000 * took[len(took) // 2],
            1000 * took[len(took) * 99 // 100],
            1000 * server_cpu / updates,
        )


def spread(values: Sequence[float], digits: int = 2) -> str:
    """Return the median, and the least and the most."""
    least, middle, most = (
        f"{one:,.{digits}f}" for one in (min(values), median(values), max(values))
    )
    return middle if len(values) == 1 else f"{middle} ({least} to {most})"
