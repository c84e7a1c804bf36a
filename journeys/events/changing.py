"""Staff change an event that people are invited to already, or call it off."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Goto, Nothing, StepsOf
from bot.conversation.messages import Place, msg
from bot.conversation.moment import Moment
from bot.conversation.prompts import Choice, MaySkip, Option, Prompt
from bot.conversation.typed import Number, Words
from bot.domain.events.desk import EventDesk
from bot.domain.events.hosting import CalledOff, PlacesChanged, PlanChanged
from bot.domain.events.places import lacks_link

SOONEST = timedelta(hours=2)
AHEAD = timedelta(days=400)
MOST_OF_A_PLACE = 160
MOST_PLACES = 100_000
AS_IT_WAS = msg("As it was")
NO_LINK = msg("So that people find the call, please write its link. It begins with https://")


@dataclass(frozen=True, slots=True)
class When:
    """When and where it is to be."""

    starts_at: datetime
    place: str = field(repr=False)


step = StepsOf(When)


class ChangePlan(Dialogue[When]):
    """Another time, another place, or both; everybody who comes, or may come, hears of it once."""

    name = "events.change"
    patience = AT_EASE
    left_word = msg("All right. Nothing has changed.")

    def __init__(self, desk: EventDesk) -> None:
        self._desk = desk

    def _when(self, draft: When) -> Prompt[datetime | None]:
        now = self._desk.now
        question = msg("When is it to begin? Now: {at}", at=draft.starts_at)
        asked = Moment(
            question,
            now=now,
            earliest=now + SOONEST,
            latest=now + AHEAD,
            zone=self._desk.zone,
        )
        return MaySkip.over(asked, AS_IT_WAS)

    @step(_when)
    def when(self, draft: When, at: datetime | None) -> Goto[Literal["where"]]:
        return self.goto("where", replace(draft, starts_at=at) if at else draft)

    def _where(self, draft: When) -> Prompt[str | None]:
        question = msg("Where is it to be? Now: {place}", place=draft.place)
        return MaySkip.over(Words(question, MOST_OF_A_PLACE), AS_IT_WAS)

    @step(_where)
    def where(self, draft: When, place: str | None) -> Goto[Literal["where", "sure"]]:
        if place and lacks_link(place):
            return self.goto("where", draft, first=NO_LINK)
        return self.goto("sure", replace(draft, place=place) if place else draft)

    def _sure(self, draft: When) -> Prompt[bool]:
        question = msg(
            "When: {at:date}, {at:time}\nWhere: {place}\nWhoever comes, or may come, is told at once. Is that right?",
            at=draft.starts_at,
            place=Place(draft.place),
        )
        return Choice(
            question,
            {
                "yes": (Option(msg("Yes, tell them")), True),
                "no": (Option(msg("Leave it as it was")), False),
            },
        )

    @step(_sure)
    def sure(self, draft: When, is_sure: bool) -> Done:
        if not is_sure:
            return Done(self.left_word)
        return Done(None, PlanChanged(draft.starts_at, draft.place))


plain_step = StepsOf(Nothing)


class ChangePlaces(Dialogue[Nothing]):
    """More places, or fewer."""

    name = "events.places"
    patience = AT_EASE
    left_word = msg("All right. Nothing has changed.")

    @plain_step(
        MaySkip.over(
            Number(msg("For how many people is there room?"), 1, MOST_PLACES), msg("Any number")
        )
    )
    def places(self, draft: Nothing, number: int | None) -> Done:
        return Done(None, PlacesChanged(number))


class CallOff(Dialogue[Nothing]):
    """One question more before everybody is told."""

    name = "events.call_off"
    patience = AT_EASE
    left_word = msg("All right. It takes place.")

    @plain_step(
        Choice(
            msg("Whoever has answered is told at once that it does not take place. Are you sure?"),
            {
                "yes": (Option(msg("Yes, call it off")), True),
                "no": (Option(msg("No, it takes place")), False),
            },
        )
    )
    def sure(self, draft: Nothing, is_sure: bool) -> Done:
        return Done(None, CalledOff()) if is_sure else Done(self.left_word)
