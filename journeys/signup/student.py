"""Somebody who studies here comes in with the code of a class."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from bot.conversation.dialogue import Dialogue, Done, Patience, StepsOf
from bot.conversation.effects import Effect
from bot.conversation.messages import msg
from bot.conversation.prompts import Words
from bot.domain.rights import Erase
from bot.domain.signup import Enrol, SignupDesk
from journeys.signup.enrolment import OWNER, STUDENT, Enrolment, Student


@dataclass(frozen=True, slots=True)
class Draft:
    """What the student has told us so far."""

    born: int
    class_key: str


step = StepsOf(Draft)


class StudentSignup(Dialogue[Draft]):
    """A first name is enough: there is no public profile of a student."""

    name = "signup.student"
    patience = Patience(
        (timedelta(days=1),),
        timedelta(days=7),
        remind=msg(
            "Your sign-up stopped at the question “{question}”. You can go on until {until:date}."
            " After that it is deleted, and you can begin again whenever you like."
        ),
        give_up=msg(
            "Your unfinished sign-up has been deleted. You can begin again whenever you like: /start"
        ),
    )
    left: ClassVar[tuple[Effect, ...]] = (Erase(),)
    left_word = msg("All right. Nothing you wrote has been kept. If you change your mind: /start")

    def __init__(self, desk: SignupDesk) -> None:
        self._desk = desk

    @step(
        Words(
            msg("What is your first name? Only the school and people you turn to see it."),
            max_chars=60,
        )
    )
    def first_name(self, draft: Draft, name: str) -> Done:
        age = self._desk.year - draft.born - 1
        owner = self._desk.owner("signup")
        seated = {} if owner is None else {OWNER: owner}
        facts = Student(draft.class_key, needs_guardian=age < self._desk.consent_age)
        return Done(
            None,
            Enrol(" ".join(name.split()), draft.born, draft.class_key),
            Enrolment.open(facts, seated, mine=STUDENT),
        )
