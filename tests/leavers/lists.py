"""A small school, its lists, and what its people say of themselves."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, Row, select

from bot.domain.leavers import Match
from bot.leavers import BadRow, Reading, content_of, read_leavers, take_over
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a list; importing it again gives `new` 0 and changes nothing."""

    new: int
    known: int
    corrected: int
    bad: tuple[BadRow, ...]


def read(path: Path, *, country: str = "ES", encoding: str | None = None) -> Reading:
    """Read a list of the school."""
    return read_leavers(
        content_of(path),
        programmes=PROGRAMMES,
        key=KEY,
        this_year=THIS_YEAR,
        country=country,
        encoding=encoding,
    )


def taken_over(
    engine: Engine, path: Path, school_id: str = SCHOOL, *, country: str = "ES"
) -> Outcome:
    """Import a list of the school."""
    reading = read(path, country=country)
    added = take_over(reading, begin=engine.begin, school_id=school_id)
    return Outcome(added.new, added.known, added.corrected, reading.bad)


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
