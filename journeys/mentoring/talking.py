"""What the two of a pair write to each other and to the school, one question each."""

from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Nothing, StepsOf
from bot.conversation.messages import msg
from bot.conversation.prompts import Choice, Option
from bot.conversation.typed import Words
from bot.domain.mentoring.pair import CannotReach, ContactOffered, OutOfReach, Passed
from bot.domain.mentoring.search import QuestionAnswered, QuestionAsked

step = StepsOf(Nothing)


class AskStudent(Dialogue[Nothing]):
    """A mentor wants to know something before saying yes or no."""

    name = "mentoring.ask"

    @step(
        Words(
            msg("What would you like to ask? The student sees your words; contacts are left out."),
            max_chars=400,
        )
    )
    def question(self, draft: Nothing, words: str) -> Done:
        return Done(None, QuestionAsked(words))


class AnswerMentor(Dialogue[Nothing]):
    """The student answers the mentor's question."""

    name = "mentoring.answer"

    @step(
        Words(
            msg("Please write your answer. The mentor sees your words; contacts are left out."),
            max_chars=400,
        )
    )
    def answer(self, draft: Nothing, words: str) -> Done:
        return Done(None, QuestionAnswered(words))


class WriteToOther(Dialogue[Nothing]):
    """One of the two writes to the other; nobody at school reads it."""

    name = "mentoring.write"
    patience = AT_EASE

    @step(
        Words(
            msg(
                "What would you like to say? It is passed on as you write it; nobody at school reads it."
                " Telephone numbers, links and addresses are left out until you have both agreed to exchange contacts."
            ),
            max_chars=1000,
        )
    )
    def words(self, draft: Nothing, words: str) -> Done:
        return Done(None, Passed(words))


class ShareContact(Dialogue[Nothing]):
    """One of the two is ready to exchange contacts."""

    name = "mentoring.contact"
    patience = AT_EASE

    @step(
        Words(
            msg(
                "Which contact may the other person have? It is passed on only when both of you have given one."
            ),
            max_chars=120,
        )
    )
    def contact(self, draft: Nothing, words: str) -> Done:
        return Done(None, ContactOffered(words))


class ReachMentor(Dialogue[Nothing]):
    """A student who cannot reach the mentor says what they would like."""

    name = "mentoring.reach"
    patience = AT_EASE

    @step(
        Choice(
            msg("That happens, and it is not about you. What would you like?"),
            {
                OutOfReach.TRY_AGAIN.value: (
                    Option(msg("Remind the mentor")),
                    OutOfReach.TRY_AGAIN,
                ),
                OutOfReach.SOMEBODY_ELSE.value: (
                    Option(msg("Have somebody else")),
                    OutOfReach.SOMEBODY_ELSE,
                ),
                OutOfReach.TALK_TO_SCHOOL.value: (
                    Option(msg("Talk to the school")),
                    OutOfReach.TALK_TO_SCHOOL,
                ),
                OutOfReach.STOP.value: (Option(msg("Stop here")), OutOfReach.STOP),
            },
        )
    )
    def wish(self, draft: Nothing, wish: OutOfReach) -> Done:
        return Done(None, CannotReach(wish))
