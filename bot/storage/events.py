"""Events of a school, who comes, and how it was: tables and statements."""

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    case,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage.broadcast_tables import GOT, broadcasts, recipients
from bot.storage.tables import Moment, cases, metadata, people, person, school, seats, serial

SCHOOL: BindParameter[str] = bindparam("of_school")


def _occasion(*, key: bool) -> Column[int]:
    cascade = ForeignKey("occasions.case_id", ondelete="CASCADE")
    return Column("occasion_id", BigInteger, cascade, nullable=False, primary_key=key)


occasions = Table(
    "occasions",
    metadata,
    Column("case_id", BigInteger, primary_key=True, autoincrement=False),
    school(),
    Column("places", Integer),
    Column("has_free", Boolean, nullable=False),
    Column("walk_ins", Integer, nullable=False),
)
"""What there is room for at an event, by the case of whoever plans it; `walk_ins` came and are not in this chat.

`has_free` until it has been looked whether somebody who waits can be offered a place. Whoever gives or takes places
holds this row, and holds it after the case of a guest, never before: so two never wait for each other.
"""

guests = Table(
    "guests",
    metadata,
    _occasion(key=True),
    person(key=True),
    school(),
    Column("case_id", BigInteger, nullable=False),
    Column("reply", String(10), nullable=False),
    Column("people", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    Column("code", String(8), nullable=False),
    Column("needs", Text),
    Column("may_be_shown", Boolean, nullable=False),
    Column("came_at", Moment),
    Index(None, "person_id"),
    Index(None, "occasion_id", "reply", "since"),
)
"""Who has answered an invitation: coming, offered a place, waiting for one, maybe, away, or without a place.

`people` is how many they are, with those they bring.
"""

impressions = Table(
    "impressions",
    metadata,
    serial(),
    school(),
    _occasion(key=False),
    Column("rating", Integer, nullable=False),
    Column("line", Text),
    Index(None, "occasion_id"),
    sqlite_autoincrement=True,
)
"""How an event was, by those who were there; never who said so."""

COMING, OFFERED, WAITING = "coming", "offered", "waiting"
SEATED = (COMING, OFFERED)
"""Replies of those for whom places are kept."""
_of = guests.c.occasion_id == bindparam("occasion")
_mine = guests.c.school_id == SCHOOL

PLANNED = (
    select(cases.c.id)
    .where(cases.c.school_id == SCHOOL, cases.c.lifecycle == "events.hosting", cases.c.is_open)
    .order_by(cases.c.id)
)
"""Events that people are invited to, or will be if a second member of staff agrees."""
_keep = upsert(occasions)
KEEP_OCCASION = _keep.on_conflict_do_update(
    index_elements=["case_id"],
    set_={"places": _keep.excluded.places, "has_free": _keep.excluded.has_free},
)
KEEP_WALK_INS = (
    update(occasions)
    .where(occasions.c.school_id == SCHOOL, occasions.c.case_id == bindparam("occasion"))
    .values(walk_ins=bindparam("new_walk_ins"))
)
WALK_INS = select(occasions.c.walk_ins).where(
    occasions.c.school_id == SCHOOL, occasions.c.case_id == bindparam("occasion")
)
HOLD = (
    select(occasions.c.places)
    .where(occasions.c.school_id == SCHOOL, occasions.c.case_id == bindparam("occasion"))
    .with_for_update()
)
"""Keeps others from giving or taking places at an event until the turn ends."""
NOTE_FREE = (
    update(occasions)
    .where(occasions.c.school_id == SCHOOL, occasions.c.case_id == bindparam("occasion"))
    .values(has_free=bindparam("new_has_free"))
)
WITH_FREE = (
    select(occasions.c.case_id)
    .join(cases, cases.c.id == occasions.c.case_id)
    # At an event that is called off nobody is offered a place.
    .where(
        occasions.c.school_id == SCHOOL,
        cases.c.school_id == SCHOOL,
        cases.c.is_open,
        occasions.c.has_free,
    )
    .order_by(occasions.c.case_id)
    .limit(1)
)
TAKEN = select(func.coalesce(func.sum(guests.c.people), 0)).where(
    _mine, _of, guests.c.reply.in_(SEATED)
)
MINE = select(guests).where(_mine, _of, guests.c.person_id == bindparam("whose"))
_answer = upsert(guests)
ANSWER = _answer.on_conflict_do_update(
    index_elements=["occasion_id", "person_id"],
    set_={c: _answer.excluded[c] for c in ("reply", "people", "since")},
)
NEXT_IN_LINE = (
    select(guests.c.case_id, guests.c.person_id)
    .where(_mine, _of, guests.c.reply == WAITING)
    .order_by(guests.c.since, guests.c.case_id)
    .limit(1)
)
OTHERS_WAIT = (
    select(guests.c.person_id)
    .where(_mine, _of, guests.c.reply == WAITING, guests.c.person_id != bindparam("whose"))
    .limit(1)
)
_sooner = guests.c.since < bindparam("moment")
_first_of_a_moment = (guests.c.since == bindparam("moment")) & (
    guests.c.case_id < bindparam("guest")
)
BEFORE = select(func.count()).where(
    _mine, _of, guests.c.reply == WAITING, _sooner | _first_of_a_moment
)
"""How many wait who come before a guest, in the order of `NEXT_IN_LINE`."""
OFFER = (
    update(guests)
    .where(_mine, _of, guests.c.person_id == bindparam("whose"), guests.c.reply == WAITING)
    .values(reply=OFFERED)
)
KEEP_DETAILS = (
    update(guests)
    .where(_mine, _of, guests.c.person_id == bindparam("whose"))
    .values(needs=bindparam("new_needs"), may_be_shown=bindparam("new_may_be_shown"))
)
CAME = (
    update(guests)
    .where(_mine, _of, guests.c.person_id == bindparam("whose"))
    .values(came_at=bindparam("new_came_at"))
)
ANYBODY_CAME = select(guests.c.person_id).where(_mine, _of, guests.c.came_at.is_not(None)).limit(1)
FORGET_NEEDS = update(guests).where(_mine, _of).values(needs=None)
REPLIES = (
    select(
        guests.c.reply,
        func.count().label("persons"),
        func.sum(guests.c.people).label("people"),
        func.sum(case((guests.c.came_at.is_not(None), guests.c.people), else_=0)).label("came"),
        func.sum(case((guests.c.came_at.is_not(None), 1), else_=0)).label("persons_came"),
    )
    .where(_mine, _of)
    .group_by(guests.c.reply)
)
INVITED = (
    select(
        recipients.c.state,
        (broadcasts.c.state == "sent").label("is_over"),
        func.count(recipients.c.person_id.distinct()).label("n"),
    )
    .join(broadcasts, broadcasts.c.id == recipients.c.broadcast_id)
    .where(
        broadcasts.c.school_id == SCHOOL,
        recipients.c.school_id == SCHOOL,
        broadcasts.c.case_id == bindparam("occasion"),
        # A reminder goes to nobody who was not invited before.
        broadcasts.c.id
        == select(func.min(broadcasts.c.id))
        .where(broadcasts.c.school_id == SCHOOL, broadcasts.c.case_id == bindparam("occasion"))
        .scalar_subquery(),
    )
    .group_by(recipients.c.state, broadcasts.c.state)
)
"""What became of the first invitation, in people."""
RATINGS = select(
    func.count().label("n"), func.coalesce(func.sum(impressions.c.rating), 0).label("total")
).where(impressions.c.school_id == SCHOOL, impressions.c.occasion_id == bindparam("occasion"))
LINES = (
    select(impressions.c.line)
    .where(
        impressions.c.school_id == SCHOOL,
        impressions.c.occasion_id == bindparam("occasion"),
        impressions.c.line.is_not(None),
    )
    .order_by(impressions.c.id.desc())
    .limit(bindparam("most"))
)
KEEP_IMPRESSION = insert(impressions)
ANSWERED_BY_NAME = (
    select(guests, people.c.name)
    .join(people, people.c.id == guests.c.person_id)
    .where(_mine, people.c.school_id == SCHOOL, _of)
    .order_by(people.c.name, guests.c.case_id)
)
UNANSWERED_BY_NAME = (
    select(people.c.id, people.c.name)
    .join(recipients, recipients.c.person_id == people.c.id)
    .join(broadcasts, broadcasts.c.id == recipients.c.broadcast_id)
    .where(
        people.c.school_id == SCHOOL,
        recipients.c.school_id == SCHOOL,
        broadcasts.c.school_id == SCHOOL,
        broadcasts.c.case_id == bindparam("occasion"),
        broadcasts.c.opens.is_not(None),
        recipients.c.state.in_(GOT),
        people.c.id.not_in(select(guests.c.person_id).where(_mine, _of)),
    )
    .distinct()
    .order_by(people.c.name, people.c.id)
)
"""Who has the invitation and has not answered, by name."""
NETWORK_OF_HOST = (
    select(people.c.network)
    .join(seats, seats.c.person_id == people.c.id)
    .where(
        people.c.school_id == SCHOOL,
        seats.c.school_id == SCHOOL,
        seats.c.case_id == bindparam("occasion"),
        seats.c.part == "owner",
    )
)
"""Where whoever plans an event was heard from last."""
GUEST = (
    select(guests, people.c.name)
    .join(people, people.c.id == guests.c.person_id)
    .where(_mine, people.c.school_id == SCHOOL, guests.c.case_id == bindparam("guest"))
)
"""A guest by their own case."""
NAMED = ANSWERED_BY_NAME.where(guests.c.reply == COMING)
"""Who comes, by name."""
OF_PERSON = select(guests).where(_mine, guests.c.person_id == bindparam("person_id"))
FORGET_GUEST = delete(guests).where(_mine, guests.c.person_id == bindparam("whose"))
