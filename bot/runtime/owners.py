"""Who answers for what: the school names staff by key, and whoever has come is asked."""

from bot.domain.people import CaseId, PersonId
from bot.domain.school import StaffKey
from bot.runtime import cases
from bot.runtime.letters import LetterKind
from bot.runtime.work import Work
from bot.storage import cases as rows, people

OWNER, DEPUTY, LEAD = "owner", "deputy", "lead_person"
"""Parts that the engine seats by itself when the member of staff comes."""


def person_of(work: Work, key: StaffKey | None) -> PersonId | None:
    """Return the person behind a key of staff; None while nobody has come, or whoever came wants no messages."""
    if key is None:
        return None
    found = work.run(people.STAFF_PERSON, key=key).scalar_one_or_none()
    return PersonId(found) if found else None


def take_over(work: Work, person: PersonId, key: str) -> None:
    """Seat `person` in every open case that has waited for whoever has this key, and ask them."""
    registry = work.setting.registry
    for lifecycle in registry.lifecycles.values():
        answers = work.school.owners.of(registry.journey_of[lifecycle.name])
        holders = {
            OWNER: answers.owner,
            DEPUTY: answers.deputy,
            LEAD: work.school.safeguarding.lead,
        }
        for part in (p for p in lifecycle.parts if holders.get(p.value) == key):
            for case_id in (
                work.run(rows.OPEN_WITHOUT, part=part.value, lifecycle=lifecycle.name)
                .scalars()
                .all()
            ):
                work.run(
                    rows.SEAT,
                    case_id=case_id,
                    part=part.value,
                    person_id=person,
                    settled_entry=None,
                )
                _ask(work, case_id, person)


def _ask(work: Work, case_id: int, person: PersonId) -> None:
    """Ask only the one who has just come: everybody else has been asked."""
    at = cases.standing(work, CaseId(case_id))
    if at is None:
        return
    for expected, is_due in cases.expected_of(at, person):
        if is_due and expected.letter:
            work.letters.append(
                cases.letter(at, person, expected, expected.letter, LetterKind.NEWS)
            )
