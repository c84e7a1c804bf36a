"""Statements about digests: what is gathered for whom, and the one letter that it becomes."""

from sqlalchemy import BindParameter, bindparam, func, literal_column, select, update

from bot.storage.broadcast_tables import broadcasts, recipients
from bot.storage.tables import outbox, people

SCHOOL: BindParameter[str] = bindparam("of_school")
_people: BindParameter[list[int]] = bindparam("person_ids", expanding=True)
# Written out, not bound: only then may a database use the indexes of these few among all that have left.
_gathered = (outbox.c.school_id == SCHOOL, outbox.c.state == literal_column("'gathered'"))
_its_person = outbox.c.person_id == bindparam("whose")

NEXT_DIGEST = select(func.min(outbox.c.not_before)).where(
    *_gathered, outbox.c.not_before > bindparam("moment")
)
DUE = (
    select(outbox.c.person_id)
    .where(*_gathered, outbox.c.not_before <= bindparam("moment"))
    .order_by(outbox.c.not_before)
    .limit(bindparam("most"))
)
"""Whose digest is due, once for each thing in it: so many are read, however many there are."""
ON_THEIR_WAY = select(func.count()).where(
    outbox.c.school_id == SCHOOL,
    outbox.c.state.in_((literal_column("'waiting'"), literal_column("'sending'"))),
    outbox.c.kind == "digest",
)
HOLD = (
    select(people.c.id, people.c.frequency, people.c.paused_until)
    .where(people.c.school_id == SCHOOL, people.c.id.in_(_people))
    .order_by(people.c.id)
    .with_for_update(skip_locked=True, key_share=True)
)
"""Keeps others from writing to these people unasked until the end; whom somebody else holds is left out.

Answers may still be put for them (PostgreSQL's key share).
"""
FREQUENCIES = select(people.c.id, people.c.frequency).where(
    people.c.school_id == SCHOOL, people.c.id.in_(_people)
)
ITEMS = (
    select(
        outbox.c.id,
        outbox.c.person_id,
        outbox.c.kind,
        func.coalesce(broadcasts.c.letter, outbox.c.letter).label("letter"),
        broadcasts.c.purpose,
    )
    .outerjoin(
        broadcasts, (broadcasts.c.id == outbox.c.broadcast_id) & (broadcasts.c.school_id == SCHOOL)
    )
    .where(*_gathered, outbox.c.person_id.in_(_people), outbox.c.not_before <= bindparam("moment"))
    .order_by(outbox.c.person_id, outbox.c.id)
)
"""What is due of these people's digests, oldest first."""
MERGE = (
    update(outbox)
    .where(outbox.c.school_id == SCHOOL, outbox.c.id == bindparam("item"))
    .values(state=bindparam("new_state"), digest_id=bindparam("new_digest_id"))
)
PUT_OFF = (
    update(outbox).where(*_gathered, _its_person).values(not_before=bindparam("new_not_before"))
)
"""Lets all that is gathered for somebody wait until another moment."""
DROP = update(outbox).where(*_gathered, _its_person).values(state="skipped")
DROP_ABOUT = (
    update(outbox)
    .where(
        *_gathered,
        _its_person,
        outbox.c.broadcast_id.in_(
            select(broadcasts.c.id).where(
                broadcasts.c.school_id == SCHOOL, broadcasts.c.purpose == bindparam("at_purpose")
            )
        ),
    )
    .values(state="skipped")
)
"""Takes out of somebody's next digest what is about one purpose."""
_listed = (
    recipients.c.school_id == SCHOOL,
    recipients.c.person_id == bindparam("whose"),
    recipients.c.state == "waiting",
    recipients.c.broadcast_id.in_(
        select(broadcasts.c.id).where(
            broadcasts.c.school_id == SCHOOL,
            broadcasts.c.can_wait,
            broadcasts.c.state.in_(("listing", "sending", "stopped")),
        )
    ),
)
"""What is still in ledgers, to come with somebody's next digest."""
PUT_OFF_LISTED = update(recipients).where(*_listed).values(not_before=bindparam("new_not_before"))
WAITING = select(
    select(func.count())
    .select_from(outbox)
    .where(*_gathered, _its_person)
    .scalar_subquery()
    .label("gathered"),
    select(func.count()).select_from(recipients).where(*_listed).scalar_subquery().label("listed"),
)
"""How much waits for somebody's next digest."""
