"""Codes of classes: short enough to type from a blackboard."""

import secrets
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from bot.domain.school import School
from bot.storage import people
from bot.storage.database import Database

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without those that look alike on a blackboard: I, L, O, 0, 1."""
LENGTH = 8
"""31 to the power of 8 codes, about 40 bits: three tries a person do not find one."""
VALID_FOR = timedelta(days=60)


def make_code(database: Database, school: School, class_key: str, now: datetime) -> str:
    """Make a code for a class, as `ABCD-EFGH`; earlier codes of the class stay valid until they expire."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        row = {
            "school_id": school.key,
            "code": code,
            "class_key": class_key,
            "expires_at": now + VALID_FOR,
        }
        if database.run_here(partial(_is_added, row)):
            return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def _is_added(row: dict[str, object], tx: Connection) -> bool:
    return tx.execute(people.ADD_CODE, row).scalar() is not None
