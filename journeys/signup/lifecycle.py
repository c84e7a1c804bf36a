"""One sign-up, from the sent profile to the welcome: who looks at it, and what if nobody does."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, assert_never

from bot.conversation.case import Case, To
from bot.conversation.effects import Tell
from bot.conversation.expectations import Deadline, Nudge, Open, Tap, absent, do, wait
from bot.conversation.lifecycle import Lifecycle, Phase, StatesOf
from bot.conversation.messages import Message, msg, msgs, verbatim
from bot.domain.leavers import Found, Match, NotFound, Similar, WhySimilar
from bot.domain.people import Cancelled, Part, Role, Side, Suspended, Withdrawn
from bot.domain.rights import Erase
from bot.domain.signup import (
    Admit,
    Approved,
    AskedAsFriend,
    Explained,
    HowLeft,
    MinuteOver,
    MoreAsked,
    NotExplained,
    Overdue,
    Profile,
    Rejected,
    RetentionOver,
    Undone,
)
from bot.domain.times import WorkingDays
from journeys.signup.checking import AskNewcomer, ExplainToSchool, RejectNewcomer
from journeys.signup.questions import HOW_LEFT, programme_named

DAY = timedelta(days=1)
TO_UNDO = timedelta(minutes=1)
REJECTED_KEPT = 30 * DAY
"""What a rejected person wrote is kept so long, in case it was a mistake (domain 5.2)."""

WHY_SIMILAR = {
    WhySimilar.BIRTH_YEAR_UNKNOWN: msg(
        "the same name, programme and year; the year of birth is not known"
    ),
    WhySimilar.OTHER_BIRTH_YEAR: msg(
        "the same name, programme and year, but another year of birth"
    ),
    WhySimilar.OTHER_YEAR: msg("the same name and programme, in another year"),
    WhySimilar.SPELLING: msg("a name spelt nearly like this, in the same programme and year"),
    WhySimilar.OTHER_PROGRAMME: msg("the same name and year, in another programme"),
    WhySimilar.PART_OF_NAME: msg("part of the name, in the same programme and year"),
    WhySimilar.ONLY_NAME: msg("the same name, with another programme and year"),
}


class Applying(Part):
    """Who takes part."""

    NEWCOMER = "newcomer", Side.ALUMNI
    OWNER = "owner", Side.STAFF
    DEPUTY = "deputy", Side.STAFF


NEWCOMER, OWNER, DEPUTY = Applying


@dataclass(frozen=True, slots=True)
class Application:
    """What staff need to know about one sign-up."""

    programme: str | None
    left_in: int | None
    how_left: HowLeft | None
    similar: WhySimilar | None = None
    is_found: bool = False
    is_friend: bool = False
    """Whether the person asks to join as a friend of the school."""
    question: str = field(default="", repr=False)
    """What staff asked last."""
    answer: str = field(default="", repr=False)
    """What the person answered."""
    since: datetime | None = None
    deleted_at: datetime | None = None
    """When what a rejected person wrote goes."""
    answer_days: int = 3
    """So many working days the school usually takes."""

    @classmethod
    def of(cls, profile: Profile, match: Match, answer_days: int) -> "Application":
        """Put together what is told, what the list says, and how long an answer takes."""
        is_friend = profile.how_left is HowLeft.FRIEND
        base = cls(
            profile.programme,
            profile.left_in,
            profile.how_left,
            is_friend=is_friend,
            answer_days=answer_days,
        )
        match match:
            case Found():
                return replace(base, is_found=True)
            case Similar(reason):
                return replace(base, similar=reason)
            case NotFound():
                return base
            case _:
                assert_never(match)

    @property
    def studies(self) -> Message:
        """The programme, as it is called."""
        return programme_named(self.programme)

    @property
    def year(self) -> str:
        """The year of leaving."""
        return str(self.left_in or "-")

    @property
    def ending(self) -> Message:
        """How the studies ended."""
        if self.is_friend:
            return HOW_LEFT[HowLeft.FRIEND]
        return HOW_LEFT[self.how_left] if self.how_left else msg("not given")

    @property
    def on_list(self) -> Message:
        """What the list of leavers says."""
        if self.is_found:
            return msg("found")
        return WHY_SIMILAR[self.similar] if self.similar else msg("not found")

    @property
    def said(self) -> Message:
        """The answer to the last question."""
        if self.answer:
            return verbatim(self.answer)
        return msg("no answer") if self.question else msg("you have not asked anything")

    @property
    def role(self) -> Role:
        """What the person becomes."""
        return Role.FRIEND if self.is_friend else Role.ALUMNI


def now_checked(facts: Application) -> Message:
    """Return what somebody is told whose sign-up is now looked at; friends need not have studied here."""
    if facts.is_friend:
        return msgs(
            "Thank you, {newcomer}. The school now looks at your sign-up. It usually takes {n} working day."
            " You will get an answer either way.",
            "Thank you, {newcomer}. The school now looks at your sign-up. It usually takes {n} working days."
            " You will get an answer either way.",
            facts.answer_days,
        )
    return msgs(
        "Thank you, {newcomer}. The school now checks that you studied here. It usually takes {n} working day."
        " You will get an answer either way.",
        "Thank you, {newcomer}. The school now checks that you studied here. It usually takes {n} working days."
        " You will get an answer either way.",
        facts.answer_days,
    )


def in_hand(
    case: Case[Application, Applying],
) -> tuple[Case[Application, Applying], tuple[Tell, ...]]:
    """Let a deputy who acts take the owner's place, and tell the owner: answers go to who has it in hand."""
    owner, deputy = case.people.get(OWNER), case.people.get(DEPUTY)
    if deputy is None or case.actor != deputy:
        return case, ()
    case = case.seating(OWNER, deputy)
    case = case.without(DEPUTY) if owner is None else case.seating(DEPUTY, owner)
    return case, case.tell(
        DEPUTY, msg("{owner} looks after this now. You need do nothing. Name: {newcomer}")
    )


state = StatesOf(Application, Applying)
GONE = msg("A sign-up has been withdrawn. You need do nothing.")

CARD = msg(
    "Sign-up\n"
    "Name: {newcomer}\n"
    "Programme: {studies}\n"
    "Year: {year}\n"
    "How it ended: {ending}\n"
    "List of leavers: {on_list}\n"
    "Answer to your question: {said}\n"
    "Since: {since:date}"
)
DECIDE = (
    Tap(msg("Approve"), Approved()),
    Open(msg("Ask"), AskNewcomer, MoreAsked),
    Open(msg("Reject"), RejectNewcomer, Rejected),
)
CHECKING = wait(msg("Wait: the school looks at your sign-up. Nothing is expected of you."))
READY_IF_OVERDUE = wait(
    msg("If nobody decides in time, it is your turn. Name: {newcomer}"), *DECIDE
)


class Signup(Lifecycle[Application, Applying]):
    """Somebody who studied here signs up; the list of leavers, or a person, recognises them."""

    name = "signup"

    to_check = state(
        Phase.PREPARATION,
        expects={
            NEWCOMER: CHECKING,
            OWNER: do(msg("Say whether you recognise {newcomer}."), *DECIDE, letter=CARD),
            DEPUTY: READY_IF_OVERDUE,
        },
        nudges=(
            Nudge(
                OWNER,
                WorkingDays(3),
                msg(
                    "A reminder: {newcomer} signed up and waits for your decision. Since: {since:date}"
                ),
            ),
        ),
        deadlines=(Deadline(WorkingDays(7), Overdue()),),
    )
    overdue = state(
        Phase.PREPARATION,
        expects={
            NEWCOMER: CHECKING,
            OWNER: do(
                msg("Say whether you recognise {newcomer}."),
                *DECIDE,
                letter=msg(
                    "{newcomer} is still waiting, and your deputy has been asked, too. Since: {since:date}"
                ),
            ),
            DEPUTY: do(msg("Say whether you recognise {newcomer}."), *DECIDE, letter=CARD),
        },
        nudges=(
            Nudge(
                DEPUTY,
                WorkingDays(3),
                msg(
                    "A reminder: {newcomer} signed up and waits for your decision. Since: {since:date}"
                ),
            ),
        ),
    )
    approving = state(
        Phase.PREPARATION,
        expects={
            NEWCOMER: CHECKING,
            OWNER: wait(
                msg("Approved: {newcomer}. The person is told in one minute."),
                Tap(msg("Undo"), Undone()),
                letter=msg("Approved: {newcomer}. The person is told in one minute."),
            ),
            DEPUTY: wait(
                msg("Approved: {newcomer}. The person is told in one minute."),
                Tap(msg("Undo"), Undone()),
            ),
        },
        deadlines=(Deadline(TO_UNDO, MinuteOver(), is_fixed=True, at_once=True),),
    )
    rejecting = state(
        Phase.PREPARATION,
        expects={
            NEWCOMER: CHECKING,
            OWNER: wait(
                msg("Rejected: {newcomer}. The person is told in one minute."),
                Tap(msg("Undo"), Undone()),
                letter=msg("Rejected: {newcomer}. The person is told in one minute."),
            ),
            DEPUTY: wait(
                msg("Rejected: {newcomer}. The person is told in one minute."),
                Tap(msg("Undo"), Undone()),
            ),
        },
        deadlines=(Deadline(TO_UNDO, MinuteOver(), is_fixed=True, at_once=True),),
    )
    asked = state(
        Phase.PREPARATION,
        expects={
            NEWCOMER: do(
                msg("Answer the question of the school."),
                Open(msg("Answer"), ExplainToSchool, Explained),
                letter=msg(
                    "The school has not found your name in its records yet, and asks: “{question}”\n"
                    "Often it is a former name or another year."
                ),
            ),
            OWNER: wait(msg("Wait for the answer of {newcomer}."), *DECIDE),
            DEPUTY: wait(msg("Wait for the answer of {newcomer}."), *DECIDE),
        },
        nudges=(
            Nudge(NEWCOMER, 3 * DAY, msg("A reminder: the school asks you: “{question}”")),
            Nudge(NEWCOMER, 7 * DAY, msg("A reminder: the school asks you: “{question}”")),
        ),
        deadlines=(Deadline(14 * DAY, NotExplained()),),
    )
    rejected = state(
        Phase.FOLLOW_UP,
        expects={
            NEWCOMER: wait(
                msg(
                    "The school could not confirm that you studied here. You can join as a friend of the school."
                ),
                Tap(msg("Join as a friend"), AskedAsFriend()),
                letter=msg(
                    "The school could not confirm that you studied here, so this sign-up ends. What you wrote is"
                    " deleted on {deleted_at:date}. If you think this is a mistake, write to the school and somebody"
                    " will look again. Contact: {contact}\nYou can also join as a friend of the school."
                ),
            ),
            OWNER: absent,
            DEPUTY: absent,
        },
        deadlines=(Deadline(REJECTED_KEPT, RetentionOver(), is_fixed=True),),
    )
    active = state.final(Phase.FOLLOW_UP)
    forgotten = state.final(Phase.FOLLOW_UP)
    ended = state.final(Phase.FOLLOW_UP)
    deciding = state.among(to_check, overdue, asked)
    undoable = state.among(approving, rejecting)
    anywhere = state.anywhere({NEWCOMER: (Withdrawn,), OWNER: (Cancelled, Suspended)})

    @state.opening
    def sent(self, case: Case[Application, Applying]) -> To[Literal["active", "to_check"]]:
        if case.facts.is_found:
            return self._welcomed(case)
        told = case.tell(NEWCOMER, now_checked(case.facts))
        return self.to("to_check", case.knowing(replace(case.facts, since=case.now)), *told)

    @deciding.on(Approved)
    def recognised(
        self, case: Case[Application, Applying], event: Approved
    ) -> To[Literal["approving"]]:
        case, told = in_hand(case)
        return self.to("approving", case, *told)

    @deciding.on(Rejected)
    def not_recognised(
        self, case: Case[Application, Applying], event: Rejected
    ) -> To[Literal["rejecting"]]:
        case, told = in_hand(case)
        return self.to("rejecting", case, *told)

    @deciding.on(MoreAsked)
    def questioned(
        self, case: Case[Application, Applying], event: MoreAsked
    ) -> To[Literal["asked"]]:
        case, told = in_hand(case)
        facts = replace(case.facts, question=event.question, answer="")
        return self.to("asked", case.knowing(facts), *told)

    @to_check.on(Overdue)
    def waited_long(
        self, case: Case[Application, Applying], event: Overdue
    ) -> To[Literal["overdue"]]:
        return self.to("overdue", case)

    @asked.on(Explained)
    def explained(
        self, case: Case[Application, Applying], event: Explained
    ) -> To[Literal["to_check"]]:
        told = case.tell(NEWCOMER, now_checked(case.facts))
        return self.to("to_check", case.knowing(replace(case.facts, answer=event.answer)), *told)

    @asked.on(NotExplained)
    def silent(
        self, case: Case[Application, Applying], event: NotExplained
    ) -> To[Literal["to_check"]]:
        return self.to("to_check", case)

    @undoable.on(Undone)
    def taken_back(
        self, case: Case[Application, Applying], event: Undone
    ) -> To[Literal["to_check"]]:
        return self.to("to_check", case)

    @approving.on(MinuteOver)
    def admitted(
        self, case: Case[Application, Applying], event: MinuteOver
    ) -> To[Literal["active"]]:
        return self._welcomed(case)

    @rejecting.on(MinuteOver)
    def turned_away(
        self, case: Case[Application, Applying], event: MinuteOver
    ) -> To[Literal["rejected"]]:
        deleted_at = case.now + REJECTED_KEPT
        return self.to("rejected", case.knowing(replace(case.facts, deleted_at=deleted_at)))

    @rejected.on(AskedAsFriend)
    def as_friend(
        self, case: Case[Application, Applying], event: AskedAsFriend
    ) -> To[Literal["to_check"]]:
        facts = replace(case.facts, is_friend=True, since=case.now)
        told = case.tell(NEWCOMER, now_checked(facts))
        return self.to("to_check", case.knowing(facts), *told)

    @rejected.on(RetentionOver)
    def kept_no_longer(
        self, case: Case[Application, Applying], event: RetentionOver
    ) -> To[Literal["forgotten"]]:
        return self.to("forgotten", case, Erase(case.people[NEWCOMER]))

    @overdue.on(Withdrawn, Cancelled, Suspended)
    def broken_off_late(
        self, case: Case[Application, Applying], event: Withdrawn | Cancelled | Suspended
    ) -> To[Literal["ended"]]:
        return self.to("ended", case, *case.tell_others(GONE))

    @rejected.on(Withdrawn, Cancelled, Suspended)
    def broken_off_after_all(
        self, case: Case[Application, Applying], event: Withdrawn | Cancelled | Suspended
    ) -> To[Literal["ended"]]:
        return self.to("ended", case)

    @anywhere.on(Withdrawn, Cancelled, Suspended)
    def broken_off(
        self, case: Case[Application, Applying], event: Withdrawn | Cancelled | Suspended
    ) -> To[Literal["ended"]]:
        # The deputy has not been asked yet, so there is nothing to take back.
        return self.to("ended", case, *case.without(DEPUTY).tell_others(GONE))

    def _welcomed(self, case: Case[Application, Applying]) -> To[Literal["active"]]:
        welcome = msg(
            "Welcome back, {newcomer}. You are now part of the network."
            " What you told us, and changing it: /profile. What you can do here: /help"
        )
        if case.facts.is_friend:
            welcome = msg(
                "Welcome, {newcomer}. You are now part of the network, as a friend of the school."
                " What you told us, and changing it: /profile. What you can do here: /help"
            )
        admit = Admit(case.people[NEWCOMER], case.facts.role)
        return self.to("active", case, admit, *case.tell(NEWCOMER, welcome))
