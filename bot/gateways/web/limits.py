"""How fast one may be, and how slow."""

import math
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from bot.gateways.web.front import Front

HEADS_WITHIN = timedelta(seconds=30)
HEADS_WITHIN_BEHIND_PROXIES = timedelta(seconds=130)
"""Proxies keep a line for later, nginx for one minute, Caddy for two. They must be the first to
let it go, or a request may be sent on it just then; and of slow visitors they take care themselves.
"""


def heads_within(front: Front) -> timedelta:
    """Return how long a line may be open before all of a request's head is there.

    A line on which a request is being answered, as that of an open page, may stay for any time.
    """
    return HEADS_WITHIN_BEHIND_PROXIES if front.trusted_proxies else HEADS_WITHIN


OPEN_PAGES = 2_000
"""How many pages may be open at once in one place, which may be a whole school with one address."""


class Crowd:
    """Counts what each name has open at this moment."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: Counter[str] = Counter()

    @contextmanager
    def one_more(self, name: str) -> Iterator[bool]:
        """Count one more for `name` while the block runs; whether there was room for it."""
        if self._open[name] >= self._most:
            yield False
            return
        self._open[name] += 1
        try:
            yield True
        finally:
            self._open[name] -= 1
            if not self._open[name]:
                del self._open[name]


class Pace:
    """Lets each name do something `burst` times at once, and then once every `each`.

    Kept in memory: it protects the process, it is no record. Names that have not been heard of for
    the longest time are forgotten beyond `most`, which can only be to their advantage.
    """

    def __init__(
        self, burst: int, each: timedelta, *, seconds: Callable[[], float], most: int = 10_000
    ) -> None:
        self._burst = burst
        self._each = each.total_seconds()
        self._seconds = seconds
        self._most = most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, name: str) -> timedelta:
        """Count one more for `name` and return zero, or count nothing and return the wait."""
        now = self._seconds()
        drops, since = self._buckets.pop(name, (float(self._burst), now))
        drops = min(float(self._burst), drops + (now - since) / self._each)
        allowed = drops >= 1
        self._buckets[name] = (drops - 1 if allowed else drops, now)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return timedelta() if allowed else timedelta(seconds=math.ceil((1 - drops) * self._each))
