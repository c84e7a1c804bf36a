"""Lines as JSON, the form in which they are kept.

What is stored outlives a release: fields may be added, with defaults; one that is renamed or
removed needs a new version here and a sample of the old one in the tests.
"""

from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from pydantic import TypeAdapter

from bot.texts.sheets import Sheet


@dataclass(frozen=True, slots=True)
class FileNote:
    """What a page shows of a file before it is fetched."""

    name: str
    mime: str
    size: int
    """In bytes."""


@dataclass(frozen=True, slots=True)
class BySchool:
    """A sheet that was handed over; its file is kept apart."""

    sheet: Sheet
    file: FileNote | None = None
    by: Literal["school"] = "school"
    version: Literal[1] = 1


@dataclass(frozen=True, slots=True)
class ByPerson:
    """Words that the person typed, or the label of the row that they pressed."""

    words: str = field(repr=False)
    nonce: str
    """The id that the page gave it, by which the page knows its own words again."""
    by: Literal["person"] = "person"
    version: Literal[1] = 1


Body: TypeAlias = BySchool | ByPerson

_ADAPTER: TypeAdapter[Body] = TypeAdapter(Body)


def by_school(sheet: Sheet) -> BySchool:
    """Return what is kept of `sheet`: all but its file's content, what it ends and whom it names."""
    attached = sheet.attachment
    return BySchool(
        sheet=replace(sheet, attachment=None, settles=None, over=(), named=()),
        file=FileNote(attached.name, attached.mime, len(attached.content)) if attached else None,
    )


def to_json(body: Body) -> str:
    """Write a body for storage."""
    return _ADAPTER.dump_json(body).decode()


def from_json(body: str) -> Body:
    """Read a body that `to_json` wrote, in this release or an earlier one."""
    return _ADAPTER.validate_json(body)
