"""Statements about staff who go: what is theirs no longer."""

from sqlalchemy import BindParameter, bindparam, delete, update

from bot.storage.tables import conversations, outbox, staff

SCHOOL: BindParameter[str] = bindparam("of_school")

REMOVE = (
    delete(staff)
    .where(staff.c.school_id == SCHOOL, staff.c.key == bindparam("key"))
    .returning(staff.c.name, staff.c.person_id)
)
LET_GO = (
    delete(conversations).where(
        conversations.c.school_id == SCHOOL,
        conversations.c.person_id == bindparam("whose"),
        conversations.c.case_id == bindparam("of_case"),
    ),
    update(outbox)
    .where(
        outbox.c.school_id == SCHOOL,
        outbox.c.person_id == bindparam("whose"),
        outbox.c.key.startswith(bindparam("of_key")),
        outbox.c.state == "waiting",
    )
    .values(state="skipped"),
)
"""What a person was about to say, and to be told, about a case that is theirs no longer."""
