"""A mentor proposes three times to meet, and where."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.conversation.dialogue import Dialogue, Done, Goto, StepsOf, known
from bot.conversation.messages import Message, msg
from bot.conversation.moment import Moment, suggestions
from bot.conversation.prompts import Choice, Option, Prompt, Words
from bot.domain.mentoring import Day, MentoringDesk, TimesProposed

NOTICE = timedelta(hours=12)
"""A time sooner than this gives the other no chance to see it."""
AHEAD = timedelta(days=60)
SUGGESTED = 6
PROPOSED = 3
WHICH: tuple[Message, ...] = (
    msg("When could you meet? The first of three times: choose one, or write your own."),
    msg("And the second?"),
    msg("And the third?"),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The times so far."""

    slots: tuple[datetime, ...] = ()
    holiday: datetime | None = None
    """A time on a public holiday, until it is kept or not."""


step = StepsOf(Draft)


class ProposeTimes(Dialogue[Draft]):
    """Three times, by a tap or in one's own words, and a place."""

    name = "mentoring.times"

    def __init__(self, desk: MentoringDesk) -> None:
        self._desk = desk

    def _when(self, draft: Draft) -> Prompt[datetime]:
        desk, offer = self._desk, self._desk.offer()
        days = frozenset(list(Day).index(one) for one in offer.days) if offer else frozenset[int]()
        free = suggestions(desk.now, desk.zone, days, SUGGESTED)
        left = tuple(one for one in free if one not in draft.slots)
        question = WHICH[len(draft.slots)]
        return Moment(question, desk.now + NOTICE, desk.now + AHEAD, desk.zone, left)

    @step(_when)
    def when(self, draft: Draft, at: datetime) -> Goto[Literal["when", "holiday", "place"]]:
        if at in draft.slots:
            return self.goto("when", draft, first=msg("You have named that time already."))
        if self._desk.is_holiday(at):
            return self.goto("holiday", replace(draft, holiday=at))
        return self._with(draft, at)

    def _keep_it(self, draft: Draft) -> Prompt[bool]:
        return Choice(
            msg("{at:date} is a public holiday. Do you mean that day?", at=known(draft.holiday)),
            {
                "yes": (Option(msg("Yes, that day")), True),
                "no": (Option(msg("Another time")), False),
            },
        )

    @step(_keep_it)
    def holiday(self, draft: Draft, keeps: bool) -> Goto[Literal["when", "place"]]:
        at, draft = known(draft.holiday), replace(draft, holiday=None)
        return self._with(draft, at) if keeps else self.goto("when", draft)

    @step(Words(msg("Where do you meet? A place, or the link of a call."), max_chars=120))
    def place(self, draft: Draft, place: str) -> Done:
        word = msg("Passed on. You hear as soon as one of the times is chosen.")
        return Done(word, TimesProposed(tuple(sorted(draft.slots)), place))

    def _with(self, draft: Draft, at: datetime) -> Goto[Literal["when", "place"]]:
        draft = replace(draft, slots=(*draft.slots, at))
        return self.goto("place" if len(draft.slots) == PROPOSED else "when", draft)
