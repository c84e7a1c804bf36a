import signal
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from bot.domain.leavers import Ending, Found
from bot.leavers import BadRow, UnusableList, Why, content_of, read_leavers, take_over
from bot.storage.leavers import CohortSize, cohort_sizes
from tests.leavers.lists import (
    HEADER,
    KEY,
    PROGRAMMES,
    SCHOOL,
    THIS_YEAR,
    Outcome,
    asked,
    read,
    rows_of,
    taken_over,
    written,
)

LETTERS = "abcdefghijklmnopqrst"
MANY = [
    f"{one}{two} {three}{one};WELD;2019" for one in LETTERS for two in LETTERS for three in "xyz"
]


def test_importing_twice_changes_nothing(either_engine: Engine, tmp_path: Path) -> None:
    path = written(tmp_path, HEADER, *MANY, "Jüri Õunapuu;WELD;2019", "nobody")
    bad = (BadRow(len(MANY) + 3, Why.PROGRAMME_MISSING),)

    first = taken_over(either_engine, path)
    with either_engine.connect() as connection:
        before = rows_of(connection)
    second = taken_over(either_engine, path)

    with either_engine.connect() as connection:
        assert rows_of(connection) == before
    assert first == Outcome(new=len(MANY) + 1, known=0, corrected=0, bad=bad)
    assert second == Outcome(new=0, known=len(MANY) + 1, corrected=0, bad=bad)
    assert asked(either_engine, "Õunapuu Jüri") == Found()


def test_who_is_missing_from_a_later_file_stays(either_engine: Engine, tmp_path: Path) -> None:
    taken_over(either_engine, written(tmp_path, HEADER, "Jüri Õunapuu;WELD;2019"))

    later = taken_over(either_engine, written(tmp_path, HEADER, "Mari Kask;WELD;2019"))

    assert later == Outcome(new=1, known=0, corrected=0, bad=())
    assert asked(either_engine, "Jüri Õunapuu") == Found()


def test_a_row_that_stands_twice_is_on_the_list_once(
    either_engine: Engine, tmp_path: Path
) -> None:
    rows = ["Jüri Õunapuu;WELD;2019", "ÕUNAPUU, JÜRI;welding;2018/19"]

    imported = taken_over(either_engine, written(tmp_path, HEADER, *rows))

    assert imported == Outcome(new=1, known=1, corrected=0, bad=())


def test_an_ending_is_corrected_and_never_lost(either_engine: Engine, tmp_path: Path) -> None:
    header, row = f"{HEADER};ending", "Jüri Õunapuu;WELD;2019"
    outcomes = [
        taken_over(either_engine, written(tmp_path, header, f"{row};{ending}")).corrected
        for ending in ("", "katkestanud", "lõpetanud", "", "lõpetanud")
    ]

    with either_engine.connect() as connection:
        assert cohort_sizes(connection, SCHOOL) == (
            CohortSize("WELD", 2019, Ending.GRADUATE, people=1),
        )
    assert outcomes == [0, 1, 1, 0, 0]


def test_each_school_has_its_own_list(either_engine: Engine, tmp_path: Path) -> None:
    path = written(tmp_path, HEADER, "Jüri Õunapuu;WELD;2019")
    taken_over(either_engine, path)

    other = taken_over(either_engine, path, school_id="south")

    assert other.new == 1


def test_nothing_is_imported_if_the_database_fails_halfway(engine: Engine, tmp_path: Path) -> None:
    path, inserts = written(tmp_path, HEADER, *MANY), iter([False, True])

    @event.listens_for(engine, "before_cursor_execute")
    def fill_the_disk(*given: object) -> None:
        if str(given[2]).startswith("INSERT") and next(inserts):
            raise OperationalError(None, None, OSError("No space left on device"))

    with pytest.raises(OperationalError):
        taken_over(engine, path)

    with engine.connect() as connection:
        assert rows_of(connection) == []


def test_nothing_is_imported_if_the_program_is_killed_halfway(
    either_engine: Engine, tmp_path: Path
) -> None:
    path = written(tmp_path, HEADER, *MANY)
    url = either_engine.url.render_as_string(hide_password=False)

    killed = subprocess.run(
        [sys.executable, "-m", "tests.leavers.dying", str(path), url], check=False, timeout=60
    )

    with either_engine.connect() as connection:
        assert (killed.returncode, rows_of(connection)) == (-signal.SIGKILL, [])
    assert taken_over(either_engine, path).new == len(MANY)


def test_nothing_is_begun_for_a_file_that_is_no_list(tmp_path: Path, engine: Engine) -> None:
    with pytest.raises(UnusableList):
        taken_over(engine, written(tmp_path, "nothing of use"))

    with engine.connect() as connection:
        assert rows_of(connection) == []


def test_no_name_is_in_the_database_in_any_form(
    engine: Engine, tmp_path: Path, database_file: Path
) -> None:
    names = ["Bartholomew Quillfeather", "Õnnemari Tšaikovskaja"]
    taken_over(
        engine, written(tmp_path, f"{HEADER};born", *[f"{n};WELD;2019;1998" for n in names])
    )
    engine.dispose()

    stored = b"".join(file.read_bytes() for file in database_file.parent.glob("kutse.db*")).lower()

    words = chain.from_iterable(name.lower().split() for name in names)
    plain = ["onnemari", "tsaikovskaja", "bartholmew", "1998"]
    assert [word for word in [*words, *plain] if word.encode() in stored] == []


def test_neither_rows_nor_errors_show_what_is_in_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER, "Bartholomew;Quillfeather;2019", "Õnnemari;WELD;2019")

    reading = read(path)

    shown = repr(reading) + repr(reading.leavers) + "".join(map(repr, reading.bad))
    assert [word for word in ("Barth", "Quill", "nnemari") if word in shown] == []


def test_progress_of_reading_is_told_in_bytes_and_ends_with_all_of_them(tmp_path: Path) -> None:
    content = content_of(written(tmp_path, HEADER, *MANY))
    told: list[tuple[int, int]] = []

    read_leavers(
        content,
        programmes=PROGRAMMES,
        key=KEY,
        this_year=THIS_YEAR,
        country="ES",
        progress=lambda done, of: told.append((done, of)),
    )

    assert told[-1] == (len(content), len(content))
    assert told == sorted(told)
    assert len(told) > 1


def test_progress_of_writing_is_told_in_rows_and_ends_with_all_of_them(
    engine: Engine, tmp_path: Path
) -> None:
    reading = read(written(tmp_path, HEADER, *MANY))
    told: list[tuple[int, int]] = []

    take_over(
        reading,
        begin=engine.begin,
        school_id=SCHOOL,
        progress=lambda done, of: told.append((done, of)),
    )

    assert told == [(0, 1200), (1000, 1200), (1200, 1200)]


def test_every_statement_names_its_school(either_engine: Engine, tmp_path: Path) -> None:
    said: list[str] = []

    @event.listens_for(either_engine, "before_cursor_execute")
    def note(*given: object) -> None:
        said.append(str(given[2]))

    taken_over(either_engine, written(tmp_path, f"{HEADER};ending", "Jüri Õunapuu;WELD;2019;left"))
    asked(either_engine, "Jüri Kask")

    assert len(said) == 4
    assert [statement for statement in said if "school_id" not in statement] == []
