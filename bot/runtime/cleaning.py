"""What is forgotten, and when."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.conversation.messages import msg
from bot.domain.people import PersonId, Role
from bot.domain.rights import Erase
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.orders import finish
from bot.runtime.outbox import put
from bot.runtime.work import Ordered, Setting, Work
from bot.storage import conversations, outbox, people, pictures, web_chats

UPDATES_KEPT = timedelta(days=2)
"""Telegram delivers an update for 24 hours; twice that is safe."""
LETTERS_KEPT = timedelta(days=30)
"""What was said is kept so long, for a chat that is opened again (domain 5.2)."""
STRANGERS_KEPT = timedelta(days=7)
"""As long as an unfinished sign-up."""
YEAR = timedelta(days=365)


def bury(setting: Setting, now: datetime, tx: Connection) -> None:
    """Remove the last trace of people whose goodbye has left."""
    Work(tx, setting, now).run(people.REMOVE_BURIED)


def clean(setting: Setting, now: datetime, tx: Connection) -> None:
    """Forget updates, letters and web chats that are old."""
    work = Work(tx, setting, now)
    work.run(conversations.FORGET_UPDATES, before=now - UPDATES_KEPT)
    work.run(conversations.FORGET_UNREAD, before=now - LETTERS_KEPT)
    work.run(outbox.FORGET_LETTERS, before=now - LETTERS_KEPT)
    work.run(pictures.FORGET_UNUSED, before=now - LETTERS_KEPT)
    web_chats.forget_before(tx, setting.school.key, now - LETTERS_KEPT)


def strangers(setting: Setting, now: datetime, tx: Connection) -> list[PersonId]:
    """Return people who came by a week ago, began nothing, and are nobody to the school."""
    found = Work(tx, setting, now).run(people.STRANGERS, before=now - STRANGERS_KEPT)
    return [PersonId(who) for who in found.scalars()]


def unheard_of(setting: Setting, now: datetime, tx: Connection) -> list[PersonId]:
    """Return people, other than staff, of whom nothing was heard for as long as the notice says."""
    work = Work(tx, setting, now)
    return [
        PersonId(who) for who in work.run(people.UNHEARD_OF, _long_ago(setting, now)).scalars()
    ]


def _long_ago(setting: Setting, now: datetime) -> dict[str, object]:
    """Return since when nothing must have been heard, and of whom that is not asked."""
    staff = [role.value for role in Role if role.is_staff]
    return {"before": now - YEAR * setting.school.retention_years, "staff": staff}


def let_go(setting: Setting, now: datetime, person: PersonId, tx: Connection) -> None:
    """Delete what is kept of a stranger; there is nothing to say. Nothing, if they have come back."""
    work = Work(tx, setting, now)
    work.run(conversations.LOCK_PERSON, person_id=person)
    before = now - STRANGERS_KEPT
    if work.run(people.IS_STRANGER, person_id=person, before=before).first() is None:
        return
    work.order(Ordered(Erase(person), None))
    finish(work, None)


def forget(setting: Setting, now: datetime, person: PersonId, tx: Connection) -> None:
    """Delete all that is kept of `person`, and say so. Nothing, if they have been heard of again."""
    work = Work(tx, setting, now)
    work.run(conversations.LOCK_PERSON, person_id=person)
    if work.run(people.IS_UNHEARD_OF, _long_ago(setting, now), person_id=person).first() is None:
        return
    word = msg(
        "Nothing was heard from you for a long time, so everything this chat kept about you has been deleted,"
        " as promised. Thank you for your time with us. To come back: /start"
    )
    work.order(Ordered(Erase(person), None))
    work.letters.append(Letter(person, LetterKind.NEWS, (word,)))
    finish(work, None)
    put(work)
