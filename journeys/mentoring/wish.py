"""What is known about a student's wish for a mentor, and who takes part in the search."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.conversation.messages import Message, Term, msg, verbatim
from bot.domain.mentoring import Reason, Topic
from bot.domain.people import Part, PersonId, Side
from journeys.mentoring.words import TOPICS, in_words, studies

SEARCH = "mentoring.search"
"""The case of a search."""


class Searching(Part):
    """Who takes part."""

    STUDENT = "student", Side.STUDENTS
    MENTOR = "mentor", Side.ALUMNI
    OWNER = "owner", Side.STAFF


STUDENT, MENTOR, OWNER = Searching


@dataclass(frozen=True, slots=True)
class Search:
    """What is known about one wish. Rows keep people as numbers, never as names."""

    topic: Topic
    goal: str = field(repr=False)
    programme: str | None = None
    """The code of what the student learns."""
    choices: tuple[PersonId, ...] = ()
    """Mentors to ask next, best first; after them, whoever fits."""
    asked: tuple[PersonId, ...] = ()
    """Mentors who have been asked, the present one last."""
    reasons: tuple[Reason, ...] = ()
    """Why the present one."""
    needs_approval: bool = False
    """Whether staff agree to the pair before the two meet."""
    question: str = field(default="", repr=False)
    """What the mentor wants to know first."""
    answer: str = field(default="", repr=False)
    position: int = 0
    """Place on the waiting list; 0 while somebody is being asked."""
    word_by: datetime | None = None
    """When the student hears again at the latest."""
    silences: int = 0
    """Mentors who did not answer, one after the other."""

    @property
    def help_with(self) -> Message:
        """What the student wants help with."""
        return TOPICS[self.topic]

    @property
    def studies(self) -> Message | Term:
        """What the student learns."""
        return studies(self.programme)

    @property
    def because(self) -> tuple[Message, ...]:
        """Why these two, in plain words."""
        return in_words(self.reasons)

    @property
    def said(self) -> Message:
        """The answer to the mentor's question."""
        if self.answer:
            return verbatim(self.answer)
        return msg("no answer") if self.question else msg("you have not asked anything")
