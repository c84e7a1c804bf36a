"""What can happen to a person, the same whatever the network: what handlers make of what is said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.domain.people import Command
from bot.domain.pictures import Picture


@dataclass(frozen=True, slots=True)
class Came:
    """How an update came: from where, and which it is."""

    network: str
    address: str
    update: str
    language: str | None = None
    """What the person's app is set to: a suggestion."""


@dataclass(frozen=True, slots=True)
class Said:
    """The person typed something that is no command."""

    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tapped:
    """The person pressed a button that carries `data`; it may be old, or forged."""

    data: str


@dataclass(frozen=True, slots=True)
class Began:
    """The person wants a dialogue to begin."""

    dialogue: str
    opening: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """The person wants something done at once that needs no question."""

    command: Command


@dataclass(frozen=True, slots=True)
class AskedBack:
    """The person wants to change the previous answer."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The person no longer wants the present conversation."""


@dataclass(frozen=True, slots=True)
class AskedNow:
    """The person wants to know what is expected of them."""


@dataclass(frozen=True, slots=True)
class AskedHelp:
    """The person wants to know what can be done here."""


@dataclass(frozen=True, slots=True)
class SentOther:
    """The person sent something that cannot be read: a picture, a change of an old message, a command of no one."""

    kind: str


@dataclass(frozen=True, slots=True)
class SentPicture:
    """The person sent a picture where one was asked for."""

    picture: Picture


@dataclass(frozen=True, slots=True)
class Left:
    """The person closed the way to them."""


@dataclass(frozen=True, slots=True)
class Returned:
    """The person opened the way to them again."""


Happening: TypeAlias = (
    Said
    | Tapped
    | Began
    | Asked
    | AskedBack
    | Cancelled
    | AskedNow
    | AskedHelp
    | SentOther
    | SentPicture
    | Left
    | Returned
)
