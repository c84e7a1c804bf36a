"""An event for all cases below one is written down; `bot.runtime.announcing` lets it happen there."""

from typing import Any

from bot.conversation.declaring import adapter
from bot.conversation.effects import Announce
from bot.domain.people import CaseId
from bot.runtime.work import Work
from bot.storage import announcements as rows


def announce(work: Work, case: CaseId, wish: Announce) -> None:
    """Write down that an event is to happen in every case below `case` that is open by then."""
    event = wish.event
    kind: Any = type(event)
    stored = adapter(kind).dump_json(event).decode()
    values = {"event": kind.__name__, "stored": stored, "at_once": wish.at_once}
    work.run(rows.BEGIN, {**values, "case_id": case, "reached_to": 0})
    work.has_broadcasts = True
