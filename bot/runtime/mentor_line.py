"""A place with a certain mentor: kept at once, and asked for in turn, as mentors get one request at a time."""

from dataclasses import dataclass, replace

from bot.domain.mentoring.fitting import Reason
from bot.domain.mentoring.search import LineEnded, MentorReserved
from bot.domain.people import CaseId, PersonId
from bot.matching.score import reasons
from bot.runtime import cases, mentors
from bot.runtime.work import Work
from bot.storage import mentoring as rows, mentoring_board as board


@dataclass(frozen=True, slots=True)
class Kept:
    """A place is the student's, if the mentor agrees."""

    reasons: tuple[Reason, ...]
    is_next: bool
    """Whether the mentor is asked once another student has an answer."""


def student_of(search: cases.Standing) -> PersonId:
    """Return who looks for a mentor in a search."""
    return next(who for part, who in search.case.people.items() if part == "student")


def reserve(work: Work, student: PersonId, mentor: PersonId) -> Kept | None:
    """Keep a place with this mentor, and nobody else; None if there is none, or the two do not fit."""
    mentors.one_at_a_time(work)
    wish, found = mentors.wish_of(work, student), mentors.mentors(work).get(mentor)
    if wish is None or found is None:
        return None
    one, places = found[0], work.run(rows.PLACES_OF, of_mentor=mentor).all()
    capacity, free = mentors.capacity_of(one.offer), one.free
    is_next = any(place.taken_at is None for place in places)
    if is_next and not one.offer.monthly:
        free = capacity - len(places)
    looks = mentors.seeker(work, student, wish)
    why = reasons(looks, replace(one, free=free), mentors.fields(work))
    taken_at = work.now if is_next else None
    if why is None or not mentors.keep(work, mentor, student, capacity, taken_at):
        return None
    if not is_next:
        mentors.note_request(work, mentor, student)
    return Kept(why, is_next)


def ask_next_in_line(work: Work, mentor: PersonId) -> bool:
    """Ask this mentor for whoever is next, if anybody is; return whether nobody else may be asked for now.

    Whoever the mentor no longer has a place for goes on looking.
    """
    line = work.run(board.IN_LINE, of_mentor=mentor).scalars().all()
    places = work.run(rows.PLACES_OF, of_mentor=mentor).all()
    if not line or any(place.taken_at is None for place in places):
        return bool(line)
    found = mentors.mentors(work).get(mentor)
    capacity = mentors.capacity_of(found[0].offer) if found else 0
    is_over = len(places) > capacity
    at = cases.standing(work, CaseId(line[-1] if is_over else line[0]))
    if at is None:
        return True
    if is_over:
        # Giving that place back leads here again.
        return cases.happen(work, at, LineEnded(), None)
    student = student_of(at)
    work.run(rows.TAKE_PLACE, of_mentor=mentor, of_student=student, new_taken_at=None)
    mentors.note_request(work, mentor, student)
    asked = MentorReserved(mentor, at.case.facts.reasons, is_approved=True)
    return cases.happen(work, at, asked, None)
