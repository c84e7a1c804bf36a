"""Other ways to give students mentors, to compare with: what a school does without an optimum."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random

from bot.domain.mentoring.fitting import Mentor, Seeker
from bot.matching.fairness import after
from bot.matching.musts import Fields, room
from bot.matching.rolling import best_for
from bot.matching.score import Fit, Search

Choice = Callable[[Seeker, Iterable[Mentor]], Fit | None]


def greedy(seekers: Iterable[Seeker], mentors: Iterable[Mentor], fields: Fields) -> list[Fit]:
    """Return what comes of giving everybody in turn the best mentor who is left."""

    def best(seeker: Seeker, left: Iterable[Mentor]) -> Fit | None:
        return next(iter(best_for(seeker, left, fields, limit=1)), None)

    return _in_turn(seekers, mentors, best)


def at_random(
    seekers: Iterable[Seeker], mentors: Iterable[Mentor], fields: Fields, draw: Random
) -> list[Fit]:
    """Return what comes of giving everybody in turn any mentor who is left and may be theirs."""

    def anybody(seeker: Seeker, left: Iterable[Mentor]) -> Fit | None:
        search = Search(seeker, fields)
        possible = [mentor for mentor in left if search.admits(mentor)]
        if not possible:
            return None
        mentor = draw.choice(possible)
        return Fit(seeker, mentor, search.reasons(mentor))

    return _in_turn(seekers, mentors, anybody)


def _in_turn(seekers: Iterable[Seeker], mentors: Iterable[Mentor], choice: Choice) -> list[Fit]:
    left = {mentor.person: mentor for mentor in mentors}
    fits: list[Fit] = []
    for seeker in sorted(seekers, key=lambda seeker: (seeker.since, seeker.person)):
        fit = choice(seeker, left.values())
        if fit is None:
            continue
        fits.append(fit)
        left[fit.mentor.person] = replace(after(1, fit.mentor), free=room(fit.mentor) - 1)
    return fits
