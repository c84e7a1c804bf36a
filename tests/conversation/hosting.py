"""A case with all that a lifecycle can declare: a guest visits a host; nobody lives it for real."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from bot.conversation.case import Case, Settled, Stay, To
from bot.conversation.expectations import Deadline, Nudge, Open, Tap, absent, do, wait
from bot.conversation.lifecycle import Lifecycle, Phase, StatesOf
from bot.conversation.messages import msg
from bot.domain.people import (
    Cancelled,
    CaseEvent,
    Part,
    Released,
    Report,
    Side,
    Suspended,
    Withdrawn,
)
from bot.domain.times import WorkingDays
from tests.conversation.visiting import VisitBooking

DAY = timedelta(days=1)


class Visiting(Part):
    """Who takes part."""

    GUEST = "guest", Side.ALUMNI
    HOST = "host", Side.STAFF
    FIRM = "firm", Side.FIRMS


GUEST, HOST, FIRM = Visiting


class WhyNot(StrEnum):
    """Why somebody does not want to."""

    NO_TIME = "no_time"
    NO_ROOM = "no_room"


@dataclass(frozen=True, slots=True)
class Accepted(CaseEvent):
    """The host is glad to have a guest."""


@dataclass(frozen=True, slots=True)
class Declined(CaseEvent):
    """The host says no."""

    reason: WhyNot


@dataclass(frozen=True, slots=True)
class Dated(CaseEvent):
    """A day is found."""

    at: datetime


@dataclass(frozen=True, slots=True)
class NoAnswer(CaseEvent):
    """The host has not answered."""


@dataclass(frozen=True, slots=True)
class Told(CaseEvent):
    """Somebody says how it was."""


@dataclass(frozen=True, slots=True)
class DayOver(CaseEvent):
    """The day of the visit is over."""


@dataclass(frozen=True, slots=True)
class Joined(Report):
    """Somebody comes along."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known about a visit."""

    trade: str
    at: datetime | None = None
    told: int = 0

    @property
    def company(self) -> str:
        """How many have told how it was."""
        return str(self.told)


state = StatesOf(Plan, Visiting)


class Hosting(Lifecycle[Plan, Visiting]):
    """One visit, from the wish to the thanks."""

    name = "test.hosting"

    asked = state(
        Phase.SIGN_UP,
        expects={
            HOST: do(
                msg("Answer {guest} about {trade}."),
                Tap(msg("Yes"), Accepted()),
                Tap(msg("No time"), Declined(WhyNot.NO_TIME)),
                Tap(msg("No room"), Declined(WhyNot.NO_ROOM)),
                letter=msg("{guest} would like to see your workshop."),
            ),
            GUEST: wait(msg("Wait for an answer.")),
            FIRM: absent,
        },
        nudges=(
            Nudge(HOST, DAY, msg("{guest} is waiting.")),
            Nudge(HOST, WorkingDays(2), msg("{guest} is still waiting.")),
        ),
        deadlines=(Deadline(WorkingDays(5), NoAnswer()),),
    )
    to_date = state(
        Phase.PREPARATION,
        expects={
            GUEST: do(
                msg("Find a day with {firm}."), Open(msg("Find a day"), VisitBooking, Dated)
            ),
            HOST: wait(msg("Wait for a day.")),
            FIRM: absent,
        },
        deadlines=(Deadline(10 * DAY, NoAnswer()),),
    )
    dated = state(
        Phase.DELIVERY,
        expects={
            GUEST: do(msg("Say how it was."), Tap(msg("Good"), Told())),
            HOST: do(msg("Say how it was."), Tap(msg("Good"), Told())),
            FIRM: wait(msg("Look at the guests on {at:date}: {company}")),
        },
        deadlines=(Deadline(lambda plan: plan.at and plan.at + DAY, DayOver()),),
    )
    thanked = state.final(Phase.FEEDBACK)
    called_off = state.final(Phase.FOLLOW_UP)
    before = state.among(asked, to_date)
    anywhere = state.anywhere({GUEST: (Withdrawn,), HOST: (Cancelled, Suspended)})

    @state.opening
    def wished(self, case: Case[Plan, Visiting]) -> To[Literal["asked", "called_off"]]:
        return self.to("asked" if HOST in case.people else "called_off", case)

    @asked.on(Accepted)
    def accepted(self, case: Case[Plan, Visiting], event: Accepted) -> To[Literal["to_date"]]:
        return self.to("to_date", case, *case.tell(GUEST, msg("{host} is looking forward to it.")))

    @asked.on(Declined)
    def declined(self, case: Case[Plan, Visiting], event: Declined) -> To[Literal["called_off"]]:
        return self.to("called_off", case, *case.tell_others(msg("{trade} is not possible.")))

    @before.on(NoAnswer)
    def silent(self, case: Case[Plan, Visiting], event: NoAnswer) -> To[Literal["called_off"]]:
        return self.to("called_off", case)

    @to_date.on(Dated)
    def day_found(self, case: Case[Plan, Visiting], event: Dated) -> To[Literal["dated"]]:
        return self.to("dated", case.knowing(replace(case.facts, at=event.at)))

    @dated.on(Joined)
    def joined(self, case: Case[Plan, Visiting], event: Joined) -> Stay:
        return Stay(case)

    @dated.on(Told)
    def told(self, case: Case[Plan, Visiting], event: Told) -> Settled | To[Literal["thanked"]]:
        heard = case.knowing(replace(case.facts, told=case.facts.told + 1))
        return Settled(heard) if heard.facts.told < len(case.people) else self.to("thanked", heard)

    @dated.on(DayOver)
    def day_over(self, case: Case[Plan, Visiting], event: DayOver) -> To[Literal["thanked"]]:
        return self.to("thanked", case)

    @anywhere.on(Withdrawn, Cancelled, Suspended)
    def broken_off(
        self, case: Case[Plan, Visiting], event: Withdrawn | Cancelled | Suspended
    ) -> To[Literal["called_off"]]:
        return self.to("called_off", case)


class Asking(Lifecycle[Plan, Visiting]):
    """One guest who is asked to come along; a case below a visit."""

    name = "test.asking"

    inviting = state(
        Phase.AWARENESS,
        expects={
            GUEST: do(msg("Say whether you come along."), Tap(msg("Yes"), Accepted())),
            HOST: absent,
            FIRM: absent,
        },
    )
    answered = state.final(Phase.AWARENESS)
    anywhere = state.anywhere({GUEST: (Withdrawn,)})

    @state.opening
    def asked(self, case: Case[Plan, Visiting]) -> To[Literal["inviting"]]:
        return self.to("inviting", case)

    @inviting.on(Accepted)
    def comes(self, case: Case[Plan, Visiting], event: Accepted) -> To[Literal["answered"]]:
        return self.to("answered", case, Joined())

    @inviting.on(Released)
    def not_needed(self, case: Case[Plan, Visiting], event: Released) -> To[Literal["answered"]]:
        return self.to("answered", case)

    @anywhere.on(Withdrawn)
    def gone(self, case: Case[Plan, Visiting], event: Withdrawn) -> To[Literal["answered"]]:
        return self.to("answered", case)
