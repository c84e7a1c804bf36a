"""Lists of leavers as schools have them: in any encoding, with any heading, with slips."""

import codecs
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.domain.leavers import Ending, Found
from bot.leavers import (
    BadRow,
    Fault,
    Note,
    NotedRow,
    Why,
    about_row,
    content_of,
    read_leavers,
)
from tests.leavers.lists import HEADER, asked, read, taken_over, written

PEOPLE = ("Jüri Õunapuu", "Peña Muñoz, Íñigo", "Niccolò D’Angelo", "Željko Šarić")
UNDER_A_HEADER = (Fault.NO_ROWS, Fault.NOT_TEXT, Fault.OTHER_ENCODING, Fault.NOT_IN_ENCODING)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_and_delimiter_is_found_out(
    engine: Engine, tmp_path: Path, encoding: str, delimiter: str, newline: str
) -> None:
    people = [name for name in PEOPLE if encoding != "cp1252" or "ć" not in name]
    rows = [delimiter.join((f'"{name}"', '"WELD"', '"2019"')) for name in people]
    path = written(
        tmp_path,
        delimiter.join(("Õppija", "Eriala", "Lõpuaasta")),
        *rows,
        encoding=encoding,
        newline=newline,
    )

    imported = taken_over(engine, path)

    assert (imported.new, imported.bad) == (len(people), ())
    assert [asked(engine, name) for name in people] == [Found()] * len(people)


def test_utf_16_with_its_bytes_the_other_way_round_is_read(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(codecs.BOM_UTF16_BE + f"{HEADER}\nJüri Õunapuu;WELD;2019".encode("utf-16-be"))

    assert taken_over(engine, path).new == 1


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("name;programme;year", "Jüri Õunapuu;WELD;2019"),
        ("First name;Surname;Programme code;Year of leaving", "Jüri;Õunapuu;WELD;2019"),
        ("Nombre;Apellidos;Ciclo formativo;Año", "Jüri;Õunapuu;Soldadura y caldereria;2019"),
        ("PRIMER APELLIDO;SEGUNDO APELLIDO;NOMBRE;CICLO;CURSO", "Õunapuu;;Jüri;WELD;2018/19"),
        ("Nome;Cognome;Corso;Anno scolastico", "Jüri;Õunapuu;Saldatura;2018/2019"),
        ("cognome_e_nome;indirizzo;anno", "Õunapuu Jüri;saldatura;2019"),
        ("Eesnimi;Perekonnanimi;Õppekava;Lõpetamise kuupäev", "Jüri;Õunapuu;keevitaja;21.06.2019"),
        ("isikukood;nimi;eriala;lopetamise aasta", "123;Jüri Õunapuu;KEEVITAJA;2019"),
        ("Year;Course;Full name;Surname", "2019;Weldin;Jüri Õunapuu;Õunapuu"),
        ("Student;Code;Programme;Year", "Jüri Õunapuu;0715;Welding;2019"),
    ],
)
def test_headers_of_every_language_and_order_are_understood(
    engine: Engine, tmp_path: Path, header: str, row: str
) -> None:
    imported = taken_over(engine, written(tmp_path, header, row))

    assert imported.bad == ()
    assert asked(engine, "Jüri Õunapuu") == Found()


@pytest.mark.parametrize(
    "before", [("sep=;",), ("SEP=;", ""), ('"sep=;"',), ("", ";;", "   "), ("sep=;", ";;;;")]
)
def test_what_excel_writes_above_the_header_is_passed_over(
    tmp_path: Path, before: tuple[str, ...]
) -> None:
    reading = read(written(tmp_path, *before, HEADER, "Jüri Õunapuu;WELD;2019", "X;;2019"))

    assert len(reading.leavers) == 1
    assert reading.bad == (BadRow(len(before) + 3, Why.PROGRAMME_MISSING),)


def test_bad_rows_are_told_by_their_line_and_left_out(tmp_path: Path) -> None:
    rows = {
        "Mari Tamm;WELD;2019": None,
        '"Mari Tamm;WELD;2019': Why.QUOTES,
        "": None,
        "Tamm;Mari;WELD;2019": Why.PROGRAMME_UNKNOWN,
        "Mari;WELD;2019;;;left over": Why.TOO_MANY_CELLS,
        ";WELD;2019": Why.NAME_MISSING,
        "=cmd|' /C calc'!A0;WELD;2019": Why.NOT_A_NAME,
        "<b>Mari</b>;WELD;2019": Why.NOT_A_NAME,
        "Mari\x00Tamm;WELD;2019": Why.DAMAGED,
        "Mari Tamm;WELD;20\x0019": Why.DAMAGED,
        f"{'x' * 10_000};WELD;2019": Why.NOT_A_NAME,
        "Mari Tamm": Why.PROGRAMME_MISSING,
        f"Mari Tamm;{'x' * 10_000};2019": Why.PROGRAMME_UNKNOWN,
        "Mari Tamm;Electrics 3;2019": Why.PROGRAMME_UNKNOWN,
        "Mari Tamm;WELD;": Why.YEAR_MISSING,
        "Mari Tamm;WELD;19": Why.YEAR,
        "Mari Tamm;WELD;2091": Why.YEAR,
        "Mari Tamm;WELD;2018/22": Why.YEAR,
        "Mari Tamm;WELD;-1": Why.YEAR,
        f"{'x' * 100_001};WELD;2019": Why.TOO_LONG,
        f'"{"x" * 200_000}";WELD;2019': Why.TOO_LONG,
        "Mari Tamm;WELD;2019;2000;expelled": Why.ENDING,
        '"Mari\nKask";WELD;2019;;"lõpetanud"': None,
        "Eva Sild;CARP;2020;;": None,
    }
    path = written(tmp_path, f"{HEADER};born;ending", *rows)

    reading = read(path)

    assert [(bad.line, bad.why) for bad in reading.bad] == [
        (line, why) for line, why in enumerate(rows.values(), start=2) if why is not None
    ]
    assert len(reading.leavers) == 3


def test_a_wrong_year_of_birth_is_told_by_its_line_and_the_row_is_kept(
    engine: Engine, tmp_path: Path
) -> None:
    rows = ["Mari Tamm;WELD;2019;1492", "Eva Sild;WELD;2019;2019", "Jüri Kask;WELD;2019;2000"]
    path = written(tmp_path, f"{HEADER};born", *rows, "Anna Kuld;WELD;;1492")

    reading = read(path)
    taken_over(engine, path)

    possible = {"first": 1929, "last": 2008}
    assert reading.noted == (NotedRow(2, Note.BORN, possible), NotedRow(3, Note.BORN, possible))
    assert reading.bad == (BadRow(5, Why.YEAR_MISSING),)
    assert asked(engine, "Mari Tamm", born=1999) == Found()


def test_files_that_were_put_together_are_read_on(tmp_path: Path) -> None:
    one, other = "Mari Tamm;WELD;2019", '"Eva Sild";WELD;\ufeff2019'
    path = written(tmp_path, f"\ufeff{HEADER}", one, f"\ufeff{HEADER}", f"\ufeff{other}")

    reading = read(path)

    assert (len(reading.leavers), reading.bad) == (2, ())
    assert reading.noted == (NotedRow(3, Note.HEADINGS),)


@pytest.mark.parametrize("heading", ['"year of\nleaving"', '"year\n\nof leaving"'])
def test_a_heading_may_be_broken_in_lines(tmp_path: Path, heading: str) -> None:
    path = written(tmp_path, f'"name";"programme";{heading}', "Mari Tamm;WELD;2019", "x;;2019")

    reading = read(path)

    assert len(reading.leavers) == 1
    assert [bad.line for bad in reading.bad] == [heading.count("\n") + 3]


def test_cells_that_excel_leaves_blank_at_the_end_are_no_cells(tmp_path: Path) -> None:
    rows = ["Mari Tamm;WELD;2019;;;", "Eva Sild;WELD;2019;;;;;", ";;;;;"]

    reading = read(written(tmp_path, f"{HEADER};;;", *rows))

    assert (len(reading.leavers), reading.bad) == (2, ())


@pytest.mark.parametrize(
    ("delimiter", "called"), [(",", "comma"), (";", "semicolon"), ("\t", "tab")]
)
def test_what_parts_the_cells_is_called_by_its_name(
    tmp_path: Path, delimiter: str, called: str
) -> None:
    lines = [delimiter.join(HEADER.split(";")), delimiter.join(("Tamm", "Mari", "WELD", "2019"))]

    reading = read(written(tmp_path, *lines))

    assert [about_row(bad) for bad in reading.bad] == [
        f"line 2: it has more cells than the header; quote a cell with a {called} in it"
    ]


def test_a_quote_that_is_never_closed_costs_one_row(tmp_path: Path) -> None:
    rows = ['"Mari Tamm;WELD;2019', *[f"Jüri Kask{letter};WELD;2019" for letter in "abcdefghijkl"]]

    reading = read(written(tmp_path, HEADER, *rows))

    assert [bad.line for bad in reading.bad] == [2]
    assert len(reading.leavers) == 12


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("carp", "CARP"),
        ("CARPINTERIA", "CARP"),
        ("Falegnamria", "CARP"),
        ("Electrcs 1", "ELEC1"),
        ("elettricista  2", "ELEC2"),
        ("Soldadura y calderería.", "WELD"),
    ],
)
def test_a_programme_may_be_a_code_or_a_name_with_a_slip(
    tmp_path: Path, cell: str, code: str
) -> None:
    reading = read(written(tmp_path, HEADER, f"Mari Tamm;{cell};2019"))

    assert [row.programme for row in reading.leavers] == [code]


def test_codes_that_share_a_name_are_ambiguous(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER, "Mari Tamm;Welding;2019")
    shared = {"A": ("Welding",), "B": ("welding",)}

    reading = read_leavers(
        content_of(path), programmes=shared, key=b"k" * 32, this_year=2026, country="ES"
    )

    assert [about_row(bad) for bad in reading.bad] == [
        "line 2: the programme may be any of these: A, B"
    ]


@pytest.mark.parametrize(
    ("word", "ending"),
    [
        ("graduate", Ending.GRADUATE),
        ("Titulada", Ending.GRADUATE),
        ("QUALIFICATO", Ending.GRADUATE),
        ("lõpetanud", Ending.GRADUATE),
        ("early_leaver", Ending.EARLY_LEAVER),
        ("abandonó", Ending.EARLY_LEAVER),
        ("Ritirato/a", Ending.EARLY_LEAVER),
        ("katkestanud", Ending.EARLY_LEAVER),
        ("Erasmus+", Ending.EXCHANGE),
        ("", None),
    ],
)
def test_how_it_ended_is_read_in_every_language(
    tmp_path: Path, word: str, ending: Ending | None
) -> None:
    reading = read(written(tmp_path, f"{HEADER};outcome", f"Mari Tamm;WELD;2019;{word}"))

    assert [row.ending for row in reading.leavers] == [ending]


@pytest.mark.parametrize(
    "cell",
    [
        "2019",
        "2019.0",
        "2018/2019",
        "2018-19",
        "2018–19",
        "30.06.2019",
        "30/6/2019",
        "2019-06-30",
        "2019-06-30 00:00:00",
        "2019-06-30T12:00",
    ],
)
def test_a_year_may_be_written_as_offices_do(tmp_path: Path, cell: str) -> None:
    reading = read(written(tmp_path, HEADER, f"Mari Tamm;WELD;{cell}"))

    assert [row.year for row in reading.leavers] == [2019]
