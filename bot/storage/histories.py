"""Statements about what has happened over a long time: for those who count, never for a turn."""

from sqlalchemy import BindParameter, bindparam, select

from bot.storage.broadcast_tables import broadcasts, recipients
from bot.storage.tables import addresses, case_events, cases, outbox, seats

SCHOOL: BindParameter[str] = bindparam("of_school")

EVENTS = (
    select(
        case_events.c.case_id,
        case_events.c.lifecycle,
        case_events.c.from_state,
        case_events.c.to_state,
        case_events.c.event,
        case_events.c.at,
    )
    .where(
        case_events.c.school_id == SCHOOL,
        case_events.c.lifecycle.in_(bindparam("lifecycles", expanding=True)),
    )
    .order_by(case_events.c.id)
)
"""Every transition of some kinds of cases, in the order in which they happened."""
SEATED = (
    select(seats.c.case_id, addresses.c.address)
    .join(cases, cases.c.id == seats.c.case_id)
    .join(addresses, addresses.c.person_id == seats.c.person_id)
    .where(
        seats.c.school_id == SCHOOL,
        cases.c.school_id == SCHOOL,
        addresses.c.school_id == SCHOOL,
        seats.c.part == bindparam("part"),
        cases.c.lifecycle.in_(bindparam("lifecycles", expanding=True)),
    )
)
"""Where whoever plays a part is reached, for every case of some kinds."""
LETTERS = (
    select(
        outbox.c.id,
        outbox.c.kind,
        outbox.c.is_edit,
        outbox.c.state,
        outbox.c.created_at,
        outbox.c.not_before,
        outbox.c.ref,
    )
    .where(outbox.c.school_id == SCHOOL)
    .order_by(outbox.c.id)
)
"""What has become of every letter that is kept, without what it says."""
BELOW = (
    select(seats.c.case_id, addresses.c.address, cases.c.above_id)
    .join(cases, cases.c.id == seats.c.case_id)
    .join(addresses, addresses.c.person_id == seats.c.person_id)
    .where(
        seats.c.school_id == SCHOOL,
        cases.c.school_id == SCHOOL,
        addresses.c.school_id == SCHOOL,
        cases.c.lifecycle == bindparam("lifecycle"),
    )
)
"""Whose each case of a kind is, and below which other it stands."""
FACTS = select(cases.c.id, cases.c.facts).where(
    cases.c.school_id == SCHOOL, cases.c.lifecycle == bindparam("lifecycle")
)
"""What is known about each case of a kind, as it is stored."""
BROADCASTS = select(broadcasts.c.id, broadcasts.c.begun_at, broadcasts.c.letter).where(
    broadcasts.c.school_id == SCHOOL
)
NOT_SURE = (
    select(recipients.c.broadcast_id, recipients.c.at, addresses.c.address)
    .join(addresses, addresses.c.person_id == recipients.c.person_id)
    .where(
        recipients.c.school_id == SCHOOL,
        addresses.c.school_id == SCHOOL,
        recipients.c.state.in_(("unsure", "handed")),
    )
)
"""Of whom nobody knows whether a letter to many has arrived."""
