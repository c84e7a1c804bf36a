"""When something will next be due, whatever it is."""

from sqlalchemy import select

from bot.storage.broadcasts import NEXT_BROADCAST
from bot.storage.cases import NEXT_TIMER
from bot.storage.conversations import NEXT_WAKE
from bot.storage.digests import NEXT_DIGEST
from bot.storage.outbox import NEXT_LETTER

NEXT_DUE = select(
    *(
        one.scalar_subquery()
        for one in (NEXT_TIMER, NEXT_WAKE, NEXT_LETTER, NEXT_BROADCAST, NEXT_DIGEST)
    )
)
"""One row: a moment of each kind, or None."""
