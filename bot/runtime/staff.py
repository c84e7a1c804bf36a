"""Staff as whoever runs the bot sees them: invited, there, and gone again."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from bot.domain.people import PersonId, Role
from bot.domain.school import School, StaffKey
from bot.runtime.outbox import put
from bot.runtime.owners import end_rights
from bot.runtime.work import Setting, Work
from bot.storage import people, staff
from bot.storage.database import Database

VALID_FOR = timedelta(days=14)


class Standing(StrEnum):
    """How far a member of staff has come."""

    INVITED = "invited"
    JOINED = "joined"
    INVITED_AGAIN = "joined, invited again"
    """Somebody is there, and a link waits for whoever comes after them."""
    EXPIRED = "expired"
    """Nobody is there, and no link works: the invitation is too old, or whoever came has left."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the staff, as the school named them."""

    key: StaffKey
    name: str = field(repr=False)
    role: Role
    standing: Standing


def invite(
    database: Database, school: School, key: StaffKey, name: str, role: Role, now: datetime
) -> str:
    """Invite a member of staff; return the token of the link, of which only the hash is kept.

    Inviting the same key again makes the earlier link worthless; whoever has come already stays,
    until somebody takes the new one up.
    """
    token = secrets.token_urlsafe(16)
    row = {
        "school_id": school.key,
        "key": key,
        "name": name,
        "role": role,
        "token_hash": hashlib.sha256(token.encode()).digest(),
        "expires_at": now + VALID_FOR,
    }
    database.run_here(lambda tx: tx.execute(people.INVITE, row))
    return token


def members(database: Database, school: School, now: datetime) -> tuple[Member, ...]:
    """Return everybody who was invited and not removed, by key."""

    def read(tx: Connection) -> tuple[Member, ...]:
        return tuple(
            Member(
                StaffKey(row.key),
                row.name,
                Role(row.role),
                _standing(row.person_id, row.expires_at, now),
            )
            for row in tx.execute(people.STAFF, {"of_school": school.key})
        )

    return database.run_here(read)


def _standing(person: int | None, expires_at: datetime | None, now: datetime) -> Standing:
    is_invited = expires_at is not None and expires_at > now
    if person is None:
        return Standing.INVITED if is_invited else Standing.EXPIRED
    return Standing.INVITED_AGAIN if is_invited else Standing.JOINED


def remove(
    database: Database, setting: Setting, key: StaffKey, now: datetime
) -> tuple[str, int] | None:
    """End what somebody is and may by `key`; return their name, and how many open cases wait for a successor.

    None if nobody has this key. Their link is worthless; what else they are to the school, they stay.
    """

    def end(tx: Connection) -> tuple[str, int] | None:
        work = Work(tx, setting, now)
        gone = work.run(staff.REMOVE, key=key).first()
        if gone is None:
            return None
        waiting = end_rights(work, PersonId(gone.person_id), key) if gone.person_id else ()
        put(work)
        return gone.name, len(waiting)

    return database.run_here(end)
