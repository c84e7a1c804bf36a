"""What comes in, from every gateway, finds its handler."""

from typing import assert_never

from bot.conversation.understanding import plain
from bot.gateways.port import Hear, Incoming, Left, Offered, Pressed, Returned, Typed, Unreadable
from bot.runtime import happenings as h
from bot.runtime.turns import Turns
from handlers import broadcasts, concern, conversation, events, mentoring, pictures, rights, signup
from handlers.ways import WayIn, meant

MENU: tuple[WayIn, ...] = (
    *signup.ways.all[:1],
    *conversation.ways.all[:2],
    *signup.ways.all[1:],
    *mentoring.ways.all,
    *events.ways.all,
    *broadcasts.ways.all,
    *rights.ways.all,
    *concern.ways.all,
    *conversation.ways.all[2:],
)
"""Every command, in the order of the menu."""
BY_WORD: dict[str, WayIn] = {plain(word): way for way in MENU for word in way.words}


def hearing(turns: Turns) -> Hear:
    """Return what a gateway awaits for each update: it returns once what was said is in the database."""

    async def hear(incoming: Incoming) -> None:
        came = h.Came(incoming.network, incoming.address, incoming.update, incoming.language)
        match incoming.said:
            case Typed(words):
                await _typed(turns, came, words)
            case Pressed(data):
                await turns.take(came, h.Tapped(data))
            case Unreadable(kind):
                await turns.take(came, h.SentOther(kind))
            case Offered():
                await pictures.picture(turns, came, incoming.said)
            case Left():
                await turns.take(came, h.Left())
            case Returned():
                await turns.take(came, h.Returned())
            case _:
                assert_never(incoming.said)

    return hear


async def _typed(turns: Turns, came: h.Came, words: str) -> None:
    words = storable(words).strip()
    if way := meant(words, BY_WORD):
        await way[0].handle(turns, came, way[1])
    elif words.startswith("/"):
        await turns.take(came, h.SentOther("command"))
    else:
        await turns.take(came, h.Said(words))


def storable(words: str) -> str:
    """Return `words` without what no database takes: the character zero, and halves of characters."""
    return words.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
