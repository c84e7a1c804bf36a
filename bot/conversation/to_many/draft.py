"""What is remembered while something is written to many."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self, TypeVar

from bot.conversation.dialogue import known
from bot.domain.broadcasts.audience import Audience
from bot.domain.broadcasts.worded import Worded
from bot.domain.consent import Purpose

EVERYBODY = Audience()


@dataclass(frozen=True, slots=True)
class Written:
    """What is written so far, and for whom."""

    languages: tuple[str, ...] = ()
    """The school's, that of whoever writes first."""
    purpose: Purpose | None = None
    titles: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    texts: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    instead: tuple[str, ...] = ()
    """Languages whose readers get it in the first one."""
    audience: Audience = EVERYBODY
    is_chosen: bool = False
    """Whether somebody has said whom it is for."""
    earlier: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    """The title of the earlier letter that the audience has got, or has not got; by language."""
    can_wait: bool = False
    """Whether it need not be read at once: it then comes with each person's digest."""
    now_in: str = ""
    """The language that is asked for, or shown; empty for the first one."""

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

    def written_anew(self) -> Self:
        """Return it without what was decided about the words as they were."""
        return self


WrittenT = TypeVar("WrittenT", bound=Written)
