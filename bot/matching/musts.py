"""What must be met before two people are compared at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.domain.mentoring.fitting import Mentor, Seeker
from bot.domain.mentoring.offers import Openness
from bot.domain.people import PersonId

Fields = Mapping[str, str]
"""The detailed field of ISCED-F 2013, four digits, by the code of a programme."""


@dataclass(frozen=True, slots=True)
class InCommon:
    """Something that two people may share: it is met if anything sought is offered."""

    sought: Callable[[Seeker, Fields], tuple[str, ...]]
    """In the order of the student: the first of these that is offered is named."""
    offered: Callable[[Mentor, Fields], tuple[str, ...]]


LANGUAGES = InCommon(
    lambda seeker, _: seeker.wish.languages, lambda mentor, _: mentor.offer.languages
)
FORMATS = InCommon(lambda seeker, _: seeker.wish.formats, lambda mentor, _: mentor.offer.formats)
MUSTS = (LANGUAGES, FORMATS)
"""What every pair shares."""


def takes_students(mentor: Mentor) -> bool:
    """Return whether the mentor takes students at all, now or when a place is free again.

    Nobody under 18 has a case with one other person (domain 5.4).
    """
    return mentor.is_adult and mentor.offer.openness is not Openness.CLOSED


def room(mentor: Mentor) -> int:
    """Return how many students may be proposed to the mentor at once.

    None where a capacity was lowered below the students there are.
    """
    if not takes_students(mentor):
        return 0
    one_at_most = mentor.offer.monthly or mentor.offer.openness is Openness.LIMITED
    return max(0, min(mentor.free, 1) if one_at_most else mentor.free)


def kept_apart(seeker: Seeker) -> frozenset[PersonId]:
    """Return who must not become this student's mentor: whom they avoid, and themselves."""
    return frozenset((*seeker.wish.avoid, seeker.person))
