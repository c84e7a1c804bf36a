"""What can happen to a broadcast."""

from dataclasses import dataclass

from bot.domain.people import CaseEvent, Result


@dataclass(frozen=True, slots=True)
class BroadcastOver(Result):
    """Everybody has been written to who could be."""


@dataclass(frozen=True, slots=True)
class SendingApproved(CaseEvent):
    """A second member of staff agrees that it is sent."""


@dataclass(frozen=True, slots=True)
class SendingRefused(CaseEvent):
    """A second member of staff would rather not have it sent."""


@dataclass(frozen=True, slots=True)
class SendingStopped(CaseEvent):
    """Staff stop it; whoever has not got it yet does not get it."""


@dataclass(frozen=True, slots=True)
class SendingResumed(CaseEvent):
    """Staff let a stopped one go on."""
