"""Whom to take off the list: a name is not kept, so they are found as a sign-up is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.domain.leavers import Leaver, NameKeys, parts_of
from bot.leavers.faults import Unfit
from bot.leavers.programmes import Programmes
from bot.leavers.wording import about_programme
from bot.misconfigured import Misconfigured
from bot.storage.leavers import named


@dataclass(frozen=True, slots=True)
class Sought:
    """Who is to be taken off the list, as whoever asks knows them."""

    name: str = field(repr=False)
    programme: str
    """Its code."""
    year: int
    born: int | None = field(default=None, repr=False)
    """Only who was born then; None for whoever has the name."""
    undated: bool = False
    """Only who is listed without a year of birth."""


def code_called(programme: str, programmes: Mapping[str, Collection[str]]) -> str:
    """Return the code of the programme that somebody means: by its code, or by a name.

    Raises:
        Misconfigured: There is none, or it may be several.
    """
    try:
        return Programmes(programmes).code_of(programme.strip())
    except Unfit as unfit:
        raise Misconfigured(about_programme(programme, unfit)) from None


def on_list(connection: Connection, school_id: str, key: bytes, who: Sought) -> list[Leaver]:
    """Return the rows that are meant, those without a year of birth first."""
    rows = named(connection, school_id, key, name=who.name, programme=who.programme, year=who.year)
    if who.undated:
        rows = [row for row in rows if row.born is None]
    elif who.born is not None:
        keys = NameKeys(key)
        asked = keys.asked(parts_of(who.name), who.programme, who.year, born=who.born)
        rows = [row for row in rows if row.born == asked.born]
    return sorted(rows, key=lambda row: row.born is not None)


def about_listed(who: Sought, row: Leaver) -> str:
    """Say what the list has of somebody."""
    dated = "without a year of birth" if row.born is None else "with a year of birth"
    ended = f", {row.ending.replace('_', ' ')}" if row.ending else ""
    return f"On the list: {who.name}, {who.programme}, {who.year}, {dated}{ended}"
