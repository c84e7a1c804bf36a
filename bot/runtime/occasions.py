"""Places at events: kept, given back, and offered to whoever waits first."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from bot.conversation.understanding import plain
from bot.domain.events.answers import Reply, SeatOffered
from bot.domain.events.desk import OnList
from bot.domain.events.hosting import Counted
from bot.domain.events.occasion import Occasion
from bot.domain.events.ticket import ticket_in
from bot.domain.people import CaseId, PersonId
from bot.runtime import cases
from bot.runtime.orders import finish
from bot.runtime.outbox import put
from bot.runtime.work import Work
from bot.storage import events as rows
from bot.storage.broadcast_tables import GOT

SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Of a code: none that is taken for another when it is read out, or written by hand."""
LENGTH = 5
UNLIMITED = 1_000_000
STILL_TO_COME = ("waiting", "gathered")
"""What the ledger says of whoever is written to later; unless it is over by then."""


@dataclass(frozen=True, slots=True)
class Room:
    """How full an event is, while nobody else can change that."""

    free: int
    """Places that are not taken, those of the guest in question counted as free."""
    mine: Any
    """The row of that guest; None if they have not answered before."""


def room(work: Work, occasion: CaseId, person: PersonId) -> Room:
    """Return how full an event is for `person`; others wait until the turn ends."""
    places = work.run(rows.HOLD, occasion=occasion).scalar_one()
    mine = work.run(rows.MINE, occasion=occasion, whose=person).first()
    taken = work.run(rows.TAKEN, occasion=occasion).scalar_one()
    kept = mine.people if mine and mine.reply in rows.SEATED else 0
    return Room((UNLIMITED if places is None else places) - taken + kept, mine)


def reply(
    work: Work,
    occasion: CaseId,
    guest: CaseId,
    person: PersonId,
    known: Room,
    said: str,
    people: int,
) -> None:
    """Write down how `person` stands; what they no longer need is offered to others."""
    mine = known.mine
    keeps_place_in_line = mine and mine.reply == said == rows.WAITING
    values = {
        "reply": said,
        "people": people,
        "since": mine.since if keeps_place_in_line else work.now,
        "code": mine.code if mine else code_of(work, guest),
        "needs": None,
        "may_be_shown": False,
        "came_at": None,
    }
    work.run(rows.ANSWER, values, occasion_id=occasion, person_id=person, case_id=guest)
    had = mine.people if mine and mine.reply in rows.SEATED else 0
    if had > (people if said in rows.SEATED else 0):
        note_free(work, occasion)


def note_free(work: Work, occasion: CaseId) -> None:
    """Have it looked, as soon as this turn is written, whether somebody who waits can be offered a place."""
    work.run(rows.NOTE_FREE, occasion=occasion, new_has_free=True)
    work.has_broadcasts = True


def forget(work: Work, person: PersonId) -> None:
    """Erase somebody from every event; the places they had are offered to others."""
    for row in work.run(rows.OF_PERSON, person_id=person).all():
        if row.reply in rows.SEATED:
            note_free(work, CaseId(row.occasion_id))
    work.run(rows.FORGET_GUEST, whose=person)


def code_of(work: Work, guest: CaseId) -> str:
    """Return what a guest is found by at the door: nobody can work out another's."""
    digest = hmac.digest(work.setting.secret, f"guest:{guest}".encode(), hashlib.sha256)
    return "".join(SIGNS[byte % len(SIGNS)] for byte in digest[:LENGTH])


def offer_next(work: Work) -> bool:
    """Offer a free place to whoever has waited longest for one; return whether there was anything to look at."""
    occasion = work.run(rows.WITH_FREE).scalar()
    if occasion is None:
        return False
    first = work.run(rows.NEXT_IN_LINE, occasion=occasion).first()
    # The guest's case is held before the event's places, as in every turn of a guest.
    at = cases.standing(work, CaseId(first.case_id)) if first else None
    known = room(work, CaseId(occasion), PersonId(first.person_id if first else 0))
    still_first = work.run(rows.NEXT_IN_LINE, occasion=occasion).first()
    if at is None or known.free < 1:
        work.run(rows.NOTE_FREE, occasion=occasion, new_has_free=False)
    elif first and still_first == first:
        work.run(rows.OFFER, occasion=occasion, whose=first.person_id)
        cases.happen(work, at, SeatOffered(), None)
        finish(work, None)
        put(work)
    return True


def counted(work: Work, occasion: CaseId) -> Counted:
    """Return how an event stands, in people."""
    said = {row.reply: row for row in work.run(rows.REPLIES, occasion=occasion)}
    became = work.run(rows.INVITED, occasion=occasion).all()
    rated = work.run(rows.RATINGS, occasion=occasion).one()

    def persons(*replies: str) -> int:
        return sum(said[one].persons for one in replies if one in said)

    coming = said.get(rows.COMING)
    came = coming.came if coming else 0
    return Counted(
        invited=sum(row.n for row in became if row.state in GOT),
        unreached=sum(row.n for row in became if _is_lost(row)),
        coming=persons(rows.COMING),
        seats=coming.people if coming else 0,
        waiting=persons(rows.WAITING, rows.OFFERED, Reply.NO_PLACE),
        maybe=persons(Reply.MAYBE),
        away=persons(Reply.AWAY),
        came=came,
        missed=coming.persons - coming.persons_came if coming and came else 0,
        ratings=rated.n,
        rated=rated.total,
        walk_ins=walk_ins(work, occasion),
        meant=sum(row.n for row in became),
    )


def _is_lost(row: Any) -> bool:
    """Return whether those of a row of the ledger have not got the invitation, and will not."""
    return row.state not in GOT and (row.is_over or row.state not in STILL_TO_COME)


MOST_FOUND = 10


def called(work: Work, occasion: CaseId, words: str) -> tuple[OnList, ...]:
    """Return who is invited and is meant by a code or a part of a name; whoever has that code comes first.

    Those who have not answered are looked at only where nobody who has is meant: they may be very many.
    """
    if ticket := ticket_in(words):
        words = ticket.code
    meant = plain(words)
    if not meant:
        return ()
    by_code, by_name = [], []
    for one in work.run(rows.ANSWERED_BY_NAME, occasion=occasion):
        is_there = one.came_at is not None
        found = OnList(PersonId(one.person_id), one.name or "", max(one.people, 1), is_there)
        if one.name and one.code.lower() == meant:
            by_code.append(found)
        elif meant in plain(found.name):
            by_name.append(found)
    found_so = by_code or by_name or _unanswered(work, occasion, meant)
    return tuple(found_so[:MOST_FOUND])


def _unanswered(work: Work, occasion: CaseId, meant: str) -> list[OnList]:
    invited = work.run(rows.UNANSWERED_BY_NAME, occasion=occasion)
    return [
        OnList(PersonId(one.id), one.name, 1, is_there=False, has_answered=False)
        for one in invited
        if one.name and meant in plain(one.name)
    ]


def walk_ins(work: Work, occasion: CaseId) -> int:
    """Return how many have been noted who are not in this chat."""
    return work.run(rows.WALK_INS, occasion=occasion).scalar() or 0


def planned(work: Work) -> tuple[Occasion, ...]:
    """Return the events that people are invited to, or will be if a second member of staff agrees."""
    found = (cases.standing(work, CaseId(one)) for one in work.run(rows.PLANNED).scalars().all())
    return tuple(at.case.facts.occasion for at in found if at)
