"""Everything said inside a conversation, and how to move about in it."""

from bot.conversation.messages import msg
from bot.runtime.happenings import AskedBack, AskedHelp, AskedNow, Came, Cancelled
from bot.runtime.turns import Turns
from handlers.ways import Ways

ways = Ways()


@ways.command("help", msg("What you can do here"), "ayuda", "aiuto", "abi")
async def help_(turns: Turns, came: Came, rest: str) -> None:
    """Say what can be done here."""
    await turns.take(came, AskedHelp())


@ways.command("now", msg("What is expected of me now"), "ahora", "adesso", "praegu")
async def now(turns: Turns, came: Came, rest: str) -> None:
    """Say what is expected of whoever asks."""
    await turns.take(came, AskedNow())


@ways.command("back", msg("One question back"), "atrás", "indietro", "tagasi")
async def back(turns: Turns, came: Came, rest: str) -> None:
    """Ask the previous question again."""
    await turns.take(came, AskedBack())


@ways.command("cancel", msg("Leave without saving"), "cancelar", "annulla", "katkesta")
async def cancel(turns: Turns, came: Came, rest: str) -> None:
    """Leave the present conversation."""
    await turns.take(came, Cancelled())
