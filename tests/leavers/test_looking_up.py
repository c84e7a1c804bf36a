from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import Engine

from bot.domain.leavers import Found, Leaver, NameKeys, NotFound, Similar, WhySimilar, parts_of
from bot.domain.leavers.results import by_cohort, by_name, closest
from bot.storage.leavers import forget_leavers, forget_rows, named
from tests.leavers.lists import HEADER, KEY, SCHOOL, asked, taken_over, written

KEYS = NameKeys(KEY)
WORDS = st.text("abcdefghijklmnopqrstuvwxyzõäöüñ", min_size=2, max_size=10)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@pytest.fixture
def listed(engine: Engine, tmp_path: Path) -> Engine:
    """A list with a handful of people."""
    taken_over(
        engine,
        written(
            tmp_path,
            HEADER,
            "Jüri Õunapuu;WELD;2019",
            "María del Carmen López García;WELD;2019",
            "Mari Kask;CARP;2019",
            "Nguyễn Thị Ánh;WELD;2019",
            "Suharto;WELD;2019",
        ),
    )
    return engine


@pytest.mark.parametrize(
    "name",
    ["Jüri Õunapuu", "ounapuu juri", "JÜRI ÕUNAPUU", "Õunapuu, Jüri", "Suharto", "Ánh Nguyễn Thị"],
)
def test_who_is_on_the_list_is_found(listed: Engine, name: str) -> None:
    assert asked(listed, name) == Found()


@pytest.mark.parametrize(
    ("name", "programme", "year", "reason"),
    [
        ("Jüri Õunapuu", "WELD", 2018, WhySimilar.OTHER_YEAR),
        ("Jüri Õunapuu", "WELD", 1999, WhySimilar.OTHER_YEAR),
        ("Jüri Õunapuu", "CARP", 2019, WhySimilar.OTHER_PROGRAMME),
        ("Jüri Õunapuu", "CARP", 2018, WhySimilar.ONLY_NAME),
        ("Jüri Ounapu", "WELD", 2019, WhySimilar.SPELLING),
        ("Jyri Ounapuu", "WELD", 2019, WhySimilar.SPELLING),
        ("Carmen López", "WELD", 2019, WhySimilar.PART_OF_NAME),
        ("Carmen Lopes", "WELD", 2019, WhySimilar.PART_OF_NAME),
        ("Jüri J. Õunapuu", "WELD", 2019, WhySimilar.PART_OF_NAME),
        ("Mari Tamm", "CARP", 2019, WhySimilar.PART_OF_NAME),
    ],
)
def test_who_comes_close_is_similar_for_a_reason(
    listed: Engine, name: str, programme: str, year: int, reason: WhySimilar
) -> None:
    assert asked(listed, name, programme, year) == Similar(reason)


@pytest.mark.parametrize(
    "name", ["Anna Vaher", "J. J.", "", "♥", "x" * 10_000, "=cmd", "<b>", "\x00", "a b " * 200]
)
def test_who_does_not_come_close_is_not_found(listed: Engine, name: str) -> None:
    assert asked(listed, name) == NotFound()


def test_another_school_is_not_looked_at(listed: Engine) -> None:
    assert asked(listed, "Jüri Õunapuu", school_id="south") == NotFound()


def test_a_single_part_that_many_have_says_nothing(engine: Engine, tmp_path: Path) -> None:
    firsts = ["Ana", "Luis", "Eva", "Hugo"]
    rows = [f"{first} García;WELD;2019" for first in firsts]
    taken_over(engine, written(tmp_path, HEADER, *rows))

    assert asked(engine, "Pedro García") == NotFound()
    assert asked(engine, "Ana Moreno") == Similar(WhySimilar.PART_OF_NAME)


def test_of_several_reasons_the_closest_is_given(engine: Engine, tmp_path: Path) -> None:
    rows = ["Mari Tamme;WELD;2019", "Mari Tamm;CARP;2019", "Mari Kask;WELD;2019"]
    taken_over(engine, written(tmp_path, HEADER, *rows))

    assert asked(engine, "Mari Tamm") == Similar(WhySimilar.SPELLING)


@pytest.fixture
def dated(engine: Engine, tmp_path: Path) -> Engine:
    """A list that knows when people were born, and has two of one name."""
    header, rows = f"{HEADER};born", ("Mari Tamm;WELD;2019;2000", "Mari Tamm;WELD;2019;2001")
    taken_over(engine, written(tmp_path, header, *rows))
    return engine


@pytest.mark.parametrize("born", [2000, 2001])
def test_both_of_two_namesakes_are_found(dated: Engine, born: int) -> None:
    assert asked(dated, "Mari Tamm", born=born) == Found()


def test_a_year_of_birth_on_the_list_must_be_right(dated: Engine) -> None:
    assert asked(dated, "Mari Tamm", born=1999) == Similar(WhySimilar.OTHER_BIRTH_YEAR)
    assert asked(dated, "Mari Tamm") == Similar(WhySimilar.BIRTH_YEAR_UNKNOWN)


def test_an_older_row_without_a_year_of_birth_opens_nothing(dated: Engine, tmp_path: Path) -> None:
    taken_over(dated, written(tmp_path, HEADER, "Mari Tamm;WELD;2019"))

    assert asked(dated, "Mari Tamm", born=1999) == Similar(WhySimilar.OTHER_BIRTH_YEAR)


def test_namesakes_in_one_year_without_years_of_birth_are_found(
    engine: Engine, tmp_path: Path
) -> None:
    taken_over(engine, written(tmp_path, HEADER, *["Mari Tamm;WELD;2019"] * 2))

    assert asked(engine, "Mari Tamm", born=1999) == Found()


def test_who_is_taken_off_the_list_is_not_found(listed: Engine) -> None:
    with listed.begin() as connection:
        gone = named(connection, SCHOOL, KEY, name="Õunapuu Jüri", programme="WELD", year=2019)
        forget_rows(connection, SCHOOL, gone)

    assert len(gone) == 1
    assert asked(listed, "Jüri Õunapuu") == NotFound()
    assert asked(listed, "Suharto") == Found()


def test_only_the_list_of_the_school_is_emptied(listed: Engine, tmp_path: Path) -> None:
    taken_over(listed, written(tmp_path, HEADER, "Eva Sild;WELD;2019"), school_id="south")

    with listed.begin() as connection:
        gone = forget_leavers(connection, SCHOOL)

    assert gone == 5
    assert asked(listed, "Eva Sild", school_id="south") == Found()


@given(NAMES, WORDS)
def test_every_listed_name_is_found_however_it_is_written(name: str, other: str) -> None:
    rows = [_leaver(name), _leaver(other)]
    said = KEYS.asked(parts_of(name.upper()), "WELD", 2019, born=None)

    assert by_name(said, [row for row in rows if row.whole == said.whole]) == Found()


@given(NAMES, NAMES)
def test_no_other_name_is_ever_found(listed_name: str, typed: str) -> None:
    row, said = _leaver(listed_name), KEYS.asked(parts_of(typed), "WELD", 2019, born=None)

    assert (row.whole == said.whole) == (parts_of(listed_name) == parts_of(typed))


@given(st.lists(WORDS.filter(lambda word: len(parts_of(word)[0]) > 3), min_size=2), st.data())
def test_one_slip_is_similar_and_never_found(words: list[str], data: st.DataObject) -> None:
    words = words[:5]
    which = data.draw(st.integers(0, len(words) - 1))
    at = data.draw(st.integers(0, len(words[which]) - 1))
    slipped = words[which][:at] + words[which][at + 1 :]
    row = _leaver(" ".join(words))
    typed = parts_of(" ".join([*words[:which], slipped, *words[which + 1 :]]))
    said = KEYS.asked(typed, "WELD", 2019, born=None)

    match = closest(by_cohort(said, [row]))

    assert isinstance(match, Similar)
    assert said.whole != row.whole or typed == parts_of(" ".join(words))


def test_another_key_gives_hashes_that_never_meet() -> None:
    others = NameKeys(b"the key of quite another school, longer")
    one, two = (
        _leaver("Mari Tamm"),
        others.leaver(parts_of("Mari Tamm"), "WELD", 2019, born=None, ending=None),
    )

    assert one.whole != two.whole
    assert one.fingerprint != two.fingerprint


def test_a_key_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter than 32 bytes"):
        NameKeys(b"secret")


def _leaver(name: str) -> Leaver:
    return KEYS.leaver(parts_of(name), "WELD", 2019, born=None, ending=None)
