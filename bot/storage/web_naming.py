"""Lines of web chats that name somebody who is no longer to be named. The caller owns the transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import BindParameter, Connection, bindparam, select

from bot.storage.web_tables import web_lines

_SCHOOL: BindParameter[str] = bindparam("of_school")
_NAMING = (
    select(web_lines.c.address, web_lines.c.number, web_lines.c.language, web_lines.c.body)
    .where(web_lines.c.school_id == _SCHOOL, web_lines.c.named.contains(bindparam("mark")))
    # Always in this order, so that of two who are erased at once neither waits for the other.
    .order_by(web_lines.c.address, web_lines.c.number)
)


@dataclass(frozen=True, slots=True)
class NamingLine:
    """A line by the school that names somebody, and where it is."""

    address: str
    number: int
    language: str | None
    body: str = field(repr=False)


def kept(people: Iterable[int]) -> str | None:
    """Return what is kept of whom a line names; None if it names nobody."""
    marks = [str(one) for one in people]
    return f",{','.join(marks)}," if marks else None


def lines_naming(connection: Connection, school_id: str, person: int) -> list[NamingLine]:
    """Return the lines of all chats that name a person, by address and number."""
    found = connection.execute(_NAMING, {"of_school": school_id, "mark": f",{person},"})
    return [NamingLine(row.address, row.number, row.language, row.body) for row in found]
