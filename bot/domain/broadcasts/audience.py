"""Whom a broadcast is for, before anybody's consent is asked: that is the storage's business alone."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.people import CaseId, Role
from bot.domain.signup import HowLeft, Offer

INVITABLE = (Role.ALUMNI, Role.FRIEND, Role.STUDENT, Role.EMPLOYER)
"""Whom the school writes to in broadcasts; with its staff it talks in person."""


class Contact(StrEnum):
    """Whether somebody has been heard from in the last twelve months."""

    ENGAGED = "engaged"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Audience:
    """A choice of people: every line that says something narrows it, and an empty one says nothing.

    Within a line, one of what it names is enough.
    """

    roles: tuple[Role, ...] = INVITABLE
    how_left: tuple[HowLeft, ...] = ()
    """What kind of alumni."""
    programmes: tuple[str, ...] = ()
    """Codes of the school's programmes: what alumni have learned, and students learn."""
    left_from: int | None = None
    """The earliest year of leaving; who has not said when is not meant."""
    left_until: int | None = None
    towns: tuple[str, ...] = ()
    """Every way of writing that is meant: people write their towns themselves."""
    languages: tuple[str, ...] = ()
    """In which people are written to."""
    offers: tuple[Offer, ...] = ()
    contact: Contact | None = None
    but_not: CaseId | None = None
    """Not whoever has got the letter of this case, or is still to get it."""
    got: CaseId | None = None
    """Only whoever has got the letter of this case, as far as anybody knows."""
    unanswered: CaseId | None = None
    """Only whoever was invited by this case, and has not answered."""
