"""Statements about cases, who sits in them, and their timers."""

from sqlalchemy import BindParameter, and_, bindparam, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage.tables import case_events, cases, seats, timers

SCHOOL: BindParameter[str] = bindparam("of_school")

CASE = (
    select(cases, seats.c.part, seats.c.person_id, seats.c.settled_entry)
    .outerjoin(seats, and_(seats.c.case_id == cases.c.id, seats.c.school_id == SCHOOL))
    .where(cases.c.school_id == SCHOOL, cases.c.id == bindparam("case_id"))
)
HOLD = (
    select(cases.c.entry)
    .where(cases.c.school_id == SCHOOL, cases.c.id == bindparam("case_id"))
    .with_for_update()
)
"""Keeps others from changing a case until the turn ends, and says at which entry it is."""
ENTRIES = select(cases.c.id, cases.c.entry, cases.c.is_open).where(
    cases.c.school_id == SCHOOL, cases.c.id.in_(bindparam("case_ids", expanding=True))
)
OPEN_OF = (
    select(cases.c.id)
    .distinct()
    .join(seats, seats.c.case_id == cases.c.id)
    .where(
        cases.c.school_id == SCHOOL,
        cases.c.is_open,
        seats.c.school_id == SCHOOL,
        seats.c.person_id == bindparam("person_id"),
    )
    .order_by(cases.c.id)
)
ALL_OF = (
    select(cases.c.id)
    .distinct()
    .join(seats, seats.c.case_id == cases.c.id)
    .where(
        cases.c.school_id == SCHOOL,
        seats.c.school_id == SCHOOL,
        seats.c.person_id == bindparam("person_id"),
    )
    .order_by(cases.c.id)
)
REMOVE = delete(cases).where(cases.c.school_id == SCHOOL, cases.c.id == bindparam("case_id"))
OPEN_WITHOUT = (
    select(cases.c.id)
    .outerjoin(
        seats,
        and_(
            seats.c.case_id == cases.c.id,
            seats.c.part == bindparam("part"),
            seats.c.school_id == SCHOOL,
        ),
    )
    .where(
        cases.c.school_id == SCHOOL,
        cases.c.is_open,
        cases.c.lifecycle == bindparam("lifecycle"),
        seats.c.case_id.is_(None),
    )
    .order_by(cases.c.id)
)
BELOW = select(cases.c.id, cases.c.state, cases.c.is_open).where(
    cases.c.school_id == SCHOOL, cases.c.above_id == bindparam("above_id")
)
OPEN = insert(cases).returning(cases.c.id)
MOVE = (
    update(cases)
    .where(cases.c.school_id == SCHOOL, cases.c.id == bindparam("case_id"))
    .values(
        {
            c: bindparam(f"new_{c}")
            for c in ("version", "state", "is_open", "entry", "entered_at", "facts")
        }
    )
)
_seat = upsert(seats)
SEAT = _seat.on_conflict_do_update(
    index_elements=["case_id", "part"],
    set_={"person_id": _seat.excluded.person_id, "settled_entry": _seat.excluded.settled_entry},
)
UNSEAT = delete(seats).where(
    seats.c.school_id == SCHOOL,
    seats.c.case_id == bindparam("case_id"),
    seats.c.part == bindparam("part"),
)
RECORD = insert(case_events)

PLAN = upsert(timers).on_conflict_do_nothing()
DUE = (
    select(
        timers.c.id,
        timers.c.case_id,
        timers.c.entry,
        timers.c.name,
        timers.c.part,
        timers.c.planned_for,
        cases.c.entry.label("present_entry"),
        seats.c.person_id,
    )
    .join(cases, cases.c.id == timers.c.case_id)
    .outerjoin(
        seats,
        and_(
            seats.c.case_id == timers.c.case_id,
            seats.c.part == timers.c.part,
            seats.c.school_id == SCHOOL,
        ),
    )
    .where(
        timers.c.school_id == SCHOOL,
        cases.c.school_id == SCHOOL,
        timers.c.outcome.is_(None),
        timers.c.due_at <= bindparam("until"),
    )
    .order_by(timers.c.part.is_not(None), timers.c.due_at, timers.c.id)
)
PLANNED = select(timers.c.id).where(
    timers.c.school_id == SCHOOL,
    timers.c.case_id == bindparam("case_id"),
    timers.c.entry == bindparam("entry"),
    timers.c.name == bindparam("name"),
    timers.c.planned_for == bindparam("moment"),
)
"""A timer of the same name, planned for a certain moment."""
CLAIM = (
    update(timers)
    .where(
        timers.c.school_id == SCHOOL,
        timers.c.id == bindparam("timer_id"),
        timers.c.outcome.is_(None),
    )
    .values(outcome=bindparam("new_outcome"))
    .returning(timers.c.id)
)
LEAVE = (
    update(timers)
    .where(
        timers.c.school_id == SCHOOL,
        timers.c.id == bindparam("timer_id"),
        timers.c.outcome.is_(None),
    )
    .values(outcome="left")
)
PUT_OFF = (
    update(timers)
    .where(
        timers.c.school_id == SCHOOL,
        timers.c.id == bindparam("timer_id"),
        timers.c.outcome.is_(None),
    )
    .values(due_at=bindparam("new_due_at"))
)
NEXT_TIMER = (
    select(timers.c.due_at)
    .join(cases, cases.c.id == timers.c.case_id)
    .where(
        timers.c.school_id == SCHOOL,
        cases.c.school_id == SCHOOL,
        timers.c.outcome.is_(None),
        # What is of an entry that was left is reason to record that, and no reason to wake.
        timers.c.entry == cases.c.entry,
    )
    .order_by(timers.c.due_at)
    .limit(1)
)
