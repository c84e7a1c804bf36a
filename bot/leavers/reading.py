"""A file read whole before anything is written: who is on it, and which rows are bad and why."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import TextIO, TypeAlias

from bot.domain.leavers import Leaver, NameKeys, parts_of_listed
from bot.leavers.cells import ending_in, year_of_birth, year_of_leaving
from bot.leavers.columns import Column, Header, header_of
from bot.leavers.encodings import encoding_of
from bot.leavers.faults import BadRow, Fault, Unfit, UnusableList, Why
from bot.leavers.programmes import Programmes
from bot.leavers.records import Record, Torn, records

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many bytes of how many have been read."""

_MEGABYTE = 1 << 20
_MOST_MEGABYTES = 64
"""About a million people: what is read is kept in memory, hashed, until it is written at once."""

_TOLD_EVERY = 1_000
"""Lines between two reports of progress."""

_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
"""Excel's own first line, which tells only Excel how to read the file."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds; of the names, only their hashes are left."""

    leavers: tuple[Leaver, ...] = field(repr=False)
    """In an order that has nothing to do with that of the file."""
    bad: tuple[BadRow, ...]


def read_leavers(
    path: Path,
    *,
    programmes: Mapping[str, Collection[str]],
    key: bytes,
    this_year: int,
    progress: Progress | None = None,
) -> Reading:
    """Read a list of leavers; nothing of it is refused but single rows, which are reported.

    Args:
        path: The file: UTF-8, UTF-16 or Windows-1252, with commas, semicolons or tabs.
        programmes: The codes of the school's programmes, each with its names in all languages.
        key: The school's, with which names are hashed.
        this_year: Nobody on the list can leave later than the year after it.
        progress: Told now and then, and at the end.

    Raises:
        UnusableList: The file is not a list at all.
        OSError: It cannot be opened.
    """
    size = path.stat().st_size
    if size > _MOST_MEGABYTES * _MEGABYTE:
        raise UnusableList(Fault.TOO_LARGE, {"megabytes": _MOST_MEGABYTES})
    with path.open(encoding=encoding_of(path), errors="strict") as file:
        lines = _reporting(file, size, progress)
        try:
            header, line = _header(lines)
            rows = _Rows(header, Programmes(programmes), NameKeys(key), this_year + 1)
            leavers: list[Leaver] = []
            bad: list[BadRow] = []
            for record in records(lines, header.delimiter, first_line=line + 1):
                read = rows.read(record)
                if isinstance(read, Leaver):
                    leavers.append(read)
                else:
                    bad.append(read)
        except UnicodeDecodeError:  # the file was changed while it was read
            raise UnusableList(Fault.NOT_TEXT) from None
    # Offices sort by surname; in that order, the rows would tell where in the alphabet each is.
    leavers.sort(key=attrgetter("fingerprint"))
    return Reading(tuple(leavers), tuple(bad))


@dataclass(frozen=True, slots=True)
class _Rows:
    """What it takes to read a row."""

    header: Header
    programmes: Programmes
    keys: NameKeys
    last_year: int

    def read(self, record: Record | Torn) -> Leaver | BadRow:
        if isinstance(record, Torn):
            return BadRow(record.line, Why.QUOTES)
        try:
            return self._leaver(record.cells)
        except Unfit as unfit:
            return BadRow(record.line, unfit.why, unfit.slots)

    def _leaver(self, cells: tuple[str, ...]) -> Leaver:
        header = self.header
        if any(cells[header.width :]):
            raise Unfit(Why.TOO_MANY_CELLS)
        name = header.name(cells)
        if not name:
            raise Unfit(Why.NAME_MISSING)
        parts = parts_of_listed(name)
        if not parts:
            raise Unfit(Why.NOT_A_NAME)
        programme = self._programme(cells)
        year = year_of_leaving(header.cell(cells, Column.YEAR), last=self.last_year)
        born = year_of_birth(header.cell(cells, Column.BORN), left=year)
        ending = ending_in(header.cell(cells, Column.ENDING))
        return self.keys.leaver(parts, programme, year, born=born, ending=ending)

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
    """Return the header and the number of its line: the first neither blank nor Excel's own."""
    delimiter: str | None = None
    for at, line in enumerate(lines, start=1):
        text = line.strip()
        separator = _SEPARATOR_LINE.fullmatch(text)
        if separator is not None and delimiter is None:
            delimiter = separator[1]
        elif text.strip(";,"):
            return header_of(line.strip(" \n"), delimiter), at
    raise UnusableList(Fault.EMPTY)


def _reporting(file: TextIO, size: int, progress: Progress | None) -> Iterator[str]:
    """Return the lines of `file`, telling `progress` how far it has come."""
    for at, line in enumerate(file, start=1):
        if progress is not None and at % _TOLD_EVERY == 0:
            progress(file.buffer.tell(), size)
        yield line
    if progress is not None:
        progress(size, size)
