"""What is known about a pair, and who takes part in it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.conversation.case import Case
from bot.conversation.messages import Message, Term, msg, msgs
from bot.domain.mentoring.offers import Topic
from bot.domain.mentoring.pair import Need
from bot.domain.people import Part, Side
from journeys.mentoring.words import TOPICS, studies

DAY = timedelta(days=1)
QUIET_AFTER = 14 * DAY
DECIDE_AFTER = 60 * DAY
LENGTH = 90 * DAY
"""Three months is what such programmes last (domain 3.7, S57)."""
MEETINGS = 4
"""Three or four short meetings carry further than an open end (peers 6.4): then the student decides."""
HELP_WANTED = {
    Need.QUIET: msg(
        "It has been quiet between the two, and both have been asked. Please ask them in person how to go on."
    ),
    Need.MISSED: msg(
        "Two meetings in a row did not come about. Please ask both in person how to go on."
    ),
    Need.ASKED: msg("The student would like to talk to you. Please do, and then ask the mentor."),
    Need.MENTOR_CLOSED: msg(
        "The mentor has closed this chat, so nothing arrives there. Please ask both in person how to go on."
    ),
    Need.STUDENT_CLOSED: msg(
        "The student has closed this chat, so nothing arrives there. Please ask both in person how to go on."
    ),
}


class Pairing(Part):
    """Who takes part."""

    STUDENT = "student", Side.STUDENTS
    MENTOR = "mentor", Side.ALUMNI
    OWNER = "owner", Side.STAFF


STUDENT, MENTOR, OWNER = Pairing


@dataclass(frozen=True, slots=True)
class Pair:
    """What is known about one pair; never what the two write to each other."""

    topic: Topic
    goal: str = field(repr=False)
    programme: str | None = None
    """The code of what the student learns."""
    needs_approval: bool = False
    """Whether the school wants to see pairs first; remembered for a search that may follow."""
    began_at: datetime | None = None
    """When the two were introduced."""
    last_contact: datetime | None = None
    """When one wrote to the other, or they met, or agreed to meet, or said that they are in touch."""
    asked_again: datetime | None = None
    """When the student last had the mentor reminded."""
    need: Need | None = None
    """Why somebody at school was asked to look after the two."""
    met: int = 0
    """Meetings that were held."""
    missed: int = 0
    """Meetings that were not, one after the other."""
    prepared: int = 0
    """The number of the meeting for which both have had their card."""
    is_decided: bool = False
    """Whether the student has said how to go on, after four meetings or after sixty days."""
    is_early: bool = False
    """Whether they part before the agreed end, with thanks."""
    of_student: str = field(default="", repr=False)
    """The contact that the student is ready to give."""
    of_mentor: str = field(default="", repr=False)
    heard: int = 0
    """Of the two, how many have said how it was."""
    useful: int | None = None
    """What the student said: 1 (not at all) to 5 (very)."""
    worthwhile: int | None = None
    """The same of the mentor."""

    @property
    def studies(self) -> Message | Term:
        """What the student learns."""
        return studies(self.programme)

    @property
    def help_with(self) -> Message:
        """What the student wants help with."""
        return TOPICS[self.topic]

    @property
    def quiet_at(self) -> datetime | None:
        """When the two have not been in touch for two weeks."""
        return self.last_contact and self.last_contact + QUIET_AFTER

    @property
    def decide_at(self) -> datetime | None:
        """When the student is to say how to go on; None once that is said."""
        return None if self.is_decided else self.began_at and self.began_at + DECIDE_AFTER

    @property
    def ends_at(self) -> datetime | None:
        """The agreed end."""
        return self.began_at and self.began_at + LENGTH

    @property
    def have_exchanged(self) -> bool:
        """Whether both have given a contact."""
        return bool(self.of_student and self.of_mentor)

    @property
    def help_wanted(self) -> Message:
        """What is asked of the school, and why."""
        return HELP_WANTED[self.need or Need.QUIET]

    @property
    def reached(self) -> Message:
        """Why it is time to decide how to go on."""
        if self.met < MEETINGS:
            return msg("Two months are over.")
        return msgs("You have met once.", "You have met {n} times.", self.met)

    @property
    def ends_now(self) -> Message:
        """That they part."""
        if self.is_early:
            return msg("Your mentoring ends now, with thanks.")
        return msg("Your mentoring ends now, as agreed.")

    @property
    def given(self) -> Message:
        """What the two have had of each other."""
        if not self.met:
            return msg("Thank you for your time.")
        return msgs("You met once.", "You met {n} times.", self.met)


Mentoring: TypeAlias = Case[Pair, Pairing]
