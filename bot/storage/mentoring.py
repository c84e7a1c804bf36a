"""Mentors, their places, the requests they got, and what students wish: tables and statements."""

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Boolean,
    CheckConstraint,
    Column,
    Exists,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage.tables import (
    Moment,
    addresses,
    cases,
    consents,
    metadata,
    people,
    person,
    profiles,
    school,
    seats,
    serial,
)

SCHOOL: BindParameter[str] = bindparam("of_school")


def _of(column: str, *, key: bool = False) -> Column[int]:
    """Return a column that names a person by the part they play; the row goes when the person goes."""
    cascade = ForeignKey("people.id", ondelete="CASCADE")
    return Column(column, BigInteger, cascade, nullable=False, primary_key=key)


mentors = Table(
    "mentors",
    metadata,
    person(key=True),
    school(),
    Column("offer", Text, nullable=False),
    Column("since", Moment, nullable=False),
    Column("rests_until", Moment),
    Column("silences", Integer, nullable=False),
)
"""What alumni are ready to do as mentors; `silences` counts requests in a row without an answer."""

mentor_places = Table(
    "mentor_places",
    metadata,
    _of("mentor_id", key=True),
    Column("place", Integer, primary_key=True),
    school(),
    _of("student_id"),
    Column("since", Moment, nullable=False),
    Column("taken_at", Moment),
    CheckConstraint("place BETWEEN 1 AND 3", name="place"),
    Index(
        "uq_mentor_places_asked",
        "mentor_id",
        unique=True,
        sqlite_where=text("taken_at IS NULL"),
        postgresql_where=text("taken_at IS NULL"),
    ),
    Index(None, "student_id"),
)
"""Each row is one student's place with a mentor: kept while the mentor is asked, then taken.

The key makes a place one student's only, whoever comes at the same time; the index makes it one request at a time.
"""

mentor_asks = Table(
    "mentor_asks",
    metadata,
    serial(),
    school(),
    _of("mentor_id"),
    _of("student_id"),
    Column("asked_at", Moment, nullable=False),
    Column("answered_at", Moment),
    Column("accepted_at", Moment),
    Index(None, "mentor_id", "asked_at"),
    Index(None, "student_id"),
)
"""Every request, so that nobody is asked too often.

`answered_at` is when the student first heard of the mentor, be it a question; empty where nothing came.
"""

wishes = Table(
    "wishes",
    metadata,
    person(key=True),
    school(),
    Column("wish", Text, nullable=False),
    Column("told_at", Moment, nullable=False),
)
"""What a student looked for last."""

expectations = Table(
    "expectations",
    metadata,
    serial(),
    school(),
    person(),
    Column("is_after", Boolean, nullable=False),
    Column("pay", Integer),
    Column("months", Integer),
    Column("at", Moment, nullable=False),
    Index(None, "person_id"),
)
"""What students expect of a first job, before the first meeting and after the last."""

_WHO: BindParameter[int] = bindparam("person_id")
_MENTOR: BindParameter[int] = bindparam("of_mentor")
_STUDENT: BindParameter[int] = bindparam("of_student")

OFFER = select(mentors).where(mentors.c.school_id == SCHOOL, mentors.c.person_id == _WHO)
_offer = upsert(mentors)
KEEP_OFFER = _offer.on_conflict_do_update(
    index_elements=["person_id"],
    set_={c: _offer.excluded[c] for c in ("offer", "rests_until", "silences")},
)
REST_MENTOR = (
    update(mentors)
    .where(mentors.c.school_id == SCHOOL, mentors.c.person_id == _MENTOR)
    .values(rests_until=bindparam("new_rests_until"))
)
SILENCES = (
    update(mentors)
    .where(mentors.c.school_id == SCHOOL, mentors.c.person_id == _MENTOR)
    .values(silences=bindparam("new_silences"))
)


def _agrees(purpose: str) -> Exists:
    return (
        select(consents.c.id)
        .where(
            consents.c.school_id == SCHOOL,
            consents.c.person_id == mentors.c.person_id,
            consents.c.purpose == purpose,
            consents.c.withdrawn_at.is_(None),
        )
        .exists()
    )


MENTORS = (
    select(
        mentors.c.person_id,
        mentors.c.offer,
        people.c.born,
        people.c.name,
        profiles.c.programme,
        profiles.c.doing,
    )
    .join(people, and_(people.c.id == mentors.c.person_id, people.c.school_id == SCHOOL))
    .join(
        profiles,
        and_(profiles.c.person_id == mentors.c.person_id, profiles.c.school_id == SCHOOL),
    )
    .join(
        addresses,
        and_(
            addresses.c.school_id == SCHOOL,
            addresses.c.network == people.c.network,
            addresses.c.address == people.c.address,
        ),
    )
    .where(
        mentors.c.school_id == SCHOOL,
        or_(mentors.c.rests_until.is_(None), mentors.c.rests_until <= bindparam("moment")),
        people.c.erased_at.is_(None),
        people.c.stopped_at.is_(None),
        or_(people.c.paused_until.is_(None), people.c.paused_until <= bindparam("moment")),
        addresses.c.unreachable_at.is_(None),
        _agrees("volunteering"),
        _agrees("visible"),
    )
    .order_by(mentors.c.person_id)
)
"""Mentors who may be asked: they rest neither from this nor from the bot, can be reached, and have agreed."""

EVERY_MENTOR = (
    select(mentors.c.person_id, people.c.name)
    .join(people, and_(people.c.id == mentors.c.person_id, people.c.school_id == SCHOOL))
    .where(mentors.c.school_id == SCHOOL)
)
PLACES = select(mentor_places.c.mentor_id, mentor_places.c.place, mentor_places.c.taken_at).where(
    mentor_places.c.school_id == SCHOOL
)
PLACES_OF = select(
    mentor_places.c.place, mentor_places.c.taken_at, mentor_places.c.student_id
).where(mentor_places.c.school_id == SCHOOL, mentor_places.c.mentor_id == _MENTOR)
ONE_AT_A_TIME = select(func.pg_advisory_xact_lock(func.hashtext("mentors of " + SCHOOL)))
"""Until the transaction ends, nobody else of the school looks for mentors; for PostgreSQL only.

Else a student who finds nobody at the moment in which a place gets free might not be seen by either side.
"""
KEEP_PLACE = upsert(mentor_places).on_conflict_do_nothing().returning(mentor_places.c.place)
_PLACE = and_(
    mentor_places.c.school_id == SCHOOL,
    mentor_places.c.mentor_id == _MENTOR,
    mentor_places.c.student_id == _STUDENT,
)
TAKE_PLACE = update(mentor_places).where(_PLACE).values(taken_at=bindparam("new_taken_at"))
FREE_PLACE = delete(mentor_places).where(_PLACE).returning(mentor_places.c.taken_at)

ASK = insert(mentor_asks)
_OF_THE_TWO = and_(
    mentor_asks.c.school_id == SCHOOL,
    mentor_asks.c.mentor_id == _MENTOR,
    mentor_asks.c.student_id == _STUDENT,
)
ANSWER = (
    update(mentor_asks)
    .where(
        mentor_asks.c.school_id == SCHOOL,
        mentor_asks.c.id
        == select(func.max(mentor_asks.c.id)).where(_OF_THE_TWO).scalar_subquery(),
    )
    .values(
        answered_at=func.coalesce(
            mentor_asks.c.answered_at, bindparam("new_answered_at", type_=Moment)
        ),
        accepted_at=bindparam("new_accepted_at"),
    )
)
"""Of all requests of the two the newest is answered, at the first word that the student hears.

One that was taken back, or went by, stays without an answer.
"""
ASKS = (
    select(
        mentor_asks.c.mentor_id,
        func.count().filter(mentor_asks.c.asked_at > bindparam("since")).label("lately"),
        func.max(mentor_asks.c.asked_at).label("last"),
        func.max(mentor_asks.c.accepted_at).label("accepted"),
    )
    .where(mentor_asks.c.school_id == SCHOOL)
    .group_by(mentor_asks.c.mentor_id)
)
"""How often each mentor has been asked, and when last; moments as they are stored."""
ANSWERS_OF = select(
    mentor_asks.c.mentor_id, mentor_asks.c.asked_at, mentor_asks.c.answered_at
).where(
    mentor_asks.c.school_id == SCHOOL,
    mentor_asks.c.mentor_id.in_(bindparam("mentor_ids", expanding=True)),
    mentor_asks.c.answered_at.is_not(None),
)

WISH = select(wishes).where(wishes.c.school_id == SCHOOL, wishes.c.person_id == _WHO)
_wish = upsert(wishes)
KEEP_WISH = _wish.on_conflict_do_update(
    index_elements=["person_id"], set_={c: _wish.excluded[c] for c in ("wish", "told_at")}
)
SEARCHES = (
    select(
        cases.c.id,
        cases.c.state,
        cases.c.opened_at,
        cases.c.facts,
        seats.c.person_id,
        wishes.c.wish,
        people.c.born,
        people.c.class_key,
    )
    .join(seats, and_(seats.c.case_id == cases.c.id, seats.c.school_id == SCHOOL))
    .join(people, and_(people.c.id == seats.c.person_id, people.c.school_id == SCHOOL))
    .join(wishes, and_(wishes.c.person_id == seats.c.person_id, wishes.c.school_id == SCHOOL))
    .where(
        cases.c.school_id == SCHOOL,
        cases.c.is_open,
        cases.c.lifecycle == "mentoring.search",
        seats.c.part == "student",
    )
    .order_by(cases.c.opened_at, cases.c.id)
)
"""Open searches, who has waited longest first."""
STUDENT = select(people.c.born, people.c.class_key).where(
    people.c.school_id == SCHOOL, people.c.id == _WHO
)
KEEP_EXPECTATION = insert(expectations)

_WHOSE: BindParameter[int] = bindparam("whose")
ERASURE = (
    delete(mentors).where(mentors.c.school_id == SCHOOL, mentors.c.person_id == _WHOSE),
    delete(mentor_places).where(
        mentor_places.c.school_id == SCHOOL,
        or_(mentor_places.c.mentor_id == _WHOSE, mentor_places.c.student_id == _WHOSE),
    ),
    delete(mentor_asks).where(
        mentor_asks.c.school_id == SCHOOL,
        or_(mentor_asks.c.mentor_id == _WHOSE, mentor_asks.c.student_id == _WHOSE),
    ),
    delete(wishes).where(wishes.c.school_id == SCHOOL, wishes.c.person_id == _WHOSE),
    delete(expectations).where(
        expectations.c.school_id == SCHOOL, expectations.c.person_id == _WHOSE
    ),
)
"""All that mentoring knows about a person; statements of `bot.storage.people.ERASURE` come beside them."""
OFFERS_OF = select(mentors.c.offer, mentors.c.since, mentors.c.rests_until).where(
    mentors.c.school_id == SCHOOL, mentors.c.person_id == _WHO
)
EXPECTATIONS_OF = select(
    expectations.c.is_after, expectations.c.pay, expectations.c.months, expectations.c.at
).where(expectations.c.school_id == SCHOOL, expectations.c.person_id == _WHO)
"""What somebody gets in a copy of their data, as `WISH`."""
