"""What can happen while a student looks for a mentor, and what is done about it."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.mentoring.fitting import Reason
from bot.domain.people import CaseEvent, Command, PersonId, Result


class WhyNot(StrEnum):
    """Why a mentor says no; each is one tap, and free."""

    NOT_MY_TOPIC = "not_my_topic"
    NO_TIME = "no_time"
    LATER = "later"
    """Ask me again in three months."""


@dataclass(frozen=True, slots=True)
class MentorReserved(Result):
    """A place with a mentor is kept while the mentor is asked."""

    mentor: PersonId
    reasons: tuple[Reason, ...]
    is_approved: bool = False
    """Whether staff have chosen this mentor."""


@dataclass(frozen=True, slots=True)
class NobodyFree(Result):
    """No mentor who fits has a place."""

    position: int
    """Place on the waiting list, counted from one."""


@dataclass(frozen=True, slots=True)
class AskedNoMore(Result):
    """Whoever is asked may not be asked any more: they rest, no longer agree, or cannot be reached."""

    can_be_told: bool = True


@dataclass(frozen=True, slots=True)
class PutInLine(Result):
    """A place is kept with a mentor who is asked once another student has an answer."""

    mentor: PersonId
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class LineEnded(Result):
    """The mentor takes nobody else for now."""


@dataclass(frozen=True, slots=True)
class LeftOut(Result):
    """A match has come to nothing for this student, who goes on looking."""

    but_not: PersonId | None = None
    """Who was proposed, and is not to be asked after all."""


@dataclass(frozen=True, slots=True)
class LookedAgain(CaseEvent):
    """It is time to look for a mentor again."""


@dataclass(frozen=True, slots=True)
class WaitGoesOn(CaseEvent):
    """It takes longer; the student hears that nothing is forgotten."""


@dataclass(frozen=True, slots=True)
class Accepted(CaseEvent):
    """The mentor says yes."""


@dataclass(frozen=True, slots=True)
class Declined(CaseEvent):
    """The mentor says no."""

    reason: WhyNot


@dataclass(frozen=True, slots=True)
class QuestionAsked(CaseEvent):
    """The mentor wants to know something first."""

    question: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class QuestionAnswered(CaseEvent):
    """The student answers the mentor's question."""

    answer: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoAnswer(CaseEvent):
    """Whoever was asked has not answered in time."""


@dataclass(frozen=True, slots=True)
class AskedElsewhere(CaseEvent):
    """The student would rather ask somebody else."""


@dataclass(frozen=True, slots=True)
class Stopped(CaseEvent):
    """The student no longer looks for a mentor, or one of the two ends it; no reason is asked."""


@dataclass(frozen=True, slots=True)
class NobodyFound(CaseEvent):
    """Staff say that there is no mentor for this wish."""


@dataclass(frozen=True, slots=True)
class PairApproved(CaseEvent):
    """Staff agree that these two meet."""


@dataclass(frozen=True, slots=True)
class PairRefused(CaseEvent):
    """Staff would rather not have these two meet."""


@dataclass(frozen=True, slots=True)
class StillUndecided(CaseEvent):
    """Staff have not decided for days; the student hears that the wish is not forgotten."""


@dataclass(frozen=True, slots=True)
class SeekMentor(Command):
    """Keep a place with the first mentor who has one: of `choices` in their order, then of all who fit.

    Answers the case with `MentorReserved` or `NobodyFree`.
    """

    student: PersonId
    choices: tuple[PersonId, ...]
    passed_over: tuple[PersonId, ...]
    """Who has been asked already, and is not asked again for this wish."""


@dataclass(frozen=True, slots=True)
class TakePlace(Command):
    """Make the place that was kept with `mentor` the student's."""

    mentor: PersonId
    student: PersonId


@dataclass(frozen=True, slots=True)
class NoteFirstWord(Command):
    """Note that the mentor has answered the student, be it with a question."""

    mentor: PersonId
    student: PersonId


@dataclass(frozen=True, slots=True)
class FreePlace(Command):
    """Give the student's place with `mentor` back; who waits longest is looked after."""

    mentor: PersonId
    student: PersonId
    is_silent: bool = False
    """Whether the mentor did not answer in time, and is told; after two silences in a row they rest."""
    is_answered: bool = False
    """Whether the mentor said no; a request that was taken back says nothing about them."""
