"""Statements about mentoring as staff see it: what is open, who rests, and what is matched together."""

from sqlalchemy import BindParameter, and_, bindparam, func, select

from bot.storage.mentoring import mentor_asks, mentors
from bot.storage.tables import cases, seats

SCHOOL: BindParameter[str] = bindparam("of_school")

RUNNING = (
    select(
        cases.c.id,
        cases.c.entry,
        cases.c.lifecycle,
        cases.c.state,
        cases.c.opened_at,
        cases.c.entered_at,
        seats.c.part,
        seats.c.person_id,
    )
    .outerjoin(seats, and_(seats.c.case_id == cases.c.id, seats.c.school_id == SCHOOL))
    .where(
        cases.c.school_id == SCHOOL,
        cases.c.is_open,
        cases.c.lifecycle.in_(bindparam("lifecycles", expanding=True)),
    )
    .order_by(cases.c.opened_at, cases.c.id)
)
"""Open cases, oldest first, with a row for each seat."""
RESTING = (
    select(mentors.c.person_id, func.max(mentor_asks.c.asked_at).label("asked_at"))
    .join(
        mentor_asks,
        and_(
            mentor_asks.c.mentor_id == mentors.c.person_id,
            mentor_asks.c.school_id == SCHOOL,
        ),
    )
    .where(
        mentors.c.school_id == SCHOOL,
        mentors.c.silences >= bindparam("least_silences"),
        mentors.c.rests_until > bindparam("moment"),
    )
    .group_by(mentors.c.person_id)
    .order_by(func.max(mentor_asks.c.asked_at), mentors.c.person_id)
)
"""Mentors who rest because they did not answer, and when they were asked last."""
MATCHES = (
    select(cases.c.id, cases.c.state, cases.c.facts)
    .where(cases.c.school_id == SCHOOL, cases.c.is_open, cases.c.lifecycle == "mentoring.match")
    .order_by(cases.c.id)
)
"""Rounds, and matches without one, that are not over."""
IN_LINE = (
    select(cases.c.id)
    .join(seats, and_(seats.c.case_id == cases.c.id, seats.c.school_id == SCHOOL))
    .where(
        cases.c.school_id == SCHOOL,
        cases.c.is_open,
        cases.c.lifecycle == "mentoring.search",
        cases.c.state == "in_line",
        seats.c.part == "mentor",
        seats.c.person_id == bindparam("of_mentor"),
    )
    .order_by(cases.c.opened_at, cases.c.id)
)
"""Searches for which this mentor is asked next; who has waited longest first."""
