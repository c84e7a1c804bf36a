"""The command that takes over a list of leavers: what it says, and what it answers scripts."""

import os
import stat
from pathlib import Path

import pytest

from tests.cli.commands import run

HEADER = "name;programme;year;born\n"


def test_a_wrong_year_of_birth_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "leavers.csv"
    file.write_text(f"{HEADER}Liis Saar;welding;2019;2091\nRein Oja;cooking;2011;1990\n")

    said = run(tmp_path, "people", "import", str(file))

    assert said.exit_code == 0
    assert said.stdout == ("New: 2. Already on the list: 0. Kept without the year of birth: 1.\n")
    assert said.stderr == (
        "Kept without the year of birth, line 2: it is not a year from 1929 to 2008\n"
    )


def test_notes_come_before_rows_left_out_and_each_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "leavers.csv"
    rows = [f"Liis Saar;welding;{year};0" for year in range(1990, 2012)]
    file.write_text(HEADER + "\n".join([*rows, "Rein Oja;weaving;2011;1990"]))

    said = run(tmp_path, "people", "import", str(file))

    lines = said.stderr.splitlines()
    assert said.stdout.endswith("Kept without the year of birth: 22. Left out: 1.\n")
    assert lines[20:] == [
        "and 2 more rows.",
        "Left out, line 24: the school has no programme of this code or name",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty.\n"),
        (HEADER.encode(), "The file has headings, but no rows below them.\n"),
        (b"PK\x03\x04", "The file is a workbook of a spreadsheet program, not CSV. Open it"),
        (b"%PDF-1.7", "The file is a PDF, which has no rows to read. Ask the office"),
    ],
)
def test_a_file_that_is_no_list_is_told_in_one_line(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "leavers.csv"
    file.write_bytes(content)

    said = run(tmp_path, "people", "import", str(file))

    assert (said.exit_code, said.stdout, said.stderr.count("\n")) == (1, "", 1)
    assert said.stderr.startswith(sentence)


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    missing, folder = tmp_path / "none.csv", tmp_path

    said = [run(tmp_path, "people", "import", str(file)) for file in (missing, folder)]

    assert [(one.exit_code, one.stderr) for one in said] == [
        (2, f'There is no file "{missing}".\n'),
        (2, f'"{folder}" is a folder; name the CSV file itself.\n'),
    ]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_wrong_use(tmp_path: Path) -> None:
    file = tmp_path / "leavers.csv"
    file.touch(mode=stat.S_IWUSR)

    said = run(tmp_path, "people", "import", str(file))

    sentence = f'This account may not read "{file}"; give it the right to.\n'
    assert (said.exit_code, said.stderr) == (2, sentence)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name here")
def test_a_pipe_is_read_whole(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as pipe:
        pipe.write(f"{HEADER}Liis Saar;welding;2019;2000\nRein Oja;cooking;2011;1990\n")

    said = run(tmp_path, "people", "import", f"/dev/fd/{reading}")

    os.close(reading)
    assert (said.exit_code, said.output) == (0, "New: 2. Already on the list: 0.\n")


def test_an_encoding_that_is_not_known_is_wrong_use(tmp_path: Path) -> None:
    said = run(tmp_path, "people", "import", "leavers.csv", "--encoding", "windws-1257")

    sentence = 'There is no encoding "windws-1257"; did you mean "windows-1257"?\n'
    assert (said.exit_code, said.stderr) == (2, sentence)


def test_the_encoding_is_told_unless_it_is_known(tmp_path: Path) -> None:
    file = tmp_path / "leavers.csv"
    file.write_text(f"{HEADER}Jüri Žurba;welding;2019;2000\n", encoding="cp1257")

    found = run(tmp_path, "people", "import", str(file))
    given = run(tmp_path, "people", "import", str(file), "--encoding", "windows-1257")

    assert found.stderr == (
        "The file was read as windows-1257; if that is wrong, say how it is written: --encoding.\n"
    )
    assert given.stderr == ""
    assert given.stdout == "New: 0. Already on the list: 1.\n"
