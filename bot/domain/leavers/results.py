"""The check of a sign-up against the list: found, similar with a reason, or not found.

Only what is found is approved without a person looking at it, so it must agree in everything the
list knows. All else goes to staff; a reason tells them what to look at, and nobody is turned away
by it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.domain.leavers.entries import LIKENESS_BYTES, PART_BYTES, Asked, AskedPart, Leaver, cut


class WhySimilar(StrEnum):
    """What is not as on the list, the closest first."""

    BIRTH_YEAR_UNKNOWN = "birth_year_unknown"
    """The list says when they were born; the person did not."""
    OTHER_BIRTH_YEAR = "other_birth_year"
    OTHER_YEAR = "other_year"
    """The name left the programme in another year."""
    SPELLING = "spelling"
    """Somebody spelt nearly like this left the programme in that year."""
    OTHER_PROGRAMME = "other_programme"
    """The name left in that year, from another programme."""
    PART_OF_NAME = "part_of_name"
    """Somebody with parts of this name did: it is shortened, or a surname has changed."""
    ONLY_NAME = "only_name"
    """The name is on the list, with another programme and another year."""


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody with this name left this programme in this year; approve at once."""


@dataclass(frozen=True, slots=True)
class Similar:
    """Somebody on the list comes close; staff decide."""

    reason: WhySimilar


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nobody on the list comes close; staff decide."""


Match: TypeAlias = Found | Similar | NotFound

_CLOSENESS = {reason: place for place, reason in enumerate(WhySimilar)}

RARE = 3
"""A single part of a name says something if at most so many of the year and programme have it."""

_ENOUGH = 2
"""Parts of a name that say something together, however many have each of them."""


def closest(reasons: Iterable[WhySimilar]) -> Match:
    """Return the closest of the reasons; not found if there is none."""
    first = min(reasons, key=_CLOSENESS.__getitem__, default=None)
    return NotFound() if first is None else Similar(first)


def by_name(asked: Asked, namesakes: Sequence[Leaver]) -> Found | list[WhySimilar]:
    """Compare with those of exactly this name, of any programme and year."""
    same = [row for row in namesakes if (row.programme, row.year) == (asked.programme, asked.year)]
    dated = [row for row in same if row.born is not None]
    # A row without a year of birth must not open what a row with one keeps shut.
    if same and (not dated or any(row.born == asked.born for row in dated)):
        return Found()
    reasons: list[WhySimilar] = []
    for row in namesakes:
        match row.programme == asked.programme, row.year == asked.year:
            case True, True if asked.born is None:
                reasons.append(WhySimilar.BIRTH_YEAR_UNKNOWN)
            case True, True:
                reasons.append(WhySimilar.OTHER_BIRTH_YEAR)
            case True, _:
                reasons.append(WhySimilar.OTHER_YEAR)
            case _, True:
                reasons.append(WhySimilar.OTHER_PROGRAMME)
            case _:
                reasons.append(WhySimilar.ONLY_NAME)
    return reasons


def by_cohort(asked: Asked, cohort: Sequence[Leaver]) -> list[WhySimilar]:
    """Compare with all who left this programme in this year, for a name not quite the same."""
    parts_of = [cut(row.parts, PART_BYTES) for row in cohort]
    carried_by = Counter(part for parts in parts_of for part in set(parts))
    reasons: list[WhySimilar] = []
    for row, parts in zip(cohort, parts_of, strict=True):
        alike = frozenset(cut(row.likenesses, LIKENESS_BYTES))
        shared = [part for part in asked.parts if part.key in parts or part.likenesses & alike]
        if len(shared) == len(asked.parts) == len(parts):
            reasons.append(WhySimilar.SPELLING)
        elif _says_something(shared, parts, carried_by):
            reasons.append(WhySimilar.PART_OF_NAME)
    return reasons


def _says_something(
    shared: Sequence[AskedPart], parts: Sequence[bytes], carried_by: Counter[bytes]
) -> bool:
    telling = [part for part in shared if part.tells]
    if len(telling) >= _ENOUGH:
        return True
    return any(part.key in parts and carried_by[part.key] <= RARE for part in telling)
