"""The way into letters to many."""

from bot.conversation.messages import msg
from bot.domain.broadcasts.desk import OpenBroadcasts
from bot.runtime.happenings import Asked, Came
from bot.runtime.turns import Turns
from handlers.ways import Ways

ways = Ways()


@ways.command("broadcast", msg("Write to many"))
async def broadcast(turns: Turns, came: Came, rest: str) -> None:
    """Write to many, as staff may."""
    await turns.take(came, Asked(OpenBroadcasts()))
