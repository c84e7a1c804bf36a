"""Which column is which, by the words that school offices in four languages write above them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.leavers.names import folded
from bot.leavers.faults import Fault, UnusableList
from bot.leavers.records import cells_of


class Column(StrEnum):
    """What a column of the list holds."""

    FULL_NAME = "full_name"
    NAME = "name"
    """The whole name, or the first name if there is a column of surnames."""
    FIRST_NAME = "first_name"
    SURNAME = "surname"
    SECOND_SURNAME = "second_surname"
    CODE = "programme_code"
    PROGRAMME = "programme"
    """A name of the programme, or its code."""
    YEAR = "year"
    BORN = "born"
    ENDING = "ending"


HEADINGS: Mapping[Column, str] = {
    Column.FULL_NAME: "full name",
    Column.NAME: "name",
    Column.FIRST_NAME: "first name",
    Column.SURNAME: "surname",
    Column.SECOND_SURNAME: "second surname",
    Column.CODE: "programme code",
    Column.PROGRAMME: "programme",
    Column.YEAR: "year of leaving",
    Column.BORN: "year of birth",
    Column.ENDING: "how it ended",
}
"""How each column is called when something is said of it: a heading that would be understood."""

_WORDS: Mapping[Column, str] = {
    Column.FULL_NAME: """
        full name, name and surname, first and last name, surname and name, student, student name
        nombre completo, nombre y apellidos, apellidos y nombre, alumno, alumna, alumno/a,
        estudiante
        nome completo, nome e cognome, cognome e nome, allievo, allieva, allievo/a, studente
        täisnimi, ees- ja perekonnanimi, eesnimi ja perekonnanimi, perekonna- ja eesnimi, õpilane,
        õppija, õpilase nimi, õppija nimi""",
    Column.NAME: "name, nombre, nome, nimi",
    Column.FIRST_NAME: """
        first name, given name, given names, forename, forenames, first names
        nombre de pila, nombres, nome di battesimo, eesnimi, eesnimed""",
    Column.SURNAME: """
        surname, last name, family name, surnames
        apellido, apellidos, primer apellido, apellido 1, 1 apellido, 1er apellido, 1.º apellido
        cognome, cognomi, perekonnanimi, perenimi""",
    Column.SECOND_SURNAME: """
        second surname, second last name, segundo apellido, apellido 2, 2 apellido, 2.º apellido,
        2o apellido
        secondo cognome, teine perekonnanimi""",
    Column.CODE: """
        code, programme code, program code, course code
        código, código ciclo, código del ciclo, código estudios, clave
        codice, codice corso, codice del corso, codice indirizzo
        kood, õppekava kood, eriala kood, õppekavakood""",
    Column.PROGRAMME: """
        programme, program, course, study programme, qualification, trade
        ciclo, ciclo formativo, programa, estudios, título, titulación, especialidad, enseñanza
        corso, percorso, percorso formativo, indirizzo, programma, qualifica
        eriala, õppekava, õppekava nimetus, eriala nimetus, kutse""",
    Column.YEAR: """
        year, exit year, year of leaving, leaving year, graduation year, year of graduation,
        end year, left, left in, leaving date, graduation date, end date
        año, año de salida, año de finalización, año de titulación, año fin, año de fin, promoción,
        curso, curso académico, curso escolar, fecha de finalización, fecha fin, fecha de fin,
        fecha de salida
        anno, anno di uscita, anno di conclusione, anno di diploma, anno di qualifica, anno fine,
        anno formativo, anno scolastico, data di uscita, data fine, data di conclusione
        aasta, lõpuaasta, lõpetamise aasta, lõpetamisaasta, lahkumise aasta, lahkumisaasta,
        õppeaasta, lõpetamise kuupäev, lahkumise kuupäev, lõpukuupäev""",
    Column.BORN: """
        born, year of birth, birth year, date of birth, birth date, birthday, dob
        año de nacimiento, fecha de nacimiento, nacimiento, fecha nacimiento, año nacimiento
        anno di nascita, data di nascita, nascita, data nascita, anno nascita
        sünniaasta, sünniaeg, sünnikuupäev, sündinud""",
    Column.ENDING: """
        ending, exit type, how it ended, exit, outcome, result, reason for leaving, type of leaver
        tipo de salida, salida, motivo de salida, resultado, motivo de baja, cómo terminó
        tipo di uscita, uscita, esito, motivo di uscita, esito finale, come si è concluso
        lahkumise põhjus, lahkumise liik, õpingute lõpp, lõpetamise liik, tulemus,
        lahkumise alus""",
}


def bare(text: str) -> str:
    """Return the letters and digits of `text`, plain: `Año_de salida` is `anodesalida`."""
    return "".join(sign for sign in folded(text) if sign.isalnum())


_COLUMNS: Mapping[str, Column] = {
    bare(word): column
    for column, words in _WORDS.items()
    for line in words.splitlines()
    for word in line.split(",")
    if word.strip()
}

DELIMITERS = (";", ",", "\t")
"""The first one wins if a header reads equally well by two; tabs are Excel's "Unicode text"."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where each column is."""

    delimiter: str
    places: Mapping[Column, int]
    cells: tuple[str, ...] = field(repr=False)
    """The headings themselves."""

    def cell(self, cells: Sequence[str], column: Column) -> str:
        """Return what `cells` have in `column`; blank if there is none, or the row ends before."""
        at = self.places.get(column)
        return "" if at is None or at >= len(cells) else cells[at]

    def name(self, cells: Sequence[str]) -> str:
        """Return the whole name as the row has it, from one column or from several."""
        if Column.FULL_NAME in self.places:
            return self.cell(cells, Column.FULL_NAME)
        columns = (Column.FIRST_NAME, Column.SURNAME, Column.SECOND_SURNAME)
        if Column.FIRST_NAME not in self.places:
            columns = (Column.NAME, *columns[1:])
        return " ".join(filter(None, (self.cell(cells, column) for column in columns)))


def header_of(text: str, delimiter: str | None, *, line: int) -> Header:
    """Return what the first row, in `line`, says, read by the delimiter that fits it best.

    A `delimiter` that is given is not doubted.

    Raises:
        UnusableList: It does not name every column that is needed, or one twice.
    """
    delimiters = DELIMITERS if delimiter is None else (delimiter,)
    rows = [(cells_of(text, each), each) for each in delimiters]
    found = [_read(cells, each) for cells, each in rows if cells is not None]
    if not found:
        raise UnusableList(Fault.HEADER_QUOTES, {"line": line})
    columns, cells, best = max(found, key=lambda each: len(set(each[0]) - {None}))
    places: dict[Column, int] = {}
    for at, column in enumerate(columns):
        if column is not None and column in places:
            first, second = places[column] + 1, at + 1
            raise UnusableList(
                Fault.COLUMN_TWICE,
                {"line": line, "first": first, "second": second, "column": HEADINGS[column]},
            )
        if column is not None:
            places[column] = at
    missing = _missing(places)
    if missing:
        words = ", ".join(HEADINGS[column] for column in missing)
        raise UnusableList(Fault.NO_HEADER, {"line": line, "missing": words})
    return Header(best, places, cells)


def _read(
    cells: tuple[str, ...], delimiter: str
) -> tuple[list[Column | None], tuple[str, ...], str]:
    return [_COLUMNS.get(bare(cell)) for cell in cells], cells, delimiter


def _missing(places: Mapping[Column, int]) -> tuple[Column, ...]:
    """Return which of the columns that every list needs are not there."""
    whole = Column.FULL_NAME in places
    split = Column.SURNAME in places and not places.keys().isdisjoint(
        {Column.FIRST_NAME, Column.NAME}
    )
    single = Column.NAME in places
    lacking: list[Column] = []
    if not (whole or split or single):
        lacking.append(Column.FIRST_NAME if Column.SURNAME in places else Column.NAME)
    if places.keys().isdisjoint({Column.CODE, Column.PROGRAMME}):
        lacking.append(Column.PROGRAMME)
    if Column.YEAR not in places:
        lacking.append(Column.YEAR)
    return tuple(lacking)
