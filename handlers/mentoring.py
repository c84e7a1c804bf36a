"""The way into mentoring."""

from bot.conversation.messages import msg
from bot.domain.mentoring.desk import OpenMentoring
from bot.runtime.happenings import Asked, Came
from bot.runtime.turns import Turns
from handlers.ways import Ways

ways = Ways()


@ways.command("mentor", msg("Find a mentor, or be one"), "mentoring", "mentoria", "mentorlus")
async def mentor(turns: Turns, came: Came, rest: str) -> None:
    """Look for a mentor, be one, or look after the pairs."""
    await turns.take(came, Asked(OpenMentoring()))
