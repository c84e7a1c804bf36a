"""Whom a broadcast is for: counted before it is sent, and written down with it when it begins."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.conversation.consents import why_you_get_it
from bot.conversation.declaring import adapter
from bot.conversation.effects import Broadcast
from bot.domain.broadcasts.audience import Audience
from bot.domain.broadcasts.reach import Excluded, Reach
from bot.domain.consent import Purpose
from bot.domain.digest import LONGEST_WAIT
from bot.domain.people import CaseId, PersonId
from bot.domain.school import School
from bot.runtime import invitations
from bot.runtime.broadcasts_sent import LIFECYCLE
from bot.runtime.letters import Letter, LetterKind, LetterLook
from bot.runtime.letters_kept import written
from bot.runtime.owners import who_may_broadcast
from bot.runtime.polite import too_late_for
from bot.runtime.timers import moment_of, state_of
from bot.runtime.work import Work
from bot.storage import broadcasts as rows
from bot.storage.audiences import WRITTEN_TO, counted, sorted_out
from bot.storage.broadcasts import NO_CASE

SENDING = "sending"
"""The state in which a letter to many is on its way."""
NOBODY = PersonId(0)
"""A letter to many is written down without whom it is for."""


def reach(work: Work, audience: Audience, purpose: Purpose, *, can_wait: bool = False) -> Reach:
    """Return how many people `audience` comes to now, and who of it is not written to."""
    by_language: dict[str, int] = defaultdict(int)
    excluded: dict[Excluded, int] = defaultdict(int)
    statement = counted(audience, classes_of(work.school, audience), work.now)
    for row in work.run(
        statement, of_purpose(work, purpose, audience, can_wait=can_wait)
    ).mappings():
        if row[WRITTEN_TO]:
            by_language[work.school.language_for(row["language"])] += row[WRITTEN_TO]
        for why, number in sorted_out(row).items():
            excluded[why] += number
    return Reach(dict(by_language), dict(excluded))


def of_purpose(
    work: Work, purpose: Purpose, audience: Audience, *, can_wait: bool
) -> dict[str, object]:
    """Return what the statements about `audience` ask of people who are to be written to about `purpose`.

    What *can wait* goes on until everybody has had a digest, and not to whoever wants none.
    """
    by = work.now + LONGEST_WAIT if can_wait else _goes_on_until(work)
    since = too_late_for(purpose, by, work.school)
    return {
        "purpose": purpose,
        "promised": purpose if since else "",
        "moment": work.now,
        "had_since": since or by,
        "corrects": audience.got or NO_CASE,
        "can_wait": can_wait,
    }


def _goes_on_until(work: Work) -> datetime:
    """Return until when a letter that begins now goes on, with the school's own times."""
    sending = state_of(work, work.setting.registry.lifecycles[LIFECYCLE], SENDING)
    moments = (moment_of(one.when, work.now, None, work.school) for one in sending.deadlines)
    return max(filter(None, moments), default=work.now)


def may_broadcast(work: Work, person: PersonId) -> bool:
    """Return whether somebody may write to many: coordinators, and who answers for broadcasts."""
    return person in set(who_may_broadcast(work))


def another(work: Work, person: PersonId) -> PersonId | None:
    """Return another member of staff who may write to many; None if there is nobody."""
    return next((one for one in who_may_broadcast(work) if one != person), None)


def begin(work: Work, case: CaseId, broadcast: Broadcast) -> None:
    """Begin to write to everybody who is meant; the letter says why they get it, and how to get no more."""
    opens, audience = broadcast.opens, broadcast.to
    if broadcast.is_reminder:
        audience = replace(audience, unanswered=case)
    if broadcast.is_correction:
        audience = replace(audience, got=case)
    if broadcast.to.got:
        settle(work, broadcast.to.got)
    work.run(
        rows.BEGIN,
        case_id=case,
        purpose=broadcast.purpose,
        audience=adapter(Audience).dump_json(audience).decode(),
        letter=letter_of(work, case, broadcast),
        opens=invitations.written(opens) if opens else None,
        state="listing",
        listed_to=0,
        begun_at=work.now,
        spread=int(broadcast.spread.total_seconds()) or None,
        can_wait=broadcast.can_wait,
    )
    work.has_broadcasts = True


def letter_of(work: Work, case: CaseId, broadcast: Broadcast) -> str:
    """Return the letter of a broadcast as it is kept."""
    opens = broadcast.opens
    letter = Letter(
        NOBODY,
        LetterKind.BROADCAST,
        (broadcast.message,),
        LetterLook.LETTER,
        title=broadcast.title,
        foot=why_you_get_it(broadcast.purpose),
        buttons=invitations.buttons(work, case, opens) if opens else (),
    )
    return written(letter)


def settle(work: Work, *cases: CaseId) -> None:
    """Write into the ledger what the outbox knows of the letters of these cases."""
    for case in cases:
        if one := work.run(rows.OF_CASE, of_case=case).first():
            settle_one(work, one)


def settle_one(work: Work, one: Any) -> None:
    """Write into the ledger what the outbox knows of the letters of one broadcast, given as its row."""
    work.run(rows.SETTLE, of_broadcast=one.id)
    if one.can_wait:
        work.run(rows.SETTLE_DIGESTS, of_broadcast=one.id)


def classes_of(school: School, audience: Audience) -> tuple[str, ...]:
    """Return the classes that learn what the audience is about."""
    return tuple(one.key for one in school.classes if one.programme in audience.programmes)
