"""The best mentors for one student, at any time."""

from collections.abc import Iterable

from bot.domain.mentoring.fitting import Mentor, Seeker
from bot.matching.fairness import turn
from bot.matching.musts import Fields
from bot.matching.score import Fit, Search


def best_for(
    seeker: Seeker, mentors: Iterable[Mentor], fields: Fields, *, limit: int = 3
) -> tuple[Fit, ...]:
    """Return the mentors who fit best, best first; fewer than `limit` if fewer fit at all.

    Among equals it is the turn of who was asked least, then of who has been free longest. The order of
    `mentors` does not matter.
    """
    search = Search(seeker, fields)
    ranked = sorted(
        (mentor for mentor in mentors if search.admits(mentor)),
        key=lambda mentor: (-search.score(mentor), turn(mentor)),
    )
    return tuple(Fit(seeker, mentor, search.reasons(mentor)) for mentor in ranked[:limit])
