"""What is remembered while a letter to many is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from typing_extensions import override

from bot.conversation.to_many.draft import Written
from bot.domain.people import CaseId


class Kind(StrEnum):
    """What a letter to many is, seen from the one before."""

    NEW = "new"
    CORRECTION = "correction"
    APOLOGY = "apology"


@dataclass(frozen=True, slots=True)
class Same:
    """A letter that was written before, and says the same."""

    case: CaseId
    titles: Mapping[str, str] = field(repr=False, hash=False)
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Draft(Written):
    """What is written so far."""

    kind: Kind = Kind.NEW
    over_hours: int = 0
    """Over how many hours it leaves, evenly; 0 for as fast as it can."""
    same: Same | None = None
    """What was written before, while it is asked whether it is meant once more."""
    is_meant: bool = False
    """Whether it is meant though the same was written before."""

    @override
    def written_anew(self) -> Self:
        return replace(self, is_meant=False)
