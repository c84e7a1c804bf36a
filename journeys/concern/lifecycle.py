"""One concern, from the words to the person who looks after it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from bot.conversation.case import Case, To
from bot.conversation.expectations import Deadline, Tap, absent, do
from bot.conversation.lifecycle import Lifecycle, Phase, StatesOf
from bot.conversation.messages import msg
from bot.domain.concern import NotRead, TakenUp
from bot.domain.people import Cancelled, Part, Side, Suspended, Withdrawn

TO_READ = timedelta(hours=2)
"""So long the lead alone knows of a concern that nobody has taken up (domain 3.20)."""


class Worrying(Part):
    """Who takes part; whoever is worried does not, so that nothing leads back to them."""

    LEAD = "lead_person", Side.STAFF
    OWNER = "owner", Side.STAFF


LEAD, OWNER = Worrying


@dataclass(frozen=True, slots=True)
class Worry:
    """What somebody wrote."""

    words: str = field(repr=False)


state = StatesOf(Worry, Worrying)
TAKE_UP = Tap(msg("I look after it"), TakenUp())


class Concern(Lifecycle[Worry, Worrying]):
    """Somebody's concern, which the safeguarding lead reads and takes up."""

    name = "concern"
    is_urgent = True

    to_read = state(
        Phase.DELIVERY,
        expects={
            LEAD: do(
                msg("Look after a concern: “{words}”"),
                TAKE_UP,
                letter=msg(
                    "Somebody is worried, and writes:\n“{words}”\nThe person who wrote it is not named here."
                ),
            ),
            OWNER: absent,
        },
        deadlines=(Deadline(TO_READ, NotRead()),),
    )
    unread = state(
        Phase.DELIVERY,
        expects={
            LEAD: do(msg("Look after a concern: “{words}”"), TAKE_UP),
            OWNER: do(
                msg(
                    "Ask the safeguarding lead in person to look at a concern. You do not see what it says."
                ),
                letter=msg(
                    "A concern is still waiting, and the safeguarding lead has not taken it up."
                    " Please speak to {lead} in person. You cannot see what was written."
                ),
            ),
        },
    )
    taken_up = state.final(Phase.FOLLOW_UP)
    ended = state.final(Phase.FOLLOW_UP)
    waiting = state.among(to_read, unread)
    anywhere = state.anywhere({LEAD: (Withdrawn, Cancelled, Suspended)})

    @state.opening
    def written(self, case: Case[Worry, Worrying]) -> To[Literal["to_read"]]:
        return self.to("to_read", case)

    @waiting.on(TakenUp)
    def looked_after(self, case: Case[Worry, Worrying], event: TakenUp) -> To[Literal["taken_up"]]:
        return self.to(
            "taken_up", case, *case.tell(LEAD, msg("Thank you. You look after it now."))
        )

    @to_read.on(NotRead)
    def not_opened(self, case: Case[Worry, Worrying], event: NotRead) -> To[Literal["unread"]]:
        return self.to("unread", case)

    @anywhere.on(Withdrawn, Cancelled, Suspended)
    def broken_off(
        self, case: Case[Worry, Worrying], event: Withdrawn | Cancelled | Suspended
    ) -> To[Literal["ended"]]:
        return self.to("ended", case)
