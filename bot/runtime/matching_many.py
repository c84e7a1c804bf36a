"""Many searches matched together: the best pairs of all, and what becomes of them once staff have decided."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.domain.mentoring.fitting import Alone, Proposed, Seeker, WhyAlone
from bot.domain.mentoring.round import Matched
from bot.domain.mentoring.search import LeftOut, MentorReserved, PutInLine
from bot.domain.people import CaseId, PersonId
from bot.matching.batch import pairs
from bot.runtime import cases, mentors
from bot.runtime.mentor_line import reserve
from bot.runtime.work import Work
from bot.storage import mentoring as rows

GATHERED = frozenset({"gathered"})
WAIT = frozenset({"waiting", "with_school"})
"""States of searches: what a round has gathered, and what is matched without one."""


def matched(work: Work, programmes: tuple[str, ...] | None, places: int | None) -> Matched:
    """Put together the best pairs: of the wishes gathered for these programmes, or (None) of all who wait.

    At most `places`; where these are fewer than could be served, who waits longest comes first.
    """
    searches: dict[PersonId, CaseId] = {}
    looks: list[Seeker] = []
    for row in _searches(work, programmes):
        student = PersonId(row.person_id)
        wish = mentors.wish_read(row.wish)
        asked = map(PersonId, json.loads(row.facts).get("asked", ()))
        wish = replace(wish, avoid=(*wish.avoid, *asked))
        looks.append(replace(mentors.seeker_of(work, student, wish, row), since=row.opened_at))
        searches[student] = CaseId(row.id)
    everybody = [mentor for mentor, _ in mentors.mentors(work).values()]
    found = pairs(looks, everybody, mentors.fields(work))
    most = len(found.fits) if places is None else places
    proposed = (
        Proposed(searches[one.seeker.person], one.seeker.person, one.mentor.person, one.reasons)
        for one in found.fits[:most]
    )
    full = ((one.seeker, WhyAlone.ROUND_FULL) for one in found.fits[most:])
    others = ((seeker, WhyAlone(why.value)) for seeker, why in found.left_over)
    alone = (Alone(searches[who.person], who.person, why) for who, why in (*full, *others))
    return Matched(tuple(proposed), tuple(alone))


def ask_pair(work: Work, pair: Proposed, by: PersonId | None) -> bool | None:
    """Keep the place of a pair, and ask the mentor; return whether that comes later, after another's answer.

    None if the place, or the wish, is gone.
    """
    at = cases.standing(work, pair.search)
    if at is None or at.state not in GATHERED | WAIT:
        return None
    kept = reserve(work, pair.student, pair.mentor)
    if kept is None:
        return None
    event = (
        PutInLine(pair.mentor, kept.reasons)
        if kept.is_next
        else MentorReserved(pair.mentor, kept.reasons, is_approved=True)
    )
    cases.happen(work, at, event, by, as_of_right=True)
    return kept.is_next


def let_go(
    work: Work,
    programmes: tuple[str, ...] | None,
    refused: tuple[Proposed, ...],
    by: PersonId | None,
) -> None:
    """Let those of refused pairs, and all who are still gathered for these programmes, go on looking."""
    but_not = {one.search: one.mentor for one in refused}
    gathered = () if programmes is None else _searches(work, programmes)
    going = {*but_not, *(CaseId(row.id) for row in gathered)}
    # What follows from the last is done first: who has waited longest is to look first.
    for search in sorted(going, reverse=True):
        at = cases.standing(work, search)
        if at and at.state in GATHERED | WAIT:
            cases.happen(work, at, LeftOut(but_not.get(search)), by, as_of_right=True)


def _searches(work: Work, programmes: tuple[str, ...] | None) -> Iterator[Any]:
    """Yield the searches that are matched, who has waited longest first."""
    for row in work.run(rows.SEARCHES).all():
        if programmes is None:
            is_meant = row.state in WAIT
        else:
            programme = mentors.programme_of(work, row.class_key)
            is_meant = row.state in GATHERED and (not programmes or programme in programmes)
        if is_meant:
            yield row
