"""What can happen to somebody who is invited to an event."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.events.occasion import Occasion
from bot.domain.people import CaseEvent, Command, FromAbove, Result


@dataclass(frozen=True, slots=True)
class Comes(CaseEvent):
    """They are coming."""


@dataclass(frozen=True, slots=True)
class MayCome(CaseEvent):
    """They do not know yet."""


@dataclass(frozen=True, slots=True)
class StaysAway(CaseEvent):
    """They cannot come, or no longer want the place they wait for."""


@dataclass(frozen=True, slots=True)
class DetailsTold(CaseEvent):
    """Somebody who comes says with how many, and what is to be known about that."""

    companions: int
    needs: str | None = field(repr=False)
    """What they need so that they can take part, in their words; erased when the event is over."""
    may_be_shown: bool
    """Whether the school may show photos in which they can be seen."""


@dataclass(frozen=True, slots=True)
class TicketWanted(CaseEvent):
    """Somebody who comes wants their code as a picture."""


@dataclass(frozen=True, slots=True)
class SeatOffered(Result):
    """A place has become free for somebody who waits; it is kept for them for a while."""


@dataclass(frozen=True, slots=True)
class OfferEnded(CaseEvent):
    """They have not answered; the place is the next one's."""


@dataclass(frozen=True, slots=True)
class OccasionBegun(CaseEvent):
    """It begins, and they have not said that they come."""


@dataclass(frozen=True, slots=True)
class OccasionMoved(FromAbove):
    """Staff have changed when or where it is."""

    occasion: Occasion


@dataclass(frozen=True, slots=True)
class OccasionOff(FromAbove):
    """Staff have called it off."""


@dataclass(frozen=True, slots=True)
class CameIn(FromAbove):
    """They are there: they said so at the door, or staff have found them on the list."""


@dataclass(frozen=True, slots=True)
class DayAfter(CaseEvent):
    """It is over since yesterday."""


@dataclass(frozen=True, slots=True)
class NotedNoMore(CaseEvent):
    """So late nobody is noted as having been there any more."""


@dataclass(frozen=True, slots=True)
class ImpressionGiven(CaseEvent):
    """They have answered the two questions."""

    rating: int
    line: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoImpression(CaseEvent):
    """They would rather not, or have not answered."""


@dataclass(frozen=True, slots=True)
class SeekSeats(Command):
    """Keep places for so many people, those included that are kept already; answers with one of the next two."""

    people: int = 1


@dataclass(frozen=True, slots=True)
class ShowTicket(Command):
    """Give a guest their code as a picture."""


@dataclass(frozen=True, slots=True)
class SeatsKept(Result):
    """There are places."""

    people: int
    code: str = field(repr=False)
    """By which they are found at the door."""


@dataclass(frozen=True, slots=True)
class SeatsFull(Result):
    """There are not so many places; whoever had none is on the waiting list now."""

    position: int
    """On the waiting list, counted from one; 0 for who has a place and only wanted more."""
    free: int
    """How many more they could have."""


class Reply(StrEnum):
    """How somebody stands who has no place."""

    MAYBE = "maybe"
    AWAY = "away"
    NO_PLACE = "no_place"
    """They waited for one until it began."""


@dataclass(frozen=True, slots=True)
class KeepReply(Command):
    """Write down an answer that needs no place; whatever place there was is offered to the next who waits."""

    reply: Reply


@dataclass(frozen=True, slots=True)
class KeepDetails(Command):
    """Write down what is to be known about somebody who comes."""

    needs: str | None = field(repr=False)
    may_be_shown: bool


@dataclass(frozen=True, slots=True)
class SeeWhoCame(Command):
    """Look whether somebody was there; answers with one of the next two."""


@dataclass(frozen=True, slots=True)
class WasThere(Result):
    """They were, or nobody has noted who was."""


@dataclass(frozen=True, slots=True)
class WasMissed(Result):
    """Others have been noted, and they have not."""


@dataclass(frozen=True, slots=True)
class KeepImpression(Command):
    """Write down how it was, without who said so."""

    rating: int
    line: str | None = field(repr=False)
