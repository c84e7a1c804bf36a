"""The way into events."""

from bot.conversation.messages import msg
from bot.domain.events.desk import OpenEvents
from bot.runtime.happenings import Asked, Came
from bot.runtime.turns import Turns
from handlers.ways import Ways

ways = Ways()


@ways.command("calendar", msg("Events of the school"))
async def events(turns: Turns, came: Came, rest: str) -> None:
    """See one's events; whoever plans them can plan another."""
    await turns.take(came, Asked(OpenEvents()))
