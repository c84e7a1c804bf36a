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
    TOO_LONG = "too_long"
    """A line longer than any row of people. Slot `most`: the characters it may have."""
    TOO_MANY_CELLS = "too_many_cells"
    """More cells than the header has. Slot `delimiter`: what may stand unquoted inside a cell."""
    DAMAGED = "damaged"
    """Zero bytes inside: something went wrong when the file was written or copied."""
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
    ENDING = "ending"
    """Not a way for studies to end that is known in any of the four languages."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out."""

    line: int
    """Of the file, counted from 1, the header included."""
    why: Why
    slots: Slots = field(default_factory=dict)


class Note(StrEnum):
    """What is worth saying of a row of which nothing that counts was lost."""

    BORN = "born"
    """Kept without its year of birth: that of nobody who left in that year. Slots as for `YEAR`."""
    HEADINGS = "headings"
    """Passed over: the headings once more, as when two files were put together."""


@dataclass(frozen=True, slots=True)
class NotedRow:
    """A row of which something is worth saying."""

    line: int
    """Of the file, counted from 1, the header included."""
    note: Note
    slots: Slots = field(default_factory=dict)


class Fault(StrEnum):
    """Why a whole list cannot be used. Slot `line`: where; `file`: its path, as it was given."""

    MISSING = "missing"
    FOLDER = "folder"
    NO_RIGHT = "no_right"
    """The account that runs this may not read it."""
    UNREADABLE = "unreadable"
    """Slot `why`: the system's own words."""
    TOO_LARGE = "too_large"
    """Slot `megabytes`: the most that a list may have."""
    TOO_MANY_LINES = "too_many_lines"
    """Slot `lines`: the most that a list may have."""
    WORKBOOK = "workbook"
    """Excel's or LibreOffice's own format."""
    PDF = "pdf"
    DOCUMENT = "document"
    WEB_PAGE = "web_page"
    """HTML or XML, which some registers write and call a spreadsheet."""
    NOT_TEXT = "not_text"
    OTHER_ENCODING = "other_encoding"
    """Not UTF-8, UTF-16 or Windows; perhaps of an old program."""
    NOT_IN_ENCODING = "not_in_encoding"
    """It says, or somebody said, that it is `encoding`, and in `line` it is not."""
    EMPTY = "empty"
    HEADER_QUOTES = "header_quotes"
    """A quotation mark among the headings is never closed."""
    NO_HEADER = "no_header"
    """The first line does not name the columns. Slot `missing`: which were not found."""
    COLUMN_TWICE = "column_twice"
    """Slots `first` and `second`: which columns, counted from 1; `column`: what both claim."""
    NO_ROWS = "no_rows"
    """Headings, and nothing below them."""


NOT_OPENED = frozenset({Fault.MISSING, Fault.FOLDER, Fault.NO_RIGHT})
"""Nothing is known of the list itself: another file must be named, or rights given."""


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
