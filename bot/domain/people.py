"""People, what they are to a school, the parts they play in a case, and what can happen to it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType, Self

PersonId = NewType("PersonId", int)
CaseId = NewType("CaseId", int)


class Side(StrEnum):
    """The columns of the guide's matrix, and the firms."""

    ALUMNI = "alumni"
    STUDENTS = "students"
    STAFF = "staff"
    FIRMS = "firms"


class Role(StrEnum):
    """What somebody is to the school; one person may be several."""

    ALUMNI = "alumni"
    FRIEND = "friend"
    STUDENT = "student"
    EMPLOYER = "employer"
    TEACHER = "teacher"
    COORDINATOR = "coordinator"
    SAFEGUARDING = "safeguarding"

    @property
    def is_staff(self) -> bool:
        """Whether the role comes by invitation of the school only."""
        return self in {Role.TEACHER, Role.COORDINATOR, Role.SAFEGUARDING}


class Part(StrEnum):
    """Base of the parts of one journey; each is played by people of one side."""

    side: Side
    """Which column of the matrix plays it."""

    def __new__(cls, value: str, side: Side) -> Self:
        """Make a part called `value`, which people of `side` play."""
        part = str.__new__(cls, value)
        part._value_, part.side = value, side
        return part


@dataclass(frozen=True, slots=True)
class Command:
    """A request to change the domain; it may be refused."""


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """Something that happened to a case; its class name is stored, and its `reason` if it has one."""


@dataclass(frozen=True, slots=True)
class Report(CaseEvent):
    """What a case below tells the case above it."""


@dataclass(frozen=True, slots=True)
class FromAbove(CaseEvent):
    """What the case above tells the cases below it."""


@dataclass(frozen=True, slots=True)
class Result(CaseEvent):
    """What a command of a case came to; only the domain raises it."""


@dataclass(frozen=True, slots=True)
class Withdrawn(CaseEvent):
    """A participant no longer wants messages, or left the school."""


@dataclass(frozen=True, slots=True)
class Suspended(CaseEvent):
    """Safeguarding put the case on hold."""


@dataclass(frozen=True, slots=True)
class Cancelled(CaseEvent):
    """Staff ended the case."""


@dataclass(frozen=True, slots=True)
class Released(FromAbove):
    """The case above no longer needs this one."""
