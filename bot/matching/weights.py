"""What counts, and how much: the table of weights.

The weights follow the peers' practice and what research found (peers 2.2 and 6.1):

* Points of 5, 3 and 1 for what matters much, some and little are Together's scale. A programme of the
  same field is worth less than the same programme, and less the wider the field is.
* Goal, trade and values come before the rest. Likeness of this deep kind goes with good relationships
  (rho .38 to .59 over 173 samples, Eby 2013), likeness of the surface hardly at all; mentoring for a goal
  has more than twice the effect of mentoring for company (Christensen 2020).
* What the student puts first counts double: in Mentor Collective's order of criteria, the student's own
  comes before all others, and language last.
* A first language, a way to meet and a day make meeting easier, and weigh little.

Sex and age are asked of nobody and count for nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.mentoring.fitting import Mentor, Seeker, Why
from bot.domain.mentoring.offers import Criterion
from bot.matching.musts import FORMATS, LANGUAGES, Fields, InCommon

MUCH, SOME, LITTLE, NOTHING = 5, 3, 1, 0
"""What weighs nothing is named all the same: people are told which language they share."""
FIRST_COUNTS = 2
"""Times that the points of what the student puts first are counted."""


@dataclass(frozen=True, slots=True)
class Weight:
    """A reason, its points, and what has to be shared for it."""

    why: Why
    points: int
    shared: InCommon


def _programme(person: Seeker | Mentor, _: Fields) -> tuple[str, ...]:
    return () if person.programme is None else (person.programme,)


def _detailed_field(person: Seeker | Mentor, fields: Fields) -> tuple[str, ...]:
    field = None if person.programme is None else fields.get(person.programme)
    return () if field is None else (field,)


def _narrow_field(person: Seeker | Mentor, fields: Fields) -> tuple[str, ...]:
    return tuple(field[:3] for field in _detailed_field(person, fields))


TOPIC = InCommon(lambda seeker, _: (seeker.wish.topic,), lambda mentor, _: mentor.offer.topics)
PROGRAMME = InCommon(_programme, _programme)
DETAILED_FIELD = InCommon(_detailed_field, _detailed_field)
NARROW_FIELD = InCommon(_narrow_field, _narrow_field)
VALUES = InCommon(lambda seeker, _: seeker.wish.values, lambda mentor, _: mentor.offer.values)
FIRST_LANGUAGE = InCommon(
    lambda seeker, _: seeker.wish.languages[:1], lambda mentor, _: mentor.offer.languages
)
DAYS = InCommon(lambda seeker, _: seeker.wish.days, lambda mentor, _: mentor.offer.days)

WEIGHTS: Mapping[Criterion, tuple[Weight, ...]] = {
    Criterion.TOPIC: (Weight(Why.SAME_TOPIC, MUCH, TOPIC),),
    Criterion.TRADE: (
        Weight(Why.SAME_PROGRAMME, MUCH, PROGRAMME),
        Weight(Why.SAME_FIELD, SOME, DETAILED_FIELD),
        Weight(Why.SAME_FIELD, LITTLE, NARROW_FIELD),
    ),
    Criterion.VALUES: (Weight(Why.SAME_VALUES, SOME, VALUES),),
    Criterion.LANGUAGE: (
        Weight(Why.FIRST_LANGUAGE, LITTLE, FIRST_LANGUAGE),
        Weight(Why.SHARED_LANGUAGE, NOTHING, LANGUAGES),
    ),
    Criterion.FORMAT: (Weight(Why.SAME_FORMAT, LITTLE, FORMATS),),
    Criterion.DAYS: (Weight(Why.SAME_DAY, LITTLE, DAYS),),
}
"""By what a student may put first. Of one criterion only the first reason that is met counts."""

MOST_POINTS = sum(weights[0].points for weights in WEIGHTS.values()) + (FIRST_COUNTS - 1) * MUCH
"""What a pair can have at most, without fairness."""


def times_counted(seeker: Seeker, criterion: Criterion) -> int:
    """Return how many times the points of a criterion count for this student."""
    return FIRST_COUNTS if criterion is seeker.wish.first else 1
