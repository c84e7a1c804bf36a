"""Single cells: years as offices write them, and how studies ended in four languages."""

import re
from collections.abc import Mapping

from bot.domain.leavers import Ending
from bot.leavers.columns import bare
from bot.leavers.faults import Unfit, Why

FIRST_YEAR = 1940
"""Nobody who left before can still be asked."""
_YOUNGEST = 11
"""Years between birth and leaving, at least: a vocational school has nobody younger."""
_OLDEST = 90

_PLAIN = re.compile(r"(\d{4})(?:[.,]0+)?")
_SCHOOL_YEAR = re.compile(r"(\d{4})\s*[/–-]\s*(\d{2}|\d{4})")
_CLOCK = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_DAY_FIRST = re.compile(rf"\d{{1,2}}[./-]\d{{1,2}}[./-](\d{{4}}){_CLOCK}")
_YEAR_FIRST = re.compile(rf"(\d{{4}})[./-]\d{{1,2}}[./-]\d{{1,2}}{_CLOCK}")
_CENTURY = 100


def year_in(cell: str) -> int | None:
    """Return the year of `2019`, `2019.0`, `30.06.2019`, `2019-06-30`; of `2018/19`, its end."""
    for pattern in (_PLAIN, _DAY_FIRST, _YEAR_FIRST):
        if (match := pattern.fullmatch(cell)) is not None:
            return int(match[1])
    if (match := _SCHOOL_YEAR.fullmatch(cell)) is not None:
        end = int(match[1]) + 1
        if int(match[2]) in {end, end % _CENTURY}:
            return end
    return None


def year_of_leaving(cell: str, *, last: int) -> int:
    """Read the year of leaving, which may be no later than `last`.

    Raises:
        Unfit: It is not one.
    """
    if not cell:
        raise Unfit(Why.YEAR_MISSING)
    year = year_in(cell)
    if year is None or not FIRST_YEAR <= year <= last:
        raise Unfit(Why.YEAR, {"first": FIRST_YEAR, "last": last})
    return year


def years_of_birth(*, left: int) -> range:
    """Return in which years somebody may be born who left in the year `left`."""
    return range(left - _OLDEST, left - _YOUNGEST + 1)


def year_of_birth(cell: str, possible: range) -> int | None:
    """Read a year of birth; none if the cell has none of the `possible` ones."""
    year = year_in(cell)
    return year if year in possible else None


_ENDING_WORDS: Mapping[Ending, str] = {
    Ending.GRADUATE: """
        graduate, graduated, completed, completer, finished, diploma, qualified, certificate
        titulado, titulada, titulado/a, titula, egresado, egresada, egresado/a,
        graduado, graduada, finalizado, apto
        diplomato, diplomata, diplomato/a, qualificato, qualificata, qualificato/a,
        concluso, licenziato
        lõpetanud, lõpetas, lõpetaja, lõpetanu, lõpetamine""",
    Ending.EARLY_LEAVER: """
        early leaver, left early, left, dropout, drop-out, dropped out, withdrawn, withdrew,
        not completed
        abandono, abandona, abandonó, baja, sin titular, no titula, no titulado, no titulada,
        no finalizado
        abbandono, ritirato, ritirata, ritirato/a, ritiro, interrotto, interruzione, non concluso
        katkestanud, katkestas, katkestaja, katkestamine, välja arvatud,
        väljaarvatud, väljaarvamine""",
    Ending.SHORT_COURSE: """
        short course, adult course, continuing training, course
        curso corto, curso breve, formación continua, formación para el empleo
        corso breve, formazione continua
        täiendkoolitus, täienduskoolitus, täiendusõpe, lühikursus""",
    Ending.APPRENTICE: """
        apprentice, apprenticeship, dual
        aprendiz, aprendiza, fp dual, formación dual
        apprendista, apprendistato, duale, sistema duale
        õpipoiss, õpipoisiõpe, töökohapõhine õpe""",
    Ending.EXCHANGE: """
        incoming mobility, exchange, erasmus, erasmus+
        movilidad, intercambio, mobilità, scambio, õpiränne, vahetusõpilane""",
}

_ENDINGS: Mapping[str, Ending] = {
    bare(word): ending
    for ending, words in _ENDING_WORDS.items()
    for line in words.splitlines()
    for word in (ending.value, *line.split(","))
    if word.strip()
}


def ending_in(cell: str) -> Ending | None:
    """Read how it ended; none if the cell is blank.

    Raises:
        Unfit: No word for it is known. The row is left out, as reports count by this column.
    """
    if not cell:
        return None
    ending = _ENDINGS.get(bare(cell))
    if ending is None:
        raise Unfit(Why.ENDING)
    return ending
