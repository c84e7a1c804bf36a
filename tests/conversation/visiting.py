"""A dialogue with every kind of question, a branch, a repeated question and a review; nobody is asked it for real."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar, Literal, TypeAlias

from bot.conversation.dialogue import Dialogue, Done, Goto, Json, Patience, Revisit, StepsOf, known
from bot.conversation.effects import Effect
from bot.conversation.messages import Message, msg, verbatim
from bot.conversation.prompts import DONE, Choice, MaySkip, Option, Prompt, Review, Several
from bot.conversation.typed import Words, Year
from bot.domain.people import Command

TRADES = (
    "Welding",
    "Electrics",
    "Carpentry",
    "Baking",
    "Plumbing",
    "Gardening",
    "Tailoring",
    "Masonry",
    "Painting",
    "Forestry",
)
"""More than fit on a page."""
DAYS = ("Monday", "Tuesday", "Thursday")
LONG_AGO = 2010


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visitor has told us so far."""

    name: str = ""
    trade: str | None = None
    days: tuple[str, ...] = ()
    left_in: int | None = None
    town: str | None = None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class BookVisit(Command):
    """Expect a visitor."""

    visit: Visit


@dataclass(frozen=True, slots=True)
class ForgetVisit(Command):
    """Expect nobody."""


step = StepsOf(Visit)
Line: TypeAlias = Literal["trade", "days", "who"]


def _upgraded(old: Json) -> Json:
    """Call `full_name` by its present name."""

    def renamed(draft: Json) -> Json:
        return {("name" if key == "full_name" else key): value for key, value in draft.items()}

    past = [{**frame, "draft": renamed(frame["draft"])} for frame in old.get("past", ())]
    return {**old, "draft": renamed(old["draft"]), "past": past}


class VisitBooking(Dialogue[Visit]):
    """Somebody wants to see the workshops."""

    name = "test.visit"
    version = 2
    patience = Patience(
        (timedelta(hours=1), timedelta(days=1)), timedelta(days=2), give_up=msg("Another day.")
    )
    upgrades: ClassVar[Mapping[int, Callable[[Json], Json]]] = {1: _upgraded}
    left: ClassVar[tuple[Effect, ...]] = (ForgetVisit(),)
    left_word = msg("Nothing is planned.")

    @step(
        Choice(
            msg("Which workshop would you like to see?"),
            {trade.lower(): (Option(verbatim(trade)), trade) for trade in TRADES},
        )
    )
    def trade(self, draft: Visit, trade: str) -> Goto[Literal["days"]]:
        return self.goto("days", replace(draft, trade=trade))

    def _days(self, draft: Visit) -> Prompt[tuple[str, ...]]:
        on = tuple(day.lower() for day in draft.days)
        choices = {day.lower(): (Option(verbatim(day)), day) for day in DAYS}
        return Several(msg("On which days?"), choices, msg("Done"), on)

    @step(_days)
    def days(self, draft: Visit, days: tuple[str, ...]) -> Goto[Literal["days", "who"]]:
        if not days:
            return self.goto("days", draft, first=msg("One day at least."))
        return self.goto("who", replace(draft, days=days), BookVisit(draft))

    @step(Words(msg("Who shall we expect?"), max_chars=40))
    def who(self, draft: Visit, name: str) -> Goto[Literal["left_in"]]:
        return self.goto("left_in", replace(draft, name=name))

    @step(Year(msg("When did you leave?"), 1950, 2030))
    def left_in(self, draft: Visit, year: int) -> Goto[Literal["town", "sure"]]:
        told = replace(draft, left_in=year)
        return self.goto("town", told) if year < LONG_AGO else self.goto("sure", told)

    @step(MaySkip.over(Words(msg("Where do you live?"), max_chars=40), msg("Skip")))
    def town(self, draft: Visit, town: str | None) -> Goto[Literal["sure"]]:
        return self.goto("sure", replace(draft, town=town))

    @step(
        MaySkip.over(
            Choice(
                msg("Is it your first visit?"),
                {"yes": (Option(msg("Yes")), True), "no": (Option(msg("No")), False)},
                side_by_side=True,
            ),
            msg("I do not know"),
        )
    )
    def sure(self, draft: Visit, first: bool | None) -> Goto[Literal["review"]]:
        return self.goto("review", replace(draft, is_new=first is True))

    def _lines(self, draft: Visit) -> Prompt[Line | Literal["/done"]]:
        told: Mapping[Line, Option] = {
            "trade": Option(msg("Workshop"), verbatim(known(draft.trade))),
            "days": Option(msg("Days"), verbatim(", ".join(draft.days))),
            "who": Option(msg("Name"), verbatim(draft.name)),
        }
        return Review(msg("Is everything right?"), told, msg("Send"))

    @step(_lines)
    def review(self, draft: Visit, line: Line | Literal["/done"]) -> Revisit[Line] | Done:
        if line == DONE:
            return Done(msg("See you soon."), BookVisit(draft))
        return self.revisit(line, draft)


def speak(message: Message) -> str:
    """Put a message into English."""
    return message.id.format(**{name: str(value) for name, value in message.params.items()})


ANSWERS = ("Baking", "Monday, Thursday", "done", "Liis", "2005", "Tartu", "yes")
"""What leads from the first question to the review."""
