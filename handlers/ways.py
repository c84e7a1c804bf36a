"""Ways in: which command, typed or from a menu, leads to which handler."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.conversation.messages import Message
from bot.conversation.understanding import plain
from bot.runtime.happenings import Came
from bot.runtime.turns import Turns

Handler = Callable[[Turns, Came, str], Awaitable[None]]
"""Takes what came with a command; the last argument is what was written after it."""


@dataclass(frozen=True, slots=True)
class WayIn:
    """A command and everything that is understood as it."""

    command: str
    """Without the slash: a to z only, the same in every language."""
    menu: Message
    """What a menu says about it."""
    words: tuple[str, ...]
    """Words that mean it when they are all that is typed, in every language."""
    handle: Handler


class Ways:
    """Collects the ways in of one module."""

    def __init__(self) -> None:
        self.all: list[WayIn] = []

    def command(self, command: str, menu: Message, *words: str) -> Callable[[Handler], Handler]:
        """Let the decorated handler answer to `/command`, and to each of `words`."""

        def declared(handler: Handler) -> Handler:
            self.all.append(WayIn(command, menu, (command, *words), handler))
            return handler

        return declared


def meant(words: str, ways: dict[str, WayIn]) -> tuple[WayIn, str] | None:
    """Return the way in that `words` ask for, and what stands after a command; None if they ask for none.

    *ways* are by command and by plain word. A command may be written `/help@SchoolBot`.
    """
    if words.startswith("/"):
        head, _, rest = words[1:].partition(" ")
        way = ways.get(head.partition("@")[0].strip().casefold())
        return (way, rest.strip()) if way else None
    way = ways.get(plain(words))
    return (way, "") if way else None
