"""Which earlier letters ask no more: copies of what is asked again below, and what is over.

A key names what is asked: `q:<conversation>:<turn>` a question, the same with `:/n` a reminder of
it, `c:<case>:<entry>` what is expected in a case. Of each, the latest copy alone is open.
"""

from collections.abc import Iterable

from bot.gateways.web.history import OpenLine
from bot.gateways.web.stored import BySchool, from_json
from bot.texts.sheets import Row, Sheet

PARTS_OF_A_QUESTION = 3
"""The key of a reminder has one more."""


def retired_by(sheet: Sheet, lines: Iterable[OpenLine]) -> list[int]:
    """Return the numbers of the open lines that ask no more once `sheet` is shown."""
    return [
        line.number
        for line in lines
        if any(_is_over(line.key, key) for key in sheet.over)
        or _reminds_of_what_is_settled(line, sheet)
        or _asks_the_same(line, sheet)
    ]


def _is_over(key: str, over: str) -> bool:
    """Return whether a key is that of what is over: with an entry of a case, those before it are, too."""
    match key.split(":"), over.split(":"):
        case ["c", case, entry], ["c", other, last]:
            return case == other and int(entry) <= int(last)
        case _:
            return False


def _reminds_of_what_is_settled(line: OpenLine, sheet: Sheet) -> bool:
    return sheet.settles is not None and line.key.startswith(f"{sheet.settles.key}:")


def _asks_the_same(line: OpenLine, sheet: Sheet) -> bool:
    if sheet.key is None:
        return False
    old, new = line.key.split(":"), sheet.key.split(":")
    match old[0], new[0]:
        case "q", "q":
            # Only one question is the present one, whichever conversation it is of.
            are_questions = len(old) == len(new) == PARTS_OF_A_QUESTION
            return are_questions or old[1] == new[1]
        case "c", "c" if old != new:
            return old[1] == new[1]
        case _:
            # Who has two parts in a case gets two letters with one key: each has its own rows.
            return old == new and not _pressed(sheet.rows).isdisjoint(_pressed(_rows(line)))


def _rows(line: OpenLine) -> tuple[Row, ...]:
    body = from_json(line.body)
    return body.sheet.rows if isinstance(body, BySchool) else ()


def _pressed(rows: Iterable[Row]) -> set[str]:
    return {row.data for row in rows}
