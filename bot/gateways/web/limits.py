"""How fast one may be: a bucket of drops for each address."""

import math
from collections import OrderedDict
from collections.abc import Callable
from datetime import timedelta


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
