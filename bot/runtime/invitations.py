"""Who is invited into a case below another: until the first answer, the ledger is all that is kept of that."""

from collections.abc import Iterator
from typing import Any

from bot.conversation.case import Case
from bot.conversation.declaring import adapter
from bot.conversation.effects import OpenCase
from bot.domain.people import CaseId, PersonId
from bot.runtime import cases
from bot.runtime.letters import Button
from bot.runtime.work import Work
from bot.storage import conversations, invitations as rows

UNANSWERED = 0
"""The entry of a case above, in what its invitation's buttons carry: a case itself begins with the entry 1."""


def written(wish: OpenCase) -> str:
    """Return what the ledger keeps of the case that an invitation opens."""
    kind: Any = type(wish.facts)
    facts = adapter(kind).dump_python(wish.facts, mode="json", exclude_defaults=True)
    kept = {"lifecycle": wish.lifecycle, "mine": wish.mine, "facts": facts}
    return adapter(dict[str, Any]).dump_json(kept).decode()


def _read(work: Work, stored: str) -> OpenCase:
    kept = adapter(dict[str, Any]).validate_json(stored)
    lifecycle = work.setting.registry.lifecycles[kept["lifecycle"]]
    facts = adapter(lifecycle.facts_type).validate_python(kept["facts"])
    return OpenCase(lifecycle.name, facts, {}, kept["mine"])


def buttons(work: Work, above: CaseId, wish: OpenCase) -> tuple[Button, ...]:
    """Return the buttons of an invitation: what whoever is invited can do in the state it opens in."""
    at = _before_it_begins(work, above, wish, PersonId(0))
    (expected, _), *_ = cases.expected_of(at, PersonId(0))
    return tuple(
        Button(one.label.filled(at.case.slots()), f"{key_of(above)}:{one.key}")
        for one in expected.actions
    )


def key_of(above: CaseId) -> str:
    """Return the key of all invitations by one case: a reminder of it takes the place of the first."""
    return f"c:{above}:{UNANSWERED}"


def unanswered(work: Work, person: PersonId) -> Iterator[cases.Standing]:
    """Return where `person` is invited and has not answered, as cases would stand that had begun, oldest first."""
    newest = {row.case_id: row for row in work.run(rows.UNANSWERED, whose=person)}
    for row in newest.values():
        yield _before_it_begins(work, CaseId(row.case_id), _read(work, row.opens), person)


def answered(work: Work, person: PersonId, above: CaseId, key: str) -> cases.Standing | None:
    """Return the case below `above` of whoever answers an invitation by `key`, begun now if need be.

    None if they are not invited, or nothing of it is called so: no case begins without an answer.
    """
    work.run(conversations.LOCK_PERSON, person_id=person)
    if begun := work.run(rows.BELOW_OF, above=above, whose=person).scalar():
        return cases.standing(work, CaseId(begun))
    wish = _invitation(work, person, above)
    if wish is None:
        return None
    if cases.action_of(_before_it_begins(work, above, wish, person), person, key) is None:
        return None
    return _begun(work, person, above, wish)


def begun_for(work: Work, person: PersonId, above: CaseId) -> cases.Standing | None:
    """Return the case below `above` of somebody of whom staff say what they do, begun now if need be.

    None if they are not invited.
    """
    work.run(conversations.LOCK_PERSON, person_id=person)
    if begun := work.run(rows.BELOW_OF, above=above, whose=person).scalar():
        return cases.standing(work, CaseId(begun))
    wish = _invitation(work, person, above)
    return _begun(work, person, above, wish) if wish else None


def _invitation(work: Work, person: PersonId, above: CaseId) -> OpenCase | None:
    row = work.run(rows.INVITED, above=above, whose=person).first()
    return _read(work, row.opens) if row else None


def _begun(work: Work, person: PersonId, above: CaseId, wish: OpenCase) -> cases.Standing | None:
    made = cases.open_case(work, person, wish, above, is_told=False)
    return cases.standing(work, made)


def _before_it_begins(
    work: Work, above: CaseId, wish: OpenCase, person: PersonId
) -> cases.Standing:
    lifecycle = work.setting.registry.lifecycles[wish.lifecycle]
    part = next(part for part in lifecycle.parts if part == wish.mine)
    case = Case(wish.facts, {part: person}, work.now)
    state = cases.opening(lifecycle, case).state
    return cases.Standing(
        above, lifecycle, state, UNANSWERED, work.now, work.now, above, True, case, frozenset()
    )
