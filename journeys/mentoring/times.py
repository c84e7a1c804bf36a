"""A mentor proposes three times to meet, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from typing_extensions import override

from bot.conversation.dialogue import Dialogue, Done, Goto, Patience, StepsOf, known
from bot.conversation.messages import Message, msg
from bot.conversation.moment import Moment, suggestions
from bot.conversation.prompts import Choice, Option, Prompt
from bot.conversation.typed import Words
from bot.domain.mentoring.desk import MentoringDesk
from bot.domain.mentoring.meeting import TimesProposed
from bot.domain.mentoring.offers import Day

NOTICE = timedelta(hours=12)
"""A time sooner than this gives the other no chance to see it."""
AHEAD = timedelta(days=60)
SUGGESTED = 6
"""Times offered with each question."""
ASKED: tuple[Literal["first", "second", "third"], ...] = ("first", "second", "third")
"""The steps that ask for a time each: so that each answer can be taken back."""
HOLIDAYS = 9
"""So many of the next good days may be public holidays; more never come together."""
UNSUITED = "unsuited"
"""What it opens with: times that do not suit, in ISO 8601, with spaces between."""
WHICH: tuple[Message, ...] = (
    msg("When could you meet? The first of three times: choose one, or write your own."),
    msg("And the second?"),
    msg("And the third?"),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The times so far."""

    slots: tuple[datetime, ...] = ()
    free: tuple[datetime, ...] = ()
    """Good times that can be proposed by a tap, as they were when the first question was asked."""
    unsuited: tuple[datetime, ...] = ()
    """Times that do not suit one of the two, as is known already."""
    holiday: datetime | None = None
    """A time on a public holiday, until it is kept or not."""


step = StepsOf(Draft)


class ProposeTimes(Dialogue[Draft]):
    """Three times, by a tap or in one's own words, and a place."""

    name = "mentoring.times"
    patience = Patience((), timedelta(days=5), give_up=None)
    """The meeting itself reminds of what it waits for."""

    def __init__(self, desk: MentoringDesk) -> None:
        self._desk = desk

    @override
    def opens_with(self, opening: Mapping[str, str]) -> Draft:
        desk, offer = self._desk, self._desk.offer()
        days = frozenset(list(Day).index(one) for one in offer.days) if offer else frozenset[int]()
        unsuited = tuple(map(datetime.fromisoformat, opening.get(UNSUITED, "").split()))
        most = SUGGESTED + len(ASKED) - 1
        good = suggestions(desk.now, desk.zone, days, most + HOLIDAYS + len(unsuited))
        free = (one for one in good if one <= desk.now + AHEAD and not desk.is_holiday(one))
        suited = tuple(one for one in free if one not in unsuited)
        return Draft(free=suited[:most], unsuited=unsuited)

    def _when(self, draft: Draft) -> Prompt[datetime]:
        now, left = self._desk.now, tuple(one for one in draft.free if one not in draft.slots)
        return Moment(
            WHICH[len(draft.slots)],
            now=now,
            earliest=now + NOTICE,
            latest=now + AHEAD,
            zone=self._desk.zone,
            suggested=left[:SUGGESTED],
        )

    @step(_when)
    def first(
        self, draft: Draft, at: datetime
    ) -> Goto[Literal["first", "second", "third", "holiday", "place"]]:
        return self._heard(draft, at)

    @step(_when)
    def second(
        self, draft: Draft, at: datetime
    ) -> Goto[Literal["first", "second", "third", "holiday", "place"]]:
        return self._heard(draft, at)

    @step(_when)
    def third(
        self, draft: Draft, at: datetime
    ) -> Goto[Literal["first", "second", "third", "holiday", "place"]]:
        return self._heard(draft, at)

    def _heard(
        self, draft: Draft, at: datetime
    ) -> Goto[Literal["first", "second", "third", "holiday", "place"]]:
        if at in draft.slots:
            named = msg("You have named that time already.")
            return self.goto(ASKED[len(draft.slots)], draft, first=named)
        if at in draft.unsuited:
            gone = msg("That time does not suit, as was said before. Please name another.")
            return self.goto(ASKED[len(draft.slots)], draft, first=gone)
        if self._desk.is_holiday(at):
            return self.goto("holiday", replace(draft, holiday=at))
        return self._with(draft, at)

    def _keep_it(self, draft: Draft) -> Prompt[bool]:
        return Choice(
            msg("A public holiday: {at:date}. Do you mean that day?", at=known(draft.holiday)),
            {
                "yes": (Option(msg("Yes, that day")), True),
                "no": (Option(msg("Another time")), False),
            },
        )

    @step(_keep_it)
    def holiday(
        self, draft: Draft, keeps: bool
    ) -> Goto[Literal["first", "second", "third", "place"]]:
        at, draft = known(draft.holiday), replace(draft, holiday=None)
        return self._with(draft, at) if keeps else self.goto(ASKED[len(draft.slots)], draft)

    @step(Words(msg("Where do you meet? A place, or the link of a call."), max_chars=120))
    def place(self, draft: Draft, place: str) -> Done:
        word = msg("Passed on. You hear as soon as one of the times is chosen.")
        return Done(word, TimesProposed(tuple(sorted(draft.slots)), place))

    def _with(
        self, draft: Draft, at: datetime
    ) -> Goto[Literal["first", "second", "third", "place"]]:
        draft = replace(draft, slots=(*draft.slots, at))
        number = len(draft.slots)
        return self.goto("place" if number == len(ASKED) else ASKED[number], draft)
