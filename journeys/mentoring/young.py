"""Under 18 nobody gets a mentor of their own yet: what is possible instead, and the day on which that changes.

Safeguarding counts from 18 in every country, whatever the age of consent or of a network is (domain 5.3, 5.4).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal

from bot.conversation.case import Case, To
from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Nothing, StepsOf
from bot.conversation.expectations import Deadline, Nudge, Tap, do, wait
from bot.conversation.lifecycle import Lifecycle, Phase, StatesOf
from bot.conversation.messages import Message, msg
from bot.conversation.prompts import Choice, Option
from bot.domain.mentoring.desk import MentoringDesk
from bot.domain.mentoring.protection import Arranged, CameOfAge, NotPossible
from bot.domain.mentoring.search import StillUndecided, Stopped
from bot.domain.people import Cancelled, Part, Side, Suspended, Withdrawn
from bot.domain.times import WorkingDays

A_WORD_WITHIN = WorkingDays(4)
"""So that no student waits longer than seven days for a word (domain 3.7): over a weekend nobody is written to."""


class Instead(StrEnum):
    """What is possible before somebody is 18: never alone with a volunteer."""

    IN_CLASS = "in_class"
    QUESTION = "question"
    GROUP = "group"


INSTEAD: dict[Instead, Message] = {
    Instead.IN_CLASS: msg("Somebody comes to our class"),
    Instead.QUESTION: msg("A question through my teacher"),
    Instead.GROUP: msg("A group with a teacher in it"),
}


THANKS = msg("Thank you. Somebody at school arranges it with you; you hear within a week.")
LATE = msg(
    "It is not arranged yet, and it is not forgotten. You hear again within a week. To ask yourself: {contact}."
)
ASKED = msg("A student under 18 would like to talk to somebody who studied here.")
STILL = msg(
    "A student under 18 still waits: they would like to talk to somebody who studied here."
)


class Growing(Part):
    """Who takes part."""

    STUDENT = "student", Side.STUDENTS
    OWNER = "owner", Side.STAFF


STUDENT, OWNER = Growing


@dataclass(frozen=True, slots=True)
class Young:
    """What is known about the wish of a student under 18."""

    instead: Instead
    grown_at: datetime
    """From this moment on the student is 18 for sure: only the year of birth is known."""
    is_late: bool = False
    """Whether nothing was arranged in the time that was promised."""

    @property
    def word(self) -> Message:
        """What the student hears while it is being arranged."""
        return LATE if self.is_late else THANKS

    @property
    def head(self) -> Message:
        """What staff are asked for."""
        return STILL if self.is_late else ASKED

    @property
    def wish(self) -> Message:
        """What the student would like."""
        return INSTEAD[self.instead]


state = StatesOf(Young, Growing)
Wished = Case[Young, Growing]
STOPPED = msg("All right. You can come back to it at any time: /mentor")
NOTED = msg(
    "Noted. {student} has been told, and hears on {grown_at:date} that a mentor of their own is possible."
)
STOP = Tap(msg("I no longer need it"), Stopped())


class YoungWish(Lifecycle[Young, Growing]):
    """A student under 18 would like to talk to somebody who has gone the same way."""

    name = "mentoring.young"

    to_arrange = state(
        Phase.SIGN_UP,
        expects={
            STUDENT: wait(
                msg("Wait: somebody at school arranges it with you. What you wished: {wish}"),
                STOP,
                letter=msg("{word} As soon as you are 18, you can have a mentor of your own."),
            ),
            OWNER: do(
                msg("Arrange something for {student}, who is under 18. The wish: {wish}"),
                Tap(msg("It is arranged"), Arranged()),
                Tap(msg("Not possible now"), NotPossible()),
                letter=msg(
                    "{head}\n"
                    "Student: {student}\nThe wish: {wish}\n"
                    "Never the two alone: in class, through the teacher, or in a group with a teacher in it."
                ),
            ),
        },
        nudges=(
            Nudge(
                OWNER,
                WorkingDays(3),
                msg("A reminder: {student} waits for something to be arranged."),
            ),
        ),
        deadlines=(Deadline(A_WORD_WITHIN, StillUndecided(), is_fixed=True),),
    )
    growing = state(
        Phase.FOLLOW_UP,
        expects={
            STUDENT: wait(msg("From {grown_at:date} on you can have a mentor of your own."), STOP),
            OWNER: wait(
                msg(
                    "You need do nothing: {student} hears on {grown_at:date} that the way is open."
                )
            ),
        },
        deadlines=(Deadline(lambda young: young.grown_at, CameOfAge()),),
    )
    grown = state.final(Phase.FOLLOW_UP)
    ended = state.final(Phase.FOLLOW_UP)

    anywhere = state.anywhere({STUDENT: (Withdrawn,), OWNER: (Cancelled, Suspended)})

    @state.opening
    def wished(self, case: Wished) -> To[Literal["to_arrange"]]:
        return self.to("to_arrange", case)

    @to_arrange.on(Arranged)
    def arranged(self, case: Wished, event: Arranged) -> To[Literal["growing"]]:
        word = msg(
            "It is arranged; somebody at school tells you when and where. What you wished: {wish}"
        )
        return self.to("growing", case, *case.tell(STUDENT, word), *case.tell(OWNER, NOTED))

    @to_arrange.on(NotPossible)
    def not_possible(self, case: Wished, event: NotPossible) -> To[Literal["growing"]]:
        word = msg(
            "This is not possible now, and the school is sorry. If you have a question: {contact}."
            " As soon as you are 18, you can have a mentor of your own."
        )
        return self.to("growing", case, *case.tell(STUDENT, word), *case.tell(OWNER, NOTED))

    @to_arrange.on(StillUndecided)
    def not_forgotten(self, case: Wished, event: StillUndecided) -> To[Literal["to_arrange"]]:
        return self.to("to_arrange", case.knowing(replace(case.facts, is_late=True)))

    @growing.on(CameOfAge)
    def came_of_age(self, case: Wished, event: CameOfAge) -> To[Literal["grown"]]:
        word = msg("From today on you can have a mentor of your own: /mentor")
        return self.to("grown", case, *case.tell(STUDENT, word))

    @to_arrange.on(Stopped)
    def no_longer(self, case: Wished, event: Stopped) -> To[Literal["ended"]]:
        gone = msg("{student} no longer needs it. You need do nothing.")
        return self.to("ended", case, *case.tell(STUDENT, STOPPED), *case.tell(OWNER, gone))

    @growing.on(Stopped)
    def waits_no_longer(self, case: Wished, event: Stopped) -> To[Literal["ended"]]:
        return self.to("ended", case, *case.tell(STUDENT, STOPPED))

    @to_arrange.on(Withdrawn)
    def withdrawn(self, case: Wished, event: Withdrawn) -> To[Literal["ended"]]:
        # Whoever has left is not named any more.
        gone = msg(
            "A student under 18 no longer needs what was to be arranged. You need do nothing."
        )
        return self.to("ended", case, *case.tell(OWNER, gone))

    @anywhere.on(Withdrawn, Cancelled, Suspended)
    def broken_off(
        self, case: Wished, event: Withdrawn | Cancelled | Suspended
    ) -> To[Literal["ended"]]:
        return self.to("ended", case)


step = StepsOf(Nothing)


class YoungRequest(Dialogue[Nothing]):
    """A student under 18 hears kindly what is possible."""

    name = "mentoring.too_young"
    patience = AT_EASE

    def __init__(self, desk: MentoringDesk) -> None:
        self._desk = desk

    @step(
        Choice(
            msg(
                "A mentor of your own is possible from 18 on: that is a rule to protect you, and it says nothing about"
                " you. Until then there are other ways to talk to somebody who studied here. What would you like?"
            ),
            {
                **{one.value: (Option(label), one) for one, label in INSTEAD.items()},
                "none": (Option(msg("Not now")), None),
            },
        )
    )
    def instead(self, draft: Nothing, wish: Instead | None) -> Done:
        if wish is None:
            return Done(msg("That is fine. You can come back to it at any time: /mentor"))
        owner = self._desk.owner("mentoring")
        seated = {} if owner is None else {OWNER: owner}
        young = Young(wish, self._desk.grown_at)
        return Done(None, YoungWish.open(young, seated, mine=STUDENT))
