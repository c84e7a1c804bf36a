"""A broadcast that has begun: moved on, stopped, taken up again, ended and counted."""

from collections import Counter
from datetime import datetime
from typing import Any, assert_never

from bot.conversation.declaring import adapter
from bot.conversation.effects import Announce, Broadcast, Course, Reword, SteerBroadcast
from bot.domain.broadcasts.audience import Audience
from bot.domain.broadcasts.events import BroadcastOver
from bot.domain.broadcasts.reach import Excluded
from bot.domain.people import CaseEvent, CaseId
from bot.runtime import invitations
from bot.runtime.announcements import announce
from bot.runtime.audiences import begin, letter_of, settle_one
from bot.runtime.work import Work
from bot.storage import broadcasts as rows


def carry_out(
    work: Work, case: CaseId, wish: Broadcast | SteerBroadcast | Reword | Announce
) -> tuple[CaseEvent, ...]:
    """Begin, reword, stop, resume or end what a case sends, or announce an event; return what that tells the case."""
    match wish:
        case Broadcast():
            if wish.is_correction:
                _end_reminders(work, case)
            begin(work, case, wish)
            return ()
        case Reword(broadcast):
            _reword(work, case, broadcast)
            return ()
        case Announce():
            announce(work, case, wish)
            return ()
        case SteerBroadcast(course):
            return _steer(work, case, course)
        case _:
            assert_never(wish)


def _steer(work: Work, case: CaseId, course: Course) -> tuple[CaseEvent, ...]:
    every = work.run(rows.ALL_OF_CASE, of_case=case).all()
    one = every[-1]
    match course:
        case Course.STOP:
            work.run(rows.CALL_BACK, of_broadcast=one.id)
            work.run(rows.WAIT_AGAIN, of_broadcast=one.id)
            work.run(rows.FORGET_CALLED_BACK, of_broadcast=one.id)
            move(work, one, "stopped", one.listed_to)
            return ()
        case Course.GO_ON:
            # Listing takes up where it was: whoever is listed already is not listed again.
            move(work, one, "listing", one.listed_to)
            work.has_broadcasts = True
            return ()
        case Course.END | Course.CLOSE:
            if course is Course.CLOSE:
                work.run(rows.CLOSE, of_case=case)
            # While a reminder is on its way, the first may still be so, too.
            return tuple(_end_now(work, one) for one in every if one.state != "sent")
        case _:
            assert_never(course)


def _end_now(work: Work, one: Any) -> BroadcastOver:
    work.run(rows.CALL_BACK, of_broadcast=one.id)
    return end(work, one)


def _end_reminders(work: Work, case: CaseId) -> None:
    """Remind nobody else who was invited by a case: they hear instead of what has changed."""
    for one in work.run(rows.ALL_OF_CASE, of_case=case).all():
        audience: Audience = adapter(Audience).validate_json(one.audience)
        if audience.unanswered is not None and one.state != "sent":
            _end_now(work, one)


def _reword(work: Work, case: CaseId, broadcast: Broadcast) -> None:
    values = {
        "new_letter": letter_of(work, case, broadcast),
        "new_opens": invitations.written(broadcast.opens) if broadcast.opens else None,
    }
    for one in work.run(rows.ALL_OF_CASE, of_case=case):
        audience: Audience = adapter(Audience).validate_json(one.audience)
        if (audience.unanswered is not None) == broadcast.is_reminder:
            work.run(rows.REWORD, values, of_broadcast=one.id)


def end(work: Work, one: Any) -> BroadcastOver:
    """Write to nobody else; return what became of the letters."""
    settle_one(work, one)
    move(work, one, "sent", one.listed_to, ended_at=work.now)
    became: Counter[str] = Counter()
    put_off = 0
    excluded: Counter[Excluded] = Counter()
    for row in work.run(rows.FATES, of_broadcast=one.id):
        if row.why:
            excluded[Excluded(row.why)] += row.n
        elif row.was_put_off and not one.can_wait:
            put_off += row.n
        else:
            became[row.state] += row.n
    # What is still in hand has an answer in a moment; until then nobody knows.
    unsure = became["unsure"] + became["handed"] + became["gathered"]
    not_sent = became["waiting"] + became["skipped"]
    return BroadcastOver(
        became["sent"],
        became["unreached"],
        became["refused"],
        unsure,
        not_sent,
        dict(excluded),
        put_off,
    )


def move(
    work: Work, one: Any, state: str, listed_to: int, ended_at: datetime | None = None
) -> None:
    """Write down where a broadcast is; whatever it waited for, it waits for no more."""
    work.run(
        rows.MOVE,
        of_broadcast=one.id,
        new_state=state,
        new_listed_to=listed_to,
        new_next_at=None,
        new_ended_at=ended_at,
    )
