"""Students look at what they have told, and put it right."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from typing_extensions import override

from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Goto, Revisit, StepsOf, known
from bot.conversation.effects import Effect
from bot.conversation.messages import msg, verbatim
from bot.conversation.prompts import DONE, Option, Prompt, Review
from bot.domain.arrival import OpenElsewhere
from bot.domain.consent import SetConsents
from bot.domain.signup import AwaitGuardian, Enrol, SignupDesk
from journeys.signup.ages import (
    go_on_on_the_page,
    guardian_decides,
    is_it_right,
    not_on_this_network,
    year_of_birth,
)
from journeys.signup.enrolment import STUDENT, Enrolment, Student
from journeys.signup.questions import line
from journeys.signup.student import FIRST_NAME, seated


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of the student, as it is to be."""

    name: str = field(repr=False)
    born: int
    class_key: str


step = StepsOf(Draft)
Line = Literal["first_name", "born"]


class StudentChange(Dialogue[Draft]):
    """Two lines; whoever turns out to be younger waits for a guardian, as at sign-up."""

    name = "signup.student_profile"
    patience = AT_EASE
    left_word = msg("All right. Your profile stays as it was.")

    def __init__(self, desk: SignupDesk) -> None:
        self._desk = desk

    @override
    def opens_with(self, opening: Mapping[str, str]) -> Draft:
        told = known(self._desk.student())
        return Draft(told.name, told.born, told.class_key)

    def _lines(self, draft: Draft) -> Prompt[Line | Literal["/done"]]:
        told: Mapping[Line, Option] = {
            "first_name": line(msg("First name"), verbatim(draft.name)),
            "born": line(msg("Year of birth"), verbatim(str(draft.born))),
        }
        question = msg("Please check. To change a line, choose it. Is everything right?")
        return Review(question, told, msg("Send"))

    @step(_lines)
    def review(self, draft: Draft, line: Line | Literal["/done"]) -> Revisit[Line] | Done:
        if line != DONE:
            return self.revisit(line, draft)
        return Done(msg("Done. Your profile is up to date."), *self._put_right(draft))

    @step(FIRST_NAME)
    def first_name(self, draft: Draft, name: str) -> Goto[Literal["review"]]:
        return self.goto("review", replace(draft, name=" ".join(name.split())))

    def _born(self, draft: Draft) -> Prompt[int]:
        return year_of_birth(self._desk.year)

    @step(_born)
    def born(
        self, draft: Draft, born: int
    ) -> Goto[Literal["review"]] | Revisit[Literal["too_young"]]:
        corrected = replace(draft, born=born)
        if not_on_this_network(self._desk, born):
            return self.revisit("too_young", corrected)
        return self.goto("review", corrected)

    def _is_it_right(self, draft: Draft) -> Prompt[bool]:
        return is_it_right(self._desk, draft.born, ends=False)

    @step(_is_it_right)
    def too_young(self, draft: Draft, is_right: bool) -> Goto[Literal["born"]] | Done:
        if not is_right:
            return self.goto("born", draft)
        link = (OpenElsewhere(),) if self._desk.web_url else ()
        word, right = go_on_on_the_page(self._desk), self._put_right(draft)
        return Done(word, *right, SetConsents(()), *link)

    def _put_right(self, draft: Draft) -> tuple[Effect, ...]:
        kept = Enrol(draft.name, draft.born, draft.class_key)
        before = known(self._desk.student()).born
        if guardian_decides(self._desk, before) or not guardian_decides(self._desk, draft.born):
            return (kept,)
        facts = Student(draft.class_key, needs_guardian=True)
        asked = Enrolment.open(facts, seated(self._desk), mine=STUDENT)
        return (kept, SetConsents(()), AwaitGuardian(), asked)
