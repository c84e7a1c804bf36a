"""A student's wish, from the first look for a mentor until somebody says yes; it never ends in silence (domain 3.7)."""

from dataclasses import replace
from datetime import timedelta
from typing import Literal, assert_never

from bot.conversation.case import Case, Stay, To
from bot.conversation.effects import Effect, Start
from bot.conversation.expectations import Deadline, Nudge, Open, Tap, absent, do, wait
from bot.conversation.lifecycle import Lifecycle, Phase, StatesOf
from bot.conversation.messages import msg
from bot.domain.masking import without_contacts
from bot.domain.mentoring.offers import RestMentor
from bot.domain.mentoring.search import (
    Accepted,
    AskedElsewhere,
    AskedNoMore,
    Declined,
    FreePlace,
    LeftOut,
    LineEnded,
    LookedAgain,
    MentorReserved,
    NoAnswer,
    NobodyFound,
    NobodyFree,
    NoteFirstWord,
    PairApproved,
    PairRefused,
    PutInLine,
    QuestionAnswered,
    QuestionAsked,
    SeekMentor,
    StillUndecided,
    Stopped,
    TakePlace,
    WaitGoesOn,
    WhyNot,
)
from bot.domain.people import Cancelled, Suspended, Withdrawn
from bot.domain.times import WorkingDays
from journeys.mentoring.mentorship import Mentorship
from journeys.mentoring.pair import Pair, Pairing
from journeys.mentoring.search_letters import (
    ANSWER_COMES,
    ANSWERS,
    ASKED_AGAIN,
    ELSEWHERE,
    GONE_ON,
    LINE_KNOWS,
    NO_LONGER_LOOKS,
    NO_MORE,
    NOTHING_TO_APPROVE,
    REMINDER,
    REQUEST,
    REQUEST_GONE,
    ROUND_KNOWS,
    SCHOOL_KNOWS,
    STOP,
    STUDENT_GONE,
)
from journeys.mentoring.talking import AnswerMentor, AskStudent
from journeys.mentoring.wish import MENTOR, OWNER, SEARCH, STUDENT, Search, Searching, Since

DAY = timedelta(days=1)
A_WORD_WITHIN = 7 * DAY
"""No student waits longer than seven days for a word (domain 3.7)."""
LOOKS_AGAIN = WorkingDays(4)
"""So that the word also arrives in time over a weekend, when nobody is written to."""
MOST_SILENCES = 2
"""After two silences in a row it is a person's turn, not another message's (domain 3.0)."""
RESTS = 3
"""Months without requests for who has no time now; they may say otherwise."""

SEATS = {
    STUDENT: Pairing.STUDENT,
    MENTOR: Pairing.MENTOR,
    OWNER: Pairing.OWNER,
}

state = StatesOf(Search, Searching)
Wished = Case[Search, Searching]


class MentorSearch(Lifecycle[Search, Searching]):
    """One student looks for a mentor; one mentor after the other is asked, and the student always knows.

    The search waits while nobody is asked, if only for the moment it takes to find somebody.
    """

    name = SEARCH

    waiting = state(
        Phase.SIGN_UP,
        expects={
            STUDENT: wait(
                msg(
                    "Wait until somebody who fits is free. Your place on the waiting list: {position}."
                    " You hear from the school by {word_by:date} at the latest."
                ),
                STOP,
                letter=msg(
                    "{nobody} Your place on the waiting list: {position}."
                    " You hear from the school by {word_by:date} at the latest."
                    " Until then you can ask the school what you would ask a mentor. Contact: {contact}"
                ),
            ),
            MENTOR: absent,
            OWNER: do(
                msg("Find a mentor for {student}: nobody who fits has a place."),
                Tap(msg("Look again"), LookedAgain()),
                Tap(msg("There is nobody"), NobodyFound()),
                letter=msg(
                    "Nobody who fits has a place.\n"
                    "Student: {student}\n"
                    "Programme: {studies}\n"
                    "Help with: {help_with}\n"
                    "Place on the waiting list: {position}\n"
                    "You could ask alumni of this programme, or offer a talk or a group."
                ),
            ),
        },
        nudges=(Nudge(OWNER, WorkingDays(3), msg("A reminder: {student} waits for a mentor.")),),
        deadlines=(Deadline(LOOKS_AGAIN, LookedAgain(), at_once=True, is_fixed=True),),
    )
    mentor_asked = state(
        Phase.SIGN_UP,
        expects={
            STUDENT: wait(
                ANSWER_COMES,
                ELSEWHERE,
                STOP,
                letter=msg(
                    "{gone_to} The answer comes by {until:date} at the latest."
                    " You need do nothing. To see where it stands: /now"
                ),
            ),
            MENTOR: do(
                msg("Answer the request of {student}."),
                *ANSWERS,
                Open(msg("I have a question"), AskStudent, QuestionAsked),
                letter=REQUEST,
            ),
            OWNER: SCHOOL_KNOWS,
        },
        nudges=(
            Nudge(MENTOR, DAY, REMINDER),
            Nudge(
                MENTOR,
                2 * DAY,
                msg(
                    "The last reminder: the request from {student} is open until {until:time} on {until:date}."
                    " If it does not suit you, you need do nothing: somebody else will be asked."
                ),
            ),
        ),
        deadlines=(Deadline(3 * DAY, NoAnswer(), at_once=True),),
    )
    student_asked = state(
        Phase.SIGN_UP,
        expects={
            STUDENT: do(
                msg("Answer the question of {mentor:first}."),
                Open(msg("Answer"), AnswerMentor, QuestionAnswered),
                ELSEWHERE,
                STOP,
                letter=msg(
                    "{mentor:first} would like to know first: “{question}”\n"
                    "You can answer until {until:time} on {until:date}. Is something not right? /report"
                ),
            ),
            MENTOR: wait(
                msg("Wait for the answer of {student}, or decide without it."),
                *ANSWERS,
                letter=msg(
                    "Your question has been passed on. The answer comes by {until:date} at the latest."
                    " You can also decide without it."
                ),
            ),
            OWNER: SCHOOL_KNOWS,
        },
        nudges=(
            Nudge(
                STUDENT,
                DAY,
                msg(
                    "A reminder: {mentor:first} would like to know: “{question}”"
                    " You can answer until {until:time} on {until:date}. Is something not right? /report"
                ),
            ),
        ),
        deadlines=(Deadline(3 * DAY, NoAnswer(), at_once=True),),
    )
    answered = state(
        Phase.SIGN_UP,
        expects={
            STUDENT: wait(
                ANSWER_COMES,
                ELSEWHERE,
                STOP,
                letter=msg(
                    "{passed_on} {mentor:first} decides by {until:date} at the latest. You need do nothing."
                ),
            ),
            MENTOR: do(msg("Answer the request of {student}."), *ANSWERS, letter=ASKED_AGAIN),
            OWNER: SCHOOL_KNOWS,
        },
        nudges=(Nudge(MENTOR, DAY, REMINDER),),
        deadlines=(
            Deadline(
                2 * DAY,
                NoAnswer(),
                at_once=True,
                but_not_before=lambda search: search.answer_by,
            ),
        ),
    )
    with_school = state(
        Phase.SIGN_UP,
        expects={
            STUDENT: wait(
                msg("Somebody at school looks after your request. You hear by {word_by:date}."),
                STOP,
                letter=msg(
                    "{silent_too} Now somebody at school looks after your request."
                    " You hear by {word_by:date} at the latest. Contact: {contact}"
                ),
            ),
            MENTOR: absent,
            OWNER: do(
                msg("Talk to {student}: two mentors in a row did not answer."),
                Tap(msg("Ask the next"), LookedAgain()),
                Tap(msg("There is nobody"), NobodyFound()),
                letter=msg(
                    "Two mentors in a row did not answer. Please talk to the student yourself.\n"
                    "Student: {student}\n"
                    "Programme: {studies}\n"
                    "Help with: {help_with}"
                ),
            ),
        },
        nudges=(Nudge(OWNER, WorkingDays(2), msg("A reminder: {student} waits for a mentor.")),),
        deadlines=(Deadline(LOOKS_AGAIN, LookedAgain(), at_once=True, is_fixed=True),),
    )
    to_approve = state(
        Phase.PREPARATION,
        expects={
            STUDENT: wait(msg("Wait: the school looks at the pair first, and tells you."), STOP),
            MENTOR: wait(
                msg("Wait: the school looks at the pair first, and tells you."),
                Tap(msg("I cannot after all"), Stopped()),
            ),
            OWNER: do(
                msg("Say whether {student} and {mentor} are a pair."),
                Tap(msg("Approve"), PairApproved()),
                Tap(msg("Rather not"), PairRefused()),
                letter=msg(
                    "A pair to approve\n"
                    "Student: {student}\n"
                    "Mentor: {mentor}\n"
                    "Programme: {studies}\n"
                    "Help with: {help_with}\n"
                    "Why these two: {because}"
                ),
            ),
        },
        nudges=(
            Nudge(
                OWNER,
                WorkingDays(2),
                msg("A reminder: {student} and {mentor} wait for your approval."),
            ),
        ),
        deadlines=(Deadline(LOOKS_AGAIN, StillUndecided(), is_fixed=True),),
    )
    gathered = state(
        Phase.SIGN_UP,
        expects={
            STUDENT: wait(
                msg(
                    "Wait: requests are gathered until {gathered_until:date}, and then matched together."
                    " You hear from the school by {word_by:date} at the latest."
                ),
                STOP,
                letter=msg(
                    "{of_the_round} You hear by {word_by:date} at the latest. To see where it stands: /now"
                ),
            ),
            MENTOR: absent,
            OWNER: ROUND_KNOWS,
        },
        deadlines=(
            Deadline(LOOKS_AGAIN, WaitGoesOn(), is_fixed=True),
            Deadline(lambda search: search.forgotten_at, LookedAgain(), at_once=True),
        ),
    )
    in_line = state(
        Phase.SIGN_UP,
        expects={
            STUDENT: wait(
                msg(
                    "Wait: {mentor:first} gets one request at a time, and yours waits for its turn."
                    " You hear by {word_by:date}."
                ),
                STOP,
                letter=msg(
                    "{of_the_line} Mentor: {mentor:first}. Mentors get one request at a time, and yours waits"
                    " for its turn. You hear by {word_by:date} at the latest. To see where it stands: /now"
                ),
            ),
            MENTOR: absent,
            OWNER: LINE_KNOWS,
        },
        deadlines=(Deadline(LOOKS_AGAIN, WaitGoesOn(), is_fixed=True),),
    )
    found = state.final(Phase.PREPARATION)
    given_up = state.final(Phase.FOLLOW_UP)
    ended = state.final(Phase.FOLLOW_UP)

    stuck = state.among(waiting, with_school)
    passed_by = state.among(with_school, gathered)
    searching = state.among(waiting, with_school, gathered)
    open_to_a_mentor = state.among(waiting, with_school, gathered, in_line)
    undecided = state.among(mentor_asked, student_asked, answered)
    ripe = state.among(mentor_asked, answered)
    anywhere = state.anywhere(
        {
            STUDENT: (Withdrawn,),
            MENTOR: (Withdrawn,),
            OWNER: (Cancelled, Suspended, AskedElsewhere),
        }
    )

    @state.opening
    def wished(self, case: Wished) -> To[Literal["waiting", "gathered"]]:
        until = case.facts.gathered_until
        if until and until > case.now:
            facts = replace(case.facts, word_by=until + A_WORD_WITHIN)
            return self.to("gathered", case.knowing(facts))
        return self._seek(case)

    @gathered.on(WaitGoesOn)
    def still_gathered(self, case: Wished, event: WaitGoesOn) -> To[Literal["gathered"]]:
        return self.to("gathered", case.knowing(case.facts.waiting_on(case.now)))

    @gathered.on(LeftOut)
    def left_over(self, case: Wished, event: LeftOut) -> To[Literal["waiting"]]:
        case = self._but_not(case, event)
        return self._seek(case.knowing(case.facts.after(Since.LEFT_OVER, case.now)))

    @stuck.on(LeftOut)
    def not_this_one(self, case: Wished, event: LeftOut) -> Stay:
        return Stay(self._but_not(case, event))

    @searching.on(PutInLine)
    def put_in_line(self, case: Wished, event: PutInLine) -> To[Literal["in_line"]]:
        word_by = case.now + A_WORD_WITHIN
        facts = replace(case.facts, reasons=event.reasons, word_by=word_by, words=0)
        return self.to("in_line", case.knowing(facts).seating(MENTOR, event.mentor))

    @in_line.on(WaitGoesOn)
    def still_in_line(self, case: Wished, event: WaitGoesOn) -> To[Literal["in_line"]]:
        facts = case.facts.waiting_on(case.now)
        facts = replace(facts, word_by=case.now + A_WORD_WITHIN)
        return self.to("in_line", case.knowing(facts))

    @in_line.on(LineEnded)
    def line_ended(self, case: Wished, event: LineEnded) -> To[Literal["waiting"]]:
        return self._next(case, Since.DECLINED)

    @in_line.on(Stopped)
    def left_the_line(self, case: Wished, event: Stopped) -> To[Literal["given_up"]]:
        return self.to(
            "given_up", self._alone(case), *case.tell(STUDENT, NO_MORE), self._freed(case)
        )

    @in_line.on(Withdrawn, Cancelled, Suspended)
    def line_broken_off(
        self, case: Wished, event: Withdrawn | Cancelled | Suspended
    ) -> To[Literal["waiting", "ended"]]:
        # Who would have been asked next has not heard of it, and need not.
        if isinstance(event, Withdrawn) and case.actor == case.people[MENTOR]:
            return self._next(case, Since.GONE)
        return self.to("ended", self._alone(case), *self._goodbye(case), self._freed(case))

    @open_to_a_mentor.on(MentorReserved)
    def reserved(self, case: Wished, event: MentorReserved) -> To[Literal["mentor_asked"]]:
        facts = case.facts.asking(event, case.now, is_named=MENTOR in case.people)
        return self.to("mentor_asked", case.knowing(facts).seating(MENTOR, event.mentor))

    @waiting.on(NobodyFree)
    def nobody_free(self, case: Wished, event: NobodyFree) -> Stay:
        known = case.facts
        word_by = known.word_by if known.position else case.now + A_WORD_WITHIN
        told = msg("Looked again: nobody who fits has a place yet.")
        case = case.knowing(replace(known, position=event.position, word_by=word_by))
        # Who waits already is written to in time; only staff who looked are answered.
        return Stay(case, case.tell(OWNER, told) if known.position else ())

    @waiting.on(LookedAgain)
    def looked_again(self, case: Wished, event: LookedAgain) -> Stay | To[Literal["waiting"]]:
        case = self._anew(case)
        if case.actor is None:
            return self._seek(case)
        return Stay(case, (self._seeking(case),))

    @passed_by.on(LookedAgain)
    def asked_the_next(self, case: Wished, event: LookedAgain) -> To[Literal["waiting"]]:
        return self._seek(self._anew(case))

    @undecided.on(Accepted)
    def accepted(self, case: Wished, event: Accepted) -> To[Literal["to_approve", "found"]]:
        taken = TakePlace(case.people[MENTOR], case.people[STUDENT])
        if case.facts.is_approved or not case.facts.needs_approval:
            return self._paired(case, taken)
        thanks = msg("Thank you for your yes. The school looks at the pair first, and tells you.")
        news = msg("{mentor:first} said yes. The school looks at the pair first, and tells you.")
        return self.to(
            "to_approve", case, taken, *case.tell(MENTOR, thanks), *case.tell(STUDENT, news)
        )

    @undecided.on(Declined)
    def declined(self, case: Wished, event: Declined) -> To[Literal["waiting"]]:
        """Thank for the no; whoever has no time is asked at once when they may be asked again."""
        thanks = msg("Thank you for answering. The request goes to somebody else.")
        before: tuple[Effect, ...] = ()
        after: tuple[Effect, ...] = ()
        match event.reason:
            case WhyNot.NOT_MY_TOPIC:
                before = case.tell(MENTOR, thanks)
            case WhyNot.LATER:
                later = msg(
                    "Thank you for answering. The request goes to somebody else."
                    " No other comes in the next 3 months. To change that: /mentor"
                )
                before = (*case.tell(MENTOR, later), RestMentor(RESTS))
            case WhyNot.NO_TIME:
                before, after = (RestMentor(RESTS),), (Start("mentoring.rest"),)
            case _:
                assert_never(event.reason)
        return self._next(case, Since.DECLINED, *before, then=after, is_answered=True)

    @mentor_asked.on(QuestionAsked)
    def asked_back(self, case: Wished, event: QuestionAsked) -> To[Literal["student_asked"]]:
        question = without_contacts(event.question)
        facts = replace(case.facts, question=question, answer_by=case.until)
        noted = NoteFirstWord(case.people[MENTOR], case.people[STUDENT])
        return self.to("student_asked", case.knowing(facts), noted)

    @student_asked.on(QuestionAnswered)
    def answer_given(self, case: Wished, event: QuestionAnswered) -> To[Literal["answered"]]:
        answer = without_contacts(event.answer)
        return self.to("answered", case.knowing(replace(case.facts, answer=answer)))

    @student_asked.on(NoAnswer)
    def no_answer_given(self, case: Wished, event: NoAnswer) -> To[Literal["answered"]]:
        return self.to("answered", case)

    @ripe.on(NoAnswer)
    def silent(self, case: Wished, event: NoAnswer) -> To[Literal["waiting", "with_school"]]:
        freed = self._freed(case, is_silent=True)
        case = self._apart(case, Since.SILENT, silences=case.facts.silences + 1)
        if case.facts.silences < MOST_SILENCES:
            return self._seek(case, then=(freed,))
        case = case.knowing(replace(case.facts, word_by=case.now + A_WORD_WITHIN))
        return self.to("with_school", case, freed)

    @undecided.on(AskedElsewhere)
    def elsewhere(self, case: Wished, event: AskedElsewhere) -> To[Literal["waiting"]]:
        wished_for = case.actor == case.people[STUDENT]
        since = Since.ELSEWHERE if wished_for else Since.REFUSED
        return self._next(case, since, *case.tell(MENTOR, GONE_ON))

    @undecided.on(AskedNoMore)
    def asked_no_more(self, case: Wished, event: AskedNoMore) -> To[Literal["waiting"]]:
        told = case.tell(MENTOR, GONE_ON) if event.can_be_told else ()
        return self._next(case, Since.GONE, *told)

    @stuck.on(Stopped)
    def no_longer_looking(self, case: Wished, event: Stopped) -> To[Literal["given_up"]]:
        told = (*case.tell(STUDENT, NO_MORE), *case.tell(OWNER, NO_LONGER_LOOKS))
        return self.to("given_up", self._alone(case), *told)

    @gathered.on(Stopped)
    def left_the_round(self, case: Wished, event: Stopped) -> To[Literal["given_up"]]:
        return self.to("given_up", self._alone(case), *case.tell(STUDENT, NO_MORE))

    @undecided.on(Stopped)
    def taken_back(self, case: Wished, event: Stopped) -> To[Literal["given_up"]]:
        told = (*case.tell(STUDENT, NO_MORE), *case.tell(MENTOR, NO_LONGER_LOOKS))
        return self.to("given_up", self._alone(case), *told, self._freed(case))

    @to_approve.on(Stopped)
    def backed_out(self, case: Wished, event: Stopped) -> To[Literal["waiting", "given_up"]]:
        if case.actor == case.people[STUDENT]:
            others = (*case.tell(MENTOR, NO_LONGER_LOOKS), *case.tell(OWNER, NO_LONGER_LOOKS))
            told = (*case.tell(STUDENT, NO_MORE), *others)
            return self.to("given_up", self._alone(case), *told, self._freed(case))
        thanks = msg("Thank you for saying so. The request goes to somebody else.")
        told = (*case.tell(MENTOR, thanks), *case.tell(OWNER, NOTHING_TO_APPROVE))
        return self._next(case, Since.DECLINED, *told)

    @stuck.on(NobodyFound)
    def nobody_found(self, case: Wished, event: NobodyFound) -> To[Literal["given_up"]]:
        sorry = msg(
            "The school has found no mentor for you this time. We are sorry."
            " Somebody at school talks with you about what else is possible. Contact: {contact}"
        )
        noted = msg("Noted. {student} has been told that you talk about what else is possible.")
        told = (*case.tell(STUDENT, sorry), *case.tell(OWNER, noted))
        return self.to("given_up", self._alone(case), *told)

    @to_approve.on(PairApproved)
    def approved(self, case: Wished, event: PairApproved) -> To[Literal["found"]]:
        noted = msg("Approved. Both have been told.")
        return self._paired(case, *case.tell(OWNER, noted))

    @to_approve.on(PairRefused)
    def not_approved(self, case: Wished, event: PairRefused) -> To[Literal["waiting"]]:
        thanks = msg("The school suggests somebody else for this student. Thank you for your yes.")
        noted = msg("Noted. Both have been told, without a reason.")
        told = (*case.tell(OWNER, noted), *case.tell(MENTOR, thanks))
        return self._next(case, Since.REFUSED, *told)

    @to_approve.on(StillUndecided)
    def not_forgotten(self, case: Wished, event: StillUndecided) -> To[Literal["to_approve"]]:
        word = msg(
            "The school has not looked at the pair yet. It is not forgotten. Contact: {contact}"
        )
        return self.to("to_approve", case, *case.tell(STUDENT, word), *case.tell(MENTOR, word))

    @searching.on(Cancelled, Suspended)
    def broken_off_alone(self, case: Wished, event: Cancelled | Suspended) -> To[Literal["ended"]]:
        return self.to("ended", self._alone(case), *self._goodbye(case))

    @stuck.on(Withdrawn)
    def left_meanwhile(self, case: Wished, event: Withdrawn) -> To[Literal["ended"]]:
        return self.to("ended", self._alone(case), *case.tell(OWNER, STUDENT_GONE))

    @gathered.on(Withdrawn)
    def left_in_a_round(self, case: Wished, event: Withdrawn) -> To[Literal["ended"]]:
        return self.to("ended", self._alone(case))

    @to_approve.on(Withdrawn)
    def left_before_approval(
        self, case: Wished, event: Withdrawn
    ) -> To[Literal["waiting", "ended"]]:
        if case.actor == case.people[MENTOR]:
            return self._next(case, Since.GONE, *case.tell(OWNER, NOTHING_TO_APPROVE))
        told = (*case.tell(MENTOR, REQUEST_GONE), *case.tell(OWNER, STUDENT_GONE))
        return self.to("ended", self._alone(case), *told, self._freed(case))

    @anywhere.on(Withdrawn, Cancelled, Suspended)
    def broken_off(
        self, case: Wished, event: Withdrawn | Cancelled | Suspended
    ) -> To[Literal["waiting", "ended"]]:
        if isinstance(event, Withdrawn) and case.actor == case.people[MENTOR]:
            return self._next(case, Since.GONE)
        told = (*case.tell(MENTOR, REQUEST_GONE), *self._goodbye(case))
        return self.to("ended", self._alone(case), *told, self._freed(case))

    def _seek(
        self, case: Wished, *effects: Effect, then: tuple[Effect, ...] = ()
    ) -> To[Literal["waiting"]]:
        case = case.knowing(replace(case.facts, position=0))
        return self.to("waiting", case, *effects, self._seeking(case), *then)

    def _seeking(self, case: Wished) -> SeekMentor:
        return SeekMentor(case.people[STUDENT], case.facts.choices, case.facts.asked)

    def _next(
        self,
        case: Wished,
        since: Since,
        *effects: Effect,
        then: tuple[Effect, ...] = (),
        is_answered: bool = False,
    ) -> To[Literal["waiting"]]:
        """Ask the next, then give the place back; whoever said anything ends a row of silences."""
        freed = self._freed(case, is_answered=is_answered)
        return self._seek(self._apart(case, since), *effects, then=(freed, *then))

    def _but_not(self, case: Wished, event: LeftOut) -> Wished:
        """Remember whom the school would rather not have asked."""
        if event.but_not is None:
            return case
        return case.knowing(replace(case.facts, asked=(*case.facts.asked, event.but_not)))

    def _apart(self, case: Wished, since: Since, *, silences: int = 0) -> Wished:
        """Return the case without its mentor, remembering who it was."""
        facts = case.facts.after(since, case.now)
        facts = replace(facts, former=case.people[MENTOR], silences=silences)
        return case.knowing(facts).without(MENTOR)

    def _anew(self, case: Wished) -> Wished:
        """Return the case for which the school looks again."""
        return case.knowing(replace(case.facts.after(Since.LOOKED, case.now), silences=0))

    def _alone(self, case: Wished) -> Wished:
        """Return the case as it is kept once it is over: it is the student's alone, and goes with them."""
        return case.without(MENTOR)

    def _freed(
        self, case: Wished, *, is_silent: bool = False, is_answered: bool = False
    ) -> FreePlace:
        return FreePlace(case.people[MENTOR], case.people[STUDENT], is_silent, is_answered)

    def _goodbye(self, case: Wished) -> tuple[Effect, ...]:
        """Tell the student if it was the school that ended it."""
        if case.actor == case.people[STUDENT]:
            return ()
        ended = msg("The school has ended your search for a mentor. Contact: {contact}")
        noted = msg("The search has ended, and {student} has been told.")
        return (*case.tell(STUDENT, ended), *case.tell(OWNER, noted))

    def _paired(self, case: Wished, *effects: Effect) -> To[Literal["found"]]:
        facts = case.facts
        news = msg(
            "Good news: {mentor:first} said yes. Next comes the time of your first meeting."
        )
        pair = Pair(facts.topic, facts.goal, facts.programme, facts.needs_approval)
        people = {seat: case.people[part] for part, seat in SEATS.items() if part in case.people}
        opened = Mentorship.open(pair, people)
        return self.to("found", self._alone(case), *effects, *case.tell(STUDENT, news), opened)
