"""What can happen between the two of a pair."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.people import CaseEvent, Command, PersonId, Result


class OutOfReach(StrEnum):
    """What a student who cannot reach the mentor would like."""

    TRY_AGAIN = "try_again"
    SOMEBODY_ELSE = "somebody_else"
    TALK_TO_SCHOOL = "talk_to_school"
    STOP = "stop"


class Need(StrEnum):
    """Why a pair needs somebody at school."""

    QUIET = "quiet"
    """The two have not been in touch, after reminders, too."""
    MISSED = "missed"
    """Two meetings in a row did not come about."""
    ASKED = "asked"
    """The student would like to talk to the school."""
    MENTOR_CLOSED = "mentor_closed"
    """Nothing arrives any more at the mentor."""
    STUDENT_CLOSED = "student_closed"
    """Nothing arrives any more at the student."""


@dataclass(frozen=True, slots=True)
class Passed(CaseEvent):
    """One of the two writes to the other."""

    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ContactOffered(CaseEvent):
    """One of the two is ready to exchange contacts, once the other is as well."""

    contact: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CannotReach(CaseEvent):
    """The student cannot reach the mentor."""

    reason: OutOfReach


@dataclass(frozen=True, slots=True)
class WentQuiet(CaseEvent):
    """The two have not been in touch for two weeks."""


@dataclass(frozen=True, slots=True)
class ChatClosed(Result):
    """Nothing arrives any more at one of the two; it is no refusal of anything (domain 3.0, rule 8)."""

    who: PersonId


@dataclass(frozen=True, slots=True)
class InTouch(CaseEvent):
    """One of the two says that they are in touch."""


@dataclass(frozen=True, slots=True)
class StillQuiet(CaseEvent):
    """Silence went on: it is a person's turn, not another message's."""


@dataclass(frozen=True, slots=True)
class TheyGoOn(CaseEvent):
    """Staff talked to the two: they go on."""


@dataclass(frozen=True, slots=True)
class Faded(CaseEvent):
    """Nobody has been in touch: the pair is over, and nobody is to blame."""


@dataclass(frozen=True, slots=True)
class DecisionDue(CaseEvent):
    """Sixty days are over: the student says how to go on, if that was not asked before."""


@dataclass(frozen=True, slots=True)
class GoesOn(CaseEvent):
    """The student stays with this mentor; silence means the same."""


@dataclass(frozen=True, slots=True)
class PartsWithThanks(CaseEvent):
    """The student has had what they came for: the two part, and say how it was."""


@dataclass(frozen=True, slots=True)
class EndReached(CaseEvent):
    """The agreed time is over."""


@dataclass(frozen=True, slots=True)
class FeedbackGiven(CaseEvent):
    """One of the two says how it was."""

    useful: int
    """1 (not at all) to 5 (very)."""
    line: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class FeedbackOver(CaseEvent):
    """Who has not said how it was is not asked any more."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a student expects of a first job, asked before the first meeting and after the last (peers 6.1)."""

    pay: int | None
    """A month, before tax, in the school's currency; None if it was skipped."""
    months: int | None
    """Until a first job is found; None if it was skipped."""


@dataclass(frozen=True, slots=True)
class KeepExpectation(Command):
    """Remember what a student expects of a first job, before the first meeting or after the last."""

    expected: Expected
    is_after: bool
