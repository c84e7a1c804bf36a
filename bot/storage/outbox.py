"""Statements about letters on their way."""

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage.broadcast_tables import broadcasts
from bot.storage.tables import budgets, outbox, people

SCHOOL: BindParameter[str] = bindparam("of_school")
ANSWERS = ("reply", "urgent")
"""Kinds of letters that keep their order among themselves, whatever one of them waits for."""
UNASKED = ("nudge", "broadcast", "digest")
"""Kinds of letters that count under the limits of what people get unasked."""
REPEATED = ("reply", "urgent", "news")
"""Kinds of letters that are sent once more if it is not known whether they arrived."""

MOST_ATTEMPTS = 2
"""A letter of which nobody knows whether it arrived goes out this often, and no more."""

PUT = insert(outbox)
PUT_ONE = insert(outbox).returning(outbox.c.id)
_before = outbox.alias("before")


def _still_here(letters: FromClause) -> ColumnElement[bool]:
    """Return what holds of letters that have not left.

    Written out, not bound: only then may a database use the index of these few among all that have left.
    """
    states: BindParameter[list[str]] = bindparam(
        "here", ["waiting", "sending"], expanding=True, literal_execute=True
    )
    return letters.c.state.in_(states)


_its_broadcast = and_(broadcasts.c.id == outbox.c.broadcast_id, broadcasts.c.school_id == SCHOOL)
_letter = func.coalesce(broadcasts.c.letter, outbox.c.letter).label("letter")
"""What is written: the same for everybody who gets a broadcast, so it is kept once."""
_order = case(
    (outbox.c.kind.in_(ANSWERS), 0),
    (outbox.c.kind == "news", 1),
    (outbox.c.kind == "nudge", 2),
    else_=3,
)
ANSWERS_ONLY, ALL_KINDS = 0, 3
"""Up to where letters leave, in the order of their kinds."""
_ready = (
    select(outbox.c.id)
    .join(people, people.c.id == outbox.c.person_id)
    .where(
        outbox.c.school_id == SCHOOL,
        people.c.school_id == SCHOOL,
        people.c.network.in_(bindparam("networks", expanding=True)),
        _still_here(outbox),
        outbox.c.state == "waiting",
        _order <= bindparam("up_to"),
        outbox.c.person_id.not_in(bindparam("resting", expanding=True)),
        or_(outbox.c.not_before.is_(None), outbox.c.not_before <= bindparam("moment")),
        # Letters of one person stay in order: none leaves while one is in hand, no answer before an earlier one.
        ~select(_before.c.id)
        .where(
            _before.c.school_id == SCHOOL,
            _before.c.person_id == outbox.c.person_id,
            _still_here(_before),
            or_(
                _before.c.state == "sending",
                and_(
                    outbox.c.kind.in_(ANSWERS),
                    _before.c.kind.in_(ANSWERS),
                    _before.c.id < outbox.c.id,
                    _before.c.not_before > bindparam("moment"),
                ),
            ),
        )
        .exists(),
    )
    .order_by(_order, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=outbox, skip_locked=True)
    # As a subquery PostgreSQL might look for them more than once, and each time pass over those it found before.
    .cte("ready")
)
ONE_AT_A_TIME = select(func.pg_advisory_xact_lock(func.hashtext(SCHOOL)))
"""Waits until no other process takes letters of this school in hand; kept until the commit."""
CLAIM = (
    update(outbox)
    .where(outbox.c.school_id == SCHOOL, outbox.c.id.in_(select(_ready.c.id)))
    .values(
        state="sending",
        claimed_by=bindparam("new_claimed_by"),
        claimed_until=bindparam("new_claimed_until"),
        attempts=outbox.c.attempts + 1,
    )
    .returning(outbox.c.id, outbox.c.kind)
)
CLAIMED = (
    select(
        outbox.c.id,
        outbox.c.person_id,
        outbox.c.kind,
        _letter,
        outbox.c.key,
        outbox.c.is_edit,
        outbox.c.attempts,
        people.c.language,
        people.c.born,
        people.c.network,
        people.c.address,
    )
    .join(people, people.c.id == outbox.c.person_id)
    .outerjoin(broadcasts, _its_broadcast)
    .where(
        outbox.c.school_id == SCHOOL,
        people.c.school_id == SCHOOL,
        outbox.c.id.in_(bindparam("letter_ids", expanding=True)),
    )
    .order_by(_order, outbox.c.id)
)
LEFT_LATELY = select(budgets.c.network, budgets.c.left_lately).where(budgets.c.school_id == SCHOOL)
"""What has left in the last second, from all processes together."""
_left = upsert(budgets)
HAS_LEFT = _left.on_conflict_do_update(
    index_elements=["school_id", "network"], set_={"left_lately": _left.excluded.left_lately}
)
REF = (
    select(outbox.c.network, outbox.c.ref)
    .where(
        outbox.c.school_id == SCHOOL,
        outbox.c.person_id == bindparam("person_id"),
        outbox.c.key == bindparam("key"),
        outbox.c.ref.is_not(None),
    )
    .order_by(outbox.c.id.desc())
    .limit(1)
)
NEWEST = (
    select(outbox.c.kind, _letter, outbox.c.key, outbox.c.is_edit)
    .outerjoin(broadcasts, _its_broadcast)
    .where(
        outbox.c.school_id == SCHOOL,
        outbox.c.person_id == bindparam("person_id"),
        outbox.c.sent_at.is_not(None),
    )
    .order_by(outbox.c.sent_at.desc(), outbox.c.id.desc())
    .limit(1)
)
"""The last letter that has reached somebody."""
MARK = (
    update(outbox)
    .where(
        outbox.c.school_id == SCHOOL,
        outbox.c.id == bindparam("letter_id"),
        # A mark that comes after the lease is another process's business.
        outbox.c.state == "sending",
        outbox.c.claimed_by == bindparam("me"),
    )
    .values(
        {
            **{
                c: bindparam(f"new_{c}")
                for c in ("state", "sent_at", "network", "ref", "why", "not_before")
            },
            "attempts": outbox.c.attempts - bindparam("taken_back"),
        }
    )
)
LOST = (
    update(outbox)
    .where(
        outbox.c.school_id == SCHOOL,
        _still_here(outbox),
        outbox.c.state == "sending",
        outbox.c.claimed_until <= bindparam("moment"),
        # Who asks is alive, however long its network takes.
        outbox.c.claimed_by != bindparam("me"),
    )
    .values(
        state=case(
            (and_(outbox.c.kind.in_(REPEATED), outbox.c.attempts < MOST_ATTEMPTS), "waiting"),
            else_="unsure",
        )
    )
    .returning(outbox.c.id)
)
NEXT_LETTER = select(func.min(outbox.c.not_before)).where(
    outbox.c.school_id == SCHOOL,
    _still_here(outbox),
    outbox.c.state == "waiting",
    outbox.c.not_before > bindparam("moment"),
)
WAITED_FOR = (
    select(outbox.c.person_id)
    .distinct()
    .where(outbox.c.school_id == SCHOOL, _still_here(outbox), outbox.c.state == "waiting")
)
UNASKED_SINCE = select(outbox.c.created_at).where(
    outbox.c.school_id == SCHOOL,
    outbox.c.person_id == bindparam("person_id"),
    outbox.c.kind.in_(UNASKED),
    outbox.c.created_at > bindparam("since"),
)
DROP_WAITING = (
    update(outbox)
    .where(
        outbox.c.school_id == SCHOOL,
        outbox.c.person_id == bindparam("whose"),
        outbox.c.kind.in_(bindparam("kinds", expanding=True)),
        outbox.c.state.in_(("waiting", "gathered")),
    )
    .values(state="skipped")
)
FORGET_LETTERS = delete(outbox).where(
    outbox.c.school_id == SCHOOL,
    outbox.c.state.not_in(["waiting", "sending", "gathered"]),
    outbox.c.created_at < bindparam("before"),
)
