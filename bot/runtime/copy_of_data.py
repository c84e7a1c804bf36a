"""All that is kept about somebody: as a summary to read, and as JSON (Art. 15 and 20 GDPR)."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.conversation.consents import named
from bot.conversation.declaring import adapter
from bot.conversation.messages import Message, Term, TermKind, msg, verbatim
from bot.domain.consent import Purpose
from bot.domain.people import PersonId, Side
from bot.runtime import cases
from bot.runtime.letters import LetterKind
from bot.runtime.letters_kept import read
from bot.runtime.work import Work
from bot.storage import broadcasts, conversations, events, mentoring, people, web_lines
from bot.storage.web_lines import StoredLine
from journeys.signup.questions import programme_named

NOTHING = msg("not given")
WEB = "web"
PROFILE = ("name", "born", "programme", "left_in", "town", "purposes")
"""What a draft of the sign-up calls the answers that the summary shows."""


def summary(work: Work, person: PersonId) -> Message:
    """Return what is kept, for people to read; of an unfinished sign-up what was told so far."""
    known = work.run(people.PERSON, person_id=person).one()
    told = work.run(people.PROFILE, person_id=person).first()
    agreed = tuple(
        Purpose(row.purpose) for row in _consents(work, person) if row.withdrawn_at is None
    )
    draft = {} if told else _told_so_far(work, person)
    name, born = known.name or draft.get("name"), known.born or draft.get("born")
    programme, left_in, town = (
        (told.programme, told.left_in, told.town)
        if told
        else (draft.get("programme"), draft.get("left_in"), draft.get("town"))
    )
    topics = agreed or tuple(Purpose(one) for one in draft.get("purposes", ()))
    kept = msg(
        "Name: {name}\n"
        "Year of birth: {born}\n"
        "Language: {language}\n"
        "Programme: {programme}\n"
        "Year of leaving: {left_in}\n"
        "Town: {town}\n"
        "The school may write about: {consents}\n"
        "With us since: {since:date}",
        name=verbatim(name) if name else NOTHING,
        born=str(born) if born else NOTHING,
        language=Term(TermKind.LANGUAGE, known.language),
        programme=programme_named(programme) if programme else NOTHING,
        left_in=str(left_in) if left_in else NOTHING,
        town=verbatim(town) if town else NOTHING,
        consents=msg("{chosen}", chosen=named(topics)) if topics else msg("nothing so far"),
        since=known.created_at,
    )
    if not draft:
        return kept
    return msg("{summary}\n\nYou have not sent these answers yet.", summary=kept)


def _told_so_far(work: Work, person: PersonId) -> Mapping[str, Any]:
    """Return what `person` has answered in a sign-up that is not over, by the names of a profile's fields."""
    told: dict[str, Any] = {}
    for row in work.run(conversations.ALL_OF, person_id=person):
        if work.setting.registry.journey_of.get(row.dialogue) == "signup":
            told |= json.loads(row.stored).get("draft", {})
    return {name: told[name] for name in PROFILE if told.get(name)}


def copy_as_json(work: Work, person: PersonId) -> str:
    """Return what is kept, for programs: every row about the person, with times in ISO 8601.

    What a row keeps as JSON is a part of this one, and messages are as the person reads them.
    """
    addresses = _rows(work.run(people.ADDRESSES, person_id=person))
    kept = {
        "person": _rows(work.run(people.PERSON, person_id=person)),
        "addresses": addresses,
        "roles": [row.role for row in work.run(people.ROLES, person_id=person)],
        "profile": [
            row | {"offers": json.loads(row["offers"])}
            for row in _rows(work.run(people.PROFILE, person_id=person))
        ],
        "consents": _rows(work.run(people.CONSENTS, person_id=person)),
        "conversations": [
            {"dialogue": row.dialogue, "answered_at": row.answered_at, **json.loads(row.stored)}
            for row in work.run(conversations.ALL_OF, person_id=person)
        ],
        "mentor": [
            row | {"offer": json.loads(row["offer"])}
            for row in _rows(work.run(mentoring.OFFERS_OF, person_id=person))
        ],
        "wish": [
            row | {"wish": json.loads(row["wish"])}
            for row in _rows(work.run(mentoring.WISH, person_id=person))
        ],
        "expectations": _rows(work.run(mentoring.EXPECTATIONS_OF, person_id=person)),
        "events_answered": _rows(work.run(events.OF_PERSON, person_id=person)),
        "cases": [_case(at, person) for at in cases.all_cases(work, person)],
        "events": _rows(work.run(people.EVENTS_BY, person_id=person)),
        "messages": _messages(work, person),
        "messages_to_many": _messages_to_many(work, person),
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


def _messages(work: Work, person: PersonId) -> list[dict[str, Any]]:
    """Return the letters to `person` in their language; others are not named: it is not a copy of their data."""
    known = work.run(people.PERSON, person_id=person).one()
    speak = work.setting.speak(known.language, {person: known.name} if known.name else {})
    kept = []
    for row in _rows(work.run(people.LETTERS_TO, person_id=person)):
        letter = read(person, row["kind"], row.pop("letter"), key=None, is_edit=False)
        parts = [one for one in (letter.title, *letter.parts) if one]
        row["text"] = "\n\n".join(map(speak, parts))
        if buttons := [speak(button.label) for button in (*letter.buttons, letter.end) if button]:
            row["buttons"] = buttons
        if letter.file:
            row["file"] = letter.file.name
        kept.append(row)
    return kept


def _messages_to_many(work: Work, person: PersonId) -> list[dict[str, Any]]:
    """Return the letters to many that `person` got: when, and their titles as they read them; of all years."""
    known = work.run(people.PERSON, person_id=person).one()
    speak = work.setting.speak(known.language)
    kept = []
    for row in _rows(work.run(broadcasts.GOT_BY, person_id=person)):
        letter = read(person, LetterKind.BROADCAST, row.pop("letter"), key=None, is_edit=False)
        kept.append(row | {"title": speak(letter.title)} if letter.title else row)
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
