"""Two servers on one SQLite file: the second says so, and does nothing."""

import errno
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import structlog

from bot.misconfigured import Misconfigured
from bot.only_one import only_one
from tests.cli.commands import Said, environment, kutse, school_file

RUNS = (
    "{file}: Kutse runs on this database already; "
    "stop it first, or name another in KUTSE_DATABASE_URL.\n"
)


@contextmanager
def serving(folder: Path, word: str, **settings: str) -> Iterator["subprocess.Popen[str]"]:
    """Run a server until the block ends."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", word],
        env=environment(folder, {"KUTSE_WEB_PORT": "0", **settings}),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("Open http://127.0.0.1:")
        try:
            yield process
        finally:
            process.terminate()


def test_a_second_server_on_one_file_says_so_and_the_commands_go_on(tmp_path: Path) -> None:
    school = school_file(tmp_path)
    leavers = tmp_path / "leavers.csv"
    leavers.write_text("name,programme,year\nLiis Saar,Welding,2019\n", encoding="utf-8")
    with serving(tmp_path, "run", KUTSE_SCHOOL=school):
        second = kutse(tmp_path, "run", KUTSE_SCHOOL=school, KUTSE_WEB_PORT="0")
        beside = [
            kutse(tmp_path, *words, KUTSE_SCHOOL=school)
            for words in (
                ("migrate",),
                ("people", "import", str(leavers)),
                ("staff", "invite", "mart", "--name", "Mart Mets", "--role", "coordinator"),
                ("staff", "list"),
            )
        ]
        looked = kutse(tmp_path, "check", KUTSE_SCHOOL=school)

    file = (tmp_path / "kept" / "north-shore.sqlite").resolve()
    assert second == Said(2, "", RUNS.format(file=file))
    assert [(one.code, one.err) for one in beside] == [(0, "")] * 4
    assert "Database: it is there, and of this version." in looked.out


def test_a_second_demo_leaves_the_first_one_its_file(tmp_path: Path) -> None:
    file = (tmp_path / "kept" / "demo.sqlite").resolve()
    with serving(tmp_path, "demo"):
        before = file.stat().st_ino
        second = kutse(tmp_path, "demo", KUTSE_WEB_PORT="0")
        after = file.stat().st_ino

    assert second == Said(2, "", RUNS.format(file=file))
    assert after == before


def test_a_demo_keeps_away_from_a_school_that_is_in_use(tmp_path: Path) -> None:
    school, database = school_file(tmp_path), f"sqlite:///{tmp_path / 'school.sqlite'}"
    settings = {"KUTSE_SCHOOL": school, "KUTSE_DATABASE_URL": database, "KUTSE_WEB_PORT": "0"}
    kutse(tmp_path, "migrate", **settings)
    kutse(tmp_path, "staff", "invite", "mart", "--name", "Mart", "--role", "teacher", **settings)

    said = kutse(tmp_path, "demo", **settings)

    assert said == Said(
        2,
        "",
        "KUTSE_DATABASE_URL names the database of a school that is in use;"
        " unset it for the demo, or name another.\n",
    )


def test_a_demo_goes_on_in_the_database_of_an_earlier_one(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'played.sqlite'}"
    for _ in range(2):
        with serving(tmp_path, "demo", KUTSE_DATABASE_URL=database) as played:
            played.terminate()
            assert played.wait(timeout=60) == 0


def test_a_server_that_was_killed_keeps_nobody_from_starting(tmp_path: Path) -> None:
    school = school_file(tmp_path)
    with serving(tmp_path, "run", KUTSE_SCHOOL=school) as first:
        first.send_signal(signal.SIGKILL)
        first.wait(timeout=60)

        with serving(tmp_path, "run", KUTSE_SCHOOL=school) as second:
            second.terminate()
            ended = second.wait(timeout=60)

    assert ended == 0


def test_one_file_has_one_lock_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "other.sqlite").symlink_to(tmp_path / "school.sqlite")
    with (
        only_one(f"sqlite:///{tmp_path}/school.sqlite"),
        pytest.raises(Misconfigured, match="Kutse runs on this database already"),
        only_one(f"sqlite:///{tmp_path}/other.sqlite"),
    ):
        raise AssertionError("two at once")


def test_a_file_that_is_let_go_can_be_held_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/school.sqlite"
    held = 0
    for _ in range(2):
        with only_one(url):
            held += 1

    assert held == 2
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["school.sqlite.lock"]


@pytest.mark.parametrize(
    "url", ["postgresql+psycopg://kutse@db/kutse", "sqlite://", "sqlite:///:memory:"]
)
def test_what_is_no_file_needs_no_lock(url: str) -> None:
    with only_one(url), only_one(url):
        held = True

    assert held


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder", encoding="utf-8")

    with (
        pytest.raises(Misconfigured, match="must be Kutse's own"),
        only_one(f"sqlite:///{tmp_path}/taken/school.sqlite"),
    ):
        raise AssertionError("held nothing")


class Refuses:
    """A file system that answers a wish for a lock with an error."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __call__(self, held: int, how: int) -> None:
        raise OSError(self._number, os.strerror(self._number))


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_where_the_file_system_has_no_locks_the_server_runs_and_the_log_says_so(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fcntl, "flock", Refuses(number))
    with (
        structlog.testing.capture_logs() as lines,
        only_one(f"sqlite:///{tmp_path}/school.sqlite"),
    ):
        held = True

    assert held
    assert [(line["log_level"], "cannot be locked" in line["event"]) for line in lines] == [
        ("warning", True)
    ]


def test_another_failure_to_lock_is_not_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fcntl, "flock", Refuses(errno.EIO))
    with (
        pytest.raises(OSError, match="Input/output error"),
        only_one(f"sqlite:///{tmp_path}/school.sqlite"),
    ):
        raise AssertionError("held nothing")
