from pathlib import Path

import pytest

from tests.cli.commands import ENGLISH, Said, kutse, school_file

NO_SCHOOL = (
    "KUTSE_SCHOOL is not set; it is the path of the school's file. "
    "To look around first, run: kutse demo\n"
)


@pytest.mark.parametrize("command", ["run", "check", "migrate"])
def test_a_command_without_a_school_asks_for_it(command: str, tmp_path: Path) -> None:
    said = kutse(tmp_path, command)

    assert said == Said(2, "", NO_SCHOOL)


def test_a_school_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    said = kutse(tmp_path, "run", KUTSE_SCHOOL="nowhere.toml")

    assert said == Said(2, "", "nowhere.toml: there is no such file.\n")


def test_each_fault_of_the_file_is_a_line(tmp_path: Path) -> None:
    path = tmp_path / "school.toml"
    path.write_text(ENGLISH.replace("Tallinn", "Talin").replace('"EE"', '"XX"'), encoding="utf-8")

    said = kutse(tmp_path, "check", KUTSE_SCHOOL=str(path))

    assert said == Said(
        2,
        "",
        f'{path}, country: "XX" is not in ISO 3166; Estonia, for example, is EE.\n'
        f'{path}, zone: there is no time zone "Europe/Talin"; did you mean "Europe/Tallinn"?\n',
    )


def test_each_wrong_setting_is_a_line_without_its_value(tmp_path: Path) -> None:
    said = kutse(
        tmp_path,
        "demo",
        KUTSE_WEB_PORT="eighty",
        KUTSE_TELEGRAM_TOKEN="5:very-secret",
        KUTSE_SCHOL="school.toml",
    )

    assert (said.code, said.out) == (2, "")
    assert [line.partition(" ")[0] for line in said.err.splitlines()] == [
        "KUTSE_SCHOL",
        "KUTSE_TELEGRAM_TOKEN",
        "KUTSE_WEB_PORT",
    ]
    assert "secret" not in said.err


def test_a_database_that_is_away_is_told_without_its_password(tmp_path: Path) -> None:
    url = "postgresql://kutse:very-secret@127.0.0.1:9/kutse"

    said = kutse(tmp_path, "run", KUTSE_SCHOOL=school_file(tmp_path), KUTSE_DATABASE_URL=url)

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("The database cannot be reached;")
    assert "secret" not in said.err


def test_an_unknown_command_is_wrong_use(tmp_path: Path) -> None:
    said = kutse(tmp_path, "chek")

    assert said.code == 2
    assert "Did you mean 'check'?" in said.err


def test_an_unknown_class_is_told_the_nearest(tmp_path: Path) -> None:
    said = kutse(tmp_path, "classes", "code", "KE-42", KUTSE_SCHOOL=school_file(tmp_path))

    assert said == Said(2, "", 'There is no class "KE-42"; did you mean "KE-24"?\n')


def test_a_key_of_staff_is_one_that_a_file_can_name(tmp_path: Path) -> None:
    words = ("staff", "invite", "Maite Soler", "--name", "Maite", "--role", "coordinator")

    said = kutse(tmp_path, *words, KUTSE_SCHOOL=school_file(tmp_path))

    sentence = '"Maite Soler" cannot be a key; use a-z, 0-9 and -, for example maite.\n'
    assert said == Said(2, "", sentence)


def test_an_unknown_journey_is_told_what_there_is(tmp_path: Path) -> None:
    said = kutse(tmp_path, "journeys", "signu")

    assert (said.code, said.out) == (2, "")
    assert said.err == 'There is no journey "signu"; did you mean "signup"?\n'
