"""Invitations of staff: one link each, used once."""

import hashlib
import secrets
from datetime import datetime, timedelta

from bot.domain.people import Role
from bot.domain.school import School, StaffKey
from bot.storage import people
from bot.storage.database import Database

VALID_FOR = timedelta(days=14)


def invite(
    database: Database, school: School, key: StaffKey, name: str, role: Role, now: datetime
) -> str:
    """Invite a member of staff; return the token of the link, of which only the hash is kept.

    Inviting the same key again makes the earlier link worthless; whoever has come already stays.
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
