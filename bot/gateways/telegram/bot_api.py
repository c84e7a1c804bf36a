"""What the gateway needs of the Bot API, whichever library it is spoken through."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Final, Protocol, TypeAlias

from bot.gateways.port import (
    MenuEntry,
    Outcome,
    Refused,
    TryLater,
    Unreachable,
    Unsure,
)
from bot.texts.sheets import Attachment

TELEGRAM: Final = "https://api.telegram.org"
"""The address of the Bot API."""

KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that are asked for."""

PATIENCE: Final = timedelta(seconds=20)
"""How long an answer of the Bot API is waited for; files get three times as long."""

CONNECTING: Final = timedelta(seconds=10)
"""How long a connection may take."""

SOON: Final = timedelta(seconds=5)
"""When to try again after Telegram could not be reached, or had trouble of its own."""

TOKEN_IS_MENDED_AFTER: Final = timedelta(minutes=1)
"""When to try again after Telegram refused the token: somebody has to change the configuration."""

NOT_MODIFIED: Final = "Message is not modified"
"""How the refusal of an edit begins that would change nothing."""

_TOKEN: Final = re.compile(r"([0-9]{1,15}):[A-Za-z0-9_-]{30,}")


class Look(StrEnum):
    """How a stretch of text is set."""

    BOLD = "bold"
    ITALIC = "italic"
    LINK = "text_link"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text with a look of its own; counted in UTF-16 units, as Telegram counts."""

    look: Look
    offset: int
    length: int
    url: str | None = None
    """Where a link leads."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes one message."""

    text: str = field(repr=False)
    stretches: tuple[Stretch, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Me:
    """The bot, as Telegram knows it."""

    number: int
    username: str
    """Stands in links: t.me/<username>?start=..."""


RawUpdates: TypeAlias = Sequence[object]
"""Updates as they came; nothing is known about them, not even that they are objects."""

NoAnswer: TypeAlias = TryLater | Unreachable | Refused | Unsure
"""Why a call did not do what it should."""


class BotApi(Protocol):
    """One bot at the Bot API. No method raises for what Telegram or the network does."""

    @property
    def number(self) -> int:
        """The bot's own id: the first half of its token, and no secret."""
        ...

    async def who_am_i(self) -> Me | NoAnswer:
        """Return the bot as Telegram knows it; a wrong token is `Refused`."""
        ...

    async def updates(
        self, offset: int, wait: timedelta, limit: int = 100
    ) -> RawUpdates | NoAnswer:
        """Confirm all updates below `offset`; return the next, waiting up to 50 seconds."""
        ...

    async def send(self, chat: int, part: Part) -> Outcome:
        """Send a message."""
        ...

    async def edit(self, chat: int, message: int, part: Part, *, is_caption: bool) -> Outcome:
        """Change a message; `is_caption` if it carries a file. Unchanged: `NOT_MODIFIED`."""
        ...

    async def send_file(self, chat: int, attachment: Attachment, caption: Part) -> Outcome:
        """Send a file; the caption may be empty and has at most 1,024 UTF-16 units."""
        ...

    async def send_photo(self, chat: int, photo: Attachment | str, caption: Part) -> Outcome:
        """Send a picture, or one that Telegram has already by what it calls it; the same holds for the caption.

        What is delivered says what Telegram calls it.
        """
        ...

    async def fetch(self, file: str, most: int) -> bytes | NoAnswer:
        """Return what people sent as `file`, or its beginning if it has more than `most` bytes."""
        ...

    async def answer_press(self, query: str) -> Outcome:
        """Stop the spinner on a pressed button."""
        ...

    async def set_menu(self, language: str | None, entries: Sequence[MenuEntry]) -> Outcome:
        """Set the commands for a language of two letters; None: for all without their own."""
        ...

    async def set_webhook(self, url: str, secret: str) -> Outcome:
        """Have updates pushed to `url`, each with `secret` in a header."""
        ...

    async def drop_webhook(self) -> Outcome:
        """Have updates wait until they are asked for."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


def number_of(token: str) -> int:
    """Return the id of the bot that `token` belongs to.

    Raises:
        ValueError: `token` does not look like one; the message does not repeat it.
    """
    found = _TOKEN.fullmatch(token)
    if found is None:
        raise ValueError("A bot's token is digits, a colon, and at least thirty characters.")
    return int(found[1])


def refused(description: str) -> Refused | Unreachable:
    """Return what a 400 means: mostly that the letter is at fault, never to be sent again.

    `description` is Telegram's, and does not repeat what was sent. The libraries differ in its
    prefix and its capitals, outcomes do not.
    """
    why = description.removeprefix("Bad Request: ").capitalize()
    if why == "Chat not found":
        return Unreachable()
    return Refused(why)


def broken(description: str) -> TryLater | Unsure:
    """Return what an error of Telegram's own means.

    It says itself that it failed; only when it restarts, calls in flight may have been done.
    """
    return Unsure() if "restart" in description else TryLater(SOON)
