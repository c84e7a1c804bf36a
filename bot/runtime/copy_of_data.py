"""All that is kept about somebody: as a summary to read, and as JSON (Art. 15 and 20 GDPR)."""

import json
from datetime import datetime
from typing import Any

from bot.conversation.consents import named
from bot.conversation.declaring import adapter
from bot.conversation.messages import Message, Term, TermKind, msg, verbatim
from bot.domain.consent import Purpose
from bot.domain.people import PersonId, Side
from bot.runtime import cases
from bot.runtime.work import Work
from bot.storage import conversations, people, web_lines
from bot.storage.web_lines import StoredLine

NOTHING = msg("not given")
WEB = "web"


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
    addresses = _rows(work.run(people.ADDRESSES, person_id=person))
    kept = {
        "person": _rows(work.run(people.PERSON, person_id=person)),
        "addresses": addresses,
        "roles": [row.role for row in work.run(people.ROLES, person_id=person)],
        "profile": _rows(work.run(people.PROFILE, person_id=person)),
        "consents": _rows(work.run(people.CONSENTS, person_id=person)),
        "conversations": _rows(work.run(conversations.ALL_OF, person_id=person)),
        "cases": [_case(at, person) for at in cases.all_cases(work, person)],
        "events": _rows(work.run(people.EVENTS_BY, person_id=person)),
        "messages": _rows(work.run(people.LETTERS_TO, person_id=person)),
        "web_chat": [
            _line(line)
            for one in addresses
            if one["network"] == WEB
            for line in web_lines.every_line(work.tx, work.school.key, one["address"])
        ],
    }
    return json.dumps(kept, ensure_ascii=False, indent=2, default=_plain)


def _case(at: cases.Standing, person: PersonId) -> dict[str, Any]:
    """Return a case as `person` may have it: staff do not take along what it says about others."""
    parts = [part for part, who in at.case.people.items() if who == person]
    kept = {
        "journey": at.lifecycle.name,
        "state": at.state,
        "opened": at.opened_at,
        "since": at.entered_at,
        "part": [part.value for part in parts],
    }
    if any(part.side is not Side.STAFF for part in parts):
        kept["facts"] = adapter(at.lifecycle.facts_type).dump_python(at.case.facts, mode="json")
    return kept


def _line(line: StoredLine) -> dict[str, Any]:
    """Return a line of a web chat: what the person typed or pressed, or what they were told."""
    body = json.loads(line.body)  # as `stored` of the web gateway writes it
    sheet = body.get("sheet", {})
    told = "\n".join(one for one in (sheet.get("title"), sheet.get("text")) if one)
    return {"at": line.at, "who": body["by"], "text": body.get("words", told)}


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
