"""Somebody invited to an event, from their answer to how it was (domain 3.13)."""

from dataclasses import replace
from typing import Literal

from bot.conversation.case import Case, Stay, To
from bot.conversation.effects import Appointment, Invite
from bot.conversation.expectations import (
    Deadline,
    Nudge,
    Open,
    Reminder,
    Tap,
    absent,
    do,
    wait,
)
from bot.conversation.lifecycle import Lifecycle, Phase, StatesOf
from bot.conversation.messages import Message, msg, msgs
from bot.domain.events.answers import (
    CameIn,
    Comes,
    DayAfter,
    DetailsTold,
    ImpressionGiven,
    KeepDetails,
    KeepImpression,
    KeepReply,
    MayCome,
    NoImpression,
    NotedNoMore,
    OccasionBegun,
    OccasionMoved,
    OccasionOff,
    OfferEnded,
    Reply,
    SeatOffered,
    SeatsFull,
    SeatsKept,
    SeekSeats,
    SeeWhoCame,
    ShowTicket,
    StaysAway,
    TicketWanted,
    WasMissed,
    WasThere,
)
from bot.domain.events.places import link_of
from bot.domain.people import Cancelled, Suspended, Withdrawn
from journeys.events.going import DAY, GUEST, Going, Invited, begins
from journeys.events.guest_letters import (
    AWAY,
    COMING,
    DETAILS,
    IS_OFF,
    MOVED,
    MOVED_IN_CALENDAR,
    ON_THE_LIST,
    REMINDER,
    TAKEN_OUT,
    news,
)
from journeys.events.impression import TellImpression

OFFERED_FOR = DAY
"""So long a place that has become free is kept for whoever waits first (domain 3.13)."""
SAY_WITHIN = 7 * DAY


state = StatesOf(Going, Invited)
Guest = Case[Going, Invited]


class Attendance(Lifecycle[Going, Invited]):
    """Somebody is invited, says whether they come, has a place or waits for one, and says how it was."""

    name = "events.attendance"
    begins_with_answer = True

    invited = state(
        Phase.SIGN_UP,
        expects={
            GUEST: do(
                msg("Say whether you come: {title}"),
                COMING,
                Tap(msg("Maybe"), MayCome()),
                AWAY,
                letter=msg("You are invited. Do you come?\n{title}\nWhen: {when}\nWhere: {place}"),
            ),
        },
    )
    waiting = state(
        Phase.SIGN_UP,
        expects={
            GUEST: wait(
                msg("Wait for a place: {title}"),
                Tap(msg("Take me off the list"), StaysAway()),
                letter=msg(
                    "All places are taken, so you are on the waiting list: {title}. When you joined it, your place"
                    " on it was: {position}. As soon as a place is free for you, it is kept for up to 24 hours, and"
                    " you hear of it here."
                ),
            ),
        },
        deadlines=(Deadline(begins, OccasionBegun(), at_once=True),),
    )
    offered = state(
        Phase.SIGN_UP,
        expects={
            GUEST: do(
                msg("Say whether you take the place that has become free: {title}"),
                Tap(msg("I am coming"), Comes()),
                Tap(msg("No, thank you"), StaysAway()),
                letter=msg(
                    "A place has become free for you: {title}, {at:date}, {at:time}."
                    " It is kept for you until {until:time} on {until:date}."
                ),
            ),
        },
        deadlines=(Deadline(lambda going: going.offered_until, OfferEnded(), at_once=True),),
    )
    coming = state(
        Phase.PREPARATION,
        expects={
            GUEST: wait(
                msg(
                    "You are coming: {title}, {at:date}, {at:time}. Where: {place}. Kept for you: {how_many}."
                    " Your code at the door: {code}"
                ),
                DETAILS,
                Tap(msg("Show my code"), TicketWanted()),
                AWAY,
                letter=msg(
                    "{title}\nWhen: {when}\nWhere: {place}\nKept for you: {how_many}\n"
                    "Your code at the door: {code}\n\n{please_say}"
                ),
            ),
        },
        nudges=(
            Reminder(GUEST, lambda going: going.seven_days_before, REMINDER, begins),
            Reminder(GUEST, lambda going: going.a_day_before, REMINDER, begins, ShowTicket()),
            Reminder(GUEST, lambda going: going.three_hours_before, REMINDER, begins),
        ),
        deadlines=(Deadline(lambda going: going.day_after, DayAfter()),),
    )
    maybe = state(
        Phase.PREPARATION,
        expects={
            GUEST: do(
                msg("Say whether you come: {title}, {at:date}"),
                COMING,
                AWAY,
                letter=msg(
                    "Noted: maybe. As soon as you know, please say so here. {title}, {at:date}, {at:time}"
                ),
            ),
        },
        nudges=(
            Nudge(
                GUEST,
                lambda going: going.five_days_before,
                msg("You said maybe. Do you come? {title}, {at:date}, {at:time}"),
            ),
        ),
        deadlines=(Deadline(begins, OccasionBegun(), at_once=True),),
    )
    away = state(
        Phase.PREPARATION,
        expects={
            GUEST: wait(
                msg("You cannot come: {title}, {at:date}"),
                Tap(msg("I am coming after all"), Comes()),
                letter=msg(
                    "Noted: you do not come. Should that change, you can say so here. {title}, {at:date}"
                ),
            ),
        },
        deadlines=(Deadline(begins, OccasionBegun(), at_once=True),),
    )
    without_place = state(
        Phase.DELIVERY,
        # Whoever comes to the door all the same is noted there; until then there is nothing to say.
        expects={GUEST: absent},
        deadlines=(Deadline(lambda going: going.noted_until, NotedNoMore()),),
    )
    there = state(
        Phase.DELIVERY,
        expects={
            GUEST: wait(
                msg("You are there: {title}"),
                letter=msg("Welcome. You are noted as being there: {title}"),
            ),
        },
        deadlines=(Deadline(lambda going: going.day_after, DayAfter()),),
    )
    thanked = state(
        Phase.FEEDBACK,
        expects={
            GUEST: do(
                msg("Say how it was: {title}"),
                Open(msg("Answer two questions"), TellImpression, ImpressionGiven),
                Tap(msg("Not now"), NoImpression()),
                letter=msg(
                    "Thank you for coming: {title}. Two short questions, if you like: they help the school,"
                    " and the answers are kept without your name."
                ),
            ),
        },
        nudges=(
            Nudge(GUEST, 3 * DAY, msg("A reminder: how was it? Two short questions: {title}")),
        ),
        deadlines=(Deadline(SAY_WITHIN, NoImpression()),),
    )
    missed = state(
        Phase.FOLLOW_UP,
        # Staff may still find them on a list on paper.
        expects={GUEST: absent},
        deadlines=(Deadline(lambda going: going.noted_until, NotedNoMore()),),
    )
    not_there = state.final(Phase.DELIVERY)
    called_off = state.final(Phase.DELIVERY)
    over = state.final(Phase.FEEDBACK)

    unseated = state.among(waiting, maybe, away)
    before = state.among(waiting, offered, maybe)
    anywhere = state.anywhere({GUEST: (Withdrawn,)})

    @state.opening
    def asked(self, case: Guest) -> To[Literal["invited"]]:
        return self.to("invited", case)

    @state.among(invited, offered, maybe, away).on(Comes)
    def comes(self, case: Guest, event: Comes) -> To[Literal["waiting"]]:
        """Wait, if only for the moment that it takes to find a place."""
        return self.to("waiting", case, SeekSeats())

    @waiting.on(SeatsKept)
    def seated(self, case: Guest, event: SeatsKept) -> To[Literal["coming"]]:
        facts = replace(case.facts, people=event.people, code=event.code, told_at=case.now)
        case = case.knowing(facts)
        return self.to("coming", case, *self._entry(case, ON_THE_LIST))

    @waiting.on(SeatsFull)
    def in_line(self, case: Guest, event: SeatsFull) -> Stay:
        return Stay(case.knowing(replace(case.facts, position=event.position)))

    @waiting.on(SeatOffered)
    def has_offer(self, case: Guest, event: SeatOffered) -> To[Literal["offered"]]:
        until = min(case.now + OFFERED_FOR, case.facts.at)
        return self.to("offered", case.knowing(replace(case.facts, offered_until=until)))

    @offered.on(OfferEnded)
    def let_it_pass(self, case: Guest, event: OfferEnded) -> To[Literal["away", "without_place"]]:
        word = msg("The place is no longer kept for you: {title}. That is fine.")
        told = case.tell(GUEST, word)
        has_begun = case.now >= case.facts.at
        to: Literal["away", "without_place"] = "without_place" if has_begun else "away"
        return self.to(to, case, KeepReply(Reply.AWAY), *told)

    @invited.on(MayCome)
    def may_come(self, case: Guest, event: MayCome) -> To[Literal["maybe"]]:
        facts = replace(case.facts, told_at=case.now)
        return self.to("maybe", case.knowing(facts), KeepReply(Reply.MAYBE))

    @state.among(invited, waiting, offered, maybe).on(StaysAway)
    def stays_away(self, case: Guest, event: StaysAway) -> To[Literal["away"]]:
        return self.to("away", case, KeepReply(Reply.AWAY))

    @coming.on(StaysAway)
    def no_longer_comes(self, case: Guest, event: StaysAway) -> To[Literal["away"]]:
        gone = msg(
            "Your place is free for somebody else. The attached file takes it out of your calendar."
        )
        told = self._entry(case, gone, is_cancelled=True)
        return self.to("away", self._next_entry(case), KeepReply(Reply.AWAY), *told)

    @coming.on(DetailsTold)
    def told_details(self, case: Guest, event: DetailsTold) -> Stay:
        # When it is over, what people need is erased, and nothing is written down after that.
        needs = event.needs if case.now < case.facts.ends else None
        details = KeepDetails(needs, event.may_be_shown)
        wants = event.companions + 1
        seek = (SeekSeats(wants),) if wants != case.facts.people else ()
        return Stay(case, (details, *seek))

    @coming.on(TicketWanted)
    def ticket_wanted(self, case: Guest, event: TicketWanted) -> Stay:
        return Stay(case, (ShowTicket(),))

    @coming.on(SeatsKept)
    def more_seats(self, case: Guest, event: SeatsKept) -> Stay:
        case = case.knowing(replace(case.facts, people=event.people))
        return Stay(case, case.tell(GUEST, msg("Kept for you: {how_many}.")))

    @coming.on(SeatsFull)
    def no_more_seats(self, case: Guest, event: SeatsFull) -> Stay:
        word = msgs(
            "There are not so many places left, only {n} more. Yours are kept as they were: {how_many}.",
            "There are not so many places left, only {n} more. Yours are kept as they were: {how_many}.",
            event.free,
        )
        none = msg("There are no more places left. Yours are kept as they were: {how_many}.")
        return Stay(case, case.tell(GUEST, word if event.free else none))

    @state.among(invited, coming, offered, away, maybe, waiting, without_place, missed).on(CameIn)
    def came_in(self, case: Guest, event: CameIn) -> To[Literal["there", "thanked"]]:
        is_over = case.now >= case.facts.day_after
        to: Literal["there", "thanked"] = "thanked" if is_over else "there"
        return self.to(to, case.knowing(replace(case.facts, was_there=True)))

    @coming.on(OccasionMoved)
    def moved_for_who_comes(self, case: Guest, event: OccasionMoved) -> To[Literal["coming"]]:
        word = self._news(case, event, MOVED_IN_CALENDAR)
        case = self._changed(case, event)
        return self.to("coming", case, *self._entry(case, word))

    @before.on(OccasionMoved)
    def moved(self, case: Guest, event: OccasionMoved) -> Stay:
        word = self._news(case, event, MOVED)
        case = self._changed(case, event)
        return Stay(case, case.tell(GUEST, word))

    @away.on(OccasionMoved)
    def moved_unseen(self, case: Guest, event: OccasionMoved) -> Stay:
        return Stay(self._changed(case, event))

    @coming.on(OccasionOff)
    def off_for_who_comes(self, case: Guest, event: OccasionOff) -> To[Literal["called_off"]]:
        return self.to("called_off", case, *self._entry(case, TAKEN_OUT, is_cancelled=True))

    @before.on(OccasionOff)
    def off(self, case: Guest, event: OccasionOff) -> To[Literal["called_off"]]:
        return self.to("called_off", case, *case.tell(GUEST, IS_OFF))

    @away.on(OccasionOff)
    def off_unseen(self, case: Guest, event: OccasionOff) -> To[Literal["called_off"]]:
        return self.to("called_off", case)

    @waiting.on(OccasionBegun)
    def no_place(self, case: Guest, event: OccasionBegun) -> To[Literal["without_place"]]:
        word = msg("No place has become free: {title}. Thank you for your interest.")
        return self.to("without_place", case, KeepReply(Reply.NO_PLACE), *case.tell(GUEST, word))

    @state.among(maybe, away).on(OccasionBegun)
    def begun_without(self, case: Guest, event: OccasionBegun) -> To[Literal["without_place"]]:
        return self.to("without_place", case)

    @state.among(without_place, missed).on(NotedNoMore)
    def was_not_there(self, case: Guest, event: NotedNoMore) -> To[Literal["not_there"]]:
        return self.to("not_there", case)

    @state.among(coming, there).on(DayAfter)
    def day_after(self, case: Guest, event: DayAfter) -> Stay:
        return Stay(case, (SeeWhoCame(),))

    @state.among(coming, there).on(WasThere)
    def had_come(self, case: Guest, event: WasThere) -> To[Literal["thanked"]]:
        return self.to("thanked", case.knowing(replace(case.facts, was_there=True)))

    @coming.on(WasMissed)
    def was_missed(self, case: Guest, event: WasMissed) -> To[Literal["missed"]]:
        word = msg("We missed you: {title}. That happens; perhaps next time.")
        return self.to("missed", case, *case.tell(GUEST, word))

    @thanked.on(ImpressionGiven)
    def said(self, case: Guest, event: ImpressionGiven) -> To[Literal["over"]]:
        return self.to("over", case, KeepImpression(event.rating, event.line))

    @thanked.on(NoImpression)
    def said_nothing(self, case: Guest, event: NoImpression) -> To[Literal["over"]]:
        word = case.tell(GUEST, msg("That is fine. Thank you for coming.")) if case.actor else ()
        return self.to("over", case, *word)

    @anywhere.on(Withdrawn, Suspended, Cancelled)
    def withdrawn(
        self, case: Guest, event: Withdrawn | Suspended | Cancelled
    ) -> To[Literal["not_there", "over"]]:
        if case.facts.was_there:
            return self.to("over", case)
        return self.to("not_there", case, KeepReply(Reply.AWAY))

    def _news(self, case: Guest, event: OccasionMoved, word: Message) -> Message:
        """Say what has changed since they heard of it last."""
        return word.filled({"news": news(case.facts.occasion, event.occasion)})

    def _changed(self, case: Guest, event: OccasionMoved) -> Guest:
        """Know the event as it now stands; the calendar entry of whoever had one before comes after that."""
        sequence = max(case.facts.occasion.sequence, event.occasion.sequence) + 1
        occasion = replace(event.occasion, sequence=sequence)
        return case.knowing(replace(case.facts, occasion=occasion))

    def _next_entry(self, case: Guest) -> Guest:
        """Let a calendar entry that comes later come after the one that took this out."""
        occasion = case.facts.occasion
        later = replace(occasion, sequence=occasion.sequence + 2)
        return case.knowing(replace(case.facts, occasion=later, people=0))

    def _entry(
        self, case: Guest, word: Message, *, is_cancelled: bool = False
    ) -> tuple[Invite, ...]:
        """Give the calendar entry as it now stands."""
        facts = case.facts
        appointment = Appointment(
            title=facts.title,
            starts_at=facts.at,
            lasts=facts.ends - facts.at,
            place=facts.occasion.place,
            sequence=facts.occasion.sequence + is_cancelled,
            is_cancelled=is_cancelled,
            link=link_of(facts.occasion.place),
        )
        return tuple(Invite(one.to, one.message, appointment) for one in case.tell(GUEST, word))
