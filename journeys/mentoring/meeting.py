"""One meeting of a pair: three times are proposed, one is taken, and both say whether they met (domain 3.7)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Literal

from bot.conversation.case import Case, Settled, Stay, To
from bot.conversation.dialogue import known
from bot.conversation.effects import Appointment, Effect, Invite, Start
from bot.conversation.expectations import Deadline, Nudge, Open, Reminder, Tap, do, wait
from bot.conversation.lifecycle import Lifecycle, Phase, StatesOf
from bot.conversation.messages import Message, msg
from bot.domain.masking import without_contacts_but_links
from bot.domain.mentoring.meeting import (
    AnotherTime,
    CannotCome,
    Coming,
    MeetingHeld,
    MeetingMissed,
    MeetingOver,
    Met,
    NoneSuits,
    NotMet,
    NotSaid,
    Slot,
    SlotChosen,
    TimesProposed,
    WillNotMeet,
)
from bot.domain.people import Released, Withdrawn
from journeys.mentoring.guides import for_mentor, for_student
from journeys.mentoring.meeting_facts import (
    DAY,
    LASTS,
    MENTOR,
    STUDENT,
    Seated,
    Talk,
    not_again,
    takes_place,
)
from journeys.mentoring.times import ProposeTimes

CHOOSE_WITHIN = 3 * DAY
SAY_WITHIN = 5 * DAY
"""So long both are asked whether they met."""
OTHER_SAYS_WITHIN = 2 * DAY
"""So long the other is waited for once one has said no."""


state = StatesOf(Talk, Seated)
Planned = Case[Talk, Seated]

CHANGES = (
    Tap(msg("I am coming"), Coming()),
    Tap(msg("Another time"), AnotherTime()),
    Tap(msg("I cannot come"), CannotCome()),
)
DID_YOU_MEET = (
    Tap(msg("Yes"), Met()),
    Tap(msg("Not yet"), NotMet()),
    Tap(msg("It will not happen"), WillNotMeet()),
)
TITLE = msg("Mentoring, {school}")
MEET_MENTOR = msg(
    "A reminder: you meet on {at:date} at {at:time}. Mentor: {mentor:first}. Where: {place}"
)
MEET_STUDENT = msg(
    "A reminder: you meet on {at:date} at {at:time}. Student: {student}. Where: {place}"
)
SETTLED = msg(
    "It is settled.\nMentor: {mentor:first}\nStudent: {student}\nWhen: {at:date}, {at:time}\nWhere: {place}\n"
    "The calendar file is attached. If something comes up: /now"
)
CALLED_OFF = msg(
    "The meeting on {at:date} at {at:time} does not take place. The attached file takes it out of your calendar."
)
TO_MOVE = msg(
    "The meeting on {at:date} at {at:time} is to be at another time. The attached file takes it out of your calendar."
)
COMES: Mapping[Seated, tuple[Seated, Message]] = {
    STUDENT: (MENTOR, msg("{student} is coming. When: {at:date}, {at:time}")),
    MENTOR: (STUDENT, msg("{mentor:first} is coming. When: {at:date}, {at:time}")),
}
"""Whom the coming of somebody is told, and how."""
SAYS_SO: Mapping[Seated, tuple[Seated, Message]] = {
    STUDENT: (MENTOR, msg("{student} says that you met.")),
    MENTOR: (STUDENT, msg("{mentor:first} says that you met.")),
}
"""Whom it is told that somebody has said that the two met, and how: they need not say it any more."""
NEW_TIMES = msg("You get new times to choose from in this chat.")


class Meeting(Lifecycle[Talk, Seated]):
    """The mentor proposes three times, the student takes one, and both say whether they met."""

    name = "mentoring.meeting"

    proposing = state(
        Phase.PREPARATION,
        expects={
            MENTOR: do(
                msg("Propose three times to meet {student}."),
                Open(msg("Propose times"), ProposeTimes, TimesProposed, not_again),
                letter=msg("When could you meet? Propose three times. Student: {student}"),
            ),
            STUDENT: wait(msg("Next you get three times to choose from. Mentor: {mentor:first}")),
        },
        nudges=(
            Nudge(
                MENTOR, 2 * DAY, msg("A reminder: propose three times to meet. Student: {student}")
            ),
        ),
        deadlines=(Deadline(5 * DAY, NotSaid()),),
    )
    choosing = state(
        Phase.PREPARATION,
        expects={
            STUDENT: do(
                msg("Choose a time to meet {mentor:first}."),
                Tap(msg("{first}"), SlotChosen(Slot.FIRST)),
                Tap(msg("{second}"), SlotChosen(Slot.SECOND)),
                Tap(msg("{third}"), SlotChosen(Slot.THIRD)),
                Tap(msg("None of these"), NoneSuits()),
                letter=msg(
                    "{mentor:first} proposes three times to meet. Which one suits you?"
                    " You can choose until {until:time} on {until:date}. Where: {place}"
                ),
            ),
            MENTOR: wait(msg("Wait until {student} has chosen a time.")),
        },
        nudges=(
            Nudge(
                STUDENT,
                DAY,
                msg(
                    "A reminder: which time suits you to meet {mentor:first}?"
                    " You can choose until {until:time} on {until:date}."
                ),
            ),
            Nudge(
                STUDENT,
                2 * DAY,
                msg(
                    "The last reminder: which time suits you to meet {mentor:first}?"
                    " You can choose until {until:time} on {until:date}."
                ),
            ),
        ),
        deadlines=(Deadline(lambda talk: talk.choose_by, NotSaid()),),
    )
    agreed = state(
        Phase.DELIVERY,
        expects={
            STUDENT: wait(
                msg("Meet {mentor:first}: {at:date}, {at:time}. Where: {place}"), *CHANGES
            ),
            MENTOR: wait(msg("Meet {student}: {at:date}, {at:time}. Where: {place}"), *CHANGES),
        },
        nudges=(
            Reminder(STUDENT, lambda talk: talk.three_days_before, MEET_MENTOR, takes_place),
            Reminder(MENTOR, lambda talk: talk.three_days_before, MEET_STUDENT, takes_place),
            Reminder(STUDENT, lambda talk: talk.a_day_before, MEET_MENTOR, takes_place),
            Reminder(MENTOR, lambda talk: talk.a_day_before, MEET_STUDENT, takes_place),
            Reminder(STUDENT, lambda talk: talk.two_hours_before, MEET_MENTOR, takes_place),
            Reminder(MENTOR, lambda talk: talk.two_hours_before, MEET_STUDENT, takes_place),
        ),
        deadlines=(Deadline(lambda talk: talk.over_at, MeetingOver(), at_once=True),),
    )
    over = state(
        Phase.DELIVERY,
        expects={
            STUDENT: do(
                msg("Say whether you met. Mentor: {mentor:first}"),
                *DID_YOU_MEET,
                letter=msg("Did the two of you meet? Mentor: {mentor:first}"),
            ),
            MENTOR: do(
                msg("Say whether you met. Student: {student}"),
                *DID_YOU_MEET,
                letter=msg("Did the two of you meet? Student: {student}"),
            ),
        },
        nudges=(
            Nudge(
                STUDENT,
                2 * DAY,
                msg("A reminder: did the two of you meet? Mentor: {mentor:first}"),
            ),
            Nudge(MENTOR, 2 * DAY, msg("A reminder: did the two of you meet? Student: {student}")),
        ),
        deadlines=(Deadline(lambda talk: talk.say_by, NotSaid()),),
    )
    held = state.final(Phase.DELIVERY)
    missed = state.final(Phase.DELIVERY)
    called_off = state.final(Phase.DELIVERY)

    anywhere = state.anywhere({STUDENT: (Withdrawn,), MENTOR: (Withdrawn,)})

    @state.opening
    def begun(self, case: Planned) -> To[Literal["proposing"]]:
        return self.to("proposing", case)

    @proposing.on(TimesProposed)
    def proposed(self, case: Planned, event: TimesProposed) -> To[Literal["choosing"]]:
        first, second, third = event.slots
        facts = replace(
            case.facts,
            first=first,
            second=second,
            third=third,
            place=without_contacts_but_links(event.place),
            choose_by=min(case.now + CHOOSE_WITHIN, third),
        )
        return self.to("choosing", case.knowing(facts))

    @proposing.on(NotSaid)
    def not_proposed(self, case: Planned, event: NotSaid) -> Stay | To[Literal["missed"]]:
        if case.facts.number > 1:
            return Stay(
                case
            )  # whoever has met is asked when it gets quiet, and not every few days
        word = msg(
            "No times to meet have been proposed yet. If you cannot reach your mentor: /now"
        )
        return self.to("missed", case, *case.tell(STUDENT, word), self._not_held(case))

    @choosing.on(SlotChosen)
    def chosen(self, case: Planned, event: SlotChosen) -> To[Literal["choosing", "agreed"]]:
        at = case.facts.time_of(event.reason)
        if at is None or at <= case.now:
            past = msg("That time is past. Please take another one, or none of these.")
            return self.to("choosing", case, *case.tell(STUDENT, past))
        had = case.facts
        case = case.knowing(replace(had, at=at, agreed_at=case.now, is_prepared=True))
        if had.is_prepared:
            return self.to("agreed", case, *self._invites(case))
        cards = (
            *case.tell(STUDENT, for_student(had.number)),
            *case.tell(MENTOR, for_mentor(had.number)),
        )
        first = (Start("mentoring.expect"),) if had.number == 1 else ()
        return self.to("agreed", case, *self._invites(case), *cards, *first)

    @choosing.on(NoneSuits)
    def none_suits(self, case: Planned, event: NoneSuits) -> To[Literal["proposing"]]:
        none = msg("None of the three times suits. Student: {student}")
        told = (*case.tell(STUDENT, NEW_TIMES), *case.tell(MENTOR, none))
        had = case.facts
        return self.to("proposing", self._but_not(case, had.first, had.second, had.third), *told)

    @choosing.on(NotSaid)
    def not_chosen(self, case: Planned, event: NotSaid) -> To[Literal["missed"]]:
        told = (
            *case.tell(
                STUDENT,
                msg("None of the three times was chosen; they are no longer open."),
            ),
            *case.tell(MENTOR, msg("None of the three times was chosen. Student: {student}")),
        )
        return self.to("missed", case, *told, self._not_held(case))

    @agreed.on(Coming)
    def confirmed(self, case: Planned, event: Coming) -> Stay:
        part = self._acting(case)
        thanks = case.tell(part, msg("Noted, and passed on."))
        if part in case.facts.coming:
            return Stay(case, thanks)
        other, word = COMES[part]
        case = case.knowing(replace(case.facts, coming=(*case.facts.coming, part.value)))
        return Stay(case, (*thanks, *case.tell(other, word)))

    @agreed.on(AnotherTime)
    def moved(self, case: Planned, event: AnotherTime) -> To[Literal["proposing"]]:
        told = (
            *self._entries(case, TO_MOVE, is_cancelled=True),
            *case.tell(STUDENT, NEW_TIMES),
        )
        return self.to("proposing", self._later(self._but_not(case, case.facts.at)), *told)

    @agreed.on(CannotCome)
    def cancelled(self, case: Planned, event: CannotCome) -> To[Literal["missed"]]:
        return self.to("missed", case, *self._called_off(case), self._not_held(case))

    @agreed.on(MeetingOver)
    def past(self, case: Planned, event: MeetingOver) -> To[Literal["over"]]:
        return self.to("over", case.knowing(replace(case.facts, say_by=case.now + SAY_WITHIN)))

    @over.on(Met)
    def met(self, case: Planned, event: Met) -> To[Literal["held"]]:
        part = self._acting(case)
        good, (other, word) = msg("Good to hear. Thank you."), SAYS_SO[part]
        told = (*case.tell(part, good), *case.tell(other, word))
        return self.to("held", case, *told, MeetingHeld())

    @over.on(NotMet, WillNotMeet)
    def not_met(
        self, case: Planned, event: NotMet | WillNotMeet
    ) -> Settled | To[Literal["proposing", "missed"]]:
        """Wait for the other, too: if one says yes they have met, whatever was said before."""
        had = case.facts
        say_by = min(known(had.say_by), case.now + OTHER_SAYS_WITHIN)
        is_off = had.is_off or isinstance(event, WillNotMeet)
        case = case.knowing(replace(had, said_no=True, is_off=is_off, say_by=say_by))
        if had.said_no:
            noted = msg("Noted. Thank you for saying so.")
            return self._did_not_meet(case, *case.tell(self._acting(case), noted))
        word = msg(
            "Noted. Thank you for saying so. The other person is asked, too, and then it goes on."
        )
        return Settled(case, case.tell(self._acting(case), word))

    @over.on(NotSaid)
    def nobody_said(self, case: Planned, event: NotSaid) -> To[Literal["proposing", "missed"]]:
        return self._did_not_meet(case)

    @agreed.on(Withdrawn, Released)
    def called_off_in_time(
        self, case: Planned, event: Withdrawn | Released
    ) -> To[Literal["called_off"]]:
        return self.to("called_off", case, *self._called_off(case))

    @anywhere.on(Withdrawn, Released)
    def no_longer_needed(
        self, case: Planned, event: Withdrawn | Released
    ) -> To[Literal["called_off"]]:
        return self.to("called_off", case)

    def _acting(self, case: Planned) -> Seated:
        return STUDENT if case.actor == case.people[STUDENT] else MENTOR

    def _did_not_meet(self, case: Planned, *told: Effect) -> To[Literal["proposing", "missed"]]:
        """Look for another time, unless nobody has said anything or it will not happen."""
        if case.facts.said_no and not case.facts.is_off:
            told = (*told, *case.tell(STUDENT, NEW_TIMES))
            return self.to("proposing", self._later(case), *told)
        return self.to("missed", case, *told, self._not_held(case))

    def _not_held(self, case: Planned) -> MeetingMissed:
        return MeetingMissed(was_agreed=case.facts.is_prepared)

    def _but_not(self, case: Planned, *times: datetime | None) -> Planned:
        """Remember what does not suit."""
        unsuited = (*case.facts.unsuited, *map(known, times))
        return case.knowing(replace(case.facts, unsuited=unsuited))

    def _later(self, case: Planned) -> Planned:
        """Forget the time, so that another can be agreed on; its entry comes after the one that took this out."""
        sequence = case.facts.sequence + 2
        facts = replace(case.facts, at=None, coming=(), said_no=False, sequence=sequence)
        return case.knowing(facts)

    def _invites(self, case: Planned) -> tuple[Effect, ...]:
        return self._entries(case, SETTLED, is_cancelled=False)

    def _called_off(self, case: Planned) -> tuple[Effect, ...]:
        return self._entries(case, CALLED_OFF, is_cancelled=True)

    def _entries(self, case: Planned, word: Message, *, is_cancelled: bool) -> tuple[Effect, ...]:
        """Give both the calendar entry as it now stands."""
        facts = case.facts
        return tuple(
            Invite(
                tell.to,
                tell.message,
                Appointment(
                    starts_at=known(facts.at),
                    lasts=LASTS,
                    title=TITLE,
                    place=facts.place,
                    sequence=facts.sequence + is_cancelled,
                    is_cancelled=is_cancelled,
                ),
            )
            for part in Seated
            for tell in case.tell(part, word)
        )
