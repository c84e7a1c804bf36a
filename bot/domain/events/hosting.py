"""What can happen to an event of the school, and what staff have done for it."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.people import CaseEvent, Command, PersonId, Result


@dataclass(frozen=True, slots=True)
class SilentReminded(CaseEvent):
    """Ten days before: whoever has not answered is asked once more."""


@dataclass(frozen=True, slots=True)
class CountsWanted(CaseEvent):
    """Staff want to see how it stands."""


@dataclass(frozen=True, slots=True)
class ListWanted(CaseEvent):
    """Staff want the list of names, to print."""


@dataclass(frozen=True, slots=True)
class PlanChanged(CaseEvent):
    """Staff change when or where it is."""

    starts_at: datetime
    place: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PlacesChanged(CaseEvent):
    """Staff change how many people there is room for; None for any number."""

    places: int | None


@dataclass(frozen=True, slots=True)
class CalledOff(CaseEvent):
    """Staff call it off."""


@dataclass(frozen=True, slots=True)
class DoorsOpen(CaseEvent):
    """It is about to begin."""


@dataclass(frozen=True, slots=True)
class DoorsClosed(CaseEvent):
    """It is over."""


@dataclass(frozen=True, slots=True)
class ReportDue(CaseEvent):
    """Whoever wanted to say how it was has done so."""


@dataclass(frozen=True, slots=True)
class KeepOccasion(Command):
    """Write down how many places an event has; answers with one of the next two."""

    places: int | None


@dataclass(frozen=True, slots=True)
class PlacesKept(Result):
    """So many places there are now; whoever waits is offered what is free."""

    places: int | None


@dataclass(frozen=True, slots=True)
class PlacesRefused(Result):
    """More people come than there would be places; it stays as it was."""

    taken: int


@dataclass(frozen=True, slots=True)
class CountAnswers(Command):
    """Count how it stands; answers with `Counted`."""


@dataclass(frozen=True, slots=True)
class Counted(Result):
    """How an event stands, in people."""

    invited: int
    """Whom the invitation has reached, or may have reached."""
    unreached: int
    """They have closed the chat, want no such messages any more, or it would have come too late."""
    coming: int
    """Without those whom they bring."""
    seats: int
    """With them."""
    waiting: int
    """On the waiting list, those with an offer included; once it has begun, who had waited until then."""
    maybe: int
    away: int
    """They have said that they cannot come."""
    came: int
    """With those whom they brought."""
    missed: int
    """They had a place, and were not there; 0 if nobody has noted who was."""
    ratings: int
    """How many have said how it was."""
    rated: int
    """Their ratings from 1 to 5, added up."""
    walk_ins: int = 0
    """Who came and is not in this chat: counted apart, for they are no guests of the list."""
    meant: int = 0
    """Whom the invitation is for: those it has reached, those it has not, and those it is still on its way to."""

    @property
    def answered(self) -> int:
        """Who has said whether they come."""
        return self.coming + self.waiting + self.maybe + self.away

    @property
    def unanswered(self) -> int:
        """Who was reached and has not answered."""
        return max(self.invited - self.answered, 0)


@dataclass(frozen=True, slots=True)
class WhoCame(CaseEvent):
    """Staff have noted who is there, for now."""


@dataclass(frozen=True, slots=True)
class WalkInsCame(CaseEvent):
    """Staff have counted who came and is not in this chat."""

    number: int


@dataclass(frozen=True, slots=True)
class KeepWalkIns(Command):
    """Write down how many came who are not in this chat, in the place of what was written before."""

    number: int


@dataclass(frozen=True, slots=True)
class NoteGuest(Command):
    """Note that somebody who is invited to an event is there; that happens in the guest's own case."""

    who: PersonId


@dataclass(frozen=True, slots=True)
class ForgetNeeds(Command):
    """Erase what guests have said that they need: the event is over, or does not take place."""


@dataclass(frozen=True, slots=True)
class KeepPicture(Command):
    """Let a picture belong to an event, as long as there is that."""

    picture: int


@dataclass(frozen=True, slots=True)
class ForgetPicture(Command):
    """Erase the picture of an event: it has been reported, or does not take place."""


@dataclass(frozen=True, slots=True)
class TellImpressions(Command):
    """Tell somebody what guests have written about an event, if anybody has; never who wrote it."""

    to: PersonId


@dataclass(frozen=True, slots=True)
class PrintList(Command):
    """Hand over the list of names of an event."""
