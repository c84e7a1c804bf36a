"""Statements about who is invited into a case below another, and who has answered."""

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, select

from bot.storage.broadcast_tables import GOT, broadcasts, recipients
from bot.storage.tables import cases, seats

SCHOOL: BindParameter[str] = bindparam("of_school")
_above = cases.alias("above")
_below = cases.alias("below")


def has_answered(above: ColumnElement[int], person: ColumnElement[int]) -> ColumnElement[bool]:
    """Return whether a person has a case below another: it began with their answer."""
    return (
        select(_below.c.id)
        .join(seats, and_(seats.c.case_id == _below.c.id, seats.c.school_id == SCHOOL))
        .where(
            _below.c.school_id == SCHOOL, _below.c.above_id == above, seats.c.person_id == person
        )
        .exists()
    )


_invitations = (
    select(broadcasts.c.case_id, broadcasts.c.opens, broadcasts.c.id)
    .join(recipients, recipients.c.broadcast_id == broadcasts.c.id)
    .join(_above, _above.c.id == broadcasts.c.case_id)
    .where(
        broadcasts.c.school_id == SCHOOL,
        recipients.c.school_id == SCHOOL,
        _above.c.school_id == SCHOOL,
        _above.c.is_open,
        broadcasts.c.opens.is_not(None),
        recipients.c.person_id == bindparam("whose"),
        recipients.c.state.in_(GOT),
    )
)
INVITED = (
    _invitations.where(_above.c.id == bindparam("above")).order_by(broadcasts.c.id.desc()).limit(1)
)
"""The newest invitation of somebody by one case that is open."""
UNANSWERED = _invitations.where(~has_answered(_above.c.id, recipients.c.person_id)).order_by(
    broadcasts.c.case_id, broadcasts.c.id
)
"""Every invitation that somebody has not answered, by each open case; a reminder is one more."""
BELOW_OF = (
    select(_below.c.id)
    .join(seats, seats.c.case_id == _below.c.id)
    .where(
        _below.c.school_id == SCHOOL,
        seats.c.school_id == SCHOOL,
        _below.c.above_id == bindparam("above"),
        seats.c.person_id == bindparam("whose"),
    )
)
