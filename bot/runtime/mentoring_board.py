"""What staff see of mentoring, and who of them may."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.conversation.declaring import adapter
from bot.domain.mentoring.fitting import MentorCard
from bot.domain.mentoring.staff import Resting, Running
from bot.domain.people import CaseId, PersonId, Role
from bot.runtime import cases, mentors as matching
from bot.runtime.mentor_line import student_of
from bot.runtime.owners import person_of
from bot.runtime.work import Work
from bot.storage import mentoring as offers, mentoring_board as rows, people

JOURNEY, MATCH = "mentoring", "mentoring.match"
GATHERING, PREVIEWED = "gathering", "previewed"
"""States of a match: wishes are gathered; staff are to decide on the pairs."""
SILENCES = 2
"""After so many requests in a row without an answer somebody is not asked for now, and is told."""


def looks_after(work: Work, person: PersonId) -> bool:
    """Return whether somebody may see the board and decide: coordinators, and who answers for mentoring."""
    answers = work.school.owners.of(JOURNEY)
    if person in {person_of(work, answers.owner), person_of(work, answers.deputy)}:
        return True
    return Role.COORDINATOR in {row.role for row in work.run(people.ROLES, person_id=person)}


def running(work: Work) -> tuple[Running, ...]:
    """Return the open cases of mentoring, oldest first."""
    names = [name for name, of in work.setting.registry.journey_of.items() if of == JOURNEY]
    found: dict[int, tuple[Any, dict[str, PersonId]]] = {}
    for row in work.run(rows.RUNNING, lifecycles=names):
        _, seated = found.setdefault(row.id, (row, {}))
        if row.part:
            seated[row.part] = PersonId(row.person_id)
    return tuple(
        Running(
            CaseId(row.id),
            row.entry,
            row.lifecycle,
            row.state,
            row.opened_at,
            row.entered_at,
            seated,
        )
        for row, seated in found.values()
    )


def resting(work: Work) -> tuple[Resting, ...]:
    """Return the mentors who rest because they did not answer, the longest first."""
    found = work.run(rows.RESTING, least_silences=SILENCES, moment=work.now)
    return tuple(Resting(PersonId(row.person_id), row.asked_at) for row in found)


def mentors(work: Work) -> tuple[PersonId, ...]:
    """Return everybody who has offered to be a mentor, by name."""
    found = sorted(work.run(offers.EVERY_MENTOR), key=lambda row: (row.name or "", row.person_id))
    return tuple(PersonId(row.person_id) for row in found)


def facts_of(work: Work, case: CaseId) -> Any:
    """Return what is known about an open case.

    Raises:
        LookupError: there is no such case.
    """
    at = cases.standing(work, case)
    if at is None:
        raise LookupError("there is no such case")
    return at.case.facts


def candidates(work: Work, search: CaseId, limit: int) -> tuple[MentorCard, ...]:
    """Return at most `limit` mentors who fit a search, have a place and were not asked, best first."""
    at = cases.standing(work, search)
    wish = matching.wish_of(work, student_of(at)) if at else None
    if at is None or wish is None:
        return ()
    return matching.cards(work, student_of(at), wish, limit, at.case.facts.asked)


def gathers_until(work: Work, programme: str | None) -> datetime | None:
    """Return until when a round gathers wishes of a programme; None while none does."""
    for state, facts in _matches(work):
        until: datetime | None = facts.gathers_until
        is_meant = not facts.programmes or programme in facts.programmes
        if state == GATHERING and is_meant and until and until > work.now:
            return until
    return None


def in_a_round(work: Work, programmes: tuple[str, ...]) -> bool:
    """Return whether a round that is not over has one of these programmes; empty for all."""
    return any(
        facts.gathers_until
        and (not programmes or not facts.programmes or set(programmes) & set(facts.programmes))
        for _, facts in _matches(work)
    )


def is_one_previewed(work: Work) -> bool:
    """Return whether a match waits for a decision."""
    return any(state == PREVIEWED for state, _ in _matches(work))


def _matches(work: Work) -> Iterator[tuple[str, Any]]:
    """Yield the state and the facts of each match that is not over."""
    kept = adapter(work.setting.registry.lifecycles[MATCH].facts_type)
    for row in work.run(rows.MATCHES).all():
        yield row.state, kept.validate_json(row.facts)
