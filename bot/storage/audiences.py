"""Who is meant by an audience, and who of them may be written to: consent is applied here and nowhere else."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Boolean,
    ColumnElement,
    Insert,
    Select,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    true,
)

from bot.domain.broadcasts.audience import Audience, Contact
from bot.domain.broadcasts.reach import Excluded
from bot.domain.digest import Frequency
from bot.domain.people import CaseId
from bot.storage.broadcast_tables import GOT, broadcasts, recipients
from bot.storage.invitations import has_answered
from bot.storage.tables import Moment, addresses, consents, people, profiles, roles

SCHOOL: BindParameter[str] = bindparam("of_school")
HEARD_FROM = timedelta(days=365)
WRITTEN_TO, IN_ALL = "written_to", "in_all"
"""Columns beside those of why people are not written to."""


_agreed = consents.alias("agreed")
_closed = addresses.alias("closed")
_agreement = and_(
    _agreed.c.school_id == SCHOOL,
    _agreed.c.person_id == people.c.id,
    _agreed.c.purpose == bindparam("purpose"),
    _agreed.c.withdrawn_at.is_(None),
)
_closure = and_(
    _closed.c.school_id == SCHOOL,
    _closed.c.network == people.c.network,
    _closed.c.address == people.c.address,
    _closed.c.unreachable_at.is_not(None),
)
_people = people.outerjoin(_agreed, _agreement).outerjoin(_closed, _closure)
"""Everybody, beside what they have agreed to and where nothing arrives: one row each."""
_had_lately = people.c.id.in_(
    select(recipients.c.person_id)
    .join(broadcasts, broadcasts.c.id == recipients.c.broadcast_id)
    .where(
        broadcasts.c.school_id == SCHOOL,
        broadcasts.c.purpose == bindparam("promised"),
        # Of what was over by then nobody had a letter since: old ledgers are not read.
        or_(broadcasts.c.ended_at.is_(None), broadcasts.c.ended_at >= bindparam("had_since")),
        # What corrects a letter stands in its place.
        broadcasts.c.case_id != bindparam("corrects"),
        recipients.c.school_id == SCHOOL,
        recipients.c.state.in_(GOT),
        recipients.c.at >= bindparam("had_since"),
    )
)
_had_one = and_(bindparam("promised") != "", _had_lately)
"""Where nothing is promised no ledger is read."""
_wants_none = and_(
    bindparam("can_wait", type_=Boolean), people.c.frequency.is_not_distinct_from(Frequency.NEEDED)
)
"""What need not be read today is not sent to whoever wants only what is needed."""
_is_paused = and_(people.c.paused_until.is_not(None), people.c.paused_until > bindparam("moment"))
_reasons = (
    (Excluded.STOPPED, people.c.stopped_at.is_not(None)),
    (Excluded.NO_CONSENT, _agreed.c.person_id.is_(None)),
    (Excluded.PAUSED, _is_paused),
    (Excluded.UNREACHABLE, _closed.c.address.is_not(None)),
    (Excluded.NEEDED, _wants_none),
    (Excluded.LATELY, _had_one),
)
"""Why somebody is not written to; of several reasons the first counts."""
_may_be_written_to = and_(*(not_(line) for _, line in _reasons))
_why_excluded = case(*((line, one.value) for one, line in _reasons), else_=None)

_their_digest = case(
    (not_(bindparam("can_wait", type_=Boolean)), None),
    (people.c.frequency == Frequency.ANY_TIME, None),
    (people.c.frequency == Frequency.MONTHLY, bindparam("monthly_at", type_=Moment)),
    else_=bindparam("weekly_at", type_=Moment),
)
"""When a letter comes that can wait; None for at once."""
EXCLUDED = (
    select(people.c.id, _why_excluded.label("why"))
    .select_from(_people)
    .where(
        people.c.school_id == SCHOOL,
        people.c.id.in_(bindparam("person_ids", expanding=True)),
        not_(_may_be_written_to),
    )
)
"""Who of `person_ids` is not written to at this `moment` about this `purpose`, each with why.

What `can_wait` is not sent to whoever wants only what is needed.
Nor is whoever had a letter about the purpose `promised` since `had_since`, here and below.
"""


def counted(audience: Audience, classes: tuple[str, ...], now: datetime) -> Select[Any]:
    """Return how many people of `audience` there are, by language: of each reason, who are written to, and in all.

    *classes* are the keys of the school's classes that learn one of the audience's programmes. Reasons are columns,
    not rows, for how many languages there are a database knows, and so it counts as it reads. Who is left over has
    the last reason: that is the dear one, and it is looked at once.
    """
    columns = [
        func.count().filter(and_(line, *(not_(before) for _, before in _reasons[:at]))).label(one)
        for at, (one, line) in enumerate(_reasons[:-1])
    ]
    return (
        select(
            people.c.language,
            *columns,
            func.count().filter(_may_be_written_to).label(WRITTEN_TO),
            func.count().label(IN_ALL),
        )
        .select_from(_people)
        .where(_meant(audience, classes, now))
        .group_by(people.c.language)
    )


def sorted_out(row: Mapping[Any, Any]) -> dict[Excluded, int]:
    """Return how many a row that was `counted` has for each reason."""
    found = {one: row[one] for one, _ in _reasons[:-1]}
    rest = row[IN_ALL] - row[WRITTEN_TO] - sum(found.values())
    return {one: number for one, number in (*found.items(), (_reasons[-1][0], rest)) if number}


def listing(audience: Audience, classes: tuple[str, ...], now: datetime) -> Insert:
    """List the people of `audience` who may be written to, of those numbered over `after` and `up_to` a number.

    What `can_wait` waits for `weekly_at` or `monthly_at`, as each has chosen.
    """
    found = (
        select(
            bindparam("of_broadcast", type_=BigInteger).label("broadcast_id"),
            people.c.id.label("person_id"),
            people.c.school_id,
            literal("waiting").label("state"),
            _their_digest.label("not_before"),
        )
        .select_from(_people)
        .where(
            _meant(audience, classes, now, _next_ones),
            _may_be_written_to,
            _next_ones(people.c.id),
            _next_ones(_agreed.c.person_id),
        )
    )
    into = ("broadcast_id", "person_id", "school_id", "state", "not_before")
    return insert(recipients).from_select(into, found)


def _next_ones(number: ColumnElement[int]) -> ColumnElement[bool]:
    """Return whether somebody is among the next to be listed.

    It is said of each table: a database does not see that it follows, and would read all of them every time.
    """
    return and_(number > bindparam("after"), number <= bindparam("up_to"))


def _anybody(_: ColumnElement[int]) -> ColumnElement[bool]:
    return true()


def _meant(
    audience: Audience,
    classes: tuple[str, ...],
    now: datetime,
    among: Callable[[ColumnElement[int]], ColumnElement[bool]] = _anybody,
) -> ColumnElement[bool]:
    """Return what holds of everybody who is meant, whether or not they may be written to, `among` some."""
    told = profiles.c
    lines: list[ColumnElement[bool]] = [
        people.c.school_id == SCHOOL,
        people.c.erased_at.is_(None),
        _has(roles, among(roles.c.person_id), roles.c.role.in_(audience.roles)),
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
        lines.append(_has(profiles, among(told.person_id), *of_profile))
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
        # Whoever waits gets it, unless it is over.
        waits = and_(recipients.c.state == "waiting", broadcasts.c.state != "sent")
        lines.append(~_in_ledger(audience.but_not, or_(recipients.c.state.in_(GOT), waits)))
    if audience.got is not None:
        lines.append(_in_ledger(audience.got, recipients.c.state.in_(GOT)))
    if (above := audience.unanswered) is not None:
        lines.append(_in_ledger(above, recipients.c.state.in_(GOT)))
        lines.append(~has_answered(literal(above), people.c.id))
    return and_(*lines)


def _in_ledger(case_id: CaseId, line: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return whether the person has a row in the ledger of a case, of which `line` holds."""
    found = (
        select(recipients.c.person_id)
        .join(broadcasts, broadcasts.c.id == recipients.c.broadcast_id)
        .where(
            broadcasts.c.school_id == SCHOOL,
            recipients.c.school_id == SCHOOL,
            broadcasts.c.case_id == case_id,
            recipients.c.person_id == people.c.id,
            line,
        )
    )
    return found.exists()


def _has(table: Any, *lines: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return whether the person has a row in `table` of which all `lines` hold."""
    of_person = (table.c.school_id == SCHOOL, table.c.person_id == people.c.id)
    return select(table.c.person_id).where(*of_person, *lines).exists()
