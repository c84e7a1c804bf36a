"""Whom a broadcast is for: counted before it is sent, and written down with it when it begins."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from bot.conversation.consents import SWITCHES
from bot.conversation.declaring import adapter
from bot.conversation.effects import Broadcast
from bot.conversation.messages import Message, msg
from bot.domain.broadcasts.audience import Audience
from bot.domain.broadcasts.reach import GOES_ON_FOR, Excluded, Reach
from bot.domain.consent import Purpose
from bot.domain.people import CaseId, PersonId, Role
from bot.domain.school import School, StaffKey
from bot.runtime.letters import Letter, LetterKind, LetterLook, written
from bot.runtime.owners import person_of
from bot.runtime.polite import too_late_for
from bot.runtime.work import Work
from bot.storage import broadcasts as rows, people
from bot.storage.audiences import counted

JOURNEY = "broadcasts"
NOBODY = PersonId(0)
"""A letter to many is written down without whom it is for."""


def reach(work: Work, audience: Audience, purpose: Purpose) -> Reach:
    """Return how many people `audience` comes to now, and who of it is not written to."""
    by_language: dict[str, int] = defaultdict(int)
    excluded: dict[Excluded, int] = defaultdict(int)
    statement = counted(audience, classes_of(work.school, audience), work.now)
    for row in work.run(statement, of_purpose(work, purpose)):
        if row.why is None:
            by_language[work.school.language_for(row.language)] += row.n
        else:
            excluded[Excluded(row.why)] += row.n
    return Reach(dict(by_language), dict(excluded))


def of_purpose(work: Work, purpose: Purpose, by: timedelta = GOES_ON_FOR) -> dict[str, object]:
    """Return what the statements about audiences ask of people who are written to about `purpose` now, or *by* then."""
    since = too_late_for(purpose, work.now + by, work.school)
    # Nobody had a letter in the future.
    return {"purpose": purpose, "moment": work.now, "had_since": since or work.now + by}


def may_broadcast(work: Work, person: PersonId) -> bool:
    """Return whether somebody may write to many: coordinators, and who answers for broadcasts."""
    return person in set(_staff(work))


def another(work: Work, person: PersonId) -> PersonId | None:
    """Return another member of staff who may write to many; None if there is nobody."""
    return next((one for one in _staff(work) if one != person), None)


def _staff(work: Work) -> Iterator[PersonId]:
    """Return who may write to many: who answers for it first."""
    answers = work.school.owners.of(JOURNEY)
    keys = [answers.owner, answers.deputy]
    rows_ = work.run(people.STAFF).all()
    keys += [StaffKey(row.key) for row in rows_ if row.role == Role.COORDINATOR]
    for key in dict.fromkeys(keys):
        if found := person_of(work, key):
            yield found


def begin(work: Work, case: CaseId, broadcast: Broadcast) -> None:
    """Begin to write to everybody who is meant; the letter says why they get it, and how to get no more."""
    letter = Letter(
        NOBODY,
        LetterKind.BROADCAST,
        (broadcast.message, why_you_get_it(broadcast.purpose)),
        LetterLook.LETTER,
        title=broadcast.title,
    )
    work.run(
        rows.BEGIN,
        case_id=case,
        purpose=broadcast.purpose,
        audience=adapter(Audience).dump_json(broadcast.to).decode(),
        letter=written(letter),
        state="listing",
        listed_to=0,
        begun_at=work.now,
    )
    work.has_broadcasts = True


def why_you_get_it(purpose: Purpose) -> Message:
    """Return what stands below every letter to many (Art. 13(2)(c) of the directive 2002/58/EC)."""
    return msg(
        "You get this because you have agreed to: {purpose}. To change that: /privacy",
        purpose=SWITCHES[purpose].label,
    )


def classes_of(school: School, audience: Audience) -> tuple[str, ...]:
    """Return the classes that learn what the audience is about."""
    return tuple(one.key for one in school.classes if one.programme in audience.programmes)
