"""Lines of a file into rows of cells, so that one broken row never swallows the rows below it."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from bot.leavers.faults import Slots, Why

MOST_LINES = 10
"""Of one row; a quotation mark that is open for longer was forgotten."""
MOST_CHARS = 100_000
"""Of one line; what Python's reader of CSV takes is only little more."""

_MARK = "\ufeff"
"""What stands at the beginning of a file, and in the middle of files put together."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row; it spans several lines if a quoted cell does."""

    line: int
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Torn:
    """A line that cannot be cut into cells."""

    line: int
    why: Why
    slots: Slots = field(default_factory=dict)


def cells_of(text: str, delimiter: str) -> tuple[str, ...] | None:
    """Return the cells of one row without blanks around them; none if its quotes make no sense."""
    text = text.replace(_MARK, "")
    if '"' not in text:
        return tuple(cell.strip() for cell in text.split(delimiter))
    one_line = text.rstrip("\n").replace("\n", " ")
    rows = csv.reader([one_line], delimiter=delimiter, skipinitialspace=True, strict=True)
    try:
        return tuple(cell.strip() for cell in next(rows))
    except csv.Error:
        return None


def records(
    lines: Iterable[str], delimiter: str, *, first_line: int = 1
) -> Iterator[Record | Torn]:
    """Return what `lines` hold, in order; blank rows are passed over."""
    left = iter(lines)
    ahead: deque[str] = deque()
    at = first_line
    while (text := ahead.popleft() if ahead else next(left, None)) is not None:
        if len(text) > MOST_CHARS:
            yield Torn(at, Why.TOO_LONG, {"most": MOST_CHARS})
            at += 1
            continue
        cells, taken = cells_of(text, delimiter), 1
        if cells is None:
            ahead.extend(islice(left, MOST_LINES - 1 - len(ahead)))
            cells, taken = _across_lines(text, ahead, delimiter)
        if cells is None:
            yield Torn(at, Why.QUOTES)
        elif any(cells):
            yield Record(at, cells)
        at += taken


def _across_lines(
    first: str, ahead: deque[str], delimiter: str
) -> tuple[tuple[str, ...] | None, int]:
    """Return the cells of the row that begins with `first`, and how many lines it has.

    Its further lines are taken from `ahead`; none are if it never becomes a row.
    """
    text = first
    for taken, line in enumerate(ahead, start=2):
        text += line
        cells = cells_of(text, delimiter) if '"' in line else None
        if cells is not None:
            for _ in range(taken - 1):
                ahead.popleft()
            return cells, taken
    return None, 1
