"""All that is kept about somebody: as a summary to read, and as JSON (Art. 15 and 20 GDPR)."""

import json
from datetime import datetime
from typing import Any

from bot.conversation.consents import named
from bot.conversation.messages import Message, Term, TermKind, msg, verbatim
from bot.domain.consent import Purpose
from bot.domain.people import PersonId
from bot.runtime import cases
from bot.runtime.work import Work
from bot.storage import conversations, people

NOTHING = msg("not told yet")


def summary(work: Work, person: PersonId) -> Message:
    """Return what is kept, for people to read."""
    known = work.run(people.PERSON, person_id=person).one()
    told = work.run(people.PROFILE, person_id=person).first()
    agreed = tuple(
        Purpose(row.purpose) for row in _consents(work, person) if row.withdrawn_at is None
    )
    programme = told.programme if told else None
    return msg(
        "Name: {name}\n"
        "Year of birth: {born}\n"
        "Language: {language}\n"
        "Programme: {programme}\n"
        "Year of leaving: {left_in}\n"
        "Town: {town}\n"
        "The school may write about: {consents}\n"
        "With us since: {since:date}",
        name=verbatim(known.name) if known.name else NOTHING,
        born=str(known.born) if known.born else NOTHING,
        language=Term(TermKind.LANGUAGE, known.language),
        programme=Term(TermKind.PROGRAMME, programme) if programme else NOTHING,
        left_in=str(told.left_in) if told and told.left_in else NOTHING,
        town=verbatim(told.town) if told and told.town else NOTHING,
        consents=msg("{chosen}", chosen=named(agreed)) if agreed else msg("nothing so far"),
        since=known.created_at,
    )


def copy_as_json(work: Work, person: PersonId) -> str:
    """Return what is kept, for programs: every row about the person, with times in ISO 8601."""
    kept = {
        "person": _rows(work.run(people.PERSON, person_id=person)),
        "addresses": _rows(work.run(people.ADDRESSES, person_id=person)),
        "roles": [row.role for row in work.run(people.ROLES, person_id=person)],
        "profile": _rows(work.run(people.PROFILE, person_id=person)),
        "consents": _rows(work.run(people.CONSENTS, person_id=person)),
        "conversations": _rows(work.run(conversations.ALL_OF, person_id=person)),
        "cases": [
            {
                "journey": at.lifecycle.name,
                "state": at.state,
                "since": at.entered_at.isoformat(),
                "part": [part.value for part, who in at.case.people.items() if who == person],
            }
            for at in cases.all_cases(work, person)
        ],
        "events": _rows(work.run(people.EVENTS_BY, person_id=person)),
        "messages": _rows(work.run(people.LETTERS_TO, person_id=person)),
    }
    return json.dumps(kept, ensure_ascii=False, indent=2, default=_plain)


def _consents(work: Work, person: PersonId) -> list[Any]:
    return list(work.run(people.CONSENTS, person_id=person))


def _rows(found: Any) -> list[dict[str, Any]]:
    # The school's key is the school's, not the person's.
    return [
        {k: v for k, v in row._asdict().items() if k != "school_id" and v is not None}
        for row in found
    ]


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not kept about people")
