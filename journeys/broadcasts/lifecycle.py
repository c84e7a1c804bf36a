"""A letter to many, from the member of staff who wrote it to what became of it."""

from dataclasses import replace
from datetime import timedelta
from typing import Literal

from bot.conversation.case import Case, Stay, To
from bot.conversation.effects import Broadcast, Course, SteerBroadcast
from bot.conversation.expectations import Deadline, Nudge, Tap, do, wait
from bot.conversation.lifecycle import Lifecycle, Phase, StatesOf
from bot.conversation.messages import msg
from bot.domain.broadcasts.desk import ALONE_UP_TO
from bot.domain.broadcasts.events import (
    BroadcastOver,
    NobodyAgreed,
    SendingApproved,
    SendingEnded,
    SendingRefused,
    SendingResumed,
    SendingStopped,
)
from bot.domain.broadcasts.reach import GOES_ON_FOR
from bot.domain.broadcasts.worded import shown_before
from bot.domain.digest import LONGEST_WAIT
from bot.domain.people import Cancelled, Suspended, Withdrawn
from bot.domain.times import WorkingDays
from journeys.broadcasts.facts import OWNER, SECOND, Planned, Sending

DAY = timedelta(days=1)

state = StatesOf(Planned, Sending)
Sent = Case[Planned, Sending]

BEING_SENT = wait(
    msg("“{title}” is being sent. You need do nothing."),
    Tap(msg("Stop it"), SendingStopped()),
    letter=msg(
        "“{title}” is being sent: {pace}. Nobody gets it at night or on a weekend, and nobody gets more than"
        " one such message a day. The report comes when it is done."
    ),
)


class ToMany(Lifecycle[Planned, Sending]):
    """One letter to many: above 50 people a second member of staff agrees; it can be stopped at any time."""

    name = "broadcasts.broadcast"

    to_approve = state(
        Phase.PREPARATION,
        expects={
            OWNER: wait(
                msg("Wait: a second member of staff reads “{title}” before it is sent."),
                letter=msg(
                    "It goes to more than 50 people, so a second member of staff reads it first."
                    " You hear what they say."
                ),
            ),
            SECOND: do(
                msg("Say whether “{title}” may be sent."),
                Tap(msg("Send it"), SendingApproved()),
                Tap(msg("Rather not"), SendingRefused()),
                letter=msg(
                    "A message to many, written at school. Nothing has been sent yet.\n"
                    "To: {whom}\nPeople: {people}\nLanguages: {languages}\nLeaves: {pace}\n\n"
                    "{title}\n\n{text}\n\n{why}"
                ),
            ),
        },
        nudges=(
            Nudge(SECOND, WorkingDays(1), msg("A reminder: “{title}” waits for your yes or no.")),
        ),
        deadlines=(Deadline(WorkingDays(3), NobodyAgreed()),),
    )
    sending = state(
        Phase.DELIVERY,
        expects={
            OWNER: BEING_SENT,
            SECOND: BEING_SENT,
        },
        deadlines=(
            Deadline(GOES_ON_FOR, SendingEnded(), but_not_before=lambda facts: facts.until),
        ),
    )
    stopped = state(
        Phase.DELIVERY,
        expects={
            OWNER: do(
                msg("Say whether “{title}” goes on."),
                Tap(msg("Go on sending"), SendingResumed()),
                Tap(msg("Leave it at that"), SendingEnded()),
                letter=msg("Stopped. Whoever has not got it yet does not get it: “{title}”"),
            ),
            SECOND: wait(
                msg("“{title}” has been stopped."),
                letter=msg("Stopped. Whoever has not got it yet does not get it: “{title}”"),
            ),
        },
        deadlines=(Deadline(7 * DAY, SendingEnded()),),
    )
    sent = state.final(Phase.FOLLOW_UP)
    dropped = state.final(Phase.PREPARATION)

    begun = state.among(sending, stopped)
    anywhere = state.anywhere({OWNER: (Withdrawn, Cancelled, Suspended), SECOND: (Withdrawn,)})

    @state.opening
    def planned(self, case: Sent) -> To[Literal["to_approve", "sending"]]:
        if case.facts.people > ALONE_UP_TO:
            facts, second = case.facts, case.people[SECOND]
            shown = shown_before(facts.letter, facts.readers, second)
            return self.to("to_approve", case, *shown)
        return self._begin(case)

    @to_approve.on(SendingApproved)
    def approved(self, case: Sent, event: SendingApproved) -> To[Literal["sending"]]:
        return self._begin(case)

    @to_approve.on(SendingRefused)
    def refused(self, case: Sent, event: SendingRefused) -> To[Literal["dropped"]]:
        thanks = msg("Thank you. “{title}” is not sent, and whoever wrote it has been told.")
        word = msg(
            "The second member of staff would rather not have it sent: “{title}”. Please talk to each other."
            " To write another: /broadcast"
        )
        return self.to("dropped", case, *case.tell(SECOND, thanks), *case.tell(OWNER, word))

    @to_approve.on(NobodyAgreed)
    def nobody_agreed(self, case: Sent, event: NobodyAgreed) -> To[Literal["dropped"]]:
        word = msg(
            "“{title}” was not sent, because the second member of staff has not answered. To try again: /broadcast"
        )
        return self.to("dropped", case, *case.tell(OWNER, word))

    @sending.on(SendingStopped)
    def halted(self, case: Sent, event: SendingStopped) -> To[Literal["stopped"]]:
        return self.to("stopped", case, SteerBroadcast(Course.STOP))

    @stopped.on(SendingResumed)
    def resumed(self, case: Sent, event: SendingResumed) -> To[Literal["sending"]]:
        return self.to("sending", case, SteerBroadcast(Course.GO_ON))

    @begun.on(SendingEnded)
    def ended(self, case: Sent, event: SendingEnded) -> Stay:
        return Stay(case, (SteerBroadcast(Course.END),))

    @begun.on(BroadcastOver)
    def over(self, case: Sent, event: BroadcastOver) -> To[Literal["sent"]]:
        case = case.knowing(replace(case.facts, result=event))
        report = msg("“{title}” is done.\nReached: {sent}\nNot reached: {not_reached}")
        return self.to("sent", case, *case.tell(OWNER, report), *case.tell(SECOND, report))

    @begun.on(Withdrawn, Cancelled, Suspended)
    def called_back(
        self, case: Sent, event: Withdrawn | Cancelled | Suspended
    ) -> To[Literal["sent"]]:
        word = msg("“{title}” goes to nobody else. You need do nothing.")
        return self.to("sent", case, SteerBroadcast(Course.END), *case.tell_others(word))

    @anywhere.on(Withdrawn, Cancelled, Suspended)
    def called_off(
        self, case: Sent, event: Withdrawn | Cancelled | Suspended
    ) -> To[Literal["dropped"]]:
        word = msg("“{title}” is not sent. You need do nothing.")
        return self.to("dropped", case, *case.tell_others(word))

    def _begin(self, case: Sent) -> To[Literal["sending"]]:
        facts = case.facts
        spread = timedelta(hours=facts.over_hours)
        letter = Broadcast(
            facts.audience, facts.purpose, facts.title, facts.text, spread, can_wait=facts.can_wait
        )
        if facts.can_wait:
            case = case.knowing(replace(facts, until=case.now + LONGEST_WAIT))
        return self.to("sending", case, letter)
