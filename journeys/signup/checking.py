"""What staff ask and say about a sign-up, and what the person answers."""

from bot.conversation.dialogue import Dialogue, Done, Nothing, StepsOf
from bot.conversation.messages import Message, msg
from bot.conversation.prompts import Choice, Option
from bot.conversation.typed import Words
from bot.domain.signup import Explained, MoreAsked, Rejected, WhyRejected

WHY: dict[WhyRejected, Message] = {
    WhyRejected.NOT_FOUND: msg("Not in our records"),
    WhyRejected.OTHER_PERSON: msg("Somebody else’s name"),
    WhyRejected.TWICE: msg("Signed up twice"),
    WhyRejected.OTHER: msg("Another reason"),
}


step = StepsOf(Nothing)


class AskNewcomer(Dialogue[Nothing]):
    """Staff ask a newcomer something."""

    name = "signup.ask"

    @step(
        Words(
            msg("What would you like to ask? The person sees your words as they are."),
            max_chars=400,
        )
    )
    def question(self, draft: Nothing, words: str) -> Done:
        return Done(msg("Asked. You will get the answer here."), MoreAsked(words))


class RejectNewcomer(Dialogue[Nothing]):
    """Staff say why they do not recognise somebody; the person is not told the reason."""

    name = "signup.reject"

    @step(
        Choice(
            msg(
                "Why? The reason is for the school’s records; the person is told that it could not be confirmed."
            ),
            {why.value: (Option(label), why) for why, label in WHY.items()},
        )
    )
    def reason(self, draft: Nothing, why: WhyRejected) -> Done:
        return Done(None, Rejected(why))


class ExplainToSchool(Dialogue[Nothing]):
    """A newcomer answers the school's question."""

    name = "signup.explain"

    @step(
        Words(
            msg("Please write your answer. The school sees your words as they are."), max_chars=400
        )
    )
    def answer(self, draft: Nothing, words: str) -> Done:
        return Done(None, Explained(words))
