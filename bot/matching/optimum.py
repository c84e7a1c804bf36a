"""The best pairs of all: an assignment problem, which scipy solves; loads numpy and scipy."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from bot.domain.mentoring.fitting import Mentor, Seeker
from bot.matching.arrays import Pairs
from bot.matching.fairness import LONG_FREE, RESTED, after, fair_points
from bot.matching.musts import Fields, room
from bot.matching.weights import MOST_POINTS

Numbers = NDArray[np.float64]

ROWS = 64
"""Students compared at a time."""
EXACT = 2**53
"""Up to here, whole numbers are exact as floats."""


class Worth:
    """What a pair is worth in one number, so that the greatest sum is the best by three rules in turn.

    One more student served is worth more than all points together, and one point more than all places
    in the queue together. Only whole numbers, and so small that the solver's sums of them are exact.
    """

    def __init__(self, served: int, waiting: int) -> None:
        """Weigh the rules for at most `served` pairs and a queue of `waiting` students.

        The solver adds worths up along paths that visit each pair once: none of its numbers is greater
        than `4 * served` of the greatest worth. Where a queue is too long for that, neighbours in it
        count as equals.
        """
        most = served * (MOST_POINTS + RESTED + LONG_FREE)
        steps = max(1, min(waiting, EXACT // (8 * served * served * (most + 1))))
        self.point = served * (steps - 1) + 1
        self.served = self.point * (most + 1)
        self.places: Numbers = (np.arange(waiting - 1, -1, -1) * steps // waiting).astype(
            np.float64
        )
        """Of everybody in the queue; who has waited longest comes first."""


def best_pairs(
    queue: Sequence[Seeker], mentors: Sequence[Mentor], fields: Fields
) -> Iterator[tuple[int, int]]:
    """Yield who is best given to whom, as places in `queue` and `mentors`, in the queue's order.

    Args:
        queue: Adults, who has waited longest first; at least one.
        mentors: People who have room, most room first; at least one.
        fields: Of the programmes.
    """
    costs, mentor_of = seated(queue, mentors, fields)
    seekers, seats = linear_sum_assignment(costs)
    for seeker, seat in zip(seekers.tolist(), seats.tolist(), strict=True):
        if costs[seeker, seat]:
            yield seeker, mentor_of[seat]


def seated(
    queue: Sequence[Seeker], mentors: Sequence[Mentor], fields: Fields
) -> tuple[Numbers, list[int]]:
    """Return what every student costs on every seat, and whose seat it is; see `best_pairs`.

    The cost is the worth below zero, and nothing where a must is not met. A mentor has as many seats as
    room; they lie first seats first, and as those with most room come first, the mentors with
    another seat are always the first so many.
    """
    most_room = room(mentors[0])
    counts = [sum(room(mentor) > taken for mentor in mentors) for taken in range(most_room)]
    mentor_of = [mentor for count in counts for mentor in range(count)]
    worth = Worth(min(len(queue), len(mentor_of)), len(queue))
    fair = [
        np.array([worth.point * fair_points(after(taken, mentor)) for mentor in mentors[:count]])
        for taken, count in enumerate(counts)
    ]
    pairs = Pairs(queue, mentors, fields)
    costs = np.empty((len(queue), len(mentor_of)))
    for first in range(0, len(queue), ROWS):
        rows = slice(first, first + ROWS)
        admitted = pairs.admitted(rows)
        alone = worth.served + worth.places[rows, np.newaxis]
        unfair = -float(worth.point) * pairs.points(rows) - alone
        seat = 0
        for count, points in zip(counts, fair, strict=True):
            here = costs[rows, seat : seat + count]
            np.multiply(unfair[:, :count] - points, admitted[:, :count], out=here)
            seat += count
    return costs, mentor_of
