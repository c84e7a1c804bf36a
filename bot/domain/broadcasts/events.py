"""What can happen to a broadcast."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.broadcasts.reach import Excluded
from bot.domain.people import CaseEvent, Result


@dataclass(frozen=True, slots=True)
class SendingApproved(CaseEvent):
    """A second member of staff agrees that it is sent."""


@dataclass(frozen=True, slots=True)
class SendingRefused(CaseEvent):
    """A second member of staff would rather not have it sent."""


@dataclass(frozen=True, slots=True)
class NobodyAgreed(CaseEvent):
    """The second member of staff has not answered for days."""


@dataclass(frozen=True, slots=True)
class SendingStopped(CaseEvent):
    """Staff stop it; whoever has not got it yet does not get it."""


@dataclass(frozen=True, slots=True)
class SendingResumed(CaseEvent):
    """Staff let a stopped one go on."""


@dataclass(frozen=True, slots=True)
class SendingEnded(CaseEvent):
    """It goes to nobody else: staff say so, or it would come too late."""


@dataclass(frozen=True, slots=True)
class BroadcastOver(Result):
    """Nobody else is written to; what became of the letters, in people."""

    sent: int
    unreached: int
    """The chat has been closed on the other side."""
    refused: int
    """The network did not take it."""
    unsure: int
    """Nobody knows whether it arrived; it is not sent again."""
    not_sent: int
    """It was stopped before they got it."""
    excluded: Mapping[Excluded, int] = field(hash=False)
    """They could no longer be written to when it was their turn."""
    put_off: int = 0
    """They had so many other letters that it was not their turn before the end."""
