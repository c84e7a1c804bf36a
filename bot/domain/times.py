"""How long something takes, as journeys declare it and schools change it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import TypeAlias

LONGEST = timedelta(days=730)
"""Nobody is waited for longer than two years."""
UNITS: Mapping[str, timedelta] = {
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
    "second": timedelta(seconds=1),
}
WRITTEN: Mapping[str, timedelta] = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
"""The units in which a school may write a time, beside working days."""
WORKING_DAY = "working day"
A_WEEK = 5
"""Working days."""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """So many working days after the state was entered: Monday to Friday in the school's zone."""

    days: int


Length: TypeAlias = timedelta | WorkingDays
Times: TypeAlias = Mapping[str, Mapping[str, tuple[Length, ...]]]
"""What a school says otherwise than its journeys: by the stored name of a declaration, then by key."""
NO_TIMES: Times = {}


def in_time(length: Length) -> str:
    """Return how long it is in words, in the largest unit that divides it: "36 hours"."""
    if isinstance(length, WorkingDays):
        return _counted(length.days, WORKING_DAY)
    unit, one = next((unit, one) for unit, one in UNITS.items() if not length % one)
    return _counted(length // one, unit)


def length_of(words: str) -> Length | None:
    """Return the length that is written as "24 hours" or "3 working days"; None if it is none.

    It is at least a minute, and at most `LONGEST`.
    """
    units = "|".join((*WRITTEN, WORKING_DAY))
    found = re.fullmatch(rf"([0-9]{{1,7}}) +({units})s?", " ".join(words.lower().split()))
    if found is None:
        return None
    number, unit = int(found[1]), found[2]
    length = timedelta(days=number) if unit == WORKING_DAY else number * WRITTEN[unit]
    if not timedelta() < length <= LONGEST:
        return None
    return WorkingDays(number) if unit == WORKING_DAY else length


def surely_reaches(length: Length, other: Length) -> bool:
    """Return whether `length` is at least as long as `other`, on whatever day both begin.

    So many working days last at least as many days, and at most two more for each week begun.
    """
    return _least(length) >= _most(other) or (
        type(length) is type(other) and _least(length) >= _least(other)
    )


def _least(length: Length) -> timedelta:
    return timedelta(days=length.days) if isinstance(length, WorkingDays) else length


def _most(length: Length) -> timedelta:
    if isinstance(length, WorkingDays):
        return timedelta(days=length.days + 2 * ceil(length.days / A_WEEK))
    return length


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
