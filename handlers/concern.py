"""The way to tell what worries somebody."""

from bot.conversation.messages import msg
from bot.runtime.happenings import Began, Came
from bot.runtime.turns import Turns
from handlers.ways import Ways

ways = Ways()


@ways.command("report", msg("Report a concern"), "avisar", "segnala", "mure")
async def report(turns: Turns, came: Came, rest: str) -> None:
    """Ask what worries whoever writes."""
    await turns.take(came, Began("concern.tell"))
