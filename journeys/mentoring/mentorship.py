"""A pair, from the introduction to the thanked goodbye (domain 3.7)."""

from dataclasses import replace
from datetime import timedelta
from typing import Literal, assert_never

from bot.conversation.case import Settled, Stay, To
from bot.conversation.effects import Effect, OpenCase, Tell
from bot.conversation.expectations import Deadline, Nudge, Open, Tap, do, wait
from bot.conversation.lifecycle import Lifecycle, Phase, StatesOf
from bot.conversation.messages import Message, msg
from bot.domain.mentoring.meeting import MeetingHeld, MeetingMissed
from bot.domain.mentoring.pair import (
    CannotReach,
    ChatClosed,
    ContactOffered,
    DecisionDue,
    EndReached,
    Faded,
    FeedbackGiven,
    FeedbackOver,
    GoesOn,
    InTouch,
    Need,
    OutOfReach,
    PartsWithThanks,
    Passed,
    StillQuiet,
    TheyGoOn,
    WentQuiet,
)
from bot.domain.mentoring.search import AskedElsewhere, FreePlace, StillUndecided, Stopped
from bot.domain.people import Cancelled, Suspended, Withdrawn
from bot.domain.times import WorkingDays
from journeys.mentoring.feedback import MentorFeedback, StudentFeedback
from journeys.mentoring.meeting import Meeting
from journeys.mentoring.meeting_facts import Seated, Talk
from journeys.mentoring.pair import (
    MEETINGS,
    MENTOR,
    OWNER,
    STUDENT,
    Mentoring,
    Pair,
    Pairing,
)
from journeys.mentoring.pair_letters import (
    ASKED_BY_SCHOOL,
    ENDED_FOR_MENTOR,
    ENDED_FOR_STUDENT,
    GOES_ON,
    IN_TOUCH,
    INTRODUCTION,
    IT_ENDED,
    OF_MENTOR,
    OF_STUDENT,
    ON_HOLD,
    OTHER_LEFT,
    PAIR_ENDED,
    PAIR_GOES_ON,
    QUIET,
    SCHOOL_WATCHES,
    WRITE,
)
from journeys.mentoring.passing import exchanged, passed_back, passed_on, reminded
from journeys.mentoring.wish import SEARCH, Search, Searching

DAY = timedelta(days=1)
FIRST_MEETING_WITHIN = 14 * DAY
"""Most pairs without a kick-off fade in two or three weeks (domain 3.7, S58)."""
MOST_MISSED = 2
"""After two meetings in a row that did not come about it is a person's turn (domain 3.0)."""


SEARCHERS = {Searching.STUDENT: STUDENT, Searching.OWNER: OWNER}
SEATS = {Seated.STUDENT: STUDENT, Seated.MENTOR: MENTOR}
UNDER_WAY = ("choosing", "agreed", "over")
"""States of a meeting in which the two are in touch."""

state = StatesOf(Pair, Pairing)


def _forgetting(case: Mentoring) -> Mentoring:
    """Forget what the two have written: a pair that is over is only counted (domain 3.7, "Recorded")."""
    return case.knowing(replace(case.facts, goal="", of_student="", of_mentor=""))


def _ended_for_school(case: Mentoring) -> tuple[Tell, ...]:
    """Tell whoever answers for it: today if they were asked about the pair, else with their digest."""
    return case.tell(OWNER, PAIR_ENDED) if case.facts.need else case.note(OWNER, PAIR_ENDED)


class Mentorship(Lifecycle[Pair, Pairing]):
    """One student and one mentor: they meet, four times or more, and part with thanks."""

    name = "mentoring.pair"

    introduced = state(
        Phase.PREPARATION,
        expects={
            STUDENT: wait(
                msg("Agree on your first meeting. Your mentor: {mentor:first}"),
                *OF_STUDENT,
                letter=INTRODUCTION,
            ),
            MENTOR: wait(
                msg("Agree on your first meeting. Student: {student}"),
                *OF_MENTOR,
                letter=INTRODUCTION,
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
        deadlines=(
            Deadline(7 * DAY, StillQuiet()),
            Deadline(lambda pair: pair.ends_at, EndReached()),
        ),
    )
    with_school = state(
        Phase.DELIVERY,
        expects={
            STUDENT: ASKED_BY_SCHOOL,
            MENTOR: ASKED_BY_SCHOOL,
            OWNER: do(
                msg("Talk to the two: {help_wanted} Student: {student}. Mentor: {mentor}"),
                Tap(msg("They go on"), TheyGoOn()),
                Tap(msg("Find somebody else"), AskedElsewhere()),
                Tap(msg("End it kindly"), Faded()),
                letter=msg(
                    "A pair needs you. {help_wanted}\nStudent: {student}\nMentor: {mentor}\n"
                    "Please answer by {until:date}."
                ),
            ),
        },
        nudges=(
            Nudge(
                OWNER,
                WorkingDays(3),
                msg(
                    "A reminder: a pair needs you. {help_wanted}\nStudent: {student}\nMentor: {mentor}\n"
                    "Please answer by {until:date}."
                ),
            ),
        ),
        deadlines=(Deadline(14 * DAY, StillUndecided(), at_once=True),),
    )
    deciding = state(
        Phase.FOLLOW_UP,
        expects={
            STUDENT: do(
                msg("Say how you would like to go on. Your mentor: {mentor:first}"),
                Tap(msg("Go on together"), GoesOn()),
                Tap(msg("With somebody else"), AskedElsewhere()),
                Tap(msg("Part with thanks"), PartsWithThanks()),
                WRITE,
                letter=msg(
                    "{reached} How would you like to go on? Every answer is fine, and nobody asks why."
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
        deadlines=(
            Deadline(7 * DAY, GoesOn()),
            Deadline(lambda pair: pair.ends_at, EndReached()),
        ),
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
                letter=msg(
                    "The mentoring is on hold, and both have been told. Please talk to them."
                    " Then say whether it goes on. A pair: {student}, {mentor}"
                ),
            ),
        },
        nudges=(
            Nudge(
                OWNER,
                WorkingDays(3),
                msg("A reminder: a pair is on hold. {student}, {mentor}"),
            ),
        ),
        deadlines=(Deadline(7 * DAY, StillUndecided()),),
    )
    closing = state(
        Phase.FEEDBACK,
        expects={
            STUDENT: do(
                msg("Say how the mentoring was."),
                Open(msg("Say how it was"), StudentFeedback, FeedbackGiven),
                letter=msg(
                    "{ends_now} {given} How was it? It takes a minute. Your mentor: {mentor:first}"
                ),
            ),
            MENTOR: do(
                msg("Say how the mentoring was."),
                Open(msg("Say how it was"), MentorFeedback, FeedbackGiven),
                letter=msg(
                    "{ends_now} {given_to_mentor} How was it? It takes a minute. Student: {student}"
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
        deadlines=(Deadline(10 * DAY, FeedbackOver(), at_once=True),),
    )
    closed = state.final(Phase.FEEDBACK)
    ended_early = state.final(Phase.FOLLOW_UP)

    meeting = state.among(introduced, active)
    together = state.among(introduced, active, deciding)
    lasting = state.among(active, quiet, deciding)
    reachable = state.among(introduced, active, quiet)
    reached = state.among(introduced, active, quiet, deciding)
    parted = state.among(quiet, with_school)
    helped = state.among(with_school, on_hold)
    spared = state.among(deciding, with_school)
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

    @active.on(MeetingHeld)
    def held(
        self, case: Mentoring, event: MeetingHeld
    ) -> Stay | To[Literal["deciding", "closing"]]:
        case = self._met(case)
        if self._is_over(case):
            return self.to("closing", case)
        if case.facts.met >= MEETINGS and not case.facts.is_decided:
            return self.to("deciding", case)
        return Stay(case, (self._meeting_of(case),))

    @deciding.on(MeetingHeld)
    def held_meanwhile(self, case: Mentoring, event: MeetingHeld) -> Stay | To[Literal["closing"]]:
        case = self._met(case)
        if self._is_over(case):
            return self.to("closing", case)
        return Stay(case, (self._meeting_of(case),))

    @with_school.on(MeetingHeld)
    def held_after_all(self, case: Mentoring, event: MeetingHeld) -> To[Literal["active"]]:
        return self._goes_on(self._met(case), *case.tell(OWNER, PAIR_GOES_ON))

    @spared.on(MeetingMissed)
    def missed_meanwhile(self, case: Mentoring, event: MeetingMissed) -> Stay:
        case = self._not_met(case, event)
        if case.facts.need is None:
            return Stay(case, (self._meeting_of(case),))
        return Stay(case)

    @meeting.on(MeetingMissed)
    def missed(
        self, case: Mentoring, event: MeetingMissed
    ) -> Stay | To[Literal["with_school", "closing"]]:
        case = self._not_met(case, event)
        case = case.knowing(replace(case.facts, missed=case.facts.missed + 1))
        if self._is_over(case):
            return self.to("closing", case)
        if case.facts.missed >= MOST_MISSED:
            return self._to_school(case, Need.MISSED)
        return Stay(case, (self._meeting_of(case),))

    @together.on(Passed)
    def written(self, case: Mentoring, event: Passed) -> Stay:
        case = case.knowing(replace(case.facts, last_contact=case.now))
        return Stay(case, passed_on(case, event.words))

    @quiet.on(Passed)
    def broken_silence(self, case: Mentoring, event: Passed) -> To[Literal["active"]]:
        return self._goes_on(case, *passed_on(case, event.words))

    @reached.on(ContactOffered)
    def contact_offered(self, case: Mentoring, event: ContactOffered) -> Stay:
        return exchanged(case, event.contact)

    @reachable.on(CannotReach)
    def out_of_reach(
        self, case: Mentoring, event: CannotReach
    ) -> Stay | To[Literal["with_school", "ended_early"]]:
        match event.reason:
            case OutOfReach.TRY_AGAIN:
                return reminded(case)
            case OutOfReach.SOMEBODY_ELSE:
                return self._somebody_else(case)
            case OutOfReach.TALK_TO_SCHOOL:
                return self._to_school(case, Need.ASKED)
            case OutOfReach.STOP:
                return self._ended(case)
            case _:
                assert_never(event.reason)

    @reached.on(ChatClosed)
    def chat_closed(self, case: Mentoring, event: ChatClosed) -> To[Literal["with_school"]]:
        is_student = event.who == case.people[STUDENT]
        return self._to_school(case, Need.STUDENT_CLOSED if is_student else Need.MENTOR_CLOSED)

    @meeting.on(WentQuiet)
    def went_quiet(self, case: Mentoring, event: WentQuiet) -> Stay | To[Literal["quiet"]]:
        if any(case.below.get(name) for name in UNDER_WAY):
            return Stay(case.knowing(replace(case.facts, last_contact=case.now)))
        return self.to("quiet", case)

    @quiet.on(StillQuiet)
    def still_quiet(self, case: Mentoring, event: StillQuiet) -> To[Literal["with_school"]]:
        return self._to_school(case, Need.QUIET)

    @parted.on(InTouch)
    def in_touch(self, case: Mentoring, event: InTouch) -> To[Literal["active"]]:
        at_school = case.tell(OWNER, PAIR_GOES_ON) if case.facts.need else ()
        return self._goes_on(case, *self._both(case, GOES_ON), *at_school)

    @helped.on(TheyGoOn)
    def helped_on(self, case: Mentoring, event: TheyGoOn) -> To[Literal["active"]]:
        return self._goes_on(case, *self._both(case, GOES_ON), *case.tell(OWNER, PAIR_GOES_ON))

    @with_school.on(StillUndecided)
    def nobody_decided(
        self, case: Mentoring, event: StillUndecided
    ) -> To[Literal["with_school", "ended_early"]]:
        match case.facts.need:
            case Need.ASKED:
                word = msg(
                    "Your wish to talk to somebody at school is not forgotten. Contact: {contact}"
                )
                return self.to("with_school", case, *case.tell(STUDENT, word))
            case Need.MENTOR_CLOSED:
                return self._somebody_else(case)
            case _:
                return self._faded(case)

    @anywhere.on(Faded)
    def faded(self, case: Mentoring, event: Faded) -> To[Literal["ended_early"]]:
        return self._faded(case)

    @anywhere.on(AskedElsewhere)
    def chose_another(self, case: Mentoring, event: AskedElsewhere) -> To[Literal["ended_early"]]:
        return self._somebody_else(case)

    @active.on(DecisionDue)
    def two_months(self, case: Mentoring, event: DecisionDue) -> To[Literal["deciding"]]:
        return To("deciding", case, releases=False)

    @deciding.on(GoesOn)
    def stays(self, case: Mentoring, event: GoesOn) -> To[Literal["active"]]:
        word = msg(
            "You go on together, until {ends_at:date} at the latest."
            " Mentor: {mentor:first}. Student: {student}"
        )
        case = case.knowing(replace(case.facts, is_decided=True))
        told = self._both(case, word)
        return To("active", case, (*told, *self._next_meeting(case)), releases=False)

    @deciding.on(PartsWithThanks)
    def thanked(self, case: Mentoring, event: PartsWithThanks) -> To[Literal["closing"]]:
        return self.to("closing", case.knowing(replace(case.facts, is_early=True)))

    @lasting.on(EndReached)
    def agreed_end(self, case: Mentoring, event: EndReached) -> Stay | To[Literal["closing"]]:
        if case.below.get("agreed") or case.below.get("over"):
            return Stay(case)  # they part after the meeting they have agreed on
        return self.to("closing", case)

    @leaving.on(Stopped)
    def stopped(self, case: Mentoring, event: Stopped) -> To[Literal["ended_early"]]:
        if case.actor == case.people[MENTOR]:
            return self._mentor_left(case)
        return self._ended(case)

    @closing.on(FeedbackGiven)
    def heard(self, case: Mentoring, event: FeedbackGiven) -> Settled | To[Literal["closed"]]:
        facts, told = (
            replace(case.facts, heard=case.facts.heard + 1),
            passed_back(case, event),
        )
        case = case.knowing(
            replace(facts, useful=event.useful)
            if case.actor == case.people[STUDENT]
            else replace(facts, worthwhile=event.useful)
        )
        if facts.heard > 1:
            return self.to("closed", _forgetting(case), *told, self._freed(case))
        return Settled(case, told)

    @closing.on(FeedbackOver)
    def not_heard(self, case: Mentoring, event: FeedbackOver) -> To[Literal["closed"]]:
        return self.to("closed", _forgetting(case), self._freed(case))

    @closing.on(Withdrawn, Cancelled, Suspended)
    def left_at_the_end(
        self, case: Mentoring, event: Withdrawn | Cancelled | Suspended
    ) -> To[Literal["closed"]]:
        word = msg(
            "The mentoring is over, and nothing more is asked of you. Thank you for your time."
        )
        asked = (part for part in (STUDENT, MENTOR) if case.people[part] != case.actor)
        told = (
            ()
            if case.facts.heard
            else tuple(one for part in asked for one in case.tell(part, word))
        )
        return self.to("closed", _forgetting(case), *told, self._freed(case))

    @on_hold.on(StillUndecided)
    def still_on_hold(self, case: Mentoring, event: StillUndecided) -> To[Literal["on_hold"]]:
        word = msg(
            "The mentoring is on hold for now. The school has not forgotten it. Contact: {contact}"
        )
        return self.to("on_hold", case, *self._both(case, word))

    @anywhere.on(Suspended)
    def held_back(self, case: Mentoring, event: Suspended) -> To[Literal["on_hold"]]:
        word = msg(
            "The school has put the mentoring on hold, and will talk to you. You did nothing wrong."
        )
        return self.to("on_hold", case, *self._both(case, word))

    @anywhere.on(Withdrawn)
    def withdrawn(self, case: Mentoring, event: Withdrawn) -> To[Literal["ended_early"]]:
        if case.actor == case.people[MENTOR]:
            return self._mentor_left(case)
        return self._ended(case)

    @anywhere.on(Cancelled)
    def cancelled(self, case: Mentoring, event: Cancelled) -> To[Literal["ended_early"]]:
        gone = msg("The school has ended the mentoring. You did nothing wrong. Contact: {contact}")
        return self._over(case, *self._both(case, gone), *case.tell(OWNER, PAIR_ENDED))

    def _both(self, case: Mentoring, word: Message) -> tuple[Tell, ...]:
        return (*case.tell(STUDENT, word), *case.tell(MENTOR, word))

    def _met(self, case: Mentoring) -> Mentoring:
        """Count a meeting that was held."""
        facts = case.facts
        return case.knowing(replace(facts, met=facts.met + 1, missed=0, last_contact=case.now))

    def _not_met(self, case: Mentoring, event: MeetingMissed) -> Mentoring:
        """Remember whether the two have had their card for the meeting that was not held."""
        facts = case.facts
        return case.knowing(replace(facts, prepared=facts.met + 1)) if event.was_agreed else case

    def _is_over(self, case: Mentoring) -> bool:
        """Return whether the agreed end is past: what was agreed before it still took place."""
        ends_at = case.facts.ends_at
        return ends_at is not None and ends_at <= case.now

    def _goes_on(self, case: Mentoring, *told: Effect) -> To[Literal["active"]]:
        """Go on: they are in touch, and nobody at school need look after them."""
        case = case.knowing(replace(case.facts, missed=0, need=None, last_contact=case.now))
        return To("active", case, (*told, *self._next_meeting(case)), releases=False)

    def _next_meeting(self, case: Mentoring) -> tuple[OpenCase, ...]:
        """Open the next meeting, unless one is being agreed on."""
        is_open = any(case.below.get(name) for name in ("proposing", *UNDER_WAY))
        return () if is_open else (self._meeting_of(case),)

    def _to_school(self, case: Mentoring, need: Need) -> To[Literal["with_school"]]:
        """Ask a person; a meeting that is under way stays."""
        case = case.knowing(replace(case.facts, need=need))
        is_under_way = any(case.below.get(name) for name in UNDER_WAY)
        return To("with_school", case, releases=not is_under_way)

    def _meeting_of(self, case: Mentoring) -> OpenCase:
        """Open the next meeting of the two."""
        people = {part: case.people[seat] for part, seat in SEATS.items()}
        number = case.facts.met + 1
        has_card = case.facts.prepared < number <= MEETINGS
        return Meeting.open(Talk(number, is_prepared=not has_card), people)

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

    def _over(self, case: Mentoring, *effects: Effect) -> To[Literal["ended_early"]]:
        return self.to("ended_early", _forgetting(case), *effects, self._freed(case))

    def _faded(self, case: Mentoring) -> To[Literal["ended_early"]]:
        """End it kindly: nobody is to blame."""
        told = (*case.tell(STUDENT, ENDED_FOR_STUDENT), *case.tell(MENTOR, ENDED_FOR_MENTOR))
        return self._over(case, *told, *_ended_for_school(case))

    def _ended(self, case: Mentoring) -> To[Literal["ended_early"]]:
        """End it because the student would like to."""
        mine = msg("The mentoring has ended, as you wish. For another mentor at any time: /mentor")
        told = (*case.tell(STUDENT, mine), *case.tell(MENTOR, IT_ENDED))
        return self._over(case, *told, *_ended_for_school(case))

    def _mentor_left(self, case: Mentoring) -> To[Literal["ended_early"]]:
        thanks = msg("The mentoring has ended, as you wish. Thank you for your time.")
        told = (*case.tell(STUDENT, OTHER_LEFT), *case.tell(MENTOR, thanks))
        return self._over(case, *told, self._search(case))

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
        told = (*case.tell(STUDENT, look), *case.tell(MENTOR, IT_ENDED))
        school = (
            ()
            if case.actor is None or case.actor == case.people[STUDENT]
            else case.tell(OWNER, PAIR_ENDED)
        )
        return self._over(case, *told, *school, self._search(case))
