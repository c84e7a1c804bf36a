from importlib.metadata import version
from pathlib import Path

import pytest

from tests.cli.commands import run


def test_every_command_says_what_it_is_for(tmp_path: Path) -> None:
    said = run(tmp_path, "--help")

    assert said.exit_code == 0
    for command in ("check", "classes", "demo", "journeys", "migrate", "people", "run", "staff"):
        assert f"\n  {command} " in said.output
    assert "..." not in said.output.partition("Commands:")[2]


def test_the_version_is_that_of_the_package(tmp_path: Path) -> None:
    said = run(tmp_path, "--version")

    assert said.output == f"kutse {version('kutse')}\n"


def test_a_new_school_is_told_what_is_to_be_done(tmp_path: Path) -> None:
    said = run(tmp_path, "check")

    assert said.exit_code == 1
    assert "NO   Database: there is none yet; run: kutse migrate\n" in said.output
    assert "ok   School: North Shore VET School; programmes: 2.\n" in said.output


def test_a_database_is_made_once(tmp_path: Path) -> None:
    first = run(tmp_path, "migrate")
    second = run(tmp_path, "migrate")

    assert (first.exit_code, first.output) == (0, "The database is up to date.\n")
    assert (second.exit_code, second.output) == (0, "The database is up to date.\n")
    assert (tmp_path / "kept" / "north-shore.sqlite").exists()


def test_whoever_answers_for_something_is_to_be_invited(tmp_path: Path) -> None:
    run(tmp_path, "migrate")

    said = run(tmp_path, "check")

    sentence = 'NO   Staff: "kersti" answers for something, and is not invited'
    assert f"{sentence}; run: kutse staff invite kersti\n" in said.output


def test_a_school_with_everything_is_ready(tmp_path: Path) -> None:
    for key, role in (("maite", "coordinator"), ("kersti", "safeguarding")):
        run(tmp_path, "staff", "invite", key, "--name", key.title(), "--role", role)

    said = run(tmp_path, "check", KUTSE_PUBLIC_URL="https://kutse.example")

    assert (said.exit_code, said.stderr) == (0, "")
    assert {line[:3] for line in said.output.splitlines()} == {"ok "}


def test_an_address_that_people_cannot_trust_is_told(tmp_path: Path) -> None:
    said = run(tmp_path, "check", KUTSE_PUBLIC_URL="http://kutse.example")

    assert "NO   Address: http://kutse.example is not encrypted; use https://\n" in said.output


def test_a_page_that_only_this_machine_finds_is_worth_a_note_and_no_fault(tmp_path: Path) -> None:
    for key, role in (("maite", "coordinator"), ("kersti", "safeguarding")):
        run(tmp_path, "staff", "invite", key, "--name", key.title(), "--role", role)

    said = run(tmp_path, "check")

    sentence = "note Address: http://127.0.0.1:8080; only this machine finds it"
    assert f"{sentence}, until KUTSE_PUBLIC_URL is set.\n" in said.output
    assert (said.exit_code, said.stderr) == (0, "")


def test_a_member_of_staff_gets_a_link_of_their_own(tmp_path: Path) -> None:
    words = ("staff", "invite", "maite", "--name", "Maite Soler", "--role", "coordinator")

    first = run(tmp_path, *words, KUTSE_PUBLIC_URL="https://kutse.example")
    second = run(tmp_path, *words, KUTSE_PUBLIC_URL="https://kutse.example")

    assert first.exit_code == 0
    assert first.output.startswith("Maite Soler opens this link, once: https://kutse.example/c/")
    assert first.output != second.output


def test_a_class_gets_a_code(tmp_path: Path) -> None:
    said = run(tmp_path, "classes", "code", "ke-24")

    assert said.exit_code == 0
    code = said.output.splitlines()[0].removeprefix("The code of KE-24: ")
    assert said.output.count(code) == 3


def test_a_list_of_leavers_is_taken_over(tmp_path: Path) -> None:
    file = tmp_path / "leavers.csv"
    file.write_text("name,programme,year\nLiis Saar,welding,2019\nRein Oja,cooking,2011\n")

    first = run(tmp_path, "people", "import", str(file))
    second = run(tmp_path, "people", "import", str(file))

    assert (first.exit_code, first.output) == (
        0,
        "New: 2. Known before: 0, of them corrected: 0.\n",
    )
    assert second.output == "New: 0. Known before: 2, of them corrected: 0.\n"


def test_rows_left_out_are_told_by_their_line_and_not_by_their_name(tmp_path: Path) -> None:
    file = tmp_path / "leavers.csv"
    file.write_text("name,programme,year\nLiis Saar,weaving,2019\nRein Oja,cooking,2011\n")

    said = run(tmp_path, "people", "import", str(file))

    assert (said.exit_code, said.stdout) == (1, "New: 1. Known before: 0, of them corrected: 0.\n")
    assert said.stderr == "Left out, line 2: the school has no programme of this code or name\n"


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        (20, "Left out, line 21: the school has no programme of this code or name"),
        (21, "and 1 more row."),
        (832, "and 812 more rows."),
    ],
)
def test_of_many_rows_left_out_the_first_are_told_and_the_others_counted(
    rows: int, last: str, tmp_path: Path
) -> None:
    file = tmp_path / "leavers.csv"
    file.write_text("name,programme,year\n" + "Liis Saar,weaving,2019\n" * rows)

    said = run(tmp_path, "people", "import", str(file))

    assert said.exit_code == 1
    assert said.stderr.splitlines()[-1] == last
    assert said.stderr.count("Left out, ") == 20


def test_a_file_that_is_no_list_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "leavers.csv"
    file.write_text("")

    said = run(tmp_path, "people", "import", str(file))

    assert (said.exit_code, said.output) == (1, "The file is empty.\n")


def test_a_journey_is_printed_for_itself(tmp_path: Path) -> None:
    everything = run(tmp_path, "journeys")
    one = run(tmp_path, "journeys", "signup")

    assert (everything.exit_code, one.exit_code) == (0, 0)
    assert 0 < len(one.output) < len(everything.output)
