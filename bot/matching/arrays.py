"""The same musts and weights for all pairs at once; loads numpy.

What people may share is laid out as bits, so that one `&` compares a student with all mentors. What is
compared, and what it is worth, is read from the tables that a single pair goes by.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.domain.mentoring.fitting import Mentor, Seeker
from bot.matching.musts import MUSTS, Fields, InCommon, kept_apart
from bot.matching.weights import WEIGHTS, Weight, times_counted

Bits = NDArray[np.unsignedinteger]
Yes = NDArray[np.bool_]
Points = NDArray[np.int16]

WORD = 64
"""Things that fit into one word of bits."""


class Pairs:
    """Every student with every mentor, but for what is said of one alone: age, room, fairness.

    Asked for by rows of students, some at a time: what fits into the processor's cache is several times
    faster than whole tables.
    """

    def __init__(
        self, seekers: Sequence[Seeker], mentors: Sequence[Mentor], fields: Fields
    ) -> None:
        def compared(shared: InCommon) -> _Comparison:
            return _Comparison(
                [shared.sought(seeker, fields) for seeker in seekers],
                [shared.offered(mentor, fields) for mentor in mentors],
            )

        self._musts = [compared(must) for must in MUSTS]
        self._criteria = [
            (
                np.array([times_counted(seeker, criterion) for seeker in seekers], np.int16),
                [(weight, compared(weight.shared)) for weight in weights],
            )
            for criterion, weights in WEIGHTS.items()
        ]
        column = {mentor.person: at for at, mentor in enumerate(mentors)}
        self._apart = [
            [column[person] for person in kept_apart(seeker) if person in column]
            for seeker in seekers
        ]

    def admitted(self, rows: slice) -> Yes:
        """Return for each student of these rows which mentors they may have."""
        admitted = self._musts[0].met(rows)
        for must in self._musts[1:]:
            admitted &= must.met(rows)
        for row, columns in enumerate(self._apart[rows]):
            admitted[row, columns] = False
        return admitted

    def points(self, rows: slice) -> Points:
        """Return for each student of these rows the points with each mentor, without fairness."""
        (times, weights), *others = self._criteria
        points = _most(weights, rows) * times[rows, np.newaxis]
        for times, weights in others:
            points += _most(weights, rows) * times[rows, np.newaxis]
        return points


class _Comparison:
    """Whether a student and a mentor share one kind of thing."""

    def __init__(self, sought: list[tuple[str, ...]], offered: list[tuple[str, ...]]) -> None:
        both = sorted(set[str]().union(*sought) & set[str]().union(*offered))
        words = [both[first : first + WORD] for first in range(0, max(1, len(both)), WORD)]
        self._words = [
            (_bits(sought, word)[:, np.newaxis], _bits(offered, word)) for word in words
        ]

    def met(self, rows: slice) -> Yes:
        met: Yes
        (sought, offered), *others = self._words
        met = (sought[rows] & offered) != 0
        for sought, offered in others:
            met |= (sought[rows] & offered) != 0
        return met


def _bits(things: list[tuple[str, ...]], word: list[str]) -> Bits:
    bit = {thing: 1 << at for at, thing in enumerate(word)}
    # Many people say the same: each answer is laid out once.
    bits = {each: sum(bit.get(thing, 0) for thing in set(each)) for each in set(things)}
    # The shorter the word, the faster it is compared.
    kind = np.min_scalar_type((1 << len(word)) - 1)
    return np.array([bits[each] for each in things], kind)


def _most(weights: list[tuple[Weight, _Comparison]], rows: slice) -> Points:
    """Points fall within a criterion, so that the first reason met is the one with most points."""
    (weight, comparison), *others = weights
    most = comparison.met(rows) * np.int16(weight.points)
    for weight, comparison in others:
        np.maximum(most, comparison.met(rows) * np.int16(weight.points), out=most)
    return most
