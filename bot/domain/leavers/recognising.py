"""Whether a row of a list is somebody whom the school's list has already, perhaps told less of.

A row without a year of birth and one with it are one person if nobody else of that name left that
programme in that year. Where it could be several, nobody guesses: the row counts as somebody new,
and whoever imports it is told to look.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import TypeAlias

from bot.domain.leavers.entries import Leaver

Group: TypeAlias = tuple[bytes, str, int]
"""A name, a programme and a year: mostly one person."""


def group_of(row: Leaver) -> Group:
    """Return the name, the programme and the year of a row."""
    return row.whole, row.programme, row.year


class NewRows:
    """The rows of one list that is taken over: what they say together of each of them."""

    def __init__(self, rows: Iterable[Leaver]) -> None:
        dated = {row.fingerprint: group_of(row) for row in rows if row.born is not None}
        self._dated = Counter(dated.values())
        self._of_this_list = dated.keys()

    def recognised(self, row: Leaver, listed: Sequence[Leaver]) -> Leaver | None:
        """Return who of those *listed* in its group a row is; None if it is nobody of them, or perhaps somebody."""
        for one in listed:
            if one.fingerprint == row.fingerprint:
                return one
        dated = [one for one in listed if one.born is not None]
        if row.born is None:
            return dated[0] if len(dated) == 1 else None
        if dated or self._dated[group_of(row)] > 1:
            return None
        return listed[0] if listed else None

    def is_doubtful(self, row: Leaver, listed: Collection[Leaver]) -> bool:
        """Return whether a row that is not recognised could still be one of those *listed*.

        Two years of birth of one name on the same list are two people.
        """
        return bool(listed) and (
            row.born is None or any(one.fingerprint not in self._of_this_list for one in listed)
        )
