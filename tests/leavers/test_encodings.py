"""What can be told of an encoding is; what cannot be told is said."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.domain.leavers import Found
from bot.leavers import CODECS, Fault, UnusableList, encoding_called
from tests.leavers.lists import HEADER, asked, read, taken_over, written

ESTONIAN = ("Jüri Õunapuu", "Šarlotte Žurba", "Häli Söödor")
SPANISH = ("Íñigo Peña", "Begoña Muñóz")


@pytest.mark.parametrize("encoding", ["cp1257", "cp1252", "utf-8", "utf-16"])
def test_a_baltic_school_reads_carons_of_either_windows(
    engine: Engine, tmp_path: Path, encoding: str
) -> None:
    rows = [f"{name};WELD;2019" for name in ESTONIAN]

    taken_over(engine, written(tmp_path, HEADER, *rows, encoding=encoding), country="EE")

    assert [asked(engine, name) for name in ESTONIAN] == [Found()] * len(ESTONIAN)


@pytest.mark.parametrize(
    ("country", "names", "encoding", "taken"),
    [
        ("EE", ESTONIAN, "cp1257", "windows-1257"),
        ("EE", ESTONIAN, "cp1252", "windows-1252"),
        ("EE", ["Jüri Õunapuu"], "cp1257", "windows-1252"),
        ("ES", SPANISH, "cp1252", "windows-1252"),
        ("ES", ["Guðrún Þóra"], "cp1252", "windows-1252"),
        ("EE", ["Guðrún Žurba"], "cp1252", "windows-1252"),
    ],
)
def test_a_file_that_does_not_say_its_encoding_is_read_as_windows_and_that_is_told(
    tmp_path: Path, country: str, names: tuple[str, ...], encoding: str, taken: str
) -> None:
    rows = [f"{name};WELD;2019" for name in names]

    reading = read(written(tmp_path, HEADER, *rows, encoding=encoding), country=country)

    assert (reading.encoding.name, reading.encoding.sure) == (taken, False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "ascii"])
def test_a_file_that_says_its_encoding_needs_no_word_about_it(
    tmp_path: Path, encoding: str
) -> None:
    reading = read(written(tmp_path, HEADER, "Mari Tamm;WELD;2019", encoding=encoding))

    assert reading.encoding.sure


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Jüri Õunapuu", "cp775"),
        ("Mäli Tamm", "cp775"),
        ("Törn Tamm", "cp775"),
        ("Peña Muñoz", "cp850"),
        ("José García", "cp850"),
        ("Peláez López", "cp437"),
    ],
)
def test_what_an_old_program_wrote_is_refused_until_somebody_says_what_it_is(
    engine: Engine, tmp_path: Path, name: str, encoding: str
) -> None:
    path = written(tmp_path, HEADER, f"{name};WELD;2019", encoding=encoding)

    with pytest.raises(UnusableList) as refused:
        taken_over(engine, path, country="EE")

    assert refused.value.fault == Fault.OTHER_ENCODING
    assert len(read(path, encoding=encoding).leavers) == 1


@pytest.mark.parametrize("encoding", CODECS)
def test_an_encoding_that_is_asked_for_is_taken(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, HEADER, "Mari Tamm;WELD;2019", encoding=CODECS[encoding])

    reading = read(path, encoding=encoding)

    assert (len(reading.leavers), reading.bad) == (1, ())
    assert (reading.encoding.name, reading.encoding.sure) == (encoding, True)


@pytest.mark.parametrize(
    ("content", "asked_for"),
    [
        (b"\xef\xbb\xbfname\r\nMari\r\nJ\xfcri\r\n", None),
        ("name\nJüri\n".encode() + b"J\xfcri\n", None),
        (b"name\rMari\rJ\xfcri\r", "utf-8"),
        (b"\xff\xfe" + "name\nMari\nx".encode("utf-16-le") + b"\x00\xd8\n\x00", None),
    ],
)
def test_the_line_is_told_in_which_a_file_is_not_what_it_says(
    tmp_path: Path, content: bytes, asked_for: str | None
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)

    with pytest.raises(UnusableList) as refused:
        read(path, encoding=asked_for)

    assert refused.value.fault == Fault.NOT_IN_ENCODING
    assert refused.value.slots["line"] == 3


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("UTF8", "utf-8"),
        ("cp1252", "windows-1252"),
        ("Windows-1257", "windows-1257"),
        ("850", "cp850"),
        ("mac-roman", "macintosh"),
        ("rot13", None),
        ("utf-7", None),
        ("klingon", None),
        ("", None),
        ("a\x00b", None),
    ],
)
def test_an_encoding_goes_by_any_of_its_names(said: str, meant: str | None) -> None:
    assert encoding_called(said) == meant
