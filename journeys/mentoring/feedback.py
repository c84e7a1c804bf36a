"""How it was: a number and a line at the end, and what a student expects of a first job, before and after."""

from dataclasses import dataclass, replace
from typing import Literal

from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Goto, StepsOf, known
from bot.conversation.effects import Start
from bot.conversation.messages import msg, verbatim
from bot.conversation.prompts import Choice, MaySkip, Option, Prompt
from bot.conversation.typed import Number, Words
from bot.domain.mentoring.offers import RestMentor
from bot.domain.mentoring.pair import Expected, FeedbackGiven, KeepExpectation

MOST_USEFUL = 5
LOW = 2
"""Somebody at school should ask why it was of no more use than this (peers 2.4); nobody is asked for thanks then."""
HOW_USEFUL = Choice(
    msg("How useful was it for you? 1 is not at all, 5 is very."),
    {str(n): (Option(verbatim(str(n))), n) for n in range(1, MOST_USEFUL + 1)},
)
LATER = msg("Skip for now")
TO_SCHOOL = MaySkip.over(
    Words(
        msg("If you like, add a line: what would you change? The school reads it."),
        max_chars=400,
    ),
    LATER,
)
TO_MENTOR = MaySkip.over(
    Words(msg("If you like, write a line of thanks. Your mentor reads it."), max_chars=400), LATER
)
PAY = MaySkip.over(
    Number(
        msg(
            "What do you think a first job in your trade pays a month, before tax? A number is enough."
        ),
        least=0,
        most=20_000,
    ),
    LATER,
)
MONTHS = MaySkip.over(
    Number(
        msg("And how many months do you think it takes to find one? A number is enough."),
        least=0,
        most=60,
    ),
    LATER,
)
NEVER = -1
"""Months until somebody is asked again who would rather not be."""
THANKS = msg("Thank you. It helps the school to do it better.")


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been said so far."""

    useful: int | None = None
    line: str | None = None
    pay: int | None = None


step = StepsOf(Draft)


class MentorFeedback(Dialogue[Draft]):
    """A mentor says how it was."""

    name = "mentoring.mentor_feedback"

    @step(HOW_USEFUL)
    def useful(self, draft: Draft, useful: int) -> Goto[Literal["line"]]:
        return self.goto("line", replace(draft, useful=useful))

    @step(TO_SCHOOL)
    def line(self, draft: Draft, line: str | None) -> Goto[Literal["again"]]:
        return self.goto("again", replace(draft, line=line))

    @step(
        Choice(
            msg("When may the school ask you again?"),
            {
                "now": (Option(msg("As soon as somebody fits")), 0),
                "3": (Option(msg("In 3 months")), 3),
                "12": (Option(msg("In a year")), 12),
                "never": (Option(msg("Better not")), NEVER),
            },
        )
    )
    def again(self, draft: Draft, months: int) -> Done:
        said = FeedbackGiven(known(draft.useful), draft.line)
        if not months:
            return Done(THANKS, said)
        return Done(THANKS, RestMentor(None if months == NEVER else months), said)


class StudentFeedback(Dialogue[Draft]):
    """A student says how it was, thanks the mentor, and says what they expect now."""

    name = "mentoring.student_feedback"

    @step(HOW_USEFUL)
    def useful(self, draft: Draft, useful: int) -> Goto[Literal["line"]]:
        return self.goto("line", replace(draft, useful=useful))

    def _which_line(self, draft: Draft) -> Prompt[str | None]:
        return TO_SCHOOL if known(draft.useful) <= LOW else TO_MENTOR

    @step(_which_line)
    def line(self, draft: Draft, line: str | None) -> Goto[Literal["pay"]]:
        return self.goto("pay", replace(draft, line=line))

    @step(PAY)
    def pay(self, draft: Draft, pay: int | None) -> Goto[Literal["months"]]:
        return self.goto("months", replace(draft, pay=pay))

    @step(MONTHS)
    def months(self, draft: Draft, months: int | None) -> Goto[Literal["again"]]:
        told = Expected(draft.pay, months)
        return self.goto("again", draft, KeepExpectation(told, is_after=True))

    @step(
        Choice(
            msg("Would you like a mentor again?"),
            {
                "yes": (Option(msg("Again, with somebody new")), True),
                "no": (Option(msg("Not now")), False),
            },
        )
    )
    def again(self, draft: Draft, again: bool) -> Done:
        said = FeedbackGiven(known(draft.useful), draft.line)
        return Done(None, said, Start("mentoring.request")) if again else Done(THANKS, said)


class Expectation(Dialogue[Draft]):
    """A student says what they expect of a first job, before the first meeting."""

    name = "mentoring.expect"
    patience = AT_EASE

    @step(PAY)
    def pay(self, draft: Draft, pay: int | None) -> Goto[Literal["months"]]:
        return self.goto("months", replace(draft, pay=pay))

    @step(MONTHS)
    def months(self, draft: Draft, months: int | None) -> Done:
        word = msg("Thank you. Ask your mentor how it really is.")
        return Done(word, KeepExpectation(Expected(draft.pay, months), is_after=False))
