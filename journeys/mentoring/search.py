"""A student's wish, from the first look for a mentor until somebody says yes; it never ends in silence (domain 3.7)."""

from dataclasses import replace
from datetime import timedelta
from typing import Literal

from bot.conversation.effects import Effect, Start
from bot.conversation.lifecycle import (
    Case,
    Deadline,
    Lifecycle,
    Nudge,
    Open,
    Phase,
    StatesOf,
    Stay,
    Tap,
    To,
    WorkingDays,
    absent,
    do,
    wait,
)
from bot.conversation.messages import msg
from bot.domain.mentoring import (
    Accepted,
    AskedElsewhere,
    Declined,
    FreePlace,
    LookedAgain,
    MentorReserved,
    NoAnswer,
    NobodyFound,
    NobodyFree,
    PairApproved,
    PairRefused,
    QuestionAnswered,
    QuestionAsked,
    RestMentor,
    SeekMentor,
    StillUndecided,
    Stopped,
    TakePlace,
    WhyNot,
)
from bot.domain.mentoring_staff import LeftOut, LineEnded, PutInLine, WaitGoesOn
from bot.domain.people import Cancelled, Suspended, Withdrawn
from journeys.mentoring.mentorship import Mentorship, Pair, Pairing
from journeys.mentoring.talking import AnswerMentor, AskStudent
from journeys.mentoring.wish import MENTOR, OWNER, SEARCH, STUDENT, Search, Searching

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
A_WORD_WITHIN = 7 * DAY
"""No student waits longer than seven days for a word (domain 3.7)."""
A_DAY_TO_SPARE = A_WORD_WITHIN - DAY
MOST_SILENCES = 2
"""After two silences in a row it is a person's turn, not another message's (domain 3.0)."""


SEATS = {
    STUDENT: Pairing.STUDENT,
    MENTOR: Pairing.MENTOR,
    OWNER: Pairing.OWNER,
}

state = StatesOf(Search, Searching)
Wished = Case[Search, Searching]

STOP = Tap(msg("Stop looking"), Stopped())
ELSEWHERE = Tap(msg("Ask somebody else"), AskedElsewhere())
ANSWERS = (
    Tap(msg("Yes, gladly"), Accepted()),
    Tap(msg("Not my topic"), Declined(WhyNot.NOT_MY_TOPIC)),
    Tap(msg("No time now"), Declined(WhyNot.NO_TIME)),
    Tap(msg("Ask me in 3 months"), Declined(WhyNot.LATER)),
)
SCHOOL_KNOWS = wait(msg("You need do nothing: {student} looks for a mentor."))
PAIR_TO_BE = wait(
    msg("Wait: the school looks at the pair, and tells you."),
    Tap(msg("I cannot after all"), Stopped()),
)
REQUEST = msg(
    "{student} would like you as a mentor.\n"
    "Programme: {studies}\n"
    "Help with: {help_with}\n"
    "Goal: “{goal}”\n"
    "Why you: {because}\n"
    "Time: three months, about two hours a month.\n"
    "You can answer until {until:time} on {until:date}. A no is fine."
)
ASKED_AGAIN = msg(
    "{student} would like you as a mentor.\n"
    "Goal: “{goal}”\n"
    "Answer to your question: {said}\n"
    "You can answer until {until:time} on {until:date}. A no is fine."
)
GONE_ON = msg("The request of {student} has gone to somebody else. You need do nothing.")
NOT_NOW = msg(
    "{mentor:first} cannot take this on now. It is not about you. Your request goes to your next choice."
)
NO_LONGER_LOOKS = msg("{student} no longer looks for a mentor. You need do nothing. Thank you.")
ROUND_KNOWS = wait(
    msg("You need do nothing: the wish of {student} waits for its round."),
    Tap(msg("Look now, without the round"), LookedAgain()),
)
NO_MORE = msg("All right: the school no longer looks. You can ask again at any time: /mentor")


class MentorSearch(Lifecycle[Search, Searching]):
    """One student looks for a mentor; one mentor after the other is asked, and the student always knows."""

    name = SEARCH

    seeking = state(
        Phase.SIGN_UP,
        expects={
            STUDENT: wait(msg("Wait: the school looks for a mentor for you."), STOP),
            MENTOR: absent,
            OWNER: SCHOOL_KNOWS,
        },
        deadlines=(Deadline(HOUR, LookedAgain()),),
    )
    mentor_asked = state(
        Phase.SIGN_UP,
        expects={
            STUDENT: wait(
                msg(
                    "Wait for the answer of {mentor:first}. It comes by {until:date} at the latest."
                ),
                ELSEWHERE,
                STOP,
                letter=msg(
                    "Your request has gone to {mentor:first}. The answer comes by {until:date} at the latest."
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
            Nudge(
                MENTOR,
                DAY,
                msg(
                    "A reminder: {student} asked you to be a mentor. You can answer until {until:time} on"
                    " {until:date}. After that the request goes to another person."
                ),
            ),
            Nudge(
                MENTOR,
                2 * DAY,
                msg(
                    "The last reminder: the request from {student} is open until {until:time} on {until:date}."
                    " If it does not suit you, you need do nothing: somebody else will be asked."
                ),
            ),
        ),
        deadlines=(Deadline(3 * DAY, NoAnswer()),),
    )
    student_asked = state(
        Phase.SIGN_UP,
        expects={
            STUDENT: do(
                msg("Answer the question of {mentor:first}."),
                Open(msg("Answer"), AnswerMentor, QuestionAnswered),
                ELSEWHERE,
                STOP,
                letter=msg("{mentor:first} would like to know first: “{question}”"),
            ),
            MENTOR: wait(msg("Wait for the answer of {student}."), *ANSWERS),
            OWNER: SCHOOL_KNOWS,
        },
        nudges=(Nudge(STUDENT, DAY, msg("A reminder: {mentor:first} asks you: “{question}”")),),
        deadlines=(Deadline(3 * DAY, NoAnswer()),),
    )
    answered = state(
        Phase.SIGN_UP,
        expects={
            STUDENT: wait(
                msg(
                    "Wait for the answer of {mentor:first}. It comes by {until:date} at the latest."
                ),
                ELSEWHERE,
                STOP,
            ),
            MENTOR: do(msg("Answer the request of {student}."), *ANSWERS, letter=ASKED_AGAIN),
            OWNER: SCHOOL_KNOWS,
        },
        nudges=(
            Nudge(
                MENTOR,
                DAY,
                msg(
                    "A reminder: {student} asked you to be a mentor. You can answer until {until:time} on"
                    " {until:date}. After that the request goes to another person."
                ),
            ),
        ),
        deadlines=(Deadline(2 * DAY, NoAnswer()),),
    )
    waiting = state(
        Phase.SIGN_UP,
        expects={
            STUDENT: wait(
                msg(
                    "Nobody with your topic is free at the moment. Your place on the waiting list: {position}."
                    " You hear from the school by {word_by:date} at the latest."
                ),
                STOP,
                letter=msg(
                    "Nobody with your topic is free at the moment. Your place on the waiting list: {position}."
                    " You hear from the school by {word_by:date} at the latest."
                    " Until then you can ask the school whatever you would ask a mentor. Contact: {contact}"
                ),
            ),
            MENTOR: absent,
            OWNER: do(
                msg("Find a mentor for {student}: nobody who fits has a place."),
                Tap(msg("Look again"), LookedAgain()),
                Tap(msg("There is nobody"), NobodyFound()),
                letter=msg(
                    "Nobody who fits has a place.\nStudent: {student}\nProgramme: {studies}\n"
                    "Help with: {help_with}\nPlace on the waiting list: {position}\n"
                    "You could ask alumni of this programme, or offer a talk or a group."
                ),
            ),
        },
        nudges=(Nudge(OWNER, WorkingDays(3), msg("A reminder: {student} waits for a mentor.")),),
        deadlines=(Deadline(A_DAY_TO_SPARE, LookedAgain()),),
    )
    with_school = state(
        Phase.SIGN_UP,
        expects={
            STUDENT: wait(
                msg("Somebody at school looks after your request. You hear by {word_by:date}."),
                STOP,
                letter=msg(
                    "Two people could not answer in time. It is not about you."
                    " Now somebody at school looks after your request. You hear by {word_by:date} at the latest."
                ),
            ),
            MENTOR: absent,
            OWNER: do(
                msg("Talk to {student}: two mentors in a row did not answer."),
                Tap(msg("Ask the next"), LookedAgain()),
                Tap(msg("There is nobody"), NobodyFound()),
                letter=msg(
                    "Two mentors in a row did not answer. Please talk to the student yourself.\n"
                    "Student: {student}\nProgramme: {studies}\nHelp with: {help_with}"
                ),
            ),
        },
        nudges=(Nudge(OWNER, WorkingDays(2), msg("A reminder: {student} waits for a mentor.")),),
        deadlines=(Deadline(A_DAY_TO_SPARE, LookedAgain()),),
    )
    to_approve = state(
        Phase.PREPARATION,
        expects={
            STUDENT: PAIR_TO_BE,
            MENTOR: PAIR_TO_BE,
            OWNER: do(
                msg("Say whether {student} and {mentor} are a pair."),
                Tap(msg("Approve"), PairApproved()),
                Tap(msg("Rather not"), PairRefused()),
                letter=msg(
                    "A pair to approve\nStudent: {student}\nMentor: {mentor}\nProgramme: {studies}\n"
                    "Help with: {help_with}\nWhy these two: {because}"
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
        deadlines=(Deadline(5 * DAY, StillUndecided()),),
    )
    gathered = state(
        Phase.SIGN_UP,
        expects={
            STUDENT: wait(
                msg(
                    "Wait: wishes are gathered until {gathered_until:date}, and then matched together."
                    " You hear from the school by {word_by:date} at the latest."
                ),
                STOP,
                letter=msg(
                    "Your wish is kept. The school gathers wishes until {gathered_until:date}, and then matches them"
                    " together, so that as many as can be find a mentor."
                    " You hear by {word_by:date} at the latest. To see where it stands: /now"
                ),
            ),
            MENTOR: absent,
            OWNER: ROUND_KNOWS,
        },
        deadlines=(
            Deadline(A_DAY_TO_SPARE, WaitGoesOn()),
            Deadline(lambda search: search.forgotten_at, LookedAgain()),
        ),
    )
    in_line = state(
        Phase.SIGN_UP,
        expects={
            STUDENT: wait(
                msg(
                    "Wait: {mentor:first} is asked for you as soon as another student has an answer."
                    " You hear by {word_by:date}."
                ),
                STOP,
                letter=msg(
                    "The school has found somebody for you: {mentor:first}. Mentors get one request at a time,"
                    " and yours is the next. You hear by {word_by:date} at the latest. To see where it stands: /now"
                ),
            ),
            MENTOR: absent,
            OWNER: SCHOOL_KNOWS,
        },
        deadlines=(Deadline(A_DAY_TO_SPARE, WaitGoesOn()),),
    )
    found = state.final(Phase.PREPARATION)
    given_up = state.final(Phase.FOLLOW_UP)
    ended = state.final(Phase.FOLLOW_UP)

    stuck = state.among(waiting, with_school)
    in_a_match = state.among(waiting, with_school, gathered)
    searching = state.among(seeking, waiting, with_school, gathered)
    open_to_a_mentor = state.among(seeking, waiting, with_school, gathered, in_line)
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
    def wished(self, case: Wished) -> To[Literal["seeking", "gathered"]]:
        until = case.facts.gathered_until
        if until and until > case.now:
            facts = replace(case.facts, word_by=until + A_WORD_WITHIN)
            return self.to("gathered", case.knowing(facts))
        return self._seek(case)

    @gathered.on(WaitGoesOn)
    def still_gathered(self, case: Wished, event: WaitGoesOn) -> To[Literal["gathered"]]:
        return self.to("gathered", case)

    @gathered.on(LeftOut)
    def left_over(self, case: Wished, event: LeftOut) -> To[Literal["seeking"]]:
        word = msg(
            "This time the round has no mentor for you. It is not about you, and the school goes on looking."
        )
        return self._seek(self._but_not(case, event), *case.tell(STUDENT, word))

    @stuck.on(LeftOut)
    def not_this_one(self, case: Wished, event: LeftOut) -> Stay:
        return Stay(self._but_not(case, event))

    @in_a_match.on(PutInLine)
    def put_in_line(self, case: Wished, event: PutInLine) -> To[Literal["in_line"]]:
        facts = replace(case.facts, reasons=event.reasons, word_by=case.now + A_WORD_WITHIN)
        return self.to("in_line", case.knowing(facts).seating(MENTOR, event.mentor))

    @in_line.on(WaitGoesOn)
    def still_in_line(self, case: Wished, event: WaitGoesOn) -> To[Literal["in_line"]]:
        facts = replace(case.facts, word_by=case.now + A_WORD_WITHIN)
        return self.to("in_line", case.knowing(facts))

    @in_line.on(LineEnded)
    def line_ended(self, case: Wished, event: LineEnded) -> To[Literal["seeking"]]:
        return self._next(case, *case.tell(STUDENT, NOT_NOW))

    @in_line.on(Stopped)
    def left_the_line(self, case: Wished, event: Stopped) -> To[Literal["given_up"]]:
        return self.to("given_up", case, *case.tell(STUDENT, NO_MORE), self._freed(case))

    @in_line.on(Withdrawn, Cancelled, Suspended)
    def line_broken_off(
        self, case: Wished, event: Withdrawn | Cancelled | Suspended
    ) -> To[Literal["seeking", "ended"]]:
        # Who would have been asked next has not heard of it, and need not.
        if isinstance(event, Withdrawn) and case.actor == case.people[MENTOR]:
            return self._next(case, *case.tell(STUDENT, NOT_NOW))
        return self.to("ended", case, *self._goodbye(case), self._freed(case))

    @searching.on(LookedAgain)
    def looked_again(self, case: Wished, event: LookedAgain) -> To[Literal["seeking"]]:
        return self._seek(case.knowing(replace(case.facts, silences=0)))

    @open_to_a_mentor.on(MentorReserved)
    def reserved(self, case: Wished, event: MentorReserved) -> To[Literal["mentor_asked"]]:
        facts = replace(
            case.facts,
            choices=tuple(one for one in case.facts.choices if one != event.mentor),
            asked=(*case.facts.asked, event.mentor),
            reasons=event.reasons,
            question="",
            answer="",
            position=0,
            is_approved=event.is_approved,
        )
        return self.to("mentor_asked", case.knowing(facts).seating(MENTOR, event.mentor))

    @seeking.on(NobodyFree)
    def nobody_free(self, case: Wished, event: NobodyFree) -> To[Literal["waiting"]]:
        facts = replace(case.facts, position=event.position, word_by=case.now + A_WORD_WITHIN)
        return self.to("waiting", case.knowing(facts))

    @undecided.on(Accepted)
    def accepted(self, case: Wished, event: Accepted) -> To[Literal["to_approve", "found"]]:
        taken = TakePlace(case.people[MENTOR], case.people[STUDENT])
        thanks = case.tell(MENTOR, msg("Thank you for your yes. Student: {student}"))
        if case.facts.needs_approval and not case.facts.is_approved:
            return self.to("to_approve", case, taken, *thanks)
        return self._paired(case, taken, *thanks)

    @undecided.on(Declined)
    def declined(self, case: Wished, event: Declined) -> To[Literal["seeking"]]:
        after: dict[WhyNot, Effect] = {
            WhyNot.NO_TIME: Start("mentoring.rest"),
            WhyNot.LATER: RestMentor(3),
        }
        thanks = msg("Thank you for answering. The request goes to somebody else.")
        told = (*case.tell(MENTOR, thanks), *case.tell(STUDENT, NOT_NOW))
        rest = (after[event.reason],) if event.reason in after else ()
        return self._next(case, *told, *rest)

    @mentor_asked.on(QuestionAsked)
    def asked_back(self, case: Wished, event: QuestionAsked) -> To[Literal["student_asked"]]:
        return self.to("student_asked", case.knowing(replace(case.facts, question=event.question)))

    @student_asked.on(QuestionAnswered)
    def answer_given(self, case: Wished, event: QuestionAnswered) -> To[Literal["answered"]]:
        return self.to("answered", case.knowing(replace(case.facts, answer=event.answer)))

    @student_asked.on(NoAnswer)
    def no_answer_given(self, case: Wished, event: NoAnswer) -> To[Literal["answered"]]:
        return self.to("answered", case)

    @ripe.on(NoAnswer)
    def silent(self, case: Wished, event: NoAnswer) -> To[Literal["seeking", "with_school"]]:
        silences = case.facts.silences + 1
        word_by = case.now + A_WORD_WITHIN
        case = case.knowing(replace(case.facts, silences=silences, word_by=word_by))
        gone: tuple[Effect, ...] = (
            *case.tell(MENTOR, GONE_ON),
            self._freed(case, is_silent=True),
        )
        if silences >= MOST_SILENCES:
            return self.to("with_school", case.without(MENTOR), *gone)
        late = msg(
            "{mentor:first} could not answer in time. Your request goes to your next choice. You need do nothing."
        )
        return self._seek(case.without(MENTOR), *gone, *case.tell(STUDENT, late))

    @undecided.on(AskedElsewhere)
    def elsewhere(self, case: Wished, event: AskedElsewhere) -> To[Literal["seeking"]]:
        return self._next(case, *case.tell(MENTOR, GONE_ON))

    @searching.on(Stopped)
    def no_longer_looking(self, case: Wished, event: Stopped) -> To[Literal["given_up"]]:
        return self.to("given_up", case, *case.tell(STUDENT, NO_MORE))

    @undecided.on(Stopped)
    def taken_back(self, case: Wished, event: Stopped) -> To[Literal["given_up"]]:
        told = (*case.tell(STUDENT, NO_MORE), *case.tell(MENTOR, NO_LONGER_LOOKS))
        return self.to("given_up", case, *told, self._freed(case))

    @to_approve.on(Stopped)
    def backed_out(self, case: Wished, event: Stopped) -> To[Literal["seeking", "given_up"]]:
        if case.actor == case.people[STUDENT]:
            told = (*case.tell(STUDENT, NO_MORE), *case.tell(MENTOR, NO_LONGER_LOOKS))
            return self.to("given_up", case, *told, self._freed(case))
        thanks = msg("Thank you for saying so. The request goes to somebody else.")
        return self._next(case, *case.tell(MENTOR, thanks), *case.tell(STUDENT, NOT_NOW))

    @stuck.on(NobodyFound)
    def nobody_found(self, case: Wished, event: NobodyFound) -> To[Literal["given_up"]]:
        sorry = msg(
            "This time the school has found no mentor for you, and is sorry."
            " Somebody there talks to you about what else is possible. Contact: {contact}"
        )
        return self.to("given_up", case, *case.tell(STUDENT, sorry))

    @to_approve.on(PairApproved)
    def approved(self, case: Wished, event: PairApproved) -> To[Literal["found"]]:
        return self._paired(case)

    @to_approve.on(PairRefused)
    def not_approved(self, case: Wished, event: PairRefused) -> To[Literal["seeking"]]:
        thanks = msg("The school suggests somebody else for this student. Thank you for your yes.")
        look = msg("The school looks for another mentor for you. It is not about you.")
        return self._next(case, *case.tell(MENTOR, thanks), *case.tell(STUDENT, look))

    @to_approve.on(StillUndecided)
    def not_forgotten(self, case: Wished, event: StillUndecided) -> To[Literal["to_approve"]]:
        word = msg(
            "The school has not decided yet. Your request is not forgotten. Contact: {contact}"
        )
        return self.to("to_approve", case, *case.tell(STUDENT, word))

    @searching.on(Withdrawn, Cancelled, Suspended)
    def broken_off_alone(
        self, case: Wished, event: Withdrawn | Cancelled | Suspended
    ) -> To[Literal["ended"]]:
        return self.to("ended", case, *self._goodbye(case))

    @anywhere.on(Withdrawn, Cancelled, Suspended)
    def broken_off(
        self, case: Wished, event: Withdrawn | Cancelled | Suspended
    ) -> To[Literal["seeking", "ended"]]:
        if isinstance(event, Withdrawn) and case.actor == case.people[MENTOR]:
            return self._next(case, *case.tell(STUDENT, NOT_NOW))
        gone = case.tell(MENTOR, NO_LONGER_LOOKS)
        return self.to("ended", case, *gone, *self._goodbye(case), self._freed(case))

    def _seek(self, case: Wished, *effects: Effect) -> To[Literal["seeking"]]:
        facts = case.facts
        seek = SeekMentor(case.people[STUDENT], facts.choices, facts.asked)
        return self.to("seeking", case, *effects, seek)

    def _next(self, case: Wished, *effects: Effect) -> To[Literal["seeking"]]:
        """Give the place back and ask the next; whoever said anything ends a row of silences."""
        freed = self._freed(case)
        facts = replace(case.facts, silences=0)
        return self._seek(case.knowing(facts).without(MENTOR), *effects, freed)

    def _but_not(self, case: Wished, event: LeftOut) -> Wished:
        """Remember whom the school would rather not have asked."""
        if event.but_not is None:
            return case
        return case.knowing(replace(case.facts, asked=(*case.facts.asked, event.but_not)))

    def _freed(self, case: Wished, *, is_silent: bool = False) -> FreePlace:
        return FreePlace(case.people[MENTOR], case.people[STUDENT], is_silent)

    def _goodbye(self, case: Wished) -> tuple[Effect, ...]:
        """Tell the student if it was the school that ended it."""
        if case.actor == case.people[STUDENT]:
            return ()
        return case.tell(STUDENT, msg("The school has ended your search. Contact: {contact}"))

    def _paired(self, case: Wished, *effects: Effect) -> To[Literal["found"]]:
        facts = case.facts
        news = msg(
            "Good news: {mentor:first} said yes. Next comes the time of your first meeting."
        )
        pair = Pair(facts.topic, facts.goal, facts.programme, facts.needs_approval)
        people = {seat: case.people[part] for part, seat in SEATS.items() if part in case.people}
        opened = Mentorship.open(pair, people)
        return self.to("found", case, *effects, *case.tell(STUDENT, news), opened)
