"""Who an update came from: a known person, or one who is met for the first time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.domain.people import PersonId
from bot.runtime import rights_only
from bot.runtime.happenings import Came, Happening, Left, Returned, SentOther
from bot.runtime.work import Here, Setting, Work
from bot.storage import conversations, people

GROUP = "group"
SEEN_EVERY = timedelta(hours=12)
"""How exactly it is known when somebody was last here; more exact would be a write a turn."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Whoever an update came from, and the row of the conversation they are in."""

    here: Here
    talk: Any
    """None if they are in no conversation, or in none that goes on where they are."""
    is_new: bool = False
    """Whether they have never been heard of before."""


def is_new(work: Work, came: Came) -> bool:
    """Remember the update; return whether it was not known before."""
    values = {"network": came.network, "update_id": came.update, "at": work.now}
    return work.run(conversations.REMEMBER, values).scalar_one_or_none() is not None


def arrive(work: Work, came: Came, happening: Happening) -> Arrived | None:
    """Find whoever `came`, or meet them; None if nobody need be met for what happened."""
    at = {"network": came.network, "address": came.address}
    if work.tx.dialect.name == "postgresql":
        work.run(conversations.LOCK, at)
    row = work.run(conversations.HERE, at).first()
    if row is None:
        # Whoever only leaves, or speaks in a group, has not turned to the school.
        if happening in (Left(), Returned(), SentOther(GROUP)):
            return None
        return Arrived(_met(work, came), None, is_new=True)
    is_too_young = rights_only.is_too_young(work, came.network, row.born)
    here = Here(PersonId(row.person_id), row.language, came.network, came.address, is_too_young)
    moved = (row.last_network, row.last_address) != (came.network, came.address)
    if moved or work.now - row.seen_at > SEEN_EVERY:
        work.run(
            people.SEEN,
            person_id=here.person,
            new_seen_at=work.now,
            new_network=came.network,
            new_address=came.address,
        )
    if row.unreachable_at and not isinstance(happening, Left):
        work.run(
            people.REACHABLE,
            at_network=came.network,
            at_address=came.address,
            new_unreachable_at=None,
        )
    is_in_reach = row.conversation_id and rights_only.is_in_reach(work, here, row.dialogue)
    return Arrived(here, row if is_in_reach else None)


def _met(work: Work, came: Came) -> Here:
    language = work.school.language_for(came.language)
    person = PersonId(
        work.run(
            people.MEET,
            language=language,
            created_at=work.now,
            seen_at=work.now,
            network=came.network,
            address=came.address,
        ).scalar_one()
    )
    work.run(people.ADDRESS, network=came.network, address=came.address, person_id=person)
    return Here(person, language, came.network, came.address)


def keep_unread(
    setting: Setting, now: datetime, network: str, update: str, why: str, tx: Connection
) -> None:
    """Record an update that could not be read: its number only, for whoever mends the reading."""
    work = Work(tx, setting, now)
    work.run(conversations.UNREAD, network=network, update_id=update, why=why, at=now)
