"""What happens in all cases below one: a few a transaction, so that people are answered in between."""

from dataclasses import replace
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.conversation.declaring import adapter
from bot.domain.people import CaseEvent, CaseId
from bot.runtime import cases
from bot.runtime.failures import described
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.orders import finish
from bot.runtime.outbox import put
from bot.runtime.work import Work
from bot.storage import announcements as rows

log = structlog.get_logger()
AT_ONCE = 20
"""Cases in one transaction."""


def step(work: Work) -> bool:
    """Let the oldest announcement happen in the next cases; return whether there was one."""
    one = work.run(rows.OLDEST).first()
    if one is None:
        return False
    about = {"above": one.case_id, "after": one.reached_to, "most": AT_ONCE}
    below = work.run(rows.NEXT_BELOW, about).scalars().all()
    for number in below:
        _let_happen(work, one, CaseId(number))
    if len(below) < AT_ONCE:
        work.run(rows.END, whose=one.id)
    else:
        work.run(rows.REACHED, whose=one.id, new_reached_to=below[-1])
    return True


def _let_happen(work: Work, one: Any, number: CaseId) -> None:
    """Let it happen in one case; what fails there is logged and undone, and does not keep the others."""
    own = Work(work.tx, work.setting, work.now)
    try:
        with work.tx.begin_nested():
            at = cases.standing(own, number)
            event = _event(at, one.event, one.stored) if at and at.is_open else None
            if at and event:
                cases.happen(own, at, event, None)
                finish(own, None)
            if one.at_once:
                own.letters[:] = [_at_any_hour(letter) for letter in own.letters]
            put(own)
        work.written_to |= own.written_to
    except SQLAlchemyError:
        raise  # the whole step is tried again, as when the database is away
    except Exception as failure:  # noqa: BLE001  # one must not keep the others
        # Its own text may repeat what people wrote, so it is not logged.
        school = work.school.key
        log.error("announcement failed", school=school, case=number, **described(failure))  # noqa: TRY400  # without its text


def _event(at: cases.Standing, name: str, stored: str) -> CaseEvent | None:
    """Return the announced event, if it means anything where the case stands."""
    heard = (kind for state, kind in at.lifecycle.transitions if state == at.state)
    kind: Any = next((one for one in heard if one.__name__ == name), None)
    if kind is None:
        return None
    event: CaseEvent = adapter(kind).validate_json(stored)
    return event


def _at_any_hour(letter: Letter) -> Letter:
    """Let what cannot wait for the morning leave at night."""
    is_news = letter.kind is LetterKind.NEWS
    return replace(letter, kind=LetterKind.URGENT) if is_news else letter
