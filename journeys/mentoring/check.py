"""A mentor's record check: who has seen it, and until when it is valid; never the document (domain 5.4)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.conversation.case import Case, To
from bot.conversation.day import Day
from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Nothing, StepsOf
from bot.conversation.expectations import Deadline, Nudge, Open, do, wait
from bot.conversation.lifecycle import Lifecycle, Phase, StatesOf
from bot.conversation.messages import msg
from bot.conversation.prompts import Prompt
from bot.domain.mentoring.desk import MentoringDesk
from bot.domain.mentoring.protection import CheckExpired, CheckForgotten, CheckRunsOut, CheckSeen
from bot.domain.people import Cancelled, Part, Side, Suspended, Withdrawn

LONGEST = timedelta(days=5 * 366)
"""No country and no programme found lets one stand longer (domain 5.4)."""
FIRST_NOTICE = timedelta(days=60)
SECOND_NOTICE = timedelta(days=30)
LAST_NOTICE = timedelta(days=7)
QUESTION = msg(
    "Until which day is the record check valid? Only that you have seen it and this day are kept,"
    " never the document."
)
NOTED = msg("Noted. Mentor: {mentor}. The record check is valid until {valid_until:date}.")
FOR_MENTOR = msg(
    "The school has seen your record check, and keeps only that and its last day: {valid_until:date}."
)
KEPT = timedelta(days=90)
"""So long after its end that there was one is still known; then it is forgotten."""


step = StepsOf(Nothing)


class SeeCheck(Dialogue[Nothing]):
    """Staff who have seen a record check say until when it is valid."""

    name = "mentoring.see_check"
    patience = AT_EASE

    def __init__(self, desk: MentoringDesk) -> None:
        self._desk = desk

    def _until(self, draft: Nothing) -> Prompt[datetime]:
        desk = self._desk
        return Day(QUESTION, desk.now, desk.now + LONGEST, desk.zone)

    @step(_until)
    def until(self, draft: Nothing, at: datetime) -> Done:
        return Done(None, CheckSeen(at))


class Checking(Part):
    """Who takes part."""

    MENTOR = "mentor", Side.ALUMNI
    OWNER = "owner", Side.STAFF


MENTOR, OWNER = Checking


@dataclass(frozen=True, slots=True)
class Check:
    """What is kept about one record check."""

    valid_until: datetime

    @property
    def first_notice(self) -> datetime:
        """When both hear of the end first."""
        return self.valid_until - FIRST_NOTICE

    @property
    def second_notice(self) -> datetime:
        """When staff hear of it again."""
        return self.valid_until - SECOND_NOTICE

    @property
    def last_notice(self) -> datetime:
        """When staff hear of it last."""
        return self.valid_until - LAST_NOTICE


state = StatesOf(Check, Checking)
Kept = Case[Check, Checking]
SEEN = Open(msg("I have seen a new one"), SeeCheck, CheckSeen)


class RecordCheck(Lifecycle[Check, Checking]):
    """One mentor's record check: valid, running out, expired, renewed."""

    name = "mentoring.check"

    valid = state(
        Phase.PREPARATION,
        expects={
            MENTOR: wait(msg("Your record check is valid until {valid_until:date}.")),
            OWNER: wait(
                msg("The record check of {mentor} is valid until {valid_until:date}."), SEEN
            ),
        },
        deadlines=(Deadline(lambda check: check.first_notice, CheckRunsOut()),),
    )
    running_out = state(
        Phase.PREPARATION,
        expects={
            MENTOR: wait(
                msg("Bring a new record check to school before {valid_until:date}."),
                letter=msg(
                    "Your record check is valid until {valid_until:date}. Please bring a new one to school before that."
                ),
            ),
            OWNER: do(
                msg("See a new record check of {mentor} before {valid_until:date}."),
                SEEN,
                letter=msg(
                    "A record check runs out.\nMentor: {mentor}\nValid until: {valid_until:date}"
                ),
            ),
        },
        nudges=(
            Nudge(
                OWNER,
                lambda check: check.second_notice,
                msg("A reminder: the record check of {mentor} is valid until {valid_until:date}."),
            ),
            Nudge(
                OWNER,
                lambda check: check.last_notice,
                msg(
                    "The last reminder: the record check of {mentor} is valid until {valid_until:date}."
                ),
            ),
        ),
        deadlines=(Deadline(lambda check: check.valid_until, CheckExpired()),),
    )
    expired = state(
        Phase.FOLLOW_UP,
        expects={
            MENTOR: wait(
                msg("Your record check has run out. Bring a new one to school."),
                letter=msg(
                    "Your record check has run out. With adults you go on as before; to meet classes, bring a new one."
                ),
            ),
            OWNER: do(
                msg("See a new record check of {mentor}: the last one has run out."),
                SEEN,
                letter=msg(
                    "A record check has run out. No meeting with anybody under 18 until a new one is seen."
                    " Mentor: {mentor}"
                ),
            ),
        },
        deadlines=(Deadline(KEPT, CheckForgotten()),),
    )
    ended = state.final(Phase.FOLLOW_UP)

    kept = state.among(valid, running_out, expired)
    lapsing = state.among(running_out, expired)
    anywhere = state.anywhere({MENTOR: (Withdrawn,), OWNER: (Cancelled, Suspended)})

    @state.opening
    def seen(self, case: Kept) -> To[Literal["valid"]]:
        return self._valid(case)

    @kept.on(CheckSeen)
    def renewed(self, case: Kept, event: CheckSeen) -> To[Literal["valid"]]:
        return self._valid(case.knowing(Check(event.valid_until)))

    @valid.on(CheckRunsOut)
    def runs_out(self, case: Kept, event: CheckRunsOut) -> To[Literal["running_out"]]:
        return self.to("running_out", case)

    @running_out.on(CheckExpired)
    def ran_out(self, case: Kept, event: CheckExpired) -> To[Literal["expired"]]:
        return self.to("expired", case)

    @expired.on(CheckForgotten)
    def forgotten(self, case: Kept, event: CheckForgotten) -> To[Literal["ended"]]:
        return self.to("ended", case)

    @lapsing.on(Withdrawn)
    def needed_no_more(self, case: Kept, event: Withdrawn) -> To[Literal["ended"]]:
        # Whoever has left is not named any more.
        gone = msg("No new record check is needed: the mentor has left. You need do nothing.")
        return self.to("ended", case, *case.tell(OWNER, gone))

    @anywhere.on(Withdrawn, Cancelled, Suspended)
    def no_longer(
        self, case: Kept, event: Withdrawn | Cancelled | Suspended
    ) -> To[Literal["ended"]]:
        return self.to("ended", case)

    def _valid(self, case: Kept) -> To[Literal["valid"]]:
        """Say to both what is known now."""
        told = (*case.tell(OWNER, NOTED), *case.tell(MENTOR, FOR_MENTOR))
        return self.to("valid", case, *told)
