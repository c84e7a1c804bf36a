"""A mentor rests, opens up again, or changes what they offer; what they said is kept."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal, assert_never

from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Goto, StepsOf, known
from bot.conversation.effects import Start
from bot.conversation.messages import msg
from bot.conversation.prompts import Choice, Option
from bot.domain.mentoring import KeepOffer, MentoringDesk, Openness, RestMentor
from journeys.mentoring.request import one_of

NOTED = msg("Noted. What you told us is kept. To change it: /mentor")
OPENNESS = {
    Openness.OPEN: msg("As I offered"),
    Openness.LIMITED: msg("One student at a time"),
    Openness.CLOSED: msg("Nobody new for now"),
}
WHEN = Choice(
    msg("When may the school ask you again?"),
    {
        "3": (Option(msg("In 3 months")), 3),
        "6": (Option(msg("In 6 months")), 6),
        "12": (Option(msg("In a year")), 12),
        "never": (Option(msg("Better not")), None),
    },
)


class Wants(StrEnum):
    """What somebody who is a mentor would like."""

    CHANGE = "change"
    OPENNESS = "openness"
    REST = "rest"


WANTS = {
    Wants.OPENNESS: msg("Be asked more, or less"),
    Wants.REST: msg("Rest for some months"),
    Wants.CHANGE: msg("Change what I offer"),
}


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing need be remembered."""


step = StepsOf(Nothing)


class MentorChange(Dialogue[Nothing]):
    """A mentor says how much they would like to be asked."""

    name = "mentoring.change"
    patience = AT_EASE

    def __init__(self, desk: MentoringDesk) -> None:
        self._desk = desk

    @step(one_of(msg("You are a mentor. Thank you. What would you like?"), WANTS))
    def wants(self, draft: Nothing, wants: Wants) -> Goto[Literal["openness", "rest"]] | Done:
        match wants:
            case Wants.CHANGE:
                return Done(None, Start("mentoring.offer"))
            case Wants.OPENNESS:
                return self.goto("openness", draft)
            case Wants.REST:
                return self.goto("rest", draft)
            case _:
                assert_never(wants)

    @step(one_of(msg("May students ask you?"), OPENNESS))
    def openness(self, draft: Nothing, openness: Openness) -> Done:
        return Done(NOTED, KeepOffer(replace(known(self._desk.offer()), openness=openness)))

    @step(WHEN)
    def rest(self, draft: Nothing, months: int | None) -> Done:
        return Done(NOTED, RestMentor(months))


class MentorRest(Dialogue[Nothing]):
    """Somebody who has no time now says when to be asked again."""

    name = "mentoring.rest"
    patience = AT_EASE

    @step(WHEN)
    def rest(self, draft: Nothing, months: int | None) -> Done:
        return Done(NOTED, RestMentor(months))
