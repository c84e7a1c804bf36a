"""Who answers for what: the school names staff by key, and whoever has come is asked."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.conversation.lifecycle import Lifecycle
from bot.domain.people import CaseId, Part, PersonId, Role, Side
from bot.domain.school import StaffKey
from bot.runtime import cases, former_staff
from bot.runtime.letters import LetterKind
from bot.runtime.work import Work
from bot.storage import cases as rows, people, staff

OWNER, DEPUTY, LEAD = "owner", "deputy", "lead_person"
"""Parts that the engine seats by itself when the member of staff comes."""
BROADCASTS = "broadcasts"
"""The journey whose owner may write to many."""


def person_of(work: Work, key: StaffKey | None) -> PersonId | None:
    """Return the person behind a key of staff; None while nobody has come, or whoever came wants no messages."""
    if key is None:
        return None
    found = work.run(people.STAFF_PERSON, key=key).scalar_one_or_none()
    return PersonId(found) if found else None


def holders_of(work: Work, lifecycle: Lifecycle[Any, Any]) -> Mapping[str, StaffKey | None]:
    """Return whose each part is that the engine seats by itself, by the part's name."""
    answers = work.school.owners.of(work.setting.registry.journey_of[lifecycle.name])
    return {
        OWNER: answers.owner,
        DEPUTY: answers.deputy,
        LEAD: work.school.safeguarding.lead,
    }


def take_over(work: Work, person: PersonId, key: str) -> None:
    """Seat `person` in every open case that has waited for whoever has this key, and ask them."""
    for lifecycle in work.setting.registry.lifecycles.values():
        holders = holders_of(work, lifecycle)
        for part in (p for p in lifecycle.parts if holders.get(p.value) == key):
            for case_id in (
                work.run(rows.OPEN_WITHOUT, part=part.value, lifecycle=lifecycle.name)
                .scalars()
                .all()
            ):
                _seat(work, CaseId(case_id), part, person, None)


def end_rights(
    work: Work, former: PersonId, key: StaffKey, heir: PersonId | None = None
) -> frozenset[CaseId]:
    """Let `former`, who no longer holds `key`, be staff only by the keys left to them; return the cases that wait.

    They are told, unless they come after themselves.
    What was theirs by this key goes to `heir`; without one, what they had taken in hand for another
    goes back, and the rest waits for whoever comes.
    """
    left = [row for row in work.run(people.STAFF) if row.person_id == former]
    for role in [Role(row.role) for row in work.run(people.ROLES, person_id=former)]:
        if role.is_staff and role not in {Role(row.role) for row in left}:
            work.run(people.DROP_ROLE, person_id=former, role=role)
    if heir != former:
        former_staff.tell(work, former)
    keys, waiting = {row.key for row in left}, set()
    for at in list(cases.open_cases(work, former)) if heir != former else ():
        holders = holders_of(work, at.lifecycle)
        has_others = not keys.isdisjoint(holders.values())
        for part, who in at.case.people.items():
            # With a key left, only what this one gave is lost; without, also what was taken in hand.
            is_lost = holders.get(part.value) == key or not has_others
            is_theirs = who == former and part.side is Side.STAFF
            if is_theirs and is_lost and not _pass_on(work, at, part, heir):
                waiting.add(at.id)
    return frozenset(waiting)


def give_up(work: Work, at: cases.Standing, former: PersonId) -> None:
    """Let whose they are by the school's file have the parts of `former`, who leaves; without anybody, they wait."""
    for part in [one for one, who in at.case.people.items() if who == former]:
        _pass_on(work, at, part, None)


def _pass_on(work: Work, at: cases.Standing, part: Part, heir: PersonId | None) -> bool:
    """Let `heir`, or whose the part is by the school's file, have it; return whether there is anybody."""
    former = at.case.people[part]
    for statement in staff.LET_GO:
        work.run(statement, whose=former, of_case=at.id, of_key=f"c:{at.id}:")
    after = heir or next(_by_file(work, at, part, but_not=former), None)
    if after is None or after == former:
        work.run(rows.UNSEAT, case_id=at.id, part=part.value)
        return False
    if heir is None:
        for lent in _lent(work, at, after):
            work.run(rows.UNSEAT, case_id=at.id, part=lent.value)
    settled = at.entry if part.value in at.settled else None
    _seat(work, at.id, part, after, settled)
    return True


def _by_file(work: Work, at: cases.Standing, part: Part, but_not: PersonId) -> Iterator[PersonId]:
    """Return whose a part is by the school's file; if somebody must have it, whoever else may have it as well.

    Not who is to decide about it in another part: what somebody has written must not be theirs to agree to.
    """
    holders = holders_of(work, at.lifecycle)
    found: Iterable[PersonId | None] = (person_of(work, holders.get(part.value)),)
    if part.value == OWNER and at.lifecycle.needs_somebody:
        found = (*found, person_of(work, holders[DEPUTY]), *who_may_broadcast(work))
    for person in dict.fromkeys(found):
        if person and person != but_not and not _decides(work, at, person):
            yield person


def _lent(work: Work, at: cases.Standing, person: PersonId) -> Iterator[Part]:
    """Return the parts that somebody on the staff has been given in a case, and that are not theirs by the file."""
    holders = holders_of(work, at.lifecycle)
    for part in [one for one, who in at.case.people.items() if who == person]:
        if part.side is Side.STAFF and person_of(work, holders.get(part.value)) != person:
            yield part


def _decides(work: Work, at: cases.Standing, person: PersonId) -> bool:
    expects = at.lifecycle.states[at.state].expects
    return any(expects[part].is_due for part in _lent(work, at, person) if part in expects)


def who_may_broadcast(work: Work) -> Iterator[PersonId]:
    """Return who may write to many and invite to events: who answers for it first, then every coordinator."""
    answers = work.school.owners.of(BROADCASTS)
    keys = [answers.owner, answers.deputy]
    keys += [StaffKey(row.key) for row in work.run(people.STAFF) if row.role == Role.COORDINATOR]
    for key in dict.fromkeys(keys):
        if found := person_of(work, key):
            yield found


def _seat(work: Work, case_id: CaseId, part: Part, person: PersonId, settled: int | None) -> None:
    """Give `person` a part, and ask only them: everybody else has been asked."""
    work.run(rows.SEAT, case_id=case_id, part=part.value, person_id=person, settled_entry=settled)
    at = cases.standing(work, case_id)
    if at is None:
        return
    for expected, is_due in cases.expected_of(at, person):
        if expected.letter and (is_due or at.lifecycle.needs_somebody):
            work.letters.append(
                cases.letter(work, at, person, expected, expected.letter, LetterKind.NEWS)
            )
