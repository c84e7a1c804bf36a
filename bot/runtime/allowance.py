"""What a network allows its bot in all: so many letters in any second, wherever that begins."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import TypeAlias

from bot.storage.tables import EPOCH, MICROSECOND

SECOND = timedelta(seconds=1)
ON_THE_WAY, LONG_ON_THE_WAY = timedelta(milliseconds=25), timedelta(milliseconds=70)
"""So much longer one answer, or another letter, may be on its way than those before: no second sees too many arrive."""
LATE = timedelta(milliseconds=10)
"""What leaves by so much later than it was taken in hand is as good as on its way."""
MANY = 280
"""Where more may leave in a second, those are counted together that leave at nearly the same moment."""

AT_A_TIME, AT_LEAST = timedelta(milliseconds=107), timedelta(milliseconds=90)
"""What is no answer, and is to leave in so long a time, takes so long at least: who is late catches up."""

Left: TypeAlias = tuple[datetime, int]
"""When letters have left, and how many."""


@dataclass(frozen=True, slots=True)
class Most:
    """So many letters at most in any `span`, wherever it begins."""

    span: timedelta
    most: int

    def room(self, left: Sequence[Left], now: datetime) -> int:
        """Return how many may leave now."""
        since = now - self.span
        return self.most - sum(number for at, number in left if at > since)

    def wait(self, left: Sequence[Left], now: datetime, number: int) -> timedelta:
        """Return how long it takes until `number` may leave at once, or as many as ever may."""
        missing, until = min(number, self.most) - self.room(left, now), now
        for at, letters in left:
            if missing <= 0:
                break
            if at > now - self.span:
                missing -= letters
                until = at + self.span
        return max(until - now, timedelta())


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many letters may leave, if these have `left` lately, the earliest first.

    It is known exactly what has left in the last second. So what could not leave in time, as this
    process was busy, leaves a little later, and no second has more for it.
    """

    answers: tuple[Most, ...]
    others: tuple[Most, ...]
    """The same for what is no answer: it leaves less, so that there is always room for answers."""
    batch: int
    """How many that are no answers leave together at most."""
    fineness: timedelta

    @classmethod
    def a_second(cls, number: int) -> "Allowance":
        """Allow `number` a second in all; a fourteenth of that, and one at least, is left for answers, on top of it.

        What is no answer leaves evenly, a little at a time: only then is there soon room again.
        """
        highest, batch = number + max(number // 14, 1), ceil(number * AT_A_TIME / SECOND)
        fineness = number * MICROSECOND if number > MANY else timedelta()
        evenly = Most(max(AT_LEAST - fineness, MICROSECOND), batch)
        whole = Most(SECOND + LONG_ON_THE_WAY, highest)
        answers = (Most(SECOND + ON_THE_WAY, highest),)
        return cls(answers, (whole, Most(SECOND, number), evenly), batch, fineness)

    @property
    def least(self) -> int:
        """How many that are no answers leave together at least: taking letters in hand has its price."""
        return max(self.batch // 3, 1)

    @property
    def kept_for_answers(self) -> int:
        """How many more answers may leave than all else."""
        return max(one.most for one in self.answers) - max(one.most for one in self.others[1:])

    def room(self, left: Sequence[Left], now: datetime, *, for_answers: bool) -> int:
        """Return how many may leave now."""
        of = self.answers if for_answers else self.others
        return min(one.room(left, now) for one in of)

    def wait(
        self, left: Sequence[Left], now: datetime, number: int, *, for_answers: bool
    ) -> timedelta:
        """Return how long it takes until `number` may leave at once, or as many as ever may."""
        of = self.answers if for_answers else self.others
        return max(one.wait(left, now, number) for one in of)

    def leaving(self, left: Sequence[Left], now: datetime, number: int) -> tuple[Left, ...]:
        """Return what has left once `number` more have."""
        over = timedelta(microseconds=now.microsecond) % self.fineness if self.fineness else None
        at = now + self.fineness - over if over else now
        if left and left[-1][0] == at:
            return (*left[:-1], (at, left[-1][1] + number))
        return (*left, (at, number))


def moved(left: Sequence[Left], planned: datetime, really: datetime) -> tuple[Left, ...]:
    """Return what has left, if one that was to leave as `planned` left `really` a good deal later."""
    later = really - LATE
    if later <= planned or not any(at == planned for at, _ in left):
        return tuple(left)
    others = [(at, number - (at == planned)) for at, number in left]
    return tuple(sorted([*(one for one in others if one[1]), (later, 1)]))


def known(left: Sequence[Left], now: datetime) -> tuple[Left, ...]:
    """Return what of `left` still counts.

    What is to have left in the future did not: the clock was moved back, and nobody waits until it is there again.
    """
    since, until = now - SECOND - LONG_ON_THE_WAY, now + SECOND
    return tuple(one for one in left if since < one[0] <= until)


def written(left: Sequence[Left]) -> str:
    """Return what `read` reads again."""
    return json.dumps([[(at - EPOCH) // MICROSECOND, number] for at, number in left])


def read(stored: str) -> tuple[Left, ...]:
    """Read what `written` wrote; in order, whoever wrote it."""
    return tuple((EPOCH + at * MICROSECOND, number) for at, number in json.loads(stored))
