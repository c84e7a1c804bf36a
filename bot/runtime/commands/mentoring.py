"""Mentoring, carried out: offers and wishes are kept, places too, and whoever waits is looked after."""

from dataclasses import replace
from datetime import timedelta

from bot.conversation.effects import Effect, Start, Tell
from bot.conversation.messages import Who, msg
from bot.domain.mentoring.desk import OpenMentoring
from bot.domain.mentoring.offers import KeepOffer, KeepWish, Openness, RestMentor
from bot.domain.mentoring.pair import KeepExpectation
from bot.domain.mentoring.search import (
    FreePlace,
    MentorReserved,
    NobodyFree,
    NoteFirstWord,
    SeekMentor,
    TakePlace,
)
from bot.domain.people import PersonId, Role
from bot.runtime import cases, mentors
from bot.runtime.carrying import carries_out
from bot.runtime.mentoring_board import SILENCES, looks_after
from bot.runtime.now import tell_now
from bot.runtime.owners import person_of
from bot.runtime.waiting_list import ask_no_more, look_after_who_waits, position
from bot.runtime.work import Work
from bot.storage import mentoring as rows, people
from journeys.mentoring.search_letters import GONE_ON

MONTH = timedelta(days=30)
FOR_NOW = timedelta(days=365)
"""Who did not answer twice is asked again after a year at the soonest, unless they say otherwise."""
SEARCH, PAIR = "mentoring.search", "mentoring.pair"
"""The cases of who looks for a mentor, and of who has one."""
TOO_YOUNG, YOUNG_WISH = "mentoring.too_young", "mentoring.young"
"""The dialogue and the case of a student under 18."""
REQUEST, OFFER, CHANGE = "mentoring.request", "mentoring.offer", "mentoring.change"
"""The dialogues of who looks for a mentor, who would be one, and who is one."""
BOARD = "mentoring.board"
"""The dialogue of who looks after all of them."""


@carries_out(OpenMentoring)
def open_mentoring(work: Work, by: PersonId | None, command: OpenMentoring) -> tuple[Effect, ...]:
    """Begin what mentoring is for this person."""
    if by is None:
        return ()
    if not command.for_oneself and looks_after(work, by):
        return (Start(BOARD),)
    roles = {Role(row.role) for row in work.run(people.ROLES, person_id=by)}
    if Role.STUDENT in roles:
        if any(told_what_waits(work, by, one) for one in (SEARCH, PAIR)):
            return ()
        known = work.run(people.PERSON, person_id=by).one()
        if mentors.is_adult(known.born, work.now, work.school.zone):
            return (Start(REQUEST),)
        return () if told_what_waits(work, by, YOUNG_WISH) else (Start(TOO_YOUNG),)
    if roles & {Role.ALUMNI, Role.FRIEND}:
        return (Start(CHANGE if work.run(rows.OFFER, person_id=by).first() else OFFER),)
    work.left_conversation = True  # the question that was open is asked again
    if not any(role.is_staff for role in roles):
        return (Tell(by, msg("Mentoring is for students and alumni. To come in: /start")),)
    if owner := person_of(work, work.school.owners.of("mentoring").owner):
        return (Tell(by, msg("Mentoring is looked after by: {owner}", owner=Who(owner))),)
    return (Tell(by, msg("Nobody looks after mentoring in this chat yet. Contact: {contact}")),)


def told_what_waits(work: Work, person: PersonId, lifecycle: str) -> bool:
    """Tell somebody where they stand if they have an open case of this kind; return whether they have."""
    if all(at.lifecycle.name != lifecycle for at in cases.open_cases(work, person)):
        return False
    tell_now(work, person)
    return True


@carries_out(KeepOffer)
def keep_offer(work: Work, by: PersonId | None, command: KeepOffer) -> tuple[Effect, ...]:
    """Write down what somebody is ready to do; whoever waits for somebody like that is looked after."""
    if by is None:
        return ()
    offer = mentors.stored(command.offer)
    work.run(
        rows.KEEP_OFFER, person_id=by, offer=offer, since=work.now, rests_until=None, silences=0
    )
    if len(work.run(rows.PLACES_OF, of_mentor=by).all()) > mentors.capacity_of(command.offer):
        ask_no_more(work, by)
    look_after_who_waits(work, by)
    return ()


@carries_out(RestMentor)
def rest_mentor(work: Work, by: PersonId | None, command: RestMentor) -> tuple[Effect, ...]:
    """Ask somebody no more for some months, or not at all; what they offered is kept."""
    known = work.run(rows.OFFER, person_id=by).first() if by else None
    if by is None or known is None:
        return ()
    if command.months is None:
        closed = replace(mentors.offer_read(known.offer), openness=Openness.CLOSED)
        offer = {"offer": mentors.stored(closed), "since": known.since, "silences": known.silences}
        work.run(rows.KEEP_OFFER, offer, person_id=by, rests_until=None)
    else:
        rests_until = work.now + command.months * MONTH
        work.run(rows.REST_MENTOR, of_mentor=by, new_rests_until=rests_until)
    ask_no_more(work, by)
    return ()


@carries_out(KeepWish)
def keep_wish(work: Work, by: PersonId | None, command: KeepWish) -> tuple[Effect, ...]:
    """Write down what a student looks for."""
    wish = mentors.stored(command.wish)
    work.run(rows.KEEP_WISH, person_id=by, wish=wish, told_at=work.now)
    return ()


@carries_out(SeekMentor)
def seek_mentor(work: Work, by: PersonId | None, command: SeekMentor) -> tuple[Effect, ...]:
    """Keep a place with a mentor for the student, or say how many wait before them."""
    kept = mentors.keep_place(work, command.student, command.choices, command.passed_over)
    if kept is None:
        return (NobodyFree(position(work, command.student)),)
    return (MentorReserved(*kept),)


@carries_out(TakePlace)
def take_place(work: Work, by: PersonId | None, command: TakePlace) -> tuple[Effect, ...]:
    """Make a kept place the student's."""
    pair = {"of_mentor": command.mentor, "of_student": command.student}
    work.run(rows.TAKE_PLACE, pair, new_taken_at=work.now)
    work.run(rows.ANSWER, pair, new_answered_at=work.now, new_accepted_at=work.now)
    work.run(rows.SILENCES, of_mentor=command.mentor, new_silences=0)
    look_after_who_waits(work, command.mentor)  # one request at a time: there may be another place
    return ()


@carries_out(NoteFirstWord)
def note_first_word(work: Work, by: PersonId | None, command: NoteFirstWord) -> tuple[Effect, ...]:
    """Write down when the student first heard of the mentor: how long they take themselves does not count."""
    pair = {"of_mentor": command.mentor, "of_student": command.student}
    work.run(rows.ANSWER, pair, new_answered_at=work.now, new_accepted_at=None)
    return ()


@carries_out(FreePlace)
def free_place(work: Work, by: PersonId | None, command: FreePlace) -> tuple[Effect, ...]:
    """Give a place back; who does not answer is told, and rests after two silences in a row."""
    mentor = command.mentor
    pair = {"of_mentor": mentor, "of_student": command.student}
    work.run(rows.FREE_PLACE, pair)
    told: tuple[Effect, ...] = ()
    if command.is_silent:
        told = _silent(work, mentor, command.student)
    elif command.is_answered:
        work.run(rows.ANSWER, pair, new_answered_at=work.now, new_accepted_at=None)
        work.run(rows.SILENCES, of_mentor=mentor, new_silences=0)
    look_after_who_waits(work, mentor)
    return told


RESTS = msg(
    "The request from {student} no longer waits for your answer. Two in a row went by,"
    " so the school does not ask you for now. That is fine. To be asked again: /mentor"
)


def _silent(work: Work, mentor: PersonId, student: PersonId) -> tuple[Effect, ...]:
    """Count a request without an answer, and tell the mentor what becomes of it, and of them."""
    known = work.run(rows.OFFER, person_id=mentor).first()
    silences = (known.silences if known else 0) + 1
    work.run(rows.SILENCES, of_mentor=mentor, new_silences=silences)
    if silences < SILENCES:
        return (Tell(mentor, GONE_ON.filled({"student": Who(student)})),)
    work.run(rows.REST_MENTOR, of_mentor=mentor, new_rests_until=work.now + FOR_NOW)
    return (Tell(mentor, RESTS.filled({"student": Who(student)})),)


@carries_out(KeepExpectation)
def keep_expectation(
    work: Work, by: PersonId | None, command: KeepExpectation
) -> tuple[Effect, ...]:
    """Write down what a student expects of a first job."""
    told = command.expected
    if told.pay is not None or told.months is not None:
        work.run(
            rows.KEEP_EXPECTATION,
            person_id=by,
            is_after=command.is_after,
            pay=told.pay,
            months=told.months,
            at=work.now,
        )
    return ()
