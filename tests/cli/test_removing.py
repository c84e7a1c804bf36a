"""The command that takes somebody off the list of leavers."""

from pathlib import Path

import pytest

from tests.cli.commands import run

LIIS = ("Liis Saar", "--programme", "Welding", "--year", "2019")
NOTHING_YET = "Nothing is changed yet. To take that off the list, add --yes.\n"


def listed(folder: Path, *rows: str) -> str:
    """Import a list, and return what is said of it."""
    file = folder / "leavers.csv"
    file.write_text("\n".join(["name;programme;year;born;ending", *rows, ""]))
    said = run(folder, "people", "import", str(file))
    assert said.exit_code == 0, said.output
    return said.stdout


def test_it_says_whom_it_would_take_off_and_asks_for_a_yes(tmp_path: Path) -> None:
    listed(tmp_path, "Liis Saar;welding;2019;;graduate", "Rein Oja;cooking;2011;1990;")

    asked = run(tmp_path, "people", "remove", *LIIS)
    done = run(tmp_path, "people", "remove", *LIIS, "--yes")
    again = run(tmp_path, "people", "remove", *LIIS, "--yes")

    line = "On the list: Liis Saar, welding, 2019, without a year of birth, graduate\n"
    assert (asked.exit_code, asked.stdout, asked.stderr) == (1, line, NOTHING_YET)
    assert (done.exit_code, done.output) == (0, f"{line}Taken off the list: 1.\n")
    assert (again.exit_code, again.stdout, again.stderr) == (
        1,
        "",
        "Nobody like that is on the list; look at the spelling and the year.\n",
    )


def test_of_two_of_one_name_one_can_be_meant(tmp_path: Path) -> None:
    listed(tmp_path, "Liis Saar;welding;2019;;")
    told = listed(tmp_path, *(f"Liis Saar;welding;2019;{born};" for born in (2000, 2001)))

    both = run(tmp_path, "people", "remove", *LIIS)
    dated = run(tmp_path, "people", "remove", *LIIS, "--born", "2001", "--yes")
    undated = run(tmp_path, "people", "remove", *LIIS, "--undated", "--yes")

    assert told == (
        "New: 2. Already on the list: 0. Of the new, perhaps on the list already: 2.\n"
    )
    assert [line.split(", ")[-1] for line in both.stdout.splitlines()] == [
        "without a year of birth",
        "with a year of birth",
        "with a year of birth",
    ]
    assert dated.stdout.endswith("2019, with a year of birth\nTaken off the list: 1.\n")
    assert undated.stdout.endswith("2019, without a year of birth\nTaken off the list: 1.\n")
    assert run(tmp_path, "people", "remove", *LIIS).stdout.count("\n") == 1


def test_a_lost_key_leaves_a_list_that_can_be_emptied(tmp_path: Path) -> None:
    listed(tmp_path, "Liis Saar;welding;2019;;", "Rein Oja;cooking;2011;1990;")

    asked = run(tmp_path, "people", "remove", "--all")
    done = run(tmp_path, "people", "remove", "--all", "--yes")

    line = "On the list, of all programmes and years: 2\n"
    assert (asked.exit_code, asked.stdout, asked.stderr) == (1, line, NOTHING_YET)
    assert (done.exit_code, done.output) == (0, f"{line}Taken off the list: 2.\n")
    assert run(tmp_path, "people", "remove", "--all").exit_code == 1


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("Liis Saar",),
        ("Liis Saar", "--programme", "welding"),
        ("Liis Saar", "--all"),
        (*LIIS, "--all"),
        ("--all", "--undated"),
    ],
)
def test_whom_to_take_off_must_be_said(tmp_path: Path, words: tuple[str, ...]) -> None:
    said = run(tmp_path, "people", "remove", *words)

    sentence = (
        'Say whom, as in: kutse people remove "Liis Saar" --programme welding --year 2019;'
        " or everybody: kutse people remove --all\n"
    )
    assert (said.exit_code, said.stderr) == (2, sentence)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("Liis Saar", "--programme", "weaving", "--year", "2019"),
            'The programme "weaving" is not clear: the school has no programme of this code or name.\n',
        ),
        (
            (*LIIS, "--born", "2000", "--undated"),
            "Either --born or --undated: nobody is listed with and without.\n",
        ),
    ],
)
def test_what_cannot_be_meant_is_wrong_use(
    tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    said = run(tmp_path, "people", "remove", *words)

    assert (said.exit_code, said.stderr) == (2, sentence)
