"""How well two people fit, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.mentoring.fitting import Mentor, Reason, Seeker
from bot.domain.mentoring.offers import Criterion
from bot.matching.fairness import fair_points, fair_reasons
from bot.matching.musts import MUSTS, Fields, InCommon, kept_apart, room
from bot.matching.weights import WEIGHTS, Weight, times_counted


@dataclass(frozen=True, slots=True)
class Fit:
    """A student and a mentor who may be proposed to each other."""

    seeker: Seeker
    mentor: Mentor
    reasons: tuple[Reason, ...]
    """What counts most first."""

    @property
    def score(self) -> int:
        """What the reasons add up to."""
        return sum(reason.points for reason in self.reasons)


class _Sought(NamedTuple):
    """A weight as one student has it; made in thousands, which a tuple is quickest at."""

    weight: Weight
    points: int
    anything: frozenset[str]


class Search:
    """What one student looks for, laid out once for any number of mentors."""

    def __init__(self, seeker: Seeker, fields: Fields) -> None:
        self._seeker = seeker
        self._fields = fields
        self._apart = kept_apart(seeker)
        self._musts = tuple((must, frozenset(must.sought(seeker, fields))) for must in MUSTS)
        self._sought = tuple(self._weighed(criterion) for criterion in WEIGHTS)

    def admits(self, mentor: Mentor) -> bool:
        """Return whether every must is met."""
        return (
            self._seeker.is_adult
            and room(mentor) > 0
            and mentor.person not in self._apart
            and not any(
                anything.isdisjoint(must.offered(mentor, self._fields))
                for must, anything in self._musts
            )
        )

    def score(self, mentor: Mentor) -> int:
        """Return what `reasons` adds up to, without naming any; every must is taken as met."""
        return sum(sought.points for sought in self._met(mentor)) + fair_points(mentor)

    def reasons(self, mentor: Mentor) -> tuple[Reason, ...]:
        """Return why the two fit, what counts most first; every must is taken as met."""
        met = (
            Reason(sought.weight.why, sought.points, self._named(sought.weight.shared, mentor))
            for sought in self._met(mentor)
        )
        return tuple(sorted((*met, *fair_reasons(mentor)), key=lambda reason: -reason.points))

    def _weighed(self, criterion: Criterion) -> tuple[_Sought, ...]:
        times = times_counted(self._seeker, criterion)
        return tuple(
            _Sought(weight, weight.points * times, anything)
            for weight in WEIGHTS[criterion]
            if (anything := frozenset(weight.shared.sought(self._seeker, self._fields)))
        )

    def _met(self, mentor: Mentor) -> Iterator[_Sought]:
        for weights in self._sought:
            for sought in weights:
                if not sought.anything.isdisjoint(
                    sought.weight.shared.offered(mentor, self._fields)
                ):
                    yield sought
                    break

    def _named(self, shared: InCommon, mentor: Mentor) -> str:
        offered = shared.offered(mentor, self._fields)
        sought = shared.sought(self._seeker, self._fields)
        return str(next(one for one in sought if one in offered))


def reasons(seeker: Seeker, mentor: Mentor, fields: Fields) -> tuple[Reason, ...] | None:
    """Return why the two fit, what counts most first; None if a must is not met.

    The points of the reasons are the score of the pair.
    """
    search = Search(seeker, fields)
    return search.reasons(mentor) if search.admits(mentor) else None
