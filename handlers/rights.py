"""Ways to consents and rights."""

from bot.conversation.messages import msg
from bot.domain.rights import ChooseLanguage, ExportMe, StopMessages
from bot.runtime.happenings import Asked, Began, Came
from bot.runtime.turns import Turns
from handlers.ways import Ways

ways = Ways()


@ways.command("language", msg("Change the language"), "idioma", "lingua", "keel")
async def language(turns: Turns, came: Came, rest: str) -> None:
    """Change the language, at once if it is named."""
    named = Asked(ChooseLanguage(rest.casefold()))
    await turns.take(came, named if rest else Began("rights.language"))


@ways.command("privacy", msg("What I agreed to, and changing it"), "privacidad", "andmekaitse")
async def privacy(turns: Turns, came: Came, rest: str) -> None:
    """Show the consents as switches."""
    await turns.take(came, Began("rights.consents"))


@ways.command("summary", msg("How often the summary comes"), "resumen", "riepilogo", "ülevaade")
async def summary(turns: Turns, came: Came, rest: str) -> None:
    """Ask how often somebody reads what need not be read today."""
    await turns.take(came, Began("rights.digest"))


@ways.command("pause", msg("Take a break from messages"), "pausa", "paus")
async def pause(turns: Turns, came: Came, rest: str) -> None:
    """Ask how long to leave somebody in peace."""
    await turns.take(came, Began("rights.rest"))


@ways.command("stop", msg("Receive no more messages"), "basta", "aitab")
async def stop(turns: Turns, came: Came, rest: str) -> None:
    """Write no more."""
    await turns.take(came, Asked(StopMessages()))


@ways.command(
    "mydata", msg("Get a copy of my data"), "my data", "mis datos", "i miei dati", "minu andmed"
)
async def mydata(turns: Turns, came: Came, rest: str) -> None:
    """Hand over all that is kept."""
    await turns.take(came, Asked(ExportMe()))


@ways.command("delete", msg("Delete everything about me"), "borrar", "cancella", "kustuta")
async def delete(turns: Turns, came: Came, rest: str) -> None:
    """Ask once, then delete everything."""
    await turns.take(came, Began("rights.erasure"))
