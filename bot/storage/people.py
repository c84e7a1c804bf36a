"""Statements about people: who they are, how to reach them, what they agreed to."""

from sqlalchemy import BindParameter, bindparam, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage.tables import (
    addresses,
    case_events,
    class_codes,
    consents,
    conversations,
    outbox,
    people,
    profiles,
    roles,
    seats,
    staff,
)

SCHOOL: BindParameter[str] = bindparam("of_school")
_WHO: BindParameter[int] = bindparam("person_id")
_WHOSE: BindParameter[int] = bindparam("whose")
"""The same where a table has a column of that name that is written."""

PERSON = select(people).where(people.c.school_id == SCHOOL, people.c.id == _WHO)
NAMES = select(people.c.id, people.c.name).where(
    people.c.school_id == SCHOOL, people.c.id.in_(bindparam("person_ids", expanding=True))
)
MEET = insert(people).returning(people.c.id)
ADDRESS = insert(addresses)
ADDRESSES = select(addresses).where(addresses.c.school_id == SCHOOL, addresses.c.person_id == _WHO)

EVERY_ADDRESS = select(addresses.c.address).where(addresses.c.school_id == SCHOOL)
EVERY_STAFF_KEY = select(staff.c.key).where(staff.c.school_id == SCHOOL)
SEEN = (
    update(people)
    .where(people.c.school_id == SCHOOL, people.c.id == _WHO)
    .values({c: bindparam(f"new_{c}") for c in ("seen_at", "network", "address")})
)
SET_LANGUAGE = (
    update(people)
    .where(people.c.school_id == SCHOOL, people.c.id == _WHO)
    .values(language=bindparam("new_language"))
)
INTRODUCE = (
    update(people)
    .where(people.c.school_id == SCHOOL, people.c.id == _WHO)
    .values({c: bindparam(f"new_{c}") for c in ("name", "born", "class_key")})
)
REST = (
    update(people)
    .where(people.c.school_id == SCHOOL, people.c.id == _WHO)
    .values({c: bindparam(f"new_{c}") for c in ("paused_until", "stopped_at")})
)
SET_FREQUENCY = (
    update(people)
    .where(people.c.school_id == SCHOOL, people.c.id == _WHO)
    .values(frequency=bindparam("new_frequency"))
)
REACHABLE = (
    update(addresses)
    .where(
        addresses.c.school_id == SCHOOL,
        addresses.c.network == bindparam("at_network"),
        addresses.c.address == bindparam("at_address"),
    )
    .values(unreachable_at=bindparam("new_unreachable_at"))
)

ROLES = select(roles.c.role).where(roles.c.school_id == SCHOOL, roles.c.person_id == _WHO)
ADD_ROLE = upsert(roles).on_conflict_do_nothing()
DROP_ROLE = delete(roles).where(
    roles.c.school_id == SCHOOL, roles.c.person_id == _WHO, roles.c.role == bindparam("role")
)

PROFILE = select(profiles).where(profiles.c.school_id == SCHOOL, profiles.c.person_id == _WHO)
_profile = upsert(profiles)
KEEP_PROFILE = _profile.on_conflict_do_update(
    index_elements=["person_id"],
    set_={
        c: _profile.excluded[c]
        for c in ("programme", "left_in", "how_left", "doing", "town", "offers")
    },
)

CONSENTS = (
    select(consents)
    .where(consents.c.school_id == SCHOOL, consents.c.person_id == _WHO)
    .order_by(consents.c.id)
)
GIVE_CONSENT = insert(consents)
WITHDRAW_CONSENT = (
    update(consents)
    .where(
        consents.c.school_id == SCHOOL,
        consents.c.person_id == _WHOSE,
        consents.c.purpose == bindparam("at_purpose"),
        consents.c.withdrawn_at.is_(None),
    )
    .values(withdrawn_at=bindparam("new_withdrawn_at"))
)

STAFF = select(staff).where(staff.c.school_id == SCHOOL).order_by(staff.c.key)
STAFF_PERSON = (
    select(staff.c.person_id)
    .join(people, people.c.id == staff.c.person_id)
    .where(
        staff.c.school_id == SCHOOL,
        people.c.school_id == SCHOOL,
        staff.c.key == bindparam("key"),
        people.c.stopped_at.is_(None),
    )
)
KEYS_OF = select(staff.c.key).where(
    staff.c.school_id == SCHOOL, staff.c.person_id == bindparam("person_id")
)
INVITED = select(staff.c.key, staff.c.name, staff.c.role).where(
    staff.c.school_id == SCHOOL,
    staff.c.token_hash == bindparam("token_hash"),
    staff.c.expires_at > bindparam("moment"),
)
_invite = upsert(staff)
INVITE = _invite.on_conflict_do_update(
    index_elements=["school_id", "key"],
    set_={c: _invite.excluded[c] for c in ("name", "role", "token_hash", "expires_at")},
)
# The hash is asked for again, so that of two who press the same link at once only one comes in.
JOIN_STAFF = (
    update(staff)
    .where(
        staff.c.school_id == SCHOOL,
        staff.c.token_hash == bindparam("at_token_hash"),
        staff.c.expires_at > bindparam("moment"),
    )
    .values(person_id=bindparam("new_person_id"), token_hash=None, expires_at=None)
    .returning(staff.c.key, staff.c.name, staff.c.role)
)

CLASS_OF_CODE = select(class_codes.c.class_key).where(
    class_codes.c.school_id == SCHOOL,
    class_codes.c.code == bindparam("code"),
    class_codes.c.expires_at > bindparam("moment"),
)
ADD_CODE = upsert(class_codes).on_conflict_do_nothing().returning(class_codes.c.code)

EVENTS_BY = (
    select(
        case_events.c.lifecycle,
        case_events.c.from_state,
        case_events.c.to_state,
        case_events.c.event,
        case_events.c.reason,
        case_events.c.at,
    )
    .where(case_events.c.school_id == SCHOOL, case_events.c.person_id == _WHO)
    .order_by(case_events.c.id)
)
LETTERS_TO = (
    select(outbox.c.kind, outbox.c.letter, outbox.c.created_at, outbox.c.sent_at, outbox.c.network)
    # A letter to many is kept with its broadcast, and is listed with these.
    .where(
        outbox.c.school_id == SCHOOL,
        outbox.c.person_id == _WHO,
        outbox.c.broadcast_id.is_(None),
    )
    .order_by(outbox.c.id)
)

ERASURE = (
    delete(conversations).where(
        conversations.c.school_id == SCHOOL, conversations.c.person_id == _WHOSE
    ),
    delete(consents).where(consents.c.school_id == SCHOOL, consents.c.person_id == _WHOSE),
    delete(profiles).where(profiles.c.school_id == SCHOOL, profiles.c.person_id == _WHOSE),
    delete(roles).where(roles.c.school_id == SCHOOL, roles.c.person_id == _WHOSE),
    delete(seats).where(seats.c.school_id == SCHOOL, seats.c.person_id == _WHOSE),
    delete(outbox).where(outbox.c.school_id == SCHOOL, outbox.c.person_id == _WHOSE),
    delete(addresses).where(addresses.c.school_id == SCHOOL, addresses.c.person_id == _WHOSE),
    update(staff)
    .where(staff.c.school_id == SCHOOL, staff.c.person_id == _WHOSE)
    .values(person_id=None),
    update(case_events)
    .where(case_events.c.school_id == SCHOOL, case_events.c.person_id == _WHOSE)
    .values(person_id=None),
)
"""All that is known about a person, in an order that no reference forbids; `web_chats.forget` goes first."""
FORGET_NAMING = delete(outbox).where(
    outbox.c.school_id == SCHOOL,
    outbox.c.person_id != _WHOSE,
    # A quotation mark inside a text is escaped, so nothing that people write looks like this.
    outbox.c.letter.contains(bindparam("naming")),
    # What is on its way at this moment is its relay's.
    outbox.c.state != "sending",
)
"""Letters to others in which a person is named: `naming` is the mark of `letters_kept.written` for them."""
BURY = (
    update(people)
    .where(people.c.school_id == SCHOOL, people.c.id == _WHO)
    .values(name=None, born=None, class_key=None, erased_at=bindparam("new_erased_at"))
)
"""What is left for as long as the goodbye is on its way: a language and where to send it."""
_THIS = people.c.id == bindparam("person_id")
STRANGERS = (
    select(people.c.id)
    .where(
        people.c.school_id == SCHOOL,
        people.c.created_at < bindparam("before"),
        people.c.seen_at < bindparam("before"),
        people.c.erased_at.is_(None),
        ~select(roles.c.person_id)
        .where(roles.c.school_id == SCHOOL, roles.c.person_id == people.c.id)
        .exists(),
        ~select(conversations.c.id)
        .where(conversations.c.school_id == SCHOOL, conversations.c.person_id == people.c.id)
        .exists(),
        ~select(seats.c.case_id)
        .where(seats.c.school_id == SCHOOL, seats.c.person_id == people.c.id)
        .exists(),
    )
    .limit(1000)
)
"""People who came by, answered nothing, and are nobody to the school."""
IS_STRANGER = STRANGERS.where(_THIS)
UNHEARD_OF = (
    select(people.c.id)
    .where(
        people.c.school_id == SCHOOL,
        people.c.seen_at < bindparam("before"),
        people.c.erased_at.is_(None),
        ~select(roles.c.person_id)
        .where(
            roles.c.school_id == SCHOOL,
            roles.c.person_id == people.c.id,
            roles.c.role.in_(bindparam("staff", expanding=True)),
        )
        .exists(),
    )
    .limit(1000)
)
IS_UNHEARD_OF = UNHEARD_OF.where(_THIS)
REMOVE_BURIED = delete(people).where(
    people.c.school_id == SCHOOL,
    people.c.erased_at.is_not(None),
    ~select(outbox.c.id)
    .where(
        outbox.c.school_id == SCHOOL,
        outbox.c.person_id == people.c.id,
        outbox.c.state.in_(["waiting", "sending"]),
    )
    .exists(),
)
