"""Statements about people on their way in, their conversations, and updates already taken."""

from sqlalchemy import BindParameter, and_, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage.tables import addresses, conversations, people, unread_updates, updates

SCHOOL: BindParameter[str] = bindparam("of_school")


REMEMBER = upsert(updates).on_conflict_do_nothing().returning(updates.c.update_id)
UNREAD = insert(unread_updates)
FORGET_UNREAD = delete(unread_updates).where(
    unread_updates.c.school_id == SCHOOL, unread_updates.c.at < bindparam("before")
)
FORGET_UPDATES = delete(updates).where(
    updates.c.school_id == SCHOOL, updates.c.at < bindparam("before")
)

LOCK = (
    select(people.c.id)
    .join(addresses, addresses.c.person_id == people.c.id)
    .where(
        people.c.school_id == SCHOOL,
        addresses.c.school_id == SCHOOL,
        addresses.c.network == bindparam("network"),
        addresses.c.address == bindparam("address"),
    )
    .with_for_update(of=people, key_share=True)
)
LOCK_PERSON = (
    select(people.c.id)
    .where(people.c.school_id == SCHOOL, people.c.id == bindparam("person_id"))
    .with_for_update(key_share=True)
)
"""Keeps others from acting for a person; letters may still be put for them (PostgreSQL's key share)."""
_talk = [
    conversations.c[name].label(name)
    for name in (
        "dialogue",
        "version",
        "case_id",
        "entry",
        "turn",
        "stored",
        "nudges",
        "answered_at",
    )
]
HERE = (
    select(
        people.c.id.label("person_id"),
        people.c.language,
        people.c.born,
        people.c.seen_at,
        people.c.network.label("last_network"),
        people.c.address.label("last_address"),
        addresses.c.unreachable_at,
        conversations.c.id.label("conversation_id"),
        *_talk,
    )
    .select_from(addresses)
    .join(people, people.c.id == addresses.c.person_id)
    .outerjoin(
        conversations,
        and_(conversations.c.person_id == people.c.id, conversations.c.school_id == SCHOOL),
    )
    .where(
        people.c.school_id == SCHOOL,
        addresses.c.school_id == SCHOOL,
        addresses.c.network == bindparam("network"),
        addresses.c.address == bindparam("address"),
    )
    .order_by(conversations.c.id.desc())
    .limit(1)
)
NEWEST = (
    select(conversations.c.id.label("conversation_id"), *_talk)
    .where(
        conversations.c.school_id == SCHOOL, conversations.c.person_id == bindparam("person_id")
    )
    .order_by(conversations.c.id.desc())
    .limit(1)
)
IDS_OF = select(conversations.c.id, conversations.c.dialogue).where(
    conversations.c.school_id == SCHOOL, conversations.c.person_id == bindparam("person_id")
)
TURNS = select(conversations.c.id, conversations.c.turn).where(
    conversations.c.school_id == SCHOOL,
    conversations.c.id.in_(bindparam("conversation_ids", expanding=True)),
)
ALL_OF = (
    select(
        *(conversations.c[name] for name in ("dialogue", "stored", "answered_at")),
    )
    .where(
        conversations.c.school_id == SCHOOL, conversations.c.person_id == bindparam("person_id")
    )
    .order_by(conversations.c.id)
)
DUE = select(conversations.c.id, conversations.c.person_id).where(
    conversations.c.school_id == SCHOOL, conversations.c.wake_at <= bindparam("until")
)
ONE = (
    select(
        conversations.c.id.label("conversation_id"),
        *_talk,
        conversations.c.wake_at,
        people.c.id.label("person_id"),
        people.c.language,
        people.c.network,
        people.c.address,
    )
    .join(people, people.c.id == conversations.c.person_id)
    .where(
        conversations.c.school_id == SCHOOL,
        people.c.school_id == SCHOOL,
        conversations.c.id == bindparam("conversation_id"),
    )
)
NEXT_WAKE = select(func.min(conversations.c.wake_at)).where(conversations.c.school_id == SCHOOL)
BEGIN = insert(conversations).returning(conversations.c.id)
SAVE = (
    update(conversations)
    .where(conversations.c.school_id == SCHOOL, conversations.c.id == bindparam("conversation_id"))
    .values(
        {
            c: bindparam(f"new_{c}")
            for c in ("turn", "stored", "version", "nudges", "answered_at", "wake_at")
        }
    )
)
REMINDED = (
    update(conversations)
    .where(conversations.c.school_id == SCHOOL, conversations.c.id == bindparam("conversation_id"))
    .values(nudges=bindparam("new_nudges"), wake_at=bindparam("new_wake_at"))
)
PUT_OFF = (
    update(conversations)
    .where(conversations.c.school_id == SCHOOL, conversations.c.id == bindparam("conversation_id"))
    .values(wake_at=bindparam("new_wake_at"))
)
END = delete(conversations).where(
    conversations.c.school_id == SCHOOL, conversations.c.id == bindparam("conversation_id")
)
END_FOR_CASE = delete(conversations).where(
    conversations.c.school_id == SCHOOL, conversations.c.case_id == bindparam("case_id")
)
END_OTHERS = delete(conversations).where(
    conversations.c.school_id == SCHOOL,
    conversations.c.person_id == bindparam("person_id"),
    conversations.c.dialogue == bindparam("dialogue"),
)
