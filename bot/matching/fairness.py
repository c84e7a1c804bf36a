"""Whose turn it is when several fit: nobody is asked time and again, and nobody never.

Wherever mentors are simply picked, the same names are asked too often and the others are forgotten
(Terrilink, peers 2.2). Fairness weighs as much as one thing that matters some: it decides between
people who fit about equally, and sends no welder to a cook.
"""

from dataclasses import replace

from bot.domain.mentoring.fitting import Mentor, Reason, Why
from bot.domain.people import PersonId

RESTED = 2
"""Points of somebody not asked in the last 90 days; each request takes one away."""
LONG_FREE = 1
"""Points of somebody who had no student for long, or never one."""
LONG = 90
"""Days without a student that are long."""


def fair_reasons(mentor: Mentor) -> tuple[Reason, ...]:
    """Return why it is this mentor's turn; nothing if it is not."""
    rested = max(0, RESTED - mentor.asked)
    long_free = mentor.days_free is None or mentor.days_free >= LONG
    return (
        *((Reason(Why.RESTED, rested),) if rested else ()),
        *((Reason(Why.LONG_FREE, LONG_FREE),) if long_free else ()),
    )


def fair_points(mentor: Mentor) -> int:
    """Return what the fair reasons of this mentor add up to."""
    return sum(reason.points for reason in fair_reasons(mentor))


def after(students: int, mentor: Mentor) -> Mentor:
    """Return the mentor as the next student finds them, when so many were proposed at once before."""
    return replace(mentor, asked=mentor.asked + students, days_free=0) if students else mentor


def turn(mentor: Mentor) -> tuple[int, float, PersonId]:
    """Return the order of mentors who fit equally: least asked, longest free, then by id."""
    free = float("inf") if mentor.days_free is None else mentor.days_free
    return mentor.asked, -free, mentor.person
