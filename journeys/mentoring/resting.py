"""A mentor rests, opens up again, or changes what they offer; what they said is kept."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Literal, assert_never

from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Goto, Nothing, StepsOf, known
from bot.conversation.effects import Start
from bot.conversation.messages import msg
from bot.conversation.prompts import Choice, Option, Prompt
from bot.domain.mentoring.desk import MentoringDesk
from bot.domain.mentoring.offers import KeepOffer, Openness, RestMentor
from journeys.mentoring.offer import AGREE, NEEDED, agreed_to
from journeys.mentoring.request import one_of

NOTED = msg("Noted. What you told us is kept. To change it: /mentor")
AGAIN = msg("Good. As soon as a student fits, you get a request.")
OPENNESS = {
    Openness.OPEN: msg("As I offered"),
    Openness.LIMITED: msg("One student at a time"),
    Openness.CLOSED: msg("Nobody new for now"),
}
WHEN: Mapping[str, tuple[Option, int | None]] = {
    "3": (Option(msg("In 3 months")), 3),
    "6": (Option(msg("In 6 months")), 6),
    "12": (Option(msg("In a year")), 12),
    "never": (Option(msg("Better not")), None),
}


class Wants(StrEnum):
    """What somebody who is a mentor would like."""

    AGAIN = "again"
    CHANGE = "change"
    OPENNESS = "openness"
    REST = "rest"


WANTS = {
    Wants.AGAIN: msg("Be asked again"),
    Wants.OPENNESS: msg("Be asked more, or less"),
    Wants.REST: msg("Rest for some months"),
    Wants.CHANGE: msg("Change what I offer"),
}


step = StepsOf(Nothing)


class MentorChange(Dialogue[Nothing]):
    """A mentor says how much they would like to be asked."""

    name = "mentoring.change"
    patience = AT_EASE

    def __init__(self, desk: MentoringDesk) -> None:
        self._desk = desk

    def _what_would_you_like(self, draft: Nothing) -> Prompt[Wants]:
        """Say first why nobody asks, if nobody does."""
        rest = self._desk.rests_until()
        if not self._agrees:
            question = msg(
                "You are a mentor, but you have switched off requests for help or being seen, so no request comes."
                " What would you like?"
            )
        elif rest:
            question = msg(
                "You are a mentor. Until {rest:date} no student asks you. What would you like?",
                rest=rest,
            )
        elif self._is_closed:
            question = msg(
                "You are a mentor. As you wished, no student asks you for now. What would you like?"
            )
        else:
            question = msg("You are a mentor. Thank you. What would you like?")
        is_asked = self._agrees and rest is None and not self._is_closed
        left_out = {Wants.AGAIN} if is_asked else {Wants.REST}
        return one_of(
            question, {one: label for one, label in WANTS.items() if one not in left_out}
        )

    @property
    def _agrees(self) -> bool:
        return set(NEEDED) <= set(self._desk.consents())

    @property
    def _is_closed(self) -> bool:
        offer = self._desk.offer()
        return offer is not None and offer.openness is Openness.CLOSED

    def _asked_again(self) -> KeepOffer:
        """End what keeps students away: a rest, and a wish for nobody new."""
        offer = known(self._desk.offer())
        return KeepOffer(replace(offer, openness=Openness.OPEN) if self._is_closed else offer)

    @step(_what_would_you_like)
    def wants(
        self, draft: Nothing, wants: Wants
    ) -> Goto[Literal["agree", "openness", "rest"]] | Done:
        match wants:
            case Wants.AGAIN if self._agrees:
                return Done(AGAIN, self._asked_again())
            case Wants.AGAIN:
                return self.goto("agree", draft)
            case Wants.CHANGE:
                return Done(None, Start("mentoring.offer_change"))
            case Wants.OPENNESS:
                return self.goto("openness", draft)
            case Wants.REST:
                return self.goto("rest", draft)
            case _:
                assert_never(wants)

    @step(AGREE)
    def agree(self, draft: Nothing, agrees: bool) -> Done:
        if not agrees:
            return Done(NOTED)
        return Done(AGAIN, agreed_to(self._desk), self._asked_again())

    @step(one_of(msg("May students ask you?"), OPENNESS))
    def openness(self, draft: Nothing, openness: Openness) -> Done:
        return Done(NOTED, KeepOffer(replace(known(self._desk.offer()), openness=openness)))

    @step(Choice(msg("When may the school ask you again?"), WHEN))
    def rest(self, draft: Nothing, months: int | None) -> Done:
        return Done(NOTED, RestMentor(months))


class MentorRest(Dialogue[Nothing]):
    """Somebody who has no time now says when to be asked again; without an answer it stays at three months."""

    name = "mentoring.rest"
    patience = AT_EASE
    left_word = msg("All right. No request comes in the next 3 months. To change that: /mentor")

    @step(
        Choice(
            msg(
                "Thank you for answering. The request goes to somebody else."
                " When may the school ask you again?"
            ),
            WHEN,
        )
    )
    def rest(self, draft: Nothing, months: int | None) -> Done:
        return Done(NOTED, RestMentor(months))
