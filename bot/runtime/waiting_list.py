"""Who waits for a mentor, and what happens when one gets free, or may not be asked any more."""

import json
from typing import Any

from bot.domain.mentoring.fitting import Mentor
from bot.domain.mentoring.search import AskedNoMore, LookedAgain
from bot.domain.people import CaseId, PersonId
from bot.matching.score import reasons
from bot.runtime import cases, mentors
from bot.runtime.mentor_line import ask_next_in_line
from bot.runtime.work import Work
from bot.storage import mentoring as rows

WAITING = "waiting"
"""The state of a search in which nobody is asked."""


def look_after_who_waits(work: Work, mentor: PersonId) -> None:
    """Look again for the student who has waited longest and whom this mentor fits."""
    mentors.one_at_a_time(work)
    if ask_next_in_line(work, mentor):
        return
    for waits in _who_wait_for(work, mentor):
        at = cases.standing(work, waits)
        # Another turn may have found somebody in this moment.
        if at and at.state == WAITING and cases.happen(work, at, LookedAgain(), None):
            return


def ask_no_more(work: Work, mentor: PersonId, *, can_be_told: bool = True) -> None:
    """Let the request that waits for this mentor's answer, if there is one, go to somebody else."""
    waits = _asked_for(work, mentor)
    at = cases.standing(work, waits) if waits else None
    if at and mentor in at.case.people.values():
        cases.happen(work, at, AskedNoMore(can_be_told=can_be_told), mentor, as_of_right=True)


def _who_wait_for(work: Work, mentor: PersonId) -> tuple[CaseId, ...]:
    """Return the searches that wait for somebody like this mentor, who has a place; the longest wait first.

    A search in which this mentor has been asked already does not wait for the same one again.
    """
    found = mentors.mentors(work).get(mentor)
    if found is None or not found[0].free:
        return ()
    known = mentors.fields(work)
    return tuple(
        CaseId(row.id)
        for row in work.run(rows.SEARCHES).all()
        if row.state == WAITING
        and mentor not in json.loads(row.facts).get("asked", ())
        and _fits(work, row, found[0], known)
    )


def _fits(work: Work, row: Any, mentor: Mentor, known: dict[str, str]) -> bool:
    looks = mentors.seeker_of(work, PersonId(row.person_id), mentors.wish_read(row.wish), row)
    return reasons(looks, mentor, known) is not None


def _asked_for(work: Work, mentor: PersonId) -> CaseId | None:
    """Return the search that waits for this mentor's answer; None if none does."""
    asks = [row for row in work.run(rows.PLACES_OF, of_mentor=mentor) if row.taken_at is None]
    searches = work.run(rows.SEARCHES).all() if asks else []
    return next((CaseId(one.id) for one in searches if one.person_id == asks[0].student_id), None)


def position(work: Work, student: PersonId) -> int:
    """Return the place of a student's search among those that wait for somebody, counted from one."""
    ahead = 0
    for row in work.run(rows.SEARCHES):
        if row.person_id == student:
            break
        ahead += row.state == WAITING
    return ahead + 1
