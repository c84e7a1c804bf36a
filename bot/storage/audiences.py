"""Who is meant by an audience, and who of them may be written to: consent is applied here and nowhere else."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
)

from bot.domain.broadcasts.audience import Audience, Contact
from bot.domain.broadcasts.reach import Excluded
from bot.domain.consent import Purpose
from bot.storage.broadcast_tables import broadcasts, recipients
from bot.storage.tables import addresses, consents, people, profiles, roles

SCHOOL: BindParameter[str] = bindparam("of_school")
HEARD_FROM = timedelta(days=365)


def counted(
    audience: Audience, purpose: Purpose, classes: tuple[str, ...], now: datetime
) -> Select[Any]:
    """Return how many people of `audience` there are, by language and by why they are not written to (None: they are).

    *classes* are the keys of the school's classes that learn one of the audience's programmes.
    """
    why = _why_excluded(purpose, now)
    meant = _meant(audience, classes, now)
    return (
        select(people.c.language, why.label("why"), func.count().label("n"))
        .where(meant)
        .group_by(people.c.language, why)
    )


def to_write_to(
    audience: Audience, purpose: Purpose, classes: tuple[str, ...], now: datetime
) -> Select[Any]:
    """Return the next people of `audience` who may be written to, after the person `after`, at most `most`."""
    return (
        select(people.c.id)
        .where(
            _meant(audience, classes, now),
            _why_excluded(purpose, now).is_(None),
            people.c.id > bindparam("after"),
        )
        .order_by(people.c.id)
        .limit(bindparam("most"))
    )


def why_excluded_now(purpose: Purpose, now: datetime) -> Select[Any]:
    """Return who of `person_ids` is not written to any more, each with why."""
    why = _why_excluded(purpose, now)
    return select(people.c.id, why.label("why")).where(
        people.c.school_id == SCHOOL,
        people.c.id.in_(bindparam("person_ids", expanding=True)),
        why.is_not(None),
    )


def _meant(audience: Audience, classes: tuple[str, ...], now: datetime) -> ColumnElement[bool]:
    """Return what holds of everybody who is meant, whether or not they may be written to."""
    told = profiles.c
    lines: list[ColumnElement[bool]] = [
        people.c.school_id == SCHOOL,
        people.c.erased_at.is_(None),
        _has(roles, roles.c.role.in_(audience.roles)),
    ]
    of_profile: list[ColumnElement[bool]] = []
    if audience.how_left:
        of_profile.append(told.how_left.in_(audience.how_left))
    if audience.left_from is not None:
        of_profile.append(told.left_in >= audience.left_from)
    if audience.left_until is not None:
        of_profile.append(told.left_in <= audience.left_until)
    if audience.towns:
        of_profile.append(told.town.in_(audience.towns))
    if audience.offers:
        # Kept as a list in JSON: the quotation marks keep one code from being found within another.
        of_profile.append(
            or_(*(told.offers.contains(f'"{one}"', autoescape=True) for one in audience.offers))
        )
    if of_profile:
        lines.append(_has(profiles, *of_profile))
    if audience.programmes:
        learned = _has(profiles, told.programme.in_(audience.programmes))
        lines.append(or_(learned, people.c.class_key.in_(classes)))
    if audience.languages:
        lines.append(people.c.language.in_(audience.languages))
    match audience.contact:
        case Contact.ENGAGED:
            lines.append(people.c.seen_at > now - HEARD_FROM)
        case Contact.SILENT:
            lines.append(people.c.seen_at <= now - HEARD_FROM)
        case None:
            pass
    if audience.but_not is not None:
        written_to = (
            select(recipients.c.person_id)
            .join(broadcasts, broadcasts.c.id == recipients.c.broadcast_id)
            .where(
                broadcasts.c.school_id == SCHOOL,
                recipients.c.school_id == SCHOOL,
                broadcasts.c.case_id == audience.but_not,
                recipients.c.person_id == people.c.id,
            )
        )
        lines.append(~written_to.exists())
    return and_(*lines)


def _why_excluded(purpose: Purpose, now: datetime) -> ColumnElement[str | None]:
    agreed = _has(consents, consents.c.purpose == purpose, consents.c.withdrawn_at.is_(None))
    closed = _has(
        addresses,
        addresses.c.network == people.c.network,
        addresses.c.address == people.c.address,
        addresses.c.unreachable_at.is_not(None),
    )
    return case(
        (~agreed, Excluded.NO_CONSENT.value),
        (people.c.stopped_at.is_not(None), Excluded.STOPPED.value),
        (people.c.paused_until > now, Excluded.PAUSED.value),
        (closed, Excluded.UNREACHABLE.value),
        else_=None,
    )


def _has(table: Any, *lines: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return whether the person has a row in `table` of which all `lines` hold."""
    of_person = (table.c.school_id == SCHOOL, table.c.person_id == people.c.id)
    return select(table.c.person_id).where(*of_person, *lines).exists()
