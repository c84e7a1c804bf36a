"""Statements about broadcasts: whom each is for, and what has become of their letters."""

from sqlalchemy import (
    BindParameter,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from bot.domain.people import CaseId
from bot.storage.broadcast_tables import GOT, broadcasts, recipients
from bot.storage.outbox import UNASKED
from bot.storage.tables import cases, outbox, people, profiles

SCHOOL: BindParameter[str] = bindparam("of_school")
NO_CASE = CaseId(-1)
"""Where a statement asks for a case, and there is none."""
_broadcast = recipients.c.broadcast_id == bindparam("of_broadcast")
# Written out, not bound: only then may a database use the index of these few in a ledger of a million.
_is_handed = recipients.c.state == literal_column("'handed'")
_is_gathered = recipients.c.state == literal_column("'gathered'")
_is_on_its_way = recipients.c.state.in_((literal_column("'handed'"), literal_column("'gathered'")))
_waits = recipients.c.state == literal_column("'waiting'")

BEGIN = insert(broadcasts).returning(broadcasts.c.id)
RUNNING = (
    select(broadcasts)
    .where(broadcasts.c.school_id == SCHOOL, broadcasts.c.state.in_(("listing", "sending")))
    .order_by(broadcasts.c.id)
    .with_for_update(skip_locked=True)
)
"""Broadcasts that go on, the oldest first; each is moved on by one process at a time."""
MOVE = (
    update(broadcasts)
    .where(broadcasts.c.school_id == SCHOOL, broadcasts.c.id == bindparam("of_broadcast"))
    .values({c: bindparam(f"new_{c}") for c in ("state", "listed_to", "next_at", "ended_at")})
)
WAIT = (
    update(broadcasts)
    .where(broadcasts.c.school_id == SCHOOL, broadcasts.c.id == bindparam("of_broadcast"))
    .values(next_at=bindparam("new_next_at"))
)
LAST_PERSON = select(func.max(people.c.id)).where(people.c.school_id == SCHOOL)
NEXT_BROADCAST = select(func.min(broadcasts.c.next_at)).where(
    broadcasts.c.school_id == SCHOOL,
    broadcasts.c.state.in_(("listing", "sending")),
    broadcasts.c.next_at > bindparam("moment"),
)
ONE = select(broadcasts).where(
    broadcasts.c.school_id == SCHOOL, broadcasts.c.id == bindparam("of_broadcast")
)

_its_letter = and_(
    outbox.c.school_id == SCHOOL,
    outbox.c.broadcast_id == recipients.c.broadcast_id,
    outbox.c.person_id == recipients.c.person_id,
)
SETTLE = (
    update(recipients)
    .where(
        recipients.c.school_id == SCHOOL,
        _broadcast,
        _is_on_its_way,
        _its_letter,
        outbox.c.state.not_in(("waiting", "sending", "gathered", "merged")),
    )
    .values(state=outbox.c.state, at=func.coalesce(outbox.c.sent_at, recipients.c.at))
)
"""Writes into the ledger what the outbox knows of letters that are no longer on their way."""
_digest = outbox.alias("digest")
SETTLE_DIGESTS = (
    update(recipients)
    .where(
        recipients.c.school_id == SCHOOL,
        _broadcast,
        _is_gathered,
        _its_letter,
        _digest.c.school_id == SCHOOL,
        _digest.c.id == outbox.c.digest_id,
        _digest.c.state.not_in(("waiting", "sending")),
    )
    .values(state=_digest.c.state, at=func.coalesce(_digest.c.sent_at, recipients.c.at))
)
"""The same of letters that came as a part of somebody's digest."""
LISTED = select(func.count()).where(recipients.c.school_id == SCHOOL, _broadcast)
ON_THEIR_WAY = select(func.count()).where(recipients.c.school_id == SCHOOL, _broadcast, _is_handed)
IS_GATHERED = (
    select(recipients.c.person_id)
    .where(recipients.c.school_id == SCHOOL, _broadcast, _is_gathered)
    .limit(1)
)
"""Whether a letter of a broadcast is to come with a digest that is not over."""
NEXT = (
    select(recipients.c.person_id)
    .where(
        recipients.c.school_id == SCHOOL,
        _broadcast,
        _waits,
        recipients.c.not_before.is_(None) | (recipients.c.not_before <= bindparam("moment")),
    )
    .order_by(recipients.c.person_id)
    .limit(bindparam("most"))
)
LATER = select(func.min(recipients.c.not_before)).where(
    recipients.c.school_id == SCHOOL, _broadcast, _waits
)
"""When the first of those who wait may be written to; None if nobody waits, or nobody for a moment."""
IS_LEFT = (
    select(recipients.c.person_id)
    .where(recipients.c.school_id == SCHOOL, _broadcast, _waits)
    .limit(1)
)
WRITTEN_LATELY = select(outbox.c.person_id, outbox.c.created_at).where(
    outbox.c.school_id == SCHOOL,
    outbox.c.person_id.in_(bindparam("person_ids", expanding=True)),
    outbox.c.kind.in_(UNASKED),
    outbox.c.created_at > bindparam("since"),
    or_(
        outbox.c.broadcast_id.is_(None),
        outbox.c.broadcast_id.not_in(
            select(broadcasts.c.id).where(
                broadcasts.c.school_id == SCHOOL, broadcasts.c.case_id == bindparam("corrects")
            )
        ),
    ),
)
"""When each was written to unasked, but for the letter that is corrected: what corrects it stands in its place."""
LAST_ABOUT = (
    select(recipients.c.person_id, func.max(recipients.c.at).label("at"))
    .join(broadcasts, broadcasts.c.id == recipients.c.broadcast_id)
    .where(
        broadcasts.c.school_id == SCHOOL,
        broadcasts.c.purpose == bindparam("about"),
        broadcasts.c.case_id != bindparam("corrects"),
        recipients.c.school_id == SCHOOL,
        recipients.c.person_id.in_(bindparam("person_ids", expanding=True)),
        recipients.c.state.in_(GOT),
    )
    .group_by(recipients.c.person_id)
)
"""When each last had a letter about a purpose, but for the one that is corrected."""
MARK = (
    update(recipients)
    .where(
        recipients.c.school_id == SCHOOL,
        _broadcast,
        recipients.c.person_id == bindparam("whose"),
        _waits,
    )
    .values({c: bindparam(f"new_{c}") for c in ("state", "not_before", "why", "at")})
)
_was_put_off = recipients.c.not_before.is_not(None).label("was_put_off")
FATES = (
    select(recipients.c.state, recipients.c.why, _was_put_off, func.count().label("n"))
    .where(recipients.c.school_id == SCHOOL, _broadcast)
    .group_by(recipients.c.state, recipients.c.why, _was_put_off)
)
"""What became of the letters, counted."""
IN_OUTBOX = (
    select(outbox.c.state, func.count().label("n"))
    .join(
        recipients,
        and_(
            recipients.c.broadcast_id == outbox.c.broadcast_id,
            recipients.c.person_id == outbox.c.person_id,
        ),
    )
    .where(
        outbox.c.school_id == SCHOOL,
        recipients.c.school_id == SCHOOL,
        _broadcast,
        _is_handed,
    )
    .group_by(outbox.c.state)
)
"""What the outbox knows of letters of which the ledger knows no more than that they went there."""
_IS_TO_MANY = cases.c.lifecycle.in_(("broadcasts.broadcast", "events.hosting"))
WRITTEN = (
    select(cases)
    .where(cases.c.school_id == SCHOOL, _IS_TO_MANY)
    .order_by(cases.c.id.desc())
    .limit(bindparam("most"))
)
"""Letters to many and invitations, begun or not, the newest first."""
EARLIER = (
    select(cases.c.id, cases.c.lifecycle, cases.c.facts)
    .where(
        cases.c.school_id == SCHOOL,
        cases.c.id.in_(select(broadcasts.c.case_id).where(broadcasts.c.school_id == SCHOOL)),
    )
    .order_by(cases.c.id.desc())
    .limit(bindparam("most"))
)
"""The cases whose letters or invitations have begun to leave, the newest first."""
WRITTEN_ONE = select(cases).where(
    cases.c.school_id == SCHOOL,
    _IS_TO_MANY,
    cases.c.id == bindparam("of_case"),
)
TOWNS = (
    select(profiles.c.town, func.count().label("n"))
    .where(profiles.c.school_id == SCHOOL, profiles.c.town.is_not(None))
    .group_by(profiles.c.town)
)
"""Where people live, as they wrote it."""
GOT_BY = (
    select(broadcasts.c.letter, broadcasts.c.purpose, recipients.c.state, recipients.c.at)
    .join(broadcasts, broadcasts.c.id == recipients.c.broadcast_id)
    .where(
        broadcasts.c.school_id == SCHOOL,
        recipients.c.school_id == SCHOOL,
        recipients.c.person_id == bindparam("person_id"),
        recipients.c.state.in_(GOT),
    )
    .order_by(recipients.c.at, broadcasts.c.id)
)
"""The letters to many that somebody has got, as far as anybody knows."""
WAIT_AGAIN = (
    update(recipients)
    .where(
        recipients.c.school_id == SCHOOL,
        _broadcast,
        _is_on_its_way,
        _its_letter,
        outbox.c.state == "skipped",
    )
    .values(state="waiting", at=None)
)
"""Lets those wait again whose letters were taken back."""
FORGET_CALLED_BACK = delete(outbox).where(
    outbox.c.school_id == SCHOOL,
    outbox.c.broadcast_id == bindparam("of_broadcast"),
    outbox.c.state == "skipped",
)
"""Of everybody who waits again there is no letter: the next is their only one, and no limit counts the last."""
OF_CASE = (
    select(broadcasts)
    .where(broadcasts.c.school_id == SCHOOL, broadcasts.c.case_id == bindparam("of_case"))
    .order_by(broadcasts.c.id.desc())
    .limit(1)
)
"""The newest broadcast of a case."""
ALL_OF_CASE = (
    select(broadcasts)
    .where(broadcasts.c.school_id == SCHOOL, broadcasts.c.case_id == bindparam("of_case"))
    .order_by(broadcasts.c.id)
    .with_for_update()
)
"""Every broadcast of a case, held: nothing of it comes into the outbox until the end."""
REWORD = (
    update(broadcasts)
    .where(broadcasts.c.school_id == SCHOOL, broadcasts.c.id == bindparam("of_broadcast"))
    .values(
        # What is over keeps the words in which it left.
        letter=case(
            (broadcasts.c.state == "sent", broadcasts.c.letter), else_=bindparam("new_letter")
        ),
        opens=bindparam("new_opens"),
    )
)
CLOSE = (
    update(broadcasts)
    .where(broadcasts.c.school_id == SCHOOL, broadcasts.c.case_id == bindparam("of_case"))
    .values(opens=None)
)
"""Nobody can answer an invitation of a case any more."""
CALL_BACK = (
    update(outbox)
    .where(
        outbox.c.school_id == SCHOOL,
        outbox.c.broadcast_id == bindparam("of_broadcast"),
        outbox.c.state.in_(("waiting", "gathered")),
    )
    .values(state="skipped")
)
"""Takes back letters that have not left."""
