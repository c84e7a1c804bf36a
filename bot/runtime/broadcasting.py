"""Broadcasts on their way: people are listed, letters go into the outbox a few at a time, and the ledger is kept."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from sqlalchemy import Connection

from bot.conversation.declaring import adapter
from bot.domain.broadcasts.audience import Audience
from bot.domain.consent import Purpose
from bot.domain.digest import Frequency
from bot.domain.people import CaseId, PersonId
from bot.runtime import announcing, cases, digests, occasions
from bot.runtime.audiences import classes_of, of_purpose, settle_one
from bot.runtime.broadcasts_of_cases import end, move
from bot.runtime.invitations import key_of
from bot.runtime.letters import LetterKind
from bot.runtime.orders import finish
from bot.runtime.outbox import put
from bot.runtime.polite import WEEK, next_digest, polite, within_the_limits
from bot.runtime.work import Setting, Work
from bot.storage import broadcasts as rows
from bot.storage.audiences import EXCLUDED, listing
from bot.storage.digests import FREQUENCIES, HOLD
from bot.storage.outbox import PUT

LISTED_AT_ONCE = 20_000
"""People looked at in one transaction: others write in between."""
ON_THEIR_WAY = 400
"""Letters of one broadcast that are in the outbox at a time: it stays small, and a stop stops almost all."""


MINUTE = timedelta(minutes=1)
AT_A_TIME = ON_THEIR_WAY // 4
"""Letters of one broadcast that leave together, where they are to be spread."""


@dataclass(frozen=True, slots=True)
class Step:
    """What moving broadcasts on came to."""

    goes_on: bool = False
    """Whether the next step has something to do at once."""
    has_letters: bool = False
    """Whether letters wait in the outbox that did not before."""
    written_to: frozenset[PersonId] = frozenset()
    """To whom these are."""

    @property
    def does_something(self) -> bool:
        """Whether anything was done."""
        return self.goes_on or self.has_letters


def step(setting: Setting, now: datetime, tx: Connection) -> Step:
    """Move the oldest broadcast on that can move: list its next people, or let its next letters leave."""
    work = Work(tx, setting, now)
    return replace(_step(work), written_to=frozenset(work.written_to))


def _step(work: Work) -> Step:
    if announcing.step(work) or occasions.offer_next(work):
        return Step(goes_on=True, has_letters=True)
    running = work.run(rows.RUNNING).all()
    # What digests are made of is gathered first, or somebody would get two of them.
    for one in running:
        if one.can_wait and (found := _move_on(work, one)).goes_on:
            return found
    if digests.step(work):
        return Step(goes_on=True, has_letters=True)
    for one in running:
        if not one.can_wait and (found := _move_on(work, one)).does_something:
            return found
    return Step()


def _move_on(work: Work, one: Any) -> Step:
    return _list_more(work, one) if one.state == "listing" else _hand_over(work, one)


def _list_more(work: Work, one: Any) -> Step:
    """Write down the next people whom it is for, as far as they may be written to."""
    audience: Audience = adapter(Audience).validate_json(one.audience)
    up_to = one.listed_to + LISTED_AT_ONCE
    work.run(
        listing(audience, classes_of(work.school, audience), work.now),
        of_purpose(work, Purpose(one.purpose), audience, can_wait=one.can_wait),
        weekly_at=next_digest(work.now, Frequency.WEEKLY, work.school),
        monthly_at=next_digest(work.now, Frequency.MONTHLY, work.school),
        of_broadcast=one.id,
        after=one.listed_to,
        up_to=up_to,
    )
    is_all = up_to >= (work.run(rows.LAST_PERSON).scalar() or 0)
    move(work, one, "sending" if is_all else "listing", up_to)
    return Step(goes_on=True)


def _hand_over(work: Work, one: Any) -> Step:
    """Put the next letters into the outbox; end the broadcast if there are none, and none is on its way."""
    settle_one(work, one)
    polite_at = polite(work.now, work.school)
    if polite_at > work.now:
        return _wait(work, one, polite_at)
    if one.spread and one.next_at and one.next_at > work.now:
        return Step()
    on_their_way = work.run(rows.ON_THEIR_WAY, of_broadcast=one.id).scalar_one()
    room = ON_THEIR_WAY - on_their_way
    if room < ON_THEIR_WAY // 2:
        return Step()
    most, next_at = _portion(work, one) if one.spread else (room, None)
    asked = {"of_broadcast": one.id, "moment": work.now, "most": min(room, most)}
    people = work.run(rows.NEXT, asked).scalars().all()
    if people:
        if next_at:
            work.run(rows.WAIT, of_broadcast=one.id, new_next_at=next_at)
        return _write_to(work, one, people)
    if on_their_way or work.run(rows.IS_GATHERED, of_broadcast=one.id).first():
        return Step()
    if work.run(rows.IS_LEFT, of_broadcast=one.id).first():
        return _wait(work, one, work.run(rows.LATER, of_broadcast=one.id).scalar_one())
    over = end(work, one)
    if at := cases.standing(work, CaseId(one.case_id)):
        cases.happen(work, at, over, None, as_of_right=True)
        finish(work, None)
        put(work)
    return Step(goes_on=True, has_letters=True)


def _portion(work: Work, one: Any) -> tuple[int, datetime]:
    """Return how many letters leave now, of those that are to be spread, and when the next are to.

    A look that comes late takes what was due meanwhile along, but not of more than a minute: what did not leave
    while nothing ran, or at night, is not made good all at once.
    """
    number = max(1, work.run(rows.LISTED, of_broadcast=one.id).scalar_one())
    spread = timedelta(seconds=one.spread)
    at_a_time = min(ceil(number * MINUTE / spread), AT_A_TIME)
    wait = spread * at_a_time / number
    late = work.now - (one.next_at or work.now)
    times = 1 + min(late, MINUTE) // wait
    begun = work.now if late > MINUTE else work.now - late
    return at_a_time * times, begun + wait * times


def _wait(work: Work, one: Any, until: datetime) -> Step:
    if one.next_at != until:
        work.run(rows.WAIT, of_broadcast=one.id, new_next_at=until)
    return Step()


def _write_to(work: Work, one: Any, people: Sequence[int]) -> Step:
    """Put letters to those into the outbox who still may be written to, and may be now.

    Whoever is written to by another process at this moment, or speaks, comes with the next.
    """
    people = work.run(HOLD, person_ids=list(people)).scalars().all()
    if not people:
        return Step()
    asked = {"person_ids": list(people)}
    # Whoever had a letter about it lately waits as under any limit, so that is no reason here.
    purpose, audience = Purpose(one.purpose), adapter(Audience).validate_json(one.audience)
    about = {**of_purpose(work, purpose, audience, can_wait=one.can_wait), "promised": ""}
    corrects = {**asked, "corrects": about["corrects"]}
    no_longer = work.run(EXCLUDED, {**asked, **about})
    excluded = {row.id: row.why for row in no_longer}
    lately: dict[int, list[datetime]] = defaultdict(list)
    for row in work.run(rows.WRITTEN_LATELY, corrects, since=work.now - WEEK):
        lately[row.person_id].append(row.created_at)
    had = {row.person_id: row.at for row in work.run(rows.LAST_ABOUT, corrects, about=purpose)}
    chosen = _digests_of(work, people) if one.can_wait else {}
    marks, letters = [], []
    for person in people:
        mark = {"of_broadcast": one.id, "whose": person, **NO_MARK}
        later = within_the_limits(
            work.now,
            # Of a digest only the promise counts here: how often its reader is written to, it keeps itself.
            () if person in chosen else lately[person],
            work.school,
            about=purpose,
            had=had.get(person),
            by_calendar=chosen.get(person) is Frequency.MONTHLY,
        )
        if why := excluded.get(person):
            marks.append({**mark, "new_state": "skipped", "new_why": why})
        elif later > work.now:
            if person in chosen:
                later = next_digest(later, chosen[person], work.school) or later
            marks.append({**mark, "new_state": "waiting", "new_not_before": later})
        elif person in chosen:
            marks.append({**mark, "new_state": "gathered", "new_at": work.now})
            part = {"kind": LetterKind.ITEM, "state": "gathered", "not_before": work.now}
            letters.append({**_row(work, one, person), **part})
        else:
            marks.append({**mark, "new_state": "handed", "new_at": work.now})
            letters.append(_row(work, one, person))
            work.written_to.add(PersonId(person))
    work.run(rows.MARK, marks)
    if letters:
        work.run(PUT, letters)
    has_letters = any(letter["state"] == "waiting" for letter in letters)
    return Step(goes_on=one.can_wait or not letters, has_letters=has_letters)


def _digests_of(work: Work, people: Sequence[int]) -> Mapping[int, Frequency]:
    """Return who gets digests, and how often."""
    known = work.run(FREQUENCIES, person_ids=list(people))
    chosen = {row.id: Frequency(row.frequency or Frequency.WEEKLY) for row in known}
    return {who: often for who, often in chosen.items() if often is not Frequency.ANY_TIME}


NO_MARK: Mapping[str, object] = {"new_not_before": None, "new_why": None, "new_at": None}


def _row(work: Work, one: Any, person: int) -> dict[str, object]:
    return {
        "person_id": person,
        "broadcast_id": one.id,
        "kind": LetterKind.BROADCAST,
        "letter": "",
        "key": key_of(CaseId(one.case_id)) if one.opens else f"b:{one.id}",
        "is_edit": False,
        "created_at": work.now,
        "not_before": None,
        "state": "waiting",
        "attempts": 0,
    }
