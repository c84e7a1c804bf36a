"""Lists that follow each other know the same person again, told more or less of."""

from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.domain.leavers import Ending, Found, Similar, WhySimilar
from bot.leavers import remarks, take_over
from bot.storage.leavers import CohortSize, cohort_sizes
from bot.storage.leavers_added import Added
from tests.leavers.lists import SCHOOL, asked, read, written

HEADER = "name;programme;year;born;ending"
MARI = "Mari Tamm;WELD;2019"


def imported(engine: Engine, folder: Path, *years_of_birth: str) -> Added:
    """Import a list with Mari once for each year of birth, perhaps with how it ended."""
    rows = [f"{MARI};{told}" if ";" in told else f"{MARI};{told};" for told in years_of_birth]
    reading = read(written(folder, HEADER, *rows))
    return take_over(reading, begin=engine.begin, school_id=SCHOOL)


def counted(engine: Engine) -> tuple[CohortSize, ...]:
    with engine.connect() as connection:
        return cohort_sizes(connection, SCHOOL)


def test_a_year_of_birth_that_comes_later_is_added(either_engine: Engine, tmp_path: Path) -> None:
    first = imported(either_engine, tmp_path, ";graduate")
    second = imported(either_engine, tmp_path, "2000")
    third = imported(either_engine, tmp_path, "2000")

    assert (first, second, third) == (Added(new=1), Added(known=1, dated=1), Added(known=1))
    assert counted(either_engine) == (CohortSize("WELD", 2019, Ending.GRADUATE, people=1),)
    assert asked(either_engine, "Mari Tamm", born=2000) == Found()
    assert asked(either_engine, "Mari Tamm", born=1999) == Similar(WhySimilar.OTHER_BIRTH_YEAR)


def test_a_year_of_birth_is_not_lost_by_a_list_without_it(engine: Engine, tmp_path: Path) -> None:
    imported(engine, tmp_path, "2000")

    again = imported(engine, tmp_path, ";graduate")

    assert again == Added(known=1, corrected=1)
    assert counted(engine) == (CohortSize("WELD", 2019, Ending.GRADUATE, people=1),)
    assert asked(engine, "Mari Tamm", born=1999) == Similar(WhySimilar.OTHER_BIRTH_YEAR)


@pytest.mark.parametrize("before", [("",), ("2001",), ("", "2001"), ("2001", "2002")])
def test_who_could_be_somebody_else_is_kept_and_told_of(
    engine: Engine, tmp_path: Path, before: tuple[str, ...]
) -> None:
    imported(engine, tmp_path, *before)
    people = counted(engine)[0].people
    reading = read(written(tmp_path, HEADER, "Jüri Kask;WELD;2019;;", *DOUBTFUL))

    added = take_over(reading, begin=engine.begin, school_id=SCHOOL)

    assert (added.new, added.known, len(added.doubtful)) == (3, 0, 2)
    assert counted(engine)[0].people == people + 3
    assert list(remarks(added, reading, most=20)) == [
        *(
            f"Perhaps on the list already, line {line}: the list has this name, programme and year,"
            " with another year of birth or without one"
            for line in (3, 4)
        ),
        "Where it is the same person twice, take one row off: kutse people remove --help",
    ]


DOUBTFUL = (f"{MARI};1998;", f"{MARI};1999;")


def test_two_years_of_birth_on_one_list_are_two_people(engine: Engine, tmp_path: Path) -> None:
    assert imported(engine, tmp_path, "2000", "2001") == Added(new=2)


@pytest.mark.parametrize("order", [*permutations(["", "2000", ";graduate"])])
def test_the_order_of_a_list_does_not_matter(
    engine: Engine, tmp_path: Path, order: tuple[str, ...]
) -> None:
    added = imported(engine, tmp_path, *order)

    assert (added.new, added.known, added.doubtful) == (1, 2, set())
    assert counted(engine) == (CohortSize("WELD", 2019, Ending.GRADUATE, people=1),)


def test_without_a_year_of_birth_it_could_be_either_of_two(engine: Engine, tmp_path: Path) -> None:
    added = imported(engine, tmp_path, "2000", "2001", "")

    assert (added.new, added.known, len(added.doubtful)) == (3, 0, 1)
