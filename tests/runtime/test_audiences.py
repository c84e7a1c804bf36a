"""An audience means exactly the people that its lines describe, and reaches those who have agreed."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import Connection, bindparam, insert, select

from bot.domain.broadcasts.audience import INVITABLE, Audience, Contact
from bot.domain.broadcasts.reach import Excluded
from bot.domain.consent import Purpose
from bot.domain.digest import Frequency
from bot.domain.people import Role
from bot.domain.signup import HowLeft, Offer
from bot.storage.audiences import WRITTEN_TO, counted, listing, sorted_out
from bot.storage.broadcast_tables import broadcasts, recipients
from bot.storage.database import Database
from tests.crowd import LANGUAGES, PROGRAMMES, TOWNS, OneOfMany, crowd, let_all_in

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SCHOOL = "three-shores"
EVERYBODY = list(crowd(7, 400, NOW))
ANY_TIME = {"moment": NOW, "had_since": NOW, "corrects": 0, "promised": "", "can_wait": False}
IN_A_WEEK, IN_A_MONTH = NOW + timedelta(days=7), NOW + timedelta(days=30)
LEARN = {"welding": ("KE-24",), "cooking": ("KO-25",)}
"""Which classes learn what."""


def some_of(values: tuple[object, ...]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.sampled_from([one for one in values if one]), unique=True, max_size=2).map(
        tuple
    )


audiences = st.builds(
    Audience,
    roles=st.lists(st.sampled_from(INVITABLE), unique=True, min_size=1).map(tuple),
    how_left=some_of(tuple(HowLeft)),
    programmes=some_of(PROGRAMMES),
    left_from=st.sampled_from([None, None, 2000, 2012]),
    left_until=st.sampled_from([None, None, 2012, 2023]),
    towns=some_of(TOWNS),
    languages=some_of(LANGUAGES),
    offers=some_of(tuple(Offer)),
    contact=st.sampled_from([None, None, *Contact]),
)


def classes_of(audience: Audience) -> tuple[str, ...]:
    return tuple(key for one in audience.programmes for key in LEARN[one])


def is_meant(one: OneOfMany, audience: Audience) -> bool:
    """Say the same as the statement, one person and one line at a time."""
    is_engaged = one.seen_at > NOW - timedelta(days=365)
    return all(
        (
            one.role in audience.roles,
            not audience.how_left or one.how_left in audience.how_left,
            not audience.programmes
            or one.programme in audience.programmes
            or one.class_key in classes_of(audience),
            audience.left_from is None
            or (one.left_in is not None and one.left_in >= audience.left_from),
            audience.left_until is None
            or (one.left_in is not None and one.left_in <= audience.left_until),
            not audience.towns or one.town in audience.towns,
            not audience.languages or one.language in audience.languages,
            not audience.offers or bool({*one.offers} & {*audience.offers}),
            audience.contact is None or is_engaged == (audience.contact is Contact.ENGAGED),
        )
    )


def why_not(one: OneOfMany, purpose: Purpose, *, can_wait: bool = False) -> Excluded | None:
    if one.stopped_at:
        return Excluded.STOPPED
    if purpose not in one.agreed:
        return Excluded.NO_CONSENT
    if one.paused_until and one.paused_until > NOW:
        return Excluded.PAUSED
    if one.is_unreachable:
        return Excluded.UNREACHABLE
    return Excluded.NEEDED if can_wait and one.frequency is Frequency.NEEDED else None


def comes_at(one: OneOfMany, *, can_wait: bool) -> datetime | None:
    if not can_wait or one.frequency is Frequency.ANY_TIME:
        return None
    return IN_A_MONTH if one.frequency is Frequency.MONTHLY else IN_A_WEEK


@pytest.fixture
def filled(database: Database) -> Database:
    """A database with everybody in it."""
    with database.engine.begin() as tx:
        let_all_in(tx, SCHOOL, EVERYBODY, NOW)
        about = {"case_id": 1, "purpose": "events", "audience": "", "letter": "", "state": "sent"}
        stood = {"id": 1, "school_id": SCHOOL, "listed_to": 0, "begun_at": NOW}
        tx.execute(insert(broadcasts), {**stood, **about})
    return database


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(audience=audiences, purpose=st.sampled_from(Purpose), can_wait=st.booleans())
def test_an_audience_is_what_one_finds_who_asks_each_person(
    filled: Database, audience: Audience, purpose: Purpose, *, can_wait: bool
) -> None:
    meant = [one for one in EVERYBODY if is_meant(one, audience)]
    with filled.engine.begin() as tx:
        now = {"of_school": SCHOOL, "purpose": purpose, **ANY_TIME, "can_wait": can_wait}
        found = tx.execute(counted(audience, classes_of(audience), NOW), now).mappings().all()
        list_some(tx, audience, purpose, can_wait=can_wait)
        listed = tx.execute(LISTED, {"of_school": SCHOOL}).all()
        tx.rollback()

    assert listed == [
        (one.id, comes_at(one, can_wait=can_wait))
        for one in meant
        if why_not(one, purpose, can_wait=can_wait) is None
    ]
    numbers = {(row["language"], None): row[WRITTEN_TO] for row in found if row[WRITTEN_TO]}
    numbers |= {(row["language"], why): n for row in found for why, n in sorted_out(row).items()}
    assert numbers == Counter(
        (one.language, why_not(one, purpose, can_wait=can_wait)) for one in meant
    )


LISTED = (
    select(recipients.c.person_id, recipients.c.not_before)
    .where(recipients.c.school_id == bindparam("of_school"))
    .order_by(recipients.c.person_id)
)


def list_some(
    tx: Connection,
    audience: Audience,
    purpose: Purpose,
    after: int = 0,
    up_to: int = 1000,
    *,
    can_wait: bool = False,
) -> list[int]:
    """List people for a broadcast; return all who are listed, in order."""
    now = {"of_school": SCHOOL, "purpose": purpose, **ANY_TIME, "can_wait": can_wait}
    digests = {"weekly_at": IN_A_WEEK, "monthly_at": IN_A_MONTH}
    statement = listing(audience, classes_of(audience), NOW)
    asked = {**now, **digests, "of_broadcast": 1, "after": after, "up_to": up_to}
    tx.execute(statement, asked)
    return [row.person_id for row in tx.execute(LISTED, {"of_school": SCHOOL})]


def test_people_are_listed_a_few_at_a_time_and_each_once(filled: Database) -> None:
    with filled.engine.begin() as tx:
        whole = list_some(tx, Audience(), Purpose.EVENTS)
        tx.rollback()
    listed: list[int] = []
    with filled.engine.begin() as tx:
        for after in range(0, 400, 7):
            listed = list_some(tx, Audience(), Purpose.EVENTS, after, after + 7)

    assert listed == whole


def test_a_teacher_is_in_no_audience(filled: Database) -> None:
    with filled.engine.begin() as tx:
        people = list_some(tx, Audience(), Purpose.NEWS)

    staff = {one.id for one in EVERYBODY if one.role is Role.TEACHER}
    assert staff
    assert staff.isdisjoint(people)
