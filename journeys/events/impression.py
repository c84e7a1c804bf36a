"""How an event was: two questions, kept without a name."""

from dataclasses import dataclass, replace
from typing import Literal

from bot.conversation.dialogue import Dialogue, Done, Goto, StepsOf, known
from bot.conversation.messages import msg, verbatim
from bot.conversation.prompts import Choice, MaySkip, Option
from bot.conversation.typed import Words
from bot.domain.events.answers import ImpressionGiven

BEST = 5


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been said so far."""

    rating: int | None = None


step = StepsOf(Draft)


class TellImpression(Dialogue[Draft]):
    """A number, and a line."""

    name = "events.impression"

    @step(
        Choice(
            msg("How was it for you? 1 is not good, 5 is very good."),
            {str(n): (Option(verbatim(str(n))), n) for n in range(1, BEST + 1)},
        )
    )
    def rating(self, draft: Draft, rating: int) -> Goto[Literal["line"]]:
        return self.goto("line", replace(draft, rating=rating))

    @step(
        MaySkip.over(
            Words(msg("If you like, add a line: what should be different next time?"), 400),
            msg("Skip for now"),
        )
    )
    def line(self, draft: Draft, line: str | None) -> Done:
        thanks = msg("Thank you. It helps the school to do it better.")
        return Done(thanks, ImpressionGiven(known(draft.rating), line))
