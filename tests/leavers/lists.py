"""A small school, its lists, and what its people say of themselves."""

from pathlib import Path

from sqlalchemy import Connection, Engine, Row, select

from bot.domain.leavers import Match
from bot.leavers import Imported, Reading, import_leavers, read_leavers
from bot.storage.leavers import leavers, look_up

KEY = b"a key that is only for these tests"
SCHOOL = "north"
THIS_YEAR = 2026
PROGRAMMES = {
    "WELD": ("Welding", "Soldadura y calderería", "Saldatura", "Keevitaja"),
    "CARP": ("Carpentry", "Carpintería", "Falegnameria", "Puusepp"),
    "ELEC1": ("Electrics 1", "Electricidad 1", "Elettricista 1", "Elektrik 1"),
    "ELEC2": ("Electrics 2", "Electricidad 2", "Elettricista 2", "Elektrik 2"),
}
HEADER = "name;programme;year"


def written(folder: Path, *lines: str, encoding: str = "utf-8", newline: str = "\n") -> Path:
    """Write a list and return where it is."""
    path = folder / "leavers.csv"
    path.write_bytes(newline.join([*lines, ""]).encode(encoding))
    return path


def read(path: Path) -> Reading:
    """Read a list of the school."""
    return read_leavers(path, programmes=PROGRAMMES, key=KEY, this_year=THIS_YEAR)


def taken_over(engine: Engine, path: Path, school_id: str = SCHOOL) -> Imported:
    """Import a list of the school."""
    return import_leavers(
        path,
        begin=engine.begin,
        school_id=school_id,
        programmes=PROGRAMMES,
        key=KEY,
        this_year=THIS_YEAR,
    )


def asked(
    engine: Engine,
    name: str,
    programme: str = "WELD",
    year: int = 2019,
    born: int | None = None,
    *,
    school_id: str = SCHOOL,
) -> Match:
    """Look somebody up who says this of themselves."""
    with engine.connect() as connection:
        return look_up(
            connection, school_id, KEY, name=name, programme=programme, year=year, born=born
        )


def rows_of(connection: Connection) -> list[Row[*tuple[object, ...]]]:
    """Return all there is on the lists of all schools, in a fixed order."""
    return list(
        connection.execute(
            select(leavers).order_by(leavers.c.fingerprint),
            execution_options={"across_schools": True},
        )
    )
