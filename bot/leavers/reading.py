"""A file read whole before anything is written: who is on it, and which rows are bad and why."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO, TextIOWrapper
from operator import attrgetter
from typing import TypeAlias

from bot.domain.leavers import Leaver, NameKeys, parts_of_listed
from bot.leavers.cells import ending_in, year_of_birth, year_of_leaving, years_of_birth
from bot.leavers.columns import Column, Header, header_of
from bot.leavers.encodings import Encoding, encoding_of
from bot.leavers.faults import BadRow, Fault, Note, NotedRow, Unfit, UnusableList, Why
from bot.leavers.programmes import Programmes
from bot.leavers.records import MOST_LINES, Record, Torn, records

Progress: TypeAlias = Callable[[int, int], None]
"""Told how much of how much is done."""

_TOLD_EVERY = 1_000
"""Lines between two reports of progress."""

_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
"""Excel's own first line, which tells only Excel how to read the file."""
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds; of the names, only their hashes are left."""

    leavers: tuple[Leaver, ...] = field(repr=False)
    """In an order that has nothing to do with that of the file."""
    bad: tuple[BadRow, ...]
    """Rows left out, by line."""
    noted: tuple[NotedRow, ...]
    """Rows of which something is worth saying, by line."""
    encoding: Encoding
    lines: Mapping[bytes, int] = field(repr=False)
    """Of the file, counted from 1: where each of `leavers` stood first, by fingerprint."""


def read_leavers(
    content: bytes,
    *,
    programmes: Mapping[str, Collection[str]],
    key: bytes,
    this_year: int,
    country: str,
    encoding: str | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read a list of leavers; nothing of it is refused but single rows, which are reported.

    Args:
        content: Of the file: with commas, semicolons or tabs.
        programmes: The codes of the school's programmes, each with its names in all languages.
        key: The school's, with which names are hashed.
        this_year: Nobody on the list can leave later than the year after it.
        country: The school's, in two letters; some encodings are told apart only by it.
        encoding: One of `CODECS`; found out if none is given.
        progress: Told now and then, and at the end, how many bytes are read.

    Raises:
        UnusableList: The file is not a list at all.
    """
    written = encoding_of(content, asked=encoding, country=country)
    lines = _lines(content, written, progress)
    header, line = _header(lines)
    rows = _Rows(header, Programmes(programmes), NameKeys(key), this_year + 1)
    for record in records(lines, header.delimiter, first_line=line + 1):
        rows.take(record)
    if not (rows.leavers or rows.bad):
        raise UnusableList(Fault.NO_ROWS)
    # Offices sort by surname; in that order, the rows would tell where in the alphabet each is.
    rows.leavers.sort(key=attrgetter("fingerprint"))
    return Reading(tuple(rows.leavers), tuple(rows.bad), tuple(rows.noted), written, rows.lines)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows read so far, and what it takes to read one."""

    header: Header
    programmes: Programmes
    keys: NameKeys
    last_year: int
    leavers: list[Leaver] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    noted: list[NotedRow] = field(default_factory=list)
    lines: dict[bytes, int] = field(default_factory=dict)

    def take(self, record: Record | Torn) -> None:
        """Read a row, or say why that cannot be."""
        if isinstance(record, Torn):
            self.bad.append(BadRow(record.line, record.why, record.slots))
        elif record.cells == self.header.cells:
            self.noted.append(NotedRow(record.line, Note.HEADINGS))
        else:
            try:
                leaver = self._leaver(record)
            except Unfit as unfit:
                # Whatever it did to the row, this is what is wrong with it.
                damaged = any("\0" in cell for cell in record.cells)
                why = Why.DAMAGED if damaged else unfit.why
                self.bad.append(BadRow(record.line, why, unfit.slots))
            else:
                self.leavers.append(leaver)
                self.lines.setdefault(leaver.fingerprint, record.line)

    def _leaver(self, record: Record) -> Leaver:
        header, cells = self.header, record.cells
        if any(cells[len(header.cells) :]):
            raise Unfit(Why.TOO_MANY_CELLS, {"delimiter": _called(header.delimiter)})
        name = header.name(cells)
        if not name:
            raise Unfit(Why.NAME_MISSING)
        parts = parts_of_listed(name)
        if not parts:
            raise Unfit(Why.NOT_A_NAME)
        programme = self._programme(cells)
        year = year_of_leaving(header.cell(cells, Column.YEAR), last=self.last_year)
        ending = ending_in(header.cell(cells, Column.ENDING))
        born = self._born(record, left=year)
        return self.keys.leaver(parts, programme, year, born=born, ending=ending)

    def _born(self, record: Record, *, left: int) -> int | None:
        """Return the year of birth; a wrong one is noted, as the row says enough without it."""
        cell, possible = self.header.cell(record.cells, Column.BORN), years_of_birth(left=left)
        born = year_of_birth(cell, possible)
        if cell and born is None:
            slots = {"first": possible[0], "last": possible[-1]}
            self.noted.append(NotedRow(record.line, Note.BORN, slots))
        return born

    def _programme(self, cells: tuple[str, ...]) -> str:
        code, name = (self.header.cell(cells, each) for each in (Column.CODE, Column.PROGRAMME))
        if code and name:
            # The code is the surer, but offices have codes that the school's settings do not know.
            try:
                return self.programmes.code_of(code)
            except Unfit:
                return self.programmes.code_of(name)
        return self.programmes.code_of(code or name)


def _header(lines: Iterator[str]) -> tuple[Header, int]:
    """Return the header and the number of its last line; it is the first neither blank nor Excel's.

    Excel breaks a heading that is too wide for its column, so a header may have several lines.
    """
    delimiter: str | None = None
    numbered = enumerate(lines, start=1)
    for at, line in numbered:
        text = line.strip()
        separator = _SEPARATOR_LINE.fullmatch(text)
        if separator is not None and delimiter is None:
            delimiter = separator[1]
        elif text.strip(";,"):
            header, last = _whole(line, at, numbered)
            return header_of(header.strip(" \n"), delimiter, line=at), last
    raise UnusableList(Fault.EMPTY)


def _whole(first: str, at: int, below: Iterable[tuple[int, str]]) -> tuple[str, int]:
    """Return the header that begins with `first`, in line `at`, and its last line."""
    header, last = first, at
    while header.count('"') % 2:
        last, line = next(iter(below), (at, ""))
        if not line or last - at >= MOST_LINES:
            raise UnusableList(Fault.HEADER_QUOTES, {"line": at})
        header += line
    if "\0" in header:
        raise UnusableList(Fault.NOT_TEXT)
    return header, last


def _called(delimiter: str) -> str:
    return _DELIMITERS.get(delimiter, delimiter)


def _lines(content: bytes, encoding: Encoding, progress: Progress | None) -> Iterator[str]:
    """Return the lines of `content`, telling `progress` how far it has come."""
    file = TextIOWrapper(BytesIO(content), encoding.codec)
    for at, line in enumerate(file, start=1):
        if progress is not None and at % _TOLD_EVERY == 0:
            progress(file.buffer.tell(), len(content))
        yield line
    if progress is not None:
        progress(len(content), len(content))
