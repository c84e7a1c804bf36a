"""Paces of networks, and how fast letters left."""

from datetime import datetime, timedelta

from bot.runtime.allowance import Allowance
from bot.runtime.pace import Pace, Rate

SECOND = timedelta(seconds=1)
FAST = Rate(timedelta(microseconds=1), 1000)
"""No limit that anybody here could reach."""


def to_all(most: int) -> Pace:
    """Return a pace that counts what leaves, whoever gets it."""
    return Pace(to_all=Allowance.a_second(most), to_one=FAST)


def to_one(burst: int) -> Pace:
    """Return a pace of one a second to one person, after a burst."""
    return Pace(to_all=Allowance.a_second(1_000_000), to_one=Rate(SECOND, burst))


def most_in_a_second(moments: list[datetime]) -> int:
    """Return how many there are in the fullest second, wherever it begins."""
    return max(sum(start <= at < start + SECOND for at in moments) for start in moments)
