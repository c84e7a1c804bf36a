"""How fast people are matched, and how well: `python -m bench.matching [--rounds N]`.

Everybody is drawn from a seed. A batch is measured from the rows of students and mentors, as they are
read from the database, to proposals with their reasons, beside the time that scipy's solver alone takes
for the same costs; a student's best three among many mentors beside a bar. Then two schools are matched in
three ways: as a batch, everybody in turn to the best who is left, and at random. Times are
medians; bars are printed, not asserted.
"""

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from random import Random
from statistics import mean, median
from time import perf_counter
from typing import TypeVar

from scipy.optimize import linear_sum_assignment

from bench.matchmaking.generated import FIELDS, Drawing, School
from bench.matchmaking.rivals import at_random, greedy
from bot.matching.batch import pairs
from bot.matching.musts import room
from bot.matching.optimum import seated
from bot.matching.rolling import best_for
from bot.matching.score import Fit
from bot.matching.weights import WEIGHTS
from bot.simulation.findings import gini

SEED = 2026
MANY, CAPACITY = 2_000, 3
"""Students and mentors of a great round, and the places of each mentor."""
MENTORS, ASKING = 1_000, 200
"""Mentors to choose from at any time, and students who ask one after the other."""
ALUMNI, STUDENTS = 300, 120
"""A school whose matches are looked at."""
FEW_ALUMNI = 120
"""Alumni of a school that has too few places for its students."""
DRAWS = 50
"""Times that chance is tried, for the mean of it."""
SOLVERS, ROLLING_MS = 3.0, 20.0
Result = TypeVar("Result")


def timed(what: Callable[[], Result]) -> tuple[float, Result]:
    """Return the seconds it took, and what came of it."""
    began = perf_counter()
    result = what()
    return perf_counter() - began, result


def bar(words: str, found: float, most: float, unit: str) -> None:
    """Print a figure beside the bar it must keep."""
    verdict = "met" if found <= most else "NOT MET"
    print(f"  {words:<52}{found:>8.2f}  at most {most:.1f} {unit:<6}{verdict}")


def batches(rounds: int) -> None:
    """Match a great round again and again, and print how long the whole and the solver take."""
    school = Drawing(SEED).school(MANY, MANY, capacity=CAPACITY)
    queue = sorted(school.seekers, key=lambda seeker: (seeker.since, seeker.person))
    costs, _ = seated(queue, school.mentors, FIELDS)
    wholes: list[float] = []
    solvers: list[float] = []
    matched = 0
    for _ in range(rounds):
        took, found = timed(lambda: pairs(school.seekers, school.mentors, FIELDS))
        wholes.append(took)
        solvers.append(timed(lambda: linear_sum_assignment(costs))[0])
        matched = len(found.fits)
    ratios = [whole / solver for whole, solver in zip(wholes, solvers, strict=True)]
    print(
        f"A batch of {MANY:,} students and {MANY:,} mentors with {CAPACITY} places, {rounds} rounds:"
        f" {matched:,} pairs,\n  whole {1000 * median(wholes):.0f} ms"
        f" ({1000 * min(wholes):.0f} to {1000 * max(wholes):.0f}), solver {1000 * median(solvers):.0f} ms"
        f" ({1000 * min(solvers):.0f} to {1000 * max(solvers):.0f})"
    )
    bar("from rows to proposals, of the solver's own time", median(ratios), SOLVERS, "times")


def rolling() -> None:
    """Find the best three for many students, and print how long one takes."""
    school = Drawing(SEED).school(MENTORS, ASKING, capacity=CAPACITY)
    took = [
        1000 * timed(partial(best_for, seeker, school.mentors, FIELDS))[0]
        for seeker in school.seekers
    ]
    print(
        f"\nThe best three of {MENTORS:,} mentors, {ASKING} students, slowest {max(took):.1f} ms"
    )
    bar("one student, rolling", median(took), ROLLING_MS, "ms")


def judged(school: School, fits: Sequence[Fit]) -> list[float]:
    """Return share matched, mean score, share whose top criterion is met, and the Gini of asks."""
    asked = {mentor.person: mentor.asked for mentor in school.mentors if room(mentor)}
    for fit in fits:
        asked[fit.mentor.person] += 1
    met = [
        bool(
            {reason.why for reason in fit.reasons}
            & {weight.why for weight in WEIGHTS[fit.seeker.wish.first]}
        )
        for fit in fits
    ]
    return [
        len(fits) / len(school.seekers),
        mean(fit.score for fit in fits),
        mean(met),
        gini(tuple(asked.values())),
    ]


def quality(alumni: int, students: int) -> None:
    """Match one school in three ways, and print how well each does."""
    school = Drawing(SEED).school(alumni, students)
    seekers, mentors = school.seekers, school.mentors
    places = sum(room(mentor) for mentor in mentors)
    draw = Random(SEED)
    chances = [judged(school, at_random(seekers, mentors, FIELDS, draw)) for _ in range(DRAWS)]
    ways = {
        "batch": judged(school, pairs(seekers, mentors, FIELDS).fits),
        "greedy": judged(school, greedy(seekers, mentors, FIELDS)),
        f"random, mean of {DRAWS}": [mean(column) for column in zip(*chances, strict=True)],
    }
    print(f"\nA school of {alumni} alumni with {places} places, and {students} students")
    print(f"  {'':<20}{'matched':>9}{'mean score':>12}{'top met':>9}{'Gini of asks':>14}")
    for way, (matched, score, top, spread) in ways.items():
        print(f"  {way:<20}{matched:>9.1%}{score:>12.2f}{top:>9.1%}{spread:>14.3f}")


def main(rounds: int) -> None:
    """Measure everything, and print it."""
    batches(rounds)
    rolling()
    quality(ALUMNI, STUDENTS)
    quality(FEW_ALUMNI, STUDENTS)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=9, help="batches to match")
    main(arguments.parse_args().rounds)
