"""Pictures that staff send: kept when one is asked for, and erased with what they belong to."""

from datetime import datetime

from sqlalchemy import Connection

from bot.domain.people import CaseId, PersonId
from bot.domain.pictures import Picture
from bot.runtime import talk
from bot.runtime.happenings import Came
from bot.runtime.work import Here, Setting, Work
from bot.storage import conversations, pictures as rows


def are_wanted(setting: Setting, now: datetime, came: Came, tx: Connection) -> bool:
    """Return whether the question that is open where somebody `came` from takes a picture.

    Until that is so nothing is fetched: what people send without being asked is nobody's business.
    """
    work = Work(tx, setting, now)
    row = work.run(conversations.HERE, network=came.network, address=came.address).first()
    if row is None or row.conversation_id is None:
        return False
    work.here = Here(PersonId(row.person_id), row.language, came.network, came.address)
    return talk.can_be_read(work, row) and talk.takes_picture(work, row)


def keep(work: Work, picture: Picture) -> int:
    """Keep a picture that belongs to nothing yet; return its number."""
    values = {"case_id": None, "mime": picture.mime, "content": picture.content}
    number: int = work.run(rows.ADD, values, added_at=work.now).scalar_one()
    return number


def belong(work: Work, picture: int, case: CaseId) -> None:
    """Let a picture be erased with a case, and not before."""
    work.run(rows.BELONG, picture=picture, new_case_id=case)


def forget(work: Work, case: CaseId) -> None:
    """Erase the pictures of a case."""
    work.run(rows.FORGET, of_case=case)
