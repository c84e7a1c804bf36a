"""The one narrow port between Kutse and a chat network.

In: a gateway makes an `Incoming` of each update of its network and awaits `Hear`. When that returns, what
was said is in the database: only then may the gateway confirm the update to its network.
Out: the relay hands a `Sheet` to the gateway; what became of it is a value, not an exception.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Protocol, TypeAlias

from bot.runtime.pace import Pace
from bot.texts.sheets import Sheet


class Network(StrEnum):
    """Where a person can be reached; stored with every address."""

    WEB = "web"
    TELEGRAM = "telegram"


@dataclass(frozen=True, slots=True)
class Typed:
    """The person wrote something; a command is the words that it is written with."""

    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pressed:
    """The person pressed the row that carries `data`; it may be old, or forged."""

    data: str


class Kind(StrEnum):
    """What else people send; none of it can be read as an answer."""

    PICTURE = "picture"
    VOICE = "voice"
    STICKER = "sticker"
    FILE = "file"
    PLACE = "place"
    CONTACT = "contact"
    EDITED = "edited"
    """An earlier message was changed."""
    GROUP = "group"
    """Something was said to the bot in a group; the address is that of the person, not of the group."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The person sent something other than words."""

    kind: Kind


class NotFetched(Exception):
    """A picture could not be fetched from its network."""


@dataclass(frozen=True, slots=True)
class Offered:
    """The person sent a picture, or says that it is one; it is fetched only if one was asked for."""

    size: int | None
    """In bytes, if the network has said it."""
    fetch: Callable[[int], Awaitable[bytes]] = field(repr=False, compare=False)
    """Returns what was sent, or the beginning of it if it has more bytes than that; may raise `NotFetched`."""


@dataclass(frozen=True, slots=True)
class Left:
    """The person closed this way to them, as by blocking the bot."""


@dataclass(frozen=True, slots=True)
class Returned:
    """The person opened this way to them again."""


Said: TypeAlias = Typed | Pressed | Unreadable | Offered | Left | Returned


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update of a network, the same for all networks."""

    network: Network
    address: str
    """Whom to answer: unique on the network, at most 64 characters."""
    update: str
    """Unique on the network; the same update delivered again has the same. At most 64 characters."""
    said: Said
    language: str | None = None
    """What the person's app is set to, as an IETF tag: a suggestion."""


Hear: TypeAlias = Callable[[Incoming], Awaitable[None]]
"""Takes what was said; returns once it is in the database, raises if it could not be kept."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The network took the sheet; `ref` is what an edit must name."""

    ref: str
    file: str | None = None
    """What the network calls the picture that came with it, for whoever gets the same."""
    messages: int = 1
    """As how many messages it left: some networks take only so much in one."""


@dataclass(frozen=True, slots=True)
class TryLater:
    """The network is busy or away; the sheet was surely not delivered."""

    after: timedelta


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The person closed this way to them, or is no longer there."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The network will never take this sheet; `why` is in the network's words, without personal data."""

    why: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """It is not known whether the sheet arrived."""


Outcome: TypeAlias = Delivered | TryLater | Unreachable | Refused | Unsure


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A command in the network's menu."""

    command: str
    """Without the slash; a to z, 0 to 9 and _."""
    description: str


class Gateway(Protocol):
    """A way out to people on one network."""

    @property
    def network(self) -> Network:
        """The network it serves."""
        ...

    @property
    def pace(self) -> Pace | None:
        """How fast the network lets the bot write; None if it does not care."""
        ...

    async def deliver(self, address: str, sheet: Sheet) -> Outcome:
        """Hand `sheet` to the person at `address`."""
        ...

    async def edit(self, address: str, ref: str, sheet: Sheet) -> Outcome:
        """Show `sheet` in place of the one delivered as `ref`; without a change that is a success, too."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
