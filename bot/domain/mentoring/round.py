"""A round: many wishes are gathered, and matched at once."""

from dataclasses import dataclass

from bot.domain.mentoring.fitting import Alone, Proposed
from bot.domain.people import CaseEvent, CaseId, Command, Result


@dataclass(frozen=True, slots=True)
class GatheringOver(CaseEvent):
    """The last day for wishes is over."""


@dataclass(frozen=True, slots=True)
class MatchAsked(CaseEvent):
    """It is time to put pairs together, or to try again."""


@dataclass(frozen=True, slots=True)
class Matched(Result):
    """Pairs have been put together; staff have not seen them yet."""

    proposed: tuple[Proposed, ...]
    alone: tuple[Alone, ...]


@dataclass(frozen=True, slots=True)
class PairsApproved(CaseEvent):
    """Staff agree to some of the pairs, all or none; who is in no other goes on looking."""

    searches: tuple[CaseId, ...]


@dataclass(frozen=True, slots=True)
class SentBack(CaseEvent):
    """Staff agree to none of the pairs, and would like to see others later."""


@dataclass(frozen=True, slots=True)
class PreviewOver(CaseEvent):
    """Nobody has looked at the pairs for days: students must not wait for that."""


@dataclass(frozen=True, slots=True)
class MatchMany(Command):
    """Put together the best pairs of many; answers the case with `Matched`.

    Nothing follows while another match waits for approval: both would offer the same places.
    """

    programmes: tuple[str, ...] | None
    """Of whose gathered wishes, empty for all; None: of all who wait without a round."""
    places: int | None = None
    """Pairs at most; None: as many as fit."""


@dataclass(frozen=True, slots=True)
class AskPairs(Command):
    """Keep a place for each pair, and ask the mentors; whoever finds none goes on looking."""

    pairs: tuple[Proposed, ...]


@dataclass(frozen=True, slots=True)
class LetGo(Command):
    """Let students go on looking by themselves: those of pairs refused, and all that are gathered still."""

    programmes: tuple[str, ...] | None
    """Whose gathered wishes, empty for all; None: there are none."""
    refused: tuple[Proposed, ...] = ()
