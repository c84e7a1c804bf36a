"""What is known about a round of mentoring, and who takes part in it."""

from dataclasses import dataclass
from datetime import datetime

from bot.conversation.messages import Message, msg
from bot.domain.mentoring.fitting import Alone, Proposed
from bot.domain.people import Part, Side
from journeys.mentoring.words import studies

ROUND = "mentoring.match"
"""The case of a round, and of a match without one."""


class Rounding(Part):
    """Who takes part: those who are matched have cases of their own."""

    OWNER = "owner", Side.STAFF


(OWNER,) = Rounding


@dataclass(frozen=True, slots=True)
class Round:
    """What is known about one round, or about one match of those who wait."""

    gathers_until: datetime | None = None
    """None: no round, those who wait now are matched."""
    places: int | None = None
    """Pairs at most; None: as many as fit."""
    programmes: tuple[str, ...] = ()
    """Codes of those whose wishes are gathered; empty: of all."""
    proposed: tuple[Proposed, ...] = ()
    alone: tuple[Alone, ...] = ()

    @property
    def gathered(self) -> tuple[str, ...] | None:
        """Whose wishes wait for this round: empty for all, None for nobody's."""
        return None if self.gathers_until is None else self.programmes

    @property
    def for_whom(self) -> Message:
        """Whose wishes are gathered, in words."""
        if not self.programmes:
            return msg("all")
        return msg("{programmes}", programmes=tuple(studies(one) for one in self.programmes))

    @property
    def most(self) -> Message:
        """How many pairs there may be, in words."""
        return msg("as many as fit") if self.places is None else msg("{n}", n=self.places)

    @property
    def pairs(self) -> int:
        """How many pairs are proposed."""
        return len(self.proposed)

    @property
    def left(self) -> int:
        """For how many students there is nobody."""
        return len(self.alone)
