"""A line of the history as the pages get it: all that can be seen of it, and no more."""

from dataclasses import replace
from typing import TypeAlias

from bot.gateways.web.front import Front
from bot.gateways.web.history import Line
from bot.gateways.web.seats import Seat
from bot.gateways.web.stored import BySchool, FileNote, from_json
from bot.texts.sheets import Pager, Row, Sheet

Shown: TypeAlias = dict[str, object]
"""Becomes JSON."""


def shown(line: Line, seat: Seat, language: str, front: Front) -> Shown:
    """Return `line` with its times in `language`."""
    body = from_json(line.body)
    time, day = front.when(language, line.at)
    seen: Shown = {
        "number": line.number,
        "change": line.change,
        "at": line.at.astimezone(front.zone).isoformat(timespec="seconds"),
        "time": time,
        "day": day,
        "by": body.by,
    }
    if line.forgotten:
        seen["forgotten"] = line.forgotten
    if not isinstance(body, BySchool):
        return seen | {"text": body.words, "id": body.nonce}
    sheet = body.sheet
    if sheet.key is not None and line.key is None:
        # It was asked again below, or will be: nothing is to be pressed here, and nothing was settled.
        seen["retired"] = True
        sheet = replace(sheet, rows=(), done=None, pager=None, hint=None, takes_picture=False)
    seen |= _sheet(sheet)
    if body.sheet.picture is not None:
        seen["picture"] = f"{seat.at}/file/{line.number}"
    if body.file:
        seen["file"] = _file(body.file, f"{seat.at}/file/{line.number}")
    if line.settled:
        time, day = front.when(language, line.settled.at)
        at = line.settled.at.astimezone(front.zone).isoformat(timespec="seconds")
        chosen = list(line.settled.chosen)
        seen["settled"] = {"at": at, "time": time, "day": day, "chosen": chosen}
    return seen


def _sheet(sheet: Sheet) -> Shown:
    return {
        "language": sheet.language,
        "style": sheet.style.value,
        "title": sheet.title,
        "text": sheet.text,
        "links": [{"label": link.label, "href": link.url} for link in sheet.links],
        "sections": [{"title": one.title, "text": one.text} for one in sheet.sections],
        "foot": sheet.foot,
        "takesPicture": sheet.takes_picture,
        "rows": [_row(row) for row in sheet.rows],
        "done": sheet.done and _row(sheet.done),
        "pager": sheet.pager and _pager(sheet.pager),
        "hint": sheet.hint,
    }


def _row(row: Row) -> Shown:
    return {"label": row.label, "data": row.data, "detail": row.detail, "on": row.is_on}


def _pager(pager: Pager) -> Shown:
    return {
        "where": pager.where,
        "first": pager.first,
        "back": pager.back and _row(pager.back),
        "on": pager.on and _row(pager.on),
    }


def _file(file: FileNote, address: str) -> Shown:
    return {"name": file.name, "mime": file.mime, "size": file.size, "href": address}
