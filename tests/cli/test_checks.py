import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.commands import ENGLISH, run
from tests.cli.test_staff import LONG_AGO, MAITE, alter


def database(folder: Path) -> Path:
    """Return where the small school's database is."""
    return folder / "kept" / "north-shore.sqlite"


def test_a_server_that_is_away_is_one_finding_among_others(tmp_path: Path) -> None:
    said = run(tmp_path, "check", KUTSE_DATABASE_URL="postgresql://k:secret@127.0.0.1:9/k")

    assert "NO   Database: The database cannot be reached;" in said.output
    assert "ok   Secret key: " in said.output
    assert "secret@" not in said.output


def test_a_database_of_an_earlier_version_is_told(tmp_path: Path) -> None:
    database(tmp_path).parent.mkdir()
    database(tmp_path).touch()

    said = run(tmp_path, "check")

    assert "NO   Database: The database is not that of this version" in said.output


def test_a_database_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    run(tmp_path, "migrate")
    with closing(sqlite3.connect(database(tmp_path))) as later:
        later.execute("UPDATE alembic_version SET version_num = 'of next year'")
        later.commit()

    said = run(tmp_path, "migrate")

    assert said.exit_code == 2
    assert said.stderr == ("The database is of a later version of Kutse; install that version.\n")


def test_a_damaged_key_is_a_finding(tmp_path: Path) -> None:
    database(tmp_path).parent.mkdir()
    (tmp_path / "kept" / "north-shore.key").touch()

    said = run(tmp_path, "check")

    assert "NO   Secret key: " in said.output


def test_a_secret_key_that_is_set_is_not_shown(tmp_path: Path) -> None:
    said = run(tmp_path, "check", KUTSE_SECRET_KEY="k" * 32)

    assert "ok   Secret key: it is set.\n" in said.output
    assert "kkk" not in said.output


def test_the_times_that_a_school_changes_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "patient.toml"
    times = '[times.signup]\nto_check.overdue = "9 working days"\nalumni.remind = []\n'
    path.write_text(f"{ENGLISH}\n{times}", encoding="utf-8")

    said = run(tmp_path, "check", KUTSE_SCHOOL=str(path))

    assert "ok   Times: the school changes 2; kutse journeys prints them all.\n" in said.output


def test_an_invitation_that_has_expired_is_none(tmp_path: Path) -> None:
    run(tmp_path, *MAITE)
    alter(tmp_path, has_come=False, expires_at=LONG_AGO)

    said = run(tmp_path, "check")

    sentence = 'NO   Staff: "maite" answers for something, and is not there'
    assert (
        f"{sentence}; the invitation has expired; run: kutse staff invite maite\n" in said.output
    )
    assert said.exit_code == 1


def test_whoever_has_come_needs_no_invitation(tmp_path: Path) -> None:
    run(tmp_path, *MAITE)
    alter(tmp_path, has_come=True, expires_at=None)

    assert '"maite"' not in run(tmp_path, "check").output


def test_a_port_that_is_another_each_time_is_worth_a_note(tmp_path: Path) -> None:
    said = run(tmp_path, "check", KUTSE_WEB_PORT="0")

    sentence = "note Address: another port each time"
    assert f"{sentence}, until KUTSE_WEB_PORT or KUTSE_PUBLIC_URL is set.\n" in said.output


def test_a_school_without_classes_has_no_code_for_one(tmp_path: Path) -> None:
    path = tmp_path / "classless.toml"
    path.write_text(ENGLISH.partition("[[classes]]")[0], encoding="utf-8")

    said = run(tmp_path, "classes", "code", "KE-24", KUTSE_SCHOOL=str(path))

    assert said.stderr == 'There is no class "KE-24"; there are none yet.\n'
