"""Somebody who studies here comes in with the code of a class."""

from dataclasses import dataclass
from datetime import timedelta

from bot.conversation.dialogue import Dialogue, Done, StepsOf
from bot.conversation.messages import msg
from bot.conversation.names import PersonName
from bot.domain.people import PersonId
from bot.domain.signup import Enrol, SignupDesk
from journeys.signup.ages import guardian_decides
from journeys.signup.enrolment import OWNER, STUDENT, Enrolling, Enrolment, Student
from journeys.signup.leaving import LEFT, NOTHING_KEPT, unfinished


@dataclass(frozen=True, slots=True)
class Draft:
    """What the student has told us so far."""

    born: int
    class_key: str


step = StepsOf(Draft)
FIRST_NAME = PersonName(
    msg("What is your first name? Only the school and people you turn to see it."), max_chars=60
)


def seated(desk: SignupDesk) -> dict[Enrolling, PersonId]:
    """Return who takes part in an enrolment besides the student."""
    owner = desk.owner("signup")
    return {} if owner is None else {OWNER: owner}


class StudentSignup(Dialogue[Draft]):
    """A first name is enough: there is no public profile of a student."""

    name = "signup.student"
    patience = unfinished(timedelta(days=1))
    left, left_word = LEFT, NOTHING_KEPT

    def __init__(self, desk: SignupDesk) -> None:
        self._desk = desk

    @step(FIRST_NAME)
    def first_name(self, draft: Draft, name: str) -> Done:
        facts = Student(draft.class_key, needs_guardian=guardian_decides(self._desk, draft.born))
        return Done(
            None,
            Enrol(" ".join(name.split()), draft.born, draft.class_key),
            Enrolment.open(facts, seated(self._desk), mine=STUDENT),
        )
