import re
from contextlib import closing
from functools import partial
from importlib.metadata import version
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.storage.database import open_database
from bot.storage.people import CLASS_OF_CODE
from bot.system_clock import system_clock
from tests.cli.commands import ENGLISH, run

ANNA = ("--name", "Anna Ilves", "--role", "teacher")


def test_every_command_says_what_it_is_for(tmp_path: Path) -> None:
    said = run(tmp_path, "--help")

    assert said.exit_code == 0
    commands = "check classes demo journeys migrate people run simulate staff"
    for command in commands.split():
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


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({"KUTSE_WEB_PORT": "9191"}, "http://127.0.0.1:9191"),
        ({"KUTSE_WEB_PORT": "9191", "KUTSE_WEB_HOST": "::1"}, "http://[::1]:9191"),
        ({"KUTSE_WEB_PORT": "0"}, "[the address that kutse run prints]"),
    ],
)
def test_a_link_that_only_this_machine_finds_is_where_the_server_listens(
    settings: dict[str, str], address: str, tmp_path: Path
) -> None:
    for words in (("classes", "code", "KE-24"), ("staff", "invite", "anna", *ANNA)):
        said = run(tmp_path, *words, **settings).output

        assert f": {address}/c/" in said
        assert "\nOnly this machine finds that link, until KUTSE_PUBLIC_URL is set.\n" in said


def test_a_link_that_people_find_says_no_more(tmp_path: Path) -> None:
    said = run(
        tmp_path, "staff", "invite", "anna", *ANNA, KUTSE_PUBLIC_URL="https://kutse.example"
    )

    assert "Only this machine" not in said.output


def test_a_name_is_kept_without_needless_space(tmp_path: Path) -> None:
    words = ("--name", "  Anna \n Ilves ", "--role", "teacher")

    run(tmp_path, "staff", "invite", "anna", *words)

    assert run(tmp_path, "staff", "list").output == "anna: Anna Ilves, teacher, invited\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", 'The name is empty; write it as in --name "Maite Soler".\n'),
        (" \t ", 'The name is empty; write it as in --name "Maite Soler".\n'),
        ("x" * 81, "The name has 81 characters; 80 is the most.\n"),
    ],
)
def test_a_name_can_be_read_and_fits_where_it_stands(name: str, said: str, tmp_path: Path) -> None:
    refused = run(tmp_path, "staff", "invite", "anna", "--name", name, "--role", "teacher")

    assert (refused.exit_code, refused.stdout, refused.stderr) == (2, "", said)
    assert "Nobody is invited yet" in run(tmp_path, "staff", "list").output


def test_a_class_gets_a_code(tmp_path: Path) -> None:
    said = run(tmp_path, "classes", "code", "ke-24")

    assert said.exit_code == 0
    first, second, *_ = said.output.splitlines()
    assert said.output.count(first.removeprefix("The code of KE-24: ")) == 3
    assert re.fullmatch(
        r"It works until \d{4}-\d\d-\d\d\."
        r" Codes made before go on working until their own last day\.",
        second,
    )


def test_a_code_made_before_goes_on_working(tmp_path: Path) -> None:
    codes = [
        run(tmp_path, "classes", "code", "KE-24").output.partition(": ")[2].split()[0]
        for _ in range(2)
    ]

    with closing(open_database(f"sqlite:///{tmp_path / 'kept' / 'north-shore.sqlite'}")) as house:
        found = [house.run_here(partial(_class_of, code=code.replace("-", ""))) for code in codes]

    assert found == ["KE-24", "KE-24"]


def _class_of(tx: Connection, code: str) -> str | None:
    of_school = {"of_school": "north-shore", "code": code, "moment": system_clock()}
    return tx.scalar(CLASS_OF_CODE, of_school)


def test_a_list_of_leavers_is_taken_over(tmp_path: Path) -> None:
    file = tmp_path / "leavers.csv"
    file.write_text("name,programme,year\nLiis Saar,welding,2019\nRein Oja,cooking,2011\n")

    first = run(tmp_path, "people", "import", str(file))
    second = run(tmp_path, "people", "import", str(file))

    assert (first.exit_code, first.output) == (0, "New: 2. Already on the list: 0.\n")
    assert second.output == "New: 0. Already on the list: 2.\n"


def test_rows_left_out_are_told_by_their_line_and_not_by_their_name(tmp_path: Path) -> None:
    file = tmp_path / "leavers.csv"
    file.write_text("name,programme,year\nLiis Saar,weaving,2019\nRein Oja,cooking,2011\n")

    said = run(tmp_path, "people", "import", str(file))

    assert (said.exit_code, said.stdout) == (1, "New: 1. Already on the list: 0. Left out: 1.\n")
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


def test_a_journey_is_printed_with_the_times_of_the_school(tmp_path: Path) -> None:
    path = tmp_path / "patient.toml"
    times = '[times.signup]\nto_check.overdue = "9 working days"\nalumni.remind = []\n'
    path.write_text(f"{ENGLISH}\n{times}", encoding="utf-8")

    said = run(tmp_path, "journeys", "signup", KUTSE_SCHOOL=str(path)).output
    every = run(tmp_path, "journeys", KUTSE_SCHOOL=str(path)).output

    assert 'to_check.overdue = "9 working days"  # by default "7 working days"\n' in said
    assert 'alumni.remind = []  # by default ["1 day", "4 days"]\n' in said
    assert "to_check --> overdue: overdue (after 9 working days)\n" in said
    assert "| to check | after 9 working days | – | **overdue** → overdue |\n" in said
    assert "Times are those of North Shore VET School; what differs" in every


def test_journeys_are_printed_without_a_school_as_they_are_declared(tmp_path: Path) -> None:
    said = run(tmp_path, "journeys", "signup", KUTSE_SCHOOL="").output

    assert '\nto_check.overdue = "7 working days"\n' in said
    assert "# approving.minute_over: 1 minute; it is the same in every school\n" in said


def test_a_journey_is_printed_for_itself(tmp_path: Path) -> None:
    everything = run(tmp_path, "journeys")
    one = run(tmp_path, "journeys", "signup")

    assert (everything.exit_code, one.exit_code) == (0, 0)
    assert 0 < len(one.output) < len(everything.output)
