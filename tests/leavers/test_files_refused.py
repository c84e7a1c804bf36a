"""Files that are no lists of leavers, and in which words people hear what is wrong with one."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from bot.leavers import (
    BadRow,
    Fault,
    Note,
    NotedRow,
    UnusableList,
    Why,
    about_list,
    about_noted,
    about_row,
)
from bot.leavers.columns import HEADINGS, Column
from tests.leavers.lists import HEADER, read, written

PEOPLE = ("Jüri Õunapuu", "Peña Muñoz, Íñigo", "Niccolò D’Angelo", "Željko Šarić")
UNDER_A_HEADER = (Fault.NO_ROWS, Fault.NOT_TEXT, Fault.OTHER_ENCODING, Fault.NOT_IN_ENCODING)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"\n\n;;;\n", Fault.EMPTY),
        (b"sep=;\n", Fault.EMPTY),
        (b"name;programme;year", Fault.NO_ROWS),
        (b"name;programme;year\n;;\n\n", Fault.NO_ROWS),
        (b"name;programme;year\nname;programme;year\n", Fault.NO_ROWS),
        (b"Mari Tamm;WELD;2019\n", Fault.NO_HEADER),
        (b"name;year\nMari Tamm;2019\n", Fault.NO_HEADER),
        (b"surname;programme;year\n", Fault.NO_HEADER),
        (b"Name;Bildungsgang;Abschlussjahr\nMari Tamm;WELD;2019\n", Fault.NO_HEADER),
        (b'"name;programme;year\n', Fault.HEADER_QUOTES),
        (b'name;"programme;year\n' + b"Mari Tamm;WELD;2019\n" * 20, Fault.HEADER_QUOTES),
        (b'"name"x;"programme";"year"\n', Fault.HEADER_QUOTES),
        (b"name;programme;year;exit year\n", Fault.COLUMN_TWICE),
        (b"PK\x03\x04\x14\x00\x06\x00\x81\x8d\x8f\x90\x9d", Fault.WORKBOOK),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Fault.WORKBOOK),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", Fault.PDF),
        (b"{\\rtf1\\ansi", Fault.DOCUMENT),
        (b"\xef\xbb\xbf\r\n<HTML><table>", Fault.WEB_PAGE),
        (b"<?xml version='1.0'?>", Fault.WEB_PAGE),
        (bytes(4096), Fault.NOT_TEXT),
        (b"name;programme;\x00year\n", Fault.NOT_TEXT),
        (b"\xff\xfename", Fault.NO_HEADER),
        (b"\xff\xfen\x00a", Fault.NOT_IN_ENCODING),
        (b"\xef\xbb\xbfname;programme;year\nJ\xfcri;WELD;2019", Fault.NOT_IN_ENCODING),
        (b"name;programme;year\nJ\x81ri;WELD;2019", Fault.OTHER_ENCODING),
        (bytes(range(256)), Fault.NOT_TEXT),
    ],
)
def test_a_file_that_is_no_list_is_refused_whole(
    tmp_path: Path, content: bytes, fault: Fault
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)

    with pytest.raises(UnusableList) as refused:
        read(path)

    assert refused.value.fault == fault


def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with path.open("wb") as file:
        file.truncate(65 << 20)

    with pytest.raises(UnusableList) as refused:
        read(path)

    assert about_list(refused.value).startswith("The list is larger than 64 MB.")


def test_a_file_with_far_too_many_lines_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"x\n" * 1_000_001)

    with pytest.raises(UnusableList) as refused:
        read(path)

    assert about_list(refused.value).startswith("The list has more than 1,000,000 lines.")


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("name;year", "Line 2 has no heading for: programme. "),
        ("surname;course", "Line 2 has no heading for: first name, year of leaving. "),
        (
            "born;name;programme;year;date of birth",
            "Line 2: columns 1 and 5 are both headed as year of birth. ",
        ),
        ('name;"programme;year', "Line 2: a quotation mark among the headings is not closed,"),
    ],
)
def test_what_is_wrong_with_the_headings_is_told_with_their_line(
    tmp_path: Path, header: str, said: str
) -> None:
    path = written(tmp_path, "", header, "Mari Tamm;WELD;2019")

    with pytest.raises(UnusableList) as refused:
        read(path)

    assert about_list(refused.value).startswith(said)


@pytest.mark.parametrize("column", HEADINGS)
def test_a_heading_that_is_asked_for_is_understood(tmp_path: Path, column: Column) -> None:
    others = [heading for each, heading in HEADINGS.items() if each != column]

    with pytest.raises(UnusableList) as refused:
        read(written(tmp_path, ";".join([HEADINGS[column], *others, HEADINGS[column]])))

    assert refused.value.slots["column"] == HEADINGS[column]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_any_bytes_under_a_header_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(HEADER.encode() + b"\n" + content)

    try:
        reading = read(path)
    except UnusableList as refused:
        assert refused.fault in UNDER_A_HEADER  # noqa: PT017  # either outcome is right
    else:
        lines = content.count(b"\n") + content.count(b"\r") + 1
        assert len(reading.leavers) + len(reading.bad) <= lines


SLOTS: dict[str, str | int] = {
    "programmes": "A, B",
    "first": 1940,
    "second": 2,
    "last": 2027,
    "most": 100_000,
    "delimiter": "comma",
    "file": "list.csv",
    "why": "Input/output error",
    "megabytes": 64,
    "lines": 1_000_000,
    "encoding": "utf-8",
    "missing": "year",
    "column": "year",
}


@pytest.mark.parametrize("why", Why)
def test_every_reason_has_words(why: Why) -> None:
    assert about_row(BadRow(7, why, SLOTS)).startswith("line 7: ")


@pytest.mark.parametrize("note", Note)
def test_every_note_has_words(note: Note) -> None:
    assert ", line 7: " in about_noted(NotedRow(7, note, SLOTS))


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_words(fault: Fault) -> None:
    assert about_list(UnusableList(fault, {**SLOTS, "line": 7})).endswith(".")
