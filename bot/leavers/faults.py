"""What can be wrong with a list, or a row of it; without words of the file, which may be names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from typing_extensions import override

Slots: TypeAlias = Mapping[str, str | int]


class Why(StrEnum):
    """Why a row was left out."""

    QUOTES = "quotes"
    """A quotation mark that is never closed, or stands where none can."""
    TOO_MANY_CELLS = "too_many_cells"
    """More cells than the header has: a comma inside a cell that is not quoted."""
    NAME_MISSING = "name_missing"
    NOT_A_NAME = "not_a_name"
    """Too long, without letters, or with signs that no name has, such as formulas."""
    PROGRAMME_MISSING = "programme_missing"
    PROGRAMME_UNKNOWN = "programme_unknown"
    PROGRAMME_AMBIGUOUS = "programme_ambiguous"
    """Slot `programmes`: the codes it may mean."""
    YEAR_MISSING = "year_missing"
    YEAR = "year"
    """Not a year of leaving. Slots `first` and `last`: between which it must lie."""
    BORN = "born"
    """Not a year of birth of somebody who left in that year. Slots as for `YEAR`."""
    ENDING = "ending"
    """Not a way for studies to end that is known in any of the four languages."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out."""

    line: int
    """Of the file, counted from 1, the header included."""
    why: Why
    slots: Slots = field(default_factory=dict)


class Fault(StrEnum):
    """Why a whole list cannot be used."""

    TOO_LARGE = "too_large"
    """Slot `megabytes`: the most that a list may have."""
    NOT_TEXT = "not_text"
    """Not UTF-8, UTF-16 or Windows-1252; perhaps a spreadsheet that was not saved as CSV."""
    EMPTY = "empty"
    NO_HEADER = "no_header"
    """The first line does not name the columns. Slot `missing`: which were not found."""
    COLUMN_TWICE = "column_twice"
    """Slot `column`: what two columns claim to be."""


class UnusableList(Exception):
    """Nothing of the list was taken; who gave it must mend it."""

    def __init__(self, fault: Fault, slots: Slots | None = None) -> None:
        super().__init__(fault, slots)
        self.fault = fault
        self.slots = slots or {}

    @override
    def __str__(self) -> str:
        return f"The list of leavers could not be used: {self.fault}."


class Unfit(Exception):
    """One cell cannot be read; the row is left out. Inside this package only."""

    def __init__(self, why: Why, slots: Slots | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.slots = slots or {}
