"""A pair, from the introduction to the thanked goodbye (domain 3.7)."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, assert_never

from bot.conversation.effects import Effect, OpenCase, Tell
from bot.conversation.lifecycle import (
    Case,
    Deadline,
    Lifecycle,
    Nudge,
    Open,
    Phase,
    Settled,
    StatesOf,
    Stay,
    Tap,
    To,
    WorkingDays,
    do,
    wait,
)
from bot.conversation.messages import Message, Term, msg, verbatim
from bot.domain.masking import without_contacts
from bot.domain.mentoring import (
    AskedElsewhere,
    CannotReach,
    ContactOffered,
    DecisionDue,
    EndReached,
    Faded,
    FeedbackGiven,
    FeedbackOver,
    FreePlace,
    GoesOn,
    InTouch,
    MeetingHeld,
    MeetingMissed,
    OutOfReach,
    Passed,
    StillQuiet,
    Stopped,
    TheyGoOn,
    Topic,
    WentQuiet,
)
from bot.domain.people import Cancelled, Part, Side, Suspended, Withdrawn
from journeys.mentoring.feedback import MentorFeedback, StudentFeedback
from journeys.mentoring.meeting import Meeting, Seated, Talk
from journeys.mentoring.talking import ReachMentor, ShareContact, WriteToOther
from journeys.mentoring.wish import SEARCH, Search, Searching
from journeys.mentoring.words import TOPICS, studies

DAY = timedelta(days=1)
FIRST_MEETING_WITHIN = 14 * DAY
"""Most pairs without a kick-off fade in two or three weeks (domain 3.7, S58)."""
QUIET_AFTER = 14 * DAY
DECIDE_AFTER = 60 * DAY
LENGTH = 90 * DAY
"""Three months is what such programmes last (domain 3.7, S57)."""
MEETINGS = 4
"""Three or four short meetings carry further than an open end (peers 6.4)."""
MOST_MISSED = 2
"""After two meetings in a row that did not come about it is a person's turn (domain 3.0)."""


class Pairing(Part):
    """Who takes part."""

    STUDENT = "student", Side.STUDENTS
    MENTOR = "mentor", Side.ALUMNI
    OWNER = "owner", Side.STAFF


STUDENT, MENTOR, OWNER = Pairing


@dataclass(frozen=True, slots=True)
class Pair:
    """What is known about one pair; never what the two write to each other."""

    topic: Topic
    goal: str = field(repr=False)
    programme: str | None = None
    """The code of what the student learns."""
    needs_approval: bool = False
    """Whether the school wants to see pairs first; remembered for a search that may follow."""
    began_at: datetime | None = None
    """When the two were introduced."""
    last_contact: datetime | None = None
    met: int = 0
    """Meetings that were held."""
    missed: int = 0
    """Meetings that were not, one after the other."""
    is_decided: bool = False
    """Whether the student has said after sixty days how to go on."""
    of_student: str = field(default="", repr=False)
    """The contact that the student is ready to give."""
    of_mentor: str = field(default="", repr=False)
    heard: int = 0
    """Of the two, how many have said how it was."""
    useful: int | None = None
    """What the student said: 1 (not at all) to 5 (very)."""

    @property
    def studies(self) -> Message | Term:
        """What the student learns."""
        return studies(self.programme)

    @property
    def help_with(self) -> Message:
        """What the student wants help with."""
        return TOPICS[self.topic]

    @property
    def quiet_at(self) -> datetime | None:
        """When the two have not been in touch for two weeks."""
        return self.last_contact and self.last_contact + QUIET_AFTER

    @property
    def decide_at(self) -> datetime | None:
        """When the student is to say how to go on; None once that is said."""
        return None if self.is_decided else self.began_at and self.began_at + DECIDE_AFTER

    @property
    def ends_at(self) -> datetime | None:
        """The agreed end."""
        return self.began_at and self.began_at + LENGTH


SEARCHERS = {Searching.STUDENT: STUDENT, Searching.OWNER: OWNER}
SEATS = {Seated.STUDENT: STUDENT, Seated.MENTOR: MENTOR}

state = StatesOf(Pair, Pairing)
Mentoring = Case[Pair, Pairing]

WRITE = Open(msg("Write a message"), WriteToOther, Passed)
CONTACT = Open(msg("Exchange contacts"), ShareContact, ContactOffered)
END = Tap(msg("End the mentoring"), Stopped())
OUT_OF_REACH = Open(msg("I can’t reach my mentor"), ReachMentor, CannotReach)
IN_TOUCH = Tap(msg("We are in touch"), InTouch())
OF_STUDENT = (WRITE, OUT_OF_REACH, CONTACT, END)
OF_MENTOR = (WRITE, CONTACT, END)
SCHOOL_WATCHES = wait(msg("You need do nothing. A pair: {student}, {mentor}"))
ON_HOLD = wait(
    msg("Wait: the school has put the mentoring on hold, and will talk to you."),
    letter=msg(
        "The school has put the mentoring on hold, and will talk to you. You did nothing wrong."
    ),
)
INTRODUCTION = (
    "Please meet.\nMentor: {mentor:first}\nStudent: {student}\nProgramme: {studies}\nGoal: “{goal}”\n"
    "Your messages to each other go through this chat. It lasts three months, about two hours a month."
    " Either of you may end it at any time, without giving a reason."
)
QUIET = msg(
    "It has been quiet between the two of you. Are you in touch? One short message is enough to go on."
    " Mentor: {mentor:first}. Student: {student}"
)
OTHER_LEFT = msg(
    "{mentor:first} can no longer take part. You did nothing wrong. The school looks for somebody else for you;"
    " to see where it stands: /now"
)
IT_ENDED = msg(
    "The mentoring has ended, as either of you may decide at any time. You did nothing wrong. Thank you for your time."
)


class Mentorship(Lifecycle[Pair, Pairing]):
    """One student and one mentor: they meet, four times or so, and part with thanks."""

    name = "mentoring.pair"

    introduced = state(
        Phase.PREPARATION,
        expects={
            STUDENT: wait(
                msg("Agree on your first meeting. Your mentor: {mentor:first}"),
                *OF_STUDENT,
                letter=msg(INTRODUCTION),
            ),
            MENTOR: wait(
                msg("Agree on your first meeting. Student: {student}"),
                *OF_MENTOR,
                letter=msg(INTRODUCTION),
            ),
            OWNER: SCHOOL_WATCHES,
        },
        deadlines=(Deadline(FIRST_MEETING_WITHIN, WentQuiet()),),
    )
    active = state(
        Phase.DELIVERY,
        expects={
            STUDENT: wait(msg("Bring your questions. Your mentor: {mentor:first}"), *OF_STUDENT),
            MENTOR: wait(msg("Meet at least once a month. Student: {student}"), *OF_MENTOR),
            OWNER: SCHOOL_WATCHES,
        },
        deadlines=(
            Deadline(lambda pair: pair.quiet_at, WentQuiet()),
            Deadline(lambda pair: pair.decide_at, DecisionDue()),
            Deadline(lambda pair: pair.ends_at, EndReached()),
        ),
    )
    quiet = state(
        Phase.DELIVERY,
        expects={
            STUDENT: do(
                msg("Say whether you are in touch. Your mentor: {mentor:first}"),
                IN_TOUCH,
                *OF_STUDENT,
                letter=QUIET,
            ),
            MENTOR: do(
                msg("Say whether you are in touch. Student: {student}"),
                IN_TOUCH,
                *OF_MENTOR,
                letter=QUIET,
            ),
            OWNER: wait(
                msg("You need do nothing: both have been asked. A pair: {student}, {mentor}")
            ),
        },
        nudges=(
            Nudge(MENTOR, 4 * DAY, msg("A reminder: are you in touch? Student: {student}")),
            Nudge(STUDENT, 4 * DAY, msg("A reminder: are you in touch? Mentor: {mentor:first}")),
        ),
        deadlines=(Deadline(7 * DAY, StillQuiet()),),
    )
    with_school = state(
        Phase.DELIVERY,
        expects={
            STUDENT: wait(
                msg("Somebody at school asks you both how to go on."),
                IN_TOUCH,
                END,
                letter=msg(
                    "Somebody at school now asks you both how to go on. Every answer is fine."
                ),
            ),
            MENTOR: wait(
                msg("Somebody at school asks you both how to go on."),
                IN_TOUCH,
                END,
                letter=msg(
                    "Somebody at school now asks you both how to go on. Every answer is fine."
                ),
            ),
            OWNER: do(
                msg("Ask both in person how to go on. A pair: {student}, {mentor}"),
                Tap(msg("They go on"), TheyGoOn()),
                Tap(msg("Find somebody else"), AskedElsewhere()),
                Tap(msg("End it kindly"), Faded()),
                letter=msg(
                    "A pair needs you: it has been quiet, or a meeting failed twice, or the student asked for you."
                    " Please ask both in person.\nStudent: {student}\nMentor: {mentor}"
                ),
            ),
        },
        nudges=(
            Nudge(
                OWNER,
                WorkingDays(3),
                msg("A reminder: ask both how to go on. A pair: {student}, {mentor}"),
            ),
        ),
        deadlines=(Deadline(14 * DAY, Faded()),),
    )
    deciding = state(
        Phase.FOLLOW_UP,
        expects={
            STUDENT: do(
                msg("Say how you would like to go on. Your mentor: {mentor:first}"),
                Tap(msg("Go on together"), GoesOn()),
                Tap(msg("With somebody else"), AskedElsewhere()),
                END,
                letter=msg(
                    "Two months are over. How would you like to go on? Every answer is fine, and nobody asks why."
                    " Your mentor: {mentor:first}"
                ),
            ),
            MENTOR: wait(msg("Go on as you are. Student: {student}"), *OF_MENTOR),
            OWNER: SCHOOL_WATCHES,
        },
        nudges=(
            Nudge(
                STUDENT,
                3 * DAY,
                msg("A reminder: how would you like to go on? Your mentor: {mentor:first}"),
            ),
        ),
        deadlines=(Deadline(7 * DAY, GoesOn()),),
    )
    on_hold = state(
        Phase.FOLLOW_UP,
        expects={
            STUDENT: ON_HOLD,
            MENTOR: ON_HOLD,
            OWNER: do(
                msg("Say whether the mentoring goes on. A pair: {student}, {mentor}"),
                Tap(msg("They go on"), TheyGoOn()),
                Tap(msg("End it kindly"), Faded()),
            ),
        },
        nudges=(
            Nudge(
                OWNER,
                WorkingDays(3),
                msg("A reminder: a pair is on hold. {student}, {mentor}"),
            ),
        ),
    )
    closing = state(
        Phase.FEEDBACK,
        expects={
            STUDENT: do(
                msg("Say how the mentoring was."),
                Open(msg("Say how it was"), StudentFeedback, FeedbackGiven),
                letter=msg(
                    "Your mentoring ends now, as agreed. How was it? It takes a minute. Your mentor: {mentor:first}"
                ),
            ),
            MENTOR: do(
                msg("Say how the mentoring was."),
                Open(msg("Say how it was"), MentorFeedback, FeedbackGiven),
                letter=msg(
                    "Your mentoring ends now, as agreed. Thank you for your time and for what you shared."
                    " How was it? It takes a minute. Student: {student}"
                ),
            ),
            OWNER: SCHOOL_WATCHES,
        },
        nudges=(
            Nudge(STUDENT, DAY, msg("A reminder: how was the mentoring? It takes a minute.")),
            Nudge(MENTOR, DAY, msg("A reminder: how was the mentoring? It takes a minute.")),
            Nudge(STUDENT, 5 * DAY, msg("The last reminder: how was the mentoring?")),
            Nudge(MENTOR, 5 * DAY, msg("The last reminder: how was the mentoring?")),
        ),
        deadlines=(Deadline(10 * DAY, FeedbackOver()),),
    )
    closed = state.final(Phase.FEEDBACK)
    ended_early = state.final(Phase.FOLLOW_UP)

    meeting = state.among(introduced, active)
    together = state.among(introduced, active, quiet, deciding)
    going_on = state.among(active, deciding)
    reachable = state.among(introduced, active, quiet)
    parted = state.among(quiet, with_school)
    helped = state.among(with_school, on_hold)
    leaving = state.among(introduced, active, quiet, with_school, deciding)
    anywhere = state.anywhere(
        {
            STUDENT: (Withdrawn,),
            MENTOR: (Withdrawn,),
            OWNER: (Cancelled, Suspended, AskedElsewhere, Faded),
        }
    )

    @state.opening
    def began(self, case: Mentoring) -> To[Literal["introduced"]]:
        case = case.knowing(replace(case.facts, began_at=case.now, last_contact=case.now))
        return self.to("introduced", case, self._meeting_of(case))

    @introduced.on(MeetingHeld)
    def first_held(self, case: Mentoring, event: MeetingHeld) -> To[Literal["active"]]:
        case = self._met(case)
        return self.to("active", case, self._meeting_of(case))

    @going_on.on(MeetingHeld)
    def held(self, case: Mentoring, event: MeetingHeld) -> Stay | To[Literal["closing"]]:
        case = self._met(case)
        if case.facts.met >= MEETINGS:
            return self.to("closing", case)
        return Stay(case, (self._meeting_of(case),))

    @deciding.on(MeetingMissed)
    def missed_meanwhile(self, case: Mentoring, event: MeetingMissed) -> Stay:
        return Stay(case, (self._meeting_of(case),))

    @meeting.on(MeetingMissed)
    def missed(self, case: Mentoring, event: MeetingMissed) -> Stay | To[Literal["with_school"]]:
        missed = case.facts.missed + 1
        case = case.knowing(replace(case.facts, missed=missed))
        if missed >= MOST_MISSED:
            return self.to("with_school", case)
        return Stay(case, (self._meeting_of(case),))

    @together.on(Passed)
    def passed_on(self, case: Mentoring, event: Passed) -> Stay:
        words = verbatim(without_contacts(event.words))
        if case.actor == case.people[STUDENT]:
            written = msg(
                "{student} writes:\n{words}\n\nIs something not right? /report", words=words
            )
            told = case.tell(MENTOR, written)
        else:
            written = msg(
                "{mentor:first} writes:\n{words}\n\nIs something not right? /report", words=words
            )
            told = case.tell(STUDENT, written)
        return Stay(case.knowing(replace(case.facts, last_contact=case.now)), told)

    @together.on(ContactOffered)
    def contact_offered(self, case: Mentoring, event: ContactOffered) -> Stay:
        is_student = case.actor == case.people[STUDENT]
        facts = case.facts
        case = case.knowing(
            replace(facts, of_student=event.contact)
            if is_student
            else replace(facts, of_mentor=event.contact)
        )
        if case.facts.of_student and case.facts.of_mentor:
            return Stay(
                case,
                (
                    *case.tell(STUDENT, msg("You have both agreed. {mentor:first}: {of_mentor}")),
                    *case.tell(MENTOR, msg("You have both agreed. {student}: {of_student}")),
                ),
            )
        kept = msg("Kept. It is passed on as soon as the other person gives a contact, too.")
        asked = msg(
            "The other person would like to exchange contacts. You need not. If you would like to: /now"
        )
        return Stay(
            case,
            (
                *case.tell(STUDENT if is_student else MENTOR, kept),
                *case.tell(MENTOR if is_student else STUDENT, asked),
            ),
        )

    @reachable.on(CannotReach)
    def out_of_reach(
        self, case: Mentoring, event: CannotReach
    ) -> Stay | To[Literal["with_school", "ended_early"]]:
        match event.reason:
            case OutOfReach.TRY_AGAIN:
                word = msg(
                    "{student} would like to hear from you. One short message is enough: /now"
                )
                done = msg("Your mentor has been told.")
                return Stay(case, (*case.tell(MENTOR, word), *case.tell(STUDENT, done)))
            case OutOfReach.SOMEBODY_ELSE:
                return self._somebody_else(case)
            case OutOfReach.TALK_TO_SCHOOL:
                return self.to("with_school", case)
            case OutOfReach.STOP:
                return self._ended(case)
            case _:
                assert_never(event.reason)

    @meeting.on(WentQuiet)
    def went_quiet(self, case: Mentoring, event: WentQuiet) -> To[Literal["quiet"]]:
        return self.to("quiet", case)

    @quiet.on(StillQuiet)
    def still_quiet(self, case: Mentoring, event: StillQuiet) -> To[Literal["with_school"]]:
        return self.to("with_school", case)

    @parted.on(InTouch)
    def in_touch(self, case: Mentoring, event: InTouch) -> To[Literal["active"]]:
        return self._goes_on(case)

    @helped.on(TheyGoOn)
    def helped_on(self, case: Mentoring, event: TheyGoOn) -> To[Literal["active"]]:
        return self._goes_on(case)

    @anywhere.on(Faded)
    def faded(self, case: Mentoring, event: Faded) -> To[Literal["ended_early"]]:
        word = msg("The mentoring has ended here. You did nothing wrong. Thank you for your time.")
        told = (*case.tell(STUDENT, word), *case.tell(MENTOR, word))
        return self.to("ended_early", case, *told, self._freed(case))

    @anywhere.on(AskedElsewhere)
    def chose_another(self, case: Mentoring, event: AskedElsewhere) -> To[Literal["ended_early"]]:
        return self._somebody_else(case)

    @active.on(DecisionDue)
    def two_months(self, case: Mentoring, event: DecisionDue) -> To[Literal["deciding"]]:
        return To("deciding", case, releases=False)

    @deciding.on(GoesOn)
    def stays(self, case: Mentoring, event: GoesOn) -> To[Literal["active"]]:
        return To("active", case.knowing(replace(case.facts, is_decided=True)), releases=False)

    @active.on(EndReached)
    def agreed_end(self, case: Mentoring, event: EndReached) -> To[Literal["closing"]]:
        return self.to("closing", case)

    @leaving.on(Stopped)
    def stopped(self, case: Mentoring, event: Stopped) -> To[Literal["ended_early"]]:
        if case.actor == case.people[MENTOR]:
            return self._mentor_left(case)
        return self._ended(case)

    @closing.on(FeedbackGiven)
    def heard(self, case: Mentoring, event: FeedbackGiven) -> Settled | To[Literal["closed"]]:
        facts = replace(case.facts, heard=case.facts.heard + 1)
        told: tuple[Tell, ...] = ()
        if case.actor == case.people[STUDENT]:
            facts = replace(facts, useful=event.useful)
            if event.line:
                words = verbatim(event.line)
                told = case.tell(MENTOR, msg("A word from {student}:\n{words}", words=words))
        case = case.knowing(facts)
        if facts.heard > 1:
            return self.to("closed", case, *told, self._freed(case))
        return Settled(case, told)

    @closing.on(FeedbackOver)
    def not_heard(self, case: Mentoring, event: FeedbackOver) -> To[Literal["closed"]]:
        return self.to("closed", case, self._freed(case))

    @closing.on(Withdrawn, Cancelled, Suspended)
    def left_at_the_end(
        self, case: Mentoring, event: Withdrawn | Cancelled | Suspended
    ) -> To[Literal["closed"]]:
        return self.to("closed", case, self._freed(case))

    @anywhere.on(Suspended)
    def held_back(self, case: Mentoring, event: Suspended) -> To[Literal["on_hold"]]:
        return self.to("on_hold", case)

    @anywhere.on(Withdrawn)
    def withdrawn(self, case: Mentoring, event: Withdrawn) -> To[Literal["ended_early"]]:
        if case.actor == case.people[MENTOR]:
            return self._mentor_left(case)
        return self._ended(case)

    @anywhere.on(Cancelled)
    def cancelled(self, case: Mentoring, event: Cancelled) -> To[Literal["ended_early"]]:
        gone = msg("The school has ended the mentoring. You did nothing wrong. Contact: {contact}")
        told = (*case.tell(STUDENT, gone), *case.tell(MENTOR, gone))
        return self.to("ended_early", case, *told, self._freed(case))

    def _met(self, case: Mentoring) -> Mentoring:
        """Count a meeting that was held."""
        facts = case.facts
        return case.knowing(replace(facts, met=facts.met + 1, missed=0, last_contact=case.now))

    def _goes_on(self, case: Mentoring) -> To[Literal["active"]]:
        case = case.knowing(replace(case.facts, missed=0, last_contact=case.now))
        return self.to("active", case, self._meeting_of(case))

    def _meeting_of(self, case: Mentoring) -> OpenCase:
        """Open the next meeting of the two."""
        people = {part: case.people[seat] for part, seat in SEATS.items()}
        return Meeting.open(Talk(case.facts.met + 1), people)

    def _freed(self, case: Mentoring) -> FreePlace:
        return FreePlace(case.people[MENTOR], case.people[STUDENT])

    def _search(self, case: Mentoring) -> OpenCase:
        """Look for another mentor, with the same wish."""
        facts = case.facts
        search = Search(
            facts.topic,
            facts.goal,
            facts.programme,
            asked=(case.people[MENTOR],),
            needs_approval=facts.needs_approval,
        )
        people = {
            seat: case.people[part] for seat, part in SEARCHERS.items() if part in case.people
        }
        return OpenCase(SEARCH, search, people)

    def _ended(self, case: Mentoring, *effects: Effect) -> To[Literal["ended_early"]]:
        told = tuple(case.tell(STUDENT, IT_ENDED) + case.tell(MENTOR, IT_ENDED))
        return self.to("ended_early", case, *effects, *told, self._freed(case))

    def _mentor_left(self, case: Mentoring) -> To[Literal["ended_early"]]:
        thanks = case.tell(MENTOR, msg("The mentoring has ended. Thank you for your time."))
        told = (*case.tell(STUDENT, OTHER_LEFT), *thanks)
        return self.to("ended_early", case, *told, self._freed(case), self._search(case))

    def _somebody_else(self, case: Mentoring) -> To[Literal["ended_early"]]:
        look = (
            msg(
                "All right: the school looks for somebody else for you. To see where it stands: /now"
            )
            if case.actor == case.people[STUDENT]
            else msg(
                "The school looks for somebody else for you. You did nothing wrong. To see where it stands: /now"
            )
        )
        thanks = case.tell(MENTOR, IT_ENDED)
        told = (*case.tell(STUDENT, look), *thanks)
        return self.to("ended_early", case, *told, self._freed(case), self._search(case))
