"""Ways into the sign-up, and to the profile that came of it."""

from bot.conversation.messages import msg
from bot.domain.arrival import Arrive
from bot.domain.signup import OpenProfile
from bot.runtime.happenings import Asked, Came
from bot.runtime.turns import Turns
from handlers.ways import Ways

ways = Ways()


@ways.command("start", msg("Begin, or begin again"))
async def start(turns: Turns, came: Came, rest: str) -> None:
    """Come in, perhaps with the code of a class or an invitation."""
    await turns.take(came, Asked(Arrive(rest)))


@ways.command("profile", msg("See and change my profile"), "perfil", "profilo", "profiil")
async def profile(turns: Turns, came: Came, rest: str) -> None:
    """Show what is known, and let it be changed."""
    await turns.take(came, Asked(OpenProfile()))
