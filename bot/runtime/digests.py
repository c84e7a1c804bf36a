"""Digests: what need not be read today is gathered for each person, and becomes one letter."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from bot.conversation.consents import why_you_get_it
from bot.conversation.messages import Message, msg, msgs
from bot.domain.consent import Purpose
from bot.domain.digest import Frequency
from bot.domain.people import PersonId
from bot.runtime.letters import Letter, LetterKind, LetterLook, Section
from bot.runtime.letters_kept import read
from bot.runtime.outbox import row_of
from bot.runtime.polite import WEEK, next_digest, within_the_limits
from bot.runtime.work import Work
from bot.storage import digests as rows
from bot.storage.broadcasts import NO_CASE, WRITTEN_LATELY
from bot.storage.outbox import PUT_ONE

AT_A_TIME = 100
"""Things of digests that are looked at in one transaction: others are answered in between."""
ON_THEIR_WAY = 400
"""Digests that are in the outbox at a time: it stays small, however many are due at the same hour."""
MOST = 20
"""Things in one digest; whatever is left comes with the next."""


def step(work: Work) -> bool:
    """Make the next digests that are due; return whether there were any, and room for them."""
    due = {*work.run(rows.DUE, moment=work.now, most=AT_A_TIME).scalars()}
    if not due or work.run(rows.ON_THEIR_WAY).scalar_one() > ON_THEIR_WAY - AT_A_TIME:
        return False
    held = {row.id: row for row in work.run(rows.HOLD, person_ids=sorted(due))}
    if not held:
        return False
    asked = {"person_ids": list(held)}
    lately: dict[int, list[datetime]] = defaultdict(list)
    for row in work.run(WRITTEN_LATELY, asked, since=work.now - WEEK, corrects=NO_CASE):
        lately[row.person_id].append(row.created_at)
    items = work.run(rows.ITEMS, asked, moment=work.now).all()
    for person, of_person in groupby(items, key=lambda item: item.person_id):
        known = held[person]
        free = within_the_limits(work.now, lately[person], work.school)
        later = max(free, known.paused_until or free)
        if later > work.now:
            work.run(rows.PUT_OFF, whose=person, new_not_before=later)
            work.planned(later)
        else:
            _merge(work, PersonId(person), known.frequency, list(of_person)[:MOST])
    return True


def _merge(work: Work, person: PersonId, chosen: str | None, items: Sequence[Any]) -> None:
    """Write one letter of what was gathered for somebody."""
    told = [read(person, row.kind, row.letter, key=None, is_edit=False) for row in items]
    purposes = dict.fromkeys(Purpose(row.purpose) for row in items if row.purpose)
    made = Letter(
        person,
        LetterKind.DIGEST,
        (),
        LetterLook.LETTER,
        title=_title(chosen, len(items)),
        sections=tuple(Section(one.title, one.parts) for one in told),
        foot=_foot(tuple(purposes)),
    )
    work.written_to.add(person)
    number = work.run(PUT_ONE, row_of(made, work.now, work.school)).scalar_one()
    work.run(
        rows.MERGE,
        [{"item": row.id, "new_state": "merged", "new_digest_id": number} for row in items],
    )


def _title(chosen: str | None, n: int) -> Message:
    if chosen == Frequency.MONTHLY:
        return msgs("This month: {n} thing for you", "This month: {n} things for you", n)
    return msgs("This week: {n} thing for you", "This week: {n} things for you", n)


def _foot(purposes: Sequence[Purpose]) -> Message:
    how_often = msg("To change how often this comes: /summary")
    if not purposes:
        return how_often
    return msg("{why}\n{how_often}", why=why_you_get_it(*purposes), how_often=how_often)


def choose(work: Work, person: PersonId, chosen: Frequency) -> None:
    """Let somebody have a digest so often from now on, and what waits already come then."""
    due = next_digest(work.now, chosen, work.school)
    if due is None:
        work.run(rows.DROP, whose=person)
    else:
        work.run(rows.PUT_OFF, whose=person, new_not_before=due)
        work.planned(due)
    # Whoever wants none any more is left out when it is their turn, with the reason.
    work.run(rows.PUT_OFF_LISTED, whose=person, new_not_before=due or work.now)
    work.has_broadcasts = True


def waiting(work: Work, person: PersonId) -> int:
    """Return how many things wait for somebody's next digest."""
    found = work.run(rows.WAITING, whose=person).one()
    return int(found.gathered + found.listed)
