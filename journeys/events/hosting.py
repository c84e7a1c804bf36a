"""An event of the school, from the plan to the report (domain 3.13)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Literal

from bot.conversation.case import Case, Stay, To
from bot.conversation.effects import (
    Announce,
    Broadcast,
    Course,
    Effect,
    Reword,
    SteerBroadcast,
)
from bot.conversation.expectations import Deadline, Nudge, Open, Tap, do, wait
from bot.conversation.lifecycle import Lifecycle, Phase, StatesOf
from bot.conversation.messages import msg, msgs
from bot.domain.broadcasts.desk import ALONE_UP_TO
from bot.domain.broadcasts.events import (
    BroadcastOver,
    NobodyAgreed,
    SendingApproved,
    SendingRefused,
)
from bot.domain.broadcasts.worded import shown_before
from bot.domain.events.answers import OccasionMoved, OccasionOff
from bot.domain.events.hosting import (
    CalledOff,
    CountAnswers,
    Counted,
    CountsWanted,
    DoorsClosed,
    DoorsOpen,
    ForgetNeeds,
    ForgetPicture,
    KeepOccasion,
    KeepPicture,
    KeepWalkIns,
    ListWanted,
    PlacesChanged,
    PlacesKept,
    PlacesRefused,
    PlanChanged,
    PrintList,
    ReportDue,
    SilentReminded,
    TellImpressions,
    WalkInsCame,
    WhoCame,
)
from bot.domain.people import Cancelled, Suspended, Withdrawn
from bot.domain.times import WorkingDays
from journeys.events.attendance import Attendance
from journeys.events.changing import CallOff, ChangePlaces, ChangePlan
from journeys.events.door import CountWalkIns, NoteWhoCame
from journeys.events.facts import OWNER, SECOND, Hosting, Plan
from journeys.events.going import GUEST, Going

AT_ONCE_BEFORE = timedelta(hours=12)
"""What changes so shortly before an event is told at night, too (domain 3.13)."""
INVITATION = msg("{text}\n\nWhen: {when}\nWhere: {place}")
"""What whoever is invited reads below the title."""

state = StatesOf(Plan, Hosting)
Planned = Case[Plan, Hosting]


def as_it_is(plan: Plan) -> Mapping[str, str]:
    """Return what changing a plan opens with: when and where it is now."""
    return {"starts_at": plan.at.isoformat(), "place": plan.occasion.place}


STANDS = Tap(msg("How it stands"), CountsWanted())
LIST = Tap(msg("The list of names"), ListWanted())
AT_THE_DOOR = Open(msg("Note who is there"), NoteWhoCame, WhoCame)
WALK_INS = Open(msg("Note guests without this chat"), CountWalkIns, WalkInsCame)
CHANGE = Open(msg("Change the time or the place"), ChangePlan, PlanChanged, as_it_is)
CALL_OFF = Open(msg("Call it off"), CallOff, CalledOff)
SECOND_KNOWS = wait(msg("You need do nothing: {title}, {at:date}"))


class Occasions(Lifecycle[Plan, Hosting]):
    """Staff invite, see who comes, change what must change, note who is there, and read how it was."""

    name = "events.hosting"
    needs_somebody = True

    to_approve = state(
        Phase.PREPARATION,
        expects={
            OWNER: wait(
                msg(
                    "Wait: a second member of staff reads the invitation to {title} before it is sent."
                ),
                letter=msg(
                    "The invitation goes to more than 50 people, so a second member of staff reads it first."
                    " You hear what they say."
                ),
            ),
            SECOND: do(
                msg("Say whether the invitation to {title} may be sent."),
                Tap(msg("Send it"), SendingApproved()),
                Tap(msg("Rather not"), SendingRefused()),
                letter=msg(
                    "An invitation to many, written at school. Nothing has been sent yet.\n"
                    "To: {whom}\nPeople: {invited}\nLanguages: {languages}\n\n"
                    "{title}\n\n{text}\n\nWhen: {when}\nWhere: {place}\nRoom for: {room}"
                ),
            ),
        },
        nudges=(
            Nudge(
                SECOND,
                WorkingDays(1),
                msg("A reminder: the invitation to {title} waits for your yes or no."),
            ),
        ),
        deadlines=(Deadline(WorkingDays(3), NobodyAgreed()),),
    )
    inviting = state(
        Phase.SIGN_UP,
        expects={
            OWNER: wait(
                msg("People answer: {title}, {at:date}"),
                STANDS,
                LIST,
                CHANGE,
                Open(msg("Change how many places there are"), ChangePlaces, PlacesChanged),
                CALL_OFF,
                letter=msg("{title}\nWhen: {when}\nWhere: {place}\n{how_it_stands}"),
            ),
            SECOND: SECOND_KNOWS,
        },
        deadlines=(
            Deadline(lambda plan: plan.silent_reminded_at, SilentReminded()),
            Deadline(lambda plan: plan.doors_open_at, DoorsOpen(), at_once=True),
        ),
    )
    running = state(
        Phase.DELIVERY,
        expects={
            OWNER: do(
                msg("Note who is there: {title}"),
                AT_THE_DOOR,
                WALK_INS,
                LIST,
                STANDS,
                CALL_OFF,
                letter=msg(
                    "{title} begins at {at:time}. Whoever comes shows a picture for the camera of your"
                    " phone, or tells you their code or name. If you keep a list on paper, please"
                    " note it here on the same day.\n{how_it_stands}\nThere: {there}"
                ),
            ),
            SECOND: SECOND_KNOWS,
        },
        deadlines=(Deadline(lambda plan: plan.doors_close_at, DoorsClosed(), at_once=True),),
    )
    past = state(
        Phase.FOLLOW_UP,
        expects={
            OWNER: do(
                msg(
                    "Thank your helpers; if you have a list on paper, note who was there: {title}"
                ),
                AT_THE_DOOR,
                WALK_INS,
                STANDS,
                letter=msg(
                    "{title} is over. Thank you for it, and please thank your helpers. Whoever came is thanked"
                    " in this chat, and asked how it was. The report comes in nine days."
                ),
            ),
            SECOND: SECOND_KNOWS,
        },
        deadlines=(Deadline(lambda plan: plan.report_at, ReportDue()),),
    )
    reported = state.final(Phase.FEEDBACK)
    called_off = state.final(Phase.PREPARATION)
    dropped = state.final(Phase.PREPARATION)

    open_to_all = state.among(inviting, running)
    seen = state.among(inviting, running, past)
    anywhere = state.anywhere({OWNER: (Withdrawn, Cancelled, Suspended), SECOND: (Withdrawn,)})

    @state.opening
    def planned(self, case: Planned) -> To[Literal["to_approve", "inviting"]]:
        facts = case.facts
        kept = () if facts.picture is None else (KeepPicture(facts.picture),)
        if facts.invited > ALONE_UP_TO:
            shown = shown_before(facts.letter, facts.readers, case.people[SECOND])
            return self.to("to_approve", case, *kept, *shown)
        return self._invite(case, *kept)

    @to_approve.on(SendingApproved)
    def approved(
        self, case: Planned, event: SendingApproved
    ) -> To[Literal["inviting", "dropped"]]:
        if case.facts.at <= case.now:
            late = msg("It was too late to invite anybody: {title}")
            told = (*case.tell(OWNER, late), *case.tell(SECOND, late))
            return self.to("dropped", case, ForgetPicture(), *told)
        if OWNER not in case.people and case.actor:
            # Whoever wrote it has left meanwhile, and somebody must look after those who come.
            case = case.without(SECOND).seating(OWNER, case.actor)
        return self._invite(case)

    @to_approve.on(SendingRefused)
    def refused(self, case: Planned, event: SendingRefused) -> To[Literal["dropped"]]:
        thanks = msg(
            "Thank you. Nobody is invited to {title}, and whoever wrote it has been told."
        )
        word = msg(
            "The second member of staff would rather not send the invitation to {title}. Please talk to each other."
            " To write another: /calendar"
        )
        told = (*case.tell(SECOND, thanks), *case.tell(OWNER, word))
        return self.to("dropped", case, ForgetPicture(), *told)

    @to_approve.on(NobodyAgreed)
    def nobody_agreed(self, case: Planned, event: NobodyAgreed) -> To[Literal["dropped"]]:
        word = msg(
            "Nobody was invited to {title}, because the second member of staff has not answered."
            " To try again: /calendar"
        )
        return self.to("dropped", case, ForgetPicture(), *case.tell(OWNER, word))

    @inviting.on(BroadcastOver)
    def invited(self, case: Planned, event: BroadcastOver) -> Stay:
        return Stay(case)

    @inviting.on(SilentReminded)
    def silent_reminded(self, case: Planned, event: SilentReminded) -> Stay:
        case = case.knowing(replace(case.facts, is_silent_reminded=True))
        return Stay(case, (self._invitation(case, is_reminder=True),))

    @seen.on(CountsWanted)
    def counts_wanted(self, case: Planned, event: CountsWanted) -> Stay:
        return Stay(case, (CountAnswers(),))

    @inviting.on(Counted)
    def counted(self, case: Planned, event: Counted) -> To[Literal["inviting"]]:
        return self.to("inviting", self._knowing(case, event))

    @running.on(Counted)
    def counted_at_the_door(self, case: Planned, event: Counted) -> To[Literal["running"]]:
        return self.to("running", self._knowing(case, event))

    @past.on(Counted)
    def counted_at_the_end(self, case: Planned, event: Counted) -> Stay | To[Literal["reported"]]:
        case = self._knowing(case, event)
        report = msg("{title}, {at:date}\n{how_it_stands}\n{who_came}")
        if case.facts.is_reporting:
            told = case.tell(OWNER, report)
            said = tuple(TellImpressions(one.to) for one in told)
            return self.to("reported", case, ForgetPicture(), *told, *said)
        return Stay(case, case.tell(OWNER, report))

    @open_to_all.on(ListWanted)
    def list_wanted(self, case: Planned, event: ListWanted) -> Stay:
        return Stay(case, (PrintList(),))

    @inviting.on(PlanChanged)
    def plan_changed(self, case: Planned, event: PlanChanged) -> Stay | To[Literal["inviting"]]:
        had = case.facts.occasion
        if (event.starts_at, event.place) == (had.starts_at, had.place):
            return Stay(case, case.tell(OWNER, ChangePlan.left_word))
        occasion = replace(
            had,
            starts_at=event.starts_at,
            ends_at=event.starts_at + (had.ends_at - had.starts_at),
            place=event.place,
            sequence=had.sequence + 1,
        )
        case = case.knowing(replace(case.facts, occasion=occasion))
        is_near = min(had.starts_at, occasion.starts_at) - case.now < AT_ONCE_BEFORE
        reworded = tuple(
            Reword(self._invitation(case, is_reminder=one))
            for one in (False, True)[: 1 + case.facts.is_silent_reminded]
        )
        # Whoever has not answered hears of it with the reminder, if there is still one to come.
        is_reminded = case.facts.silent_reminded_at is not None
        to_silent = () if is_reminded else (self._correction(case),)
        told = (Announce(OccasionMoved(occasion), is_near), *to_silent)
        return self.to("inviting", case, *reworded, *told)

    @inviting.on(PlacesChanged)
    def places_changed(self, case: Planned, event: PlacesChanged) -> Stay:
        if event.places == case.facts.occasion.places:
            return Stay(case, case.tell(OWNER, ChangePlaces.left_word))
        return Stay(case, (KeepOccasion(event.places),))

    @inviting.on(PlacesKept)
    def places_kept(self, case: Planned, event: PlacesKept) -> Stay:
        had = case.facts.occasion
        if event.places == had.places:
            return Stay(case)
        case = case.knowing(replace(case.facts, occasion=replace(had, places=event.places)))
        return Stay(case, case.tell(OWNER, msg("Room for: {room}")))

    @inviting.on(PlacesRefused)
    def places_refused(self, case: Planned, event: PlacesRefused) -> Stay:
        word = msg(
            "There cannot be fewer places than are taken: {taken}. Nothing has changed.",
            taken=event.taken,
        )
        return Stay(case, case.tell(OWNER, word))

    @open_to_all.on(CalledOff)
    def off(self, case: Planned, event: CalledOff) -> To[Literal["called_off"]]:
        told = case.tell(
            OWNER,
            msg(
                "{title} is called off. Whoever has answered hears of it now."
                " To write to all who were invited: /broadcast"
            ),
        )
        return self.to("called_off", case, *self._off(case), *told)

    @inviting.on(DoorsOpen)
    def doors_open(self, case: Planned, event: DoorsOpen) -> To[Literal["running"]]:
        # Whoever was not written to by now would read of it when it is over.
        return self.to("running", case, SteerBroadcast(Course.END), CountAnswers())

    @state.among(running, past).on(WhoCame)
    def who_came(self, case: Planned, event: WhoCame) -> Stay:
        return Stay(case)

    @state.among(running, past).on(WalkInsCame)
    def walk_ins_came(self, case: Planned, event: WalkInsCame) -> Stay:
        word = msgs(
            "Noted: {n} person without this chat.",
            "Noted: {n} people without this chat.",
            event.number,
        )
        return Stay(case, (KeepWalkIns(event.number), *case.tell(OWNER, word)))

    @running.on(DoorsClosed)
    def doors_closed(self, case: Planned, event: DoorsClosed) -> To[Literal["past"]]:
        return self.to("past", case, SteerBroadcast(Course.CLOSE), ForgetNeeds())

    @past.on(ReportDue)
    def report_due(self, case: Planned, event: ReportDue) -> Stay:
        return Stay(case.knowing(replace(case.facts, is_reporting=True)), (CountAnswers(),))

    @open_to_all.on(Withdrawn, Suspended, Cancelled)
    def taken_back(
        self, case: Planned, event: Withdrawn | Suspended | Cancelled
    ) -> To[Literal["called_off"]]:
        word = msg("{title} is called off. You need do nothing.")
        return self.to("called_off", case, *self._off(case), *case.tell_others(word))

    @anywhere.on(Withdrawn, Suspended, Cancelled)
    def ended(
        self, case: Planned, event: Withdrawn | Suspended | Cancelled
    ) -> To[Literal["dropped"]]:
        return self.to("dropped", case, ForgetPicture())

    def _invite(self, case: Planned, *kept: KeepPicture) -> To[Literal["inviting"]]:
        case = case.knowing(replace(case.facts, invited_at=case.now))
        places = KeepOccasion(case.facts.occasion.places)
        return self.to("inviting", case, *kept, places, self._invitation(case, is_reminder=False))

    def _invitation(self, case: Planned, *, is_reminder: bool) -> Broadcast:
        plan = case.facts
        again = msg("A reminder: do you come? One tap is enough.\n\nWhen: {when}\nWhere: {place}")
        return Broadcast(
            plan.audience,
            plan.purpose,
            plan.title,
            (again if is_reminder else INVITATION).filled(case.slots()),
            opens=Attendance.open(Going(plan.occasion), {}, mine=GUEST),
            is_reminder=is_reminder,
        )

    def _correction(self, case: Planned) -> Broadcast:
        """Return what whoever was invited and has not answered hears of a change, in the place of the reminder."""
        changed = msg(
            "Something has changed. Do you come? One tap is enough.\n\n"
            "When: {when}\nWhere: {place}"
        )
        message = changed.filled(case.slots())
        reminder = self._invitation(case, is_reminder=True)
        return replace(reminder, message=message, is_correction=True)

    def _off(self, case: Planned) -> tuple[Effect, ...]:
        is_near = case.facts.at - case.now < AT_ONCE_BEFORE
        return (
            SteerBroadcast(Course.END),
            Announce(OccasionOff(), is_near),
            ForgetNeeds(),
            ForgetPicture(),
        )

    def _knowing(self, case: Planned, counted: Counted) -> Planned:
        return case.knowing(replace(case.facts, counted=counted))
