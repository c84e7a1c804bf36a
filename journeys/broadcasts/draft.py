"""What is remembered while a letter to many is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.conversation.dialogue import known
from bot.domain.broadcasts.audience import Audience
from bot.domain.broadcasts.worded import Worded
from bot.domain.consent import Purpose
from bot.domain.people import CaseId

EVERYBODY = Audience()


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
class Draft:
    """What is written so far."""

    languages: tuple[str, ...] = ()
    """The school's, that of whoever writes first."""
    purpose: Purpose | None = None
    kind: Kind = Kind.NEW
    titles: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    texts: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    instead: tuple[str, ...] = ()
    """Languages whose readers get it in the first one."""
    audience: Audience = EVERYBODY
    is_chosen: bool = False
    """Whether somebody has said whom it is for."""
    earlier: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    """The title of the earlier letter that the audience has got, or has not got; by language."""
    now_in: str = ""
    """The language that is asked for, or shown; empty for the first one."""
    over_hours: int = 0
    """Over how many hours it leaves, evenly; 0 for as fast as it can."""
    same: Same | None = None
    """What was written before, while it is asked whether it is meant once more."""
    is_meant: bool = False
    """Whether it is meant though the same was written before."""

    @property
    def mine(self) -> str:
        """The language it is written in first."""
        return self.languages[0]

    @property
    def language(self) -> str:
        """The language that is asked for, or shown."""
        return self.now_in or self.mine

    @property
    def letter(self) -> Worded:
        """The letter as it stands."""
        return Worded(known(self.purpose), self.titles, self.texts, self.mine)

    def lacks(self, language: str) -> bool:
        """Return whether nothing has been said of what readers of a language get."""
        return language not in {*self.texts, *self.instead}
