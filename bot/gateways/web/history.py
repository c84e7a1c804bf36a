"""What was said in web chats, and who may read it: the storage that this gateway asks for.

A chat network keeps its own messages; on the web nobody does, so this is the gateway's own record.
It is kept only as long as a page may still want to show it, and is no part of the domain.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.texts.sheets import Attachment


@dataclass(frozen=True, slots=True)
class Choice:
    """How a question ended."""

    at: datetime
    chosen: tuple[str, ...]
    """The `Row.data` of what was chosen; empty if the answer was typed freely."""


@dataclass(frozen=True, slots=True)
class NewLine:
    """Something said, about to be kept."""

    at: datetime
    body: str = field(repr=False)
    """JSON, written and read by `stored` alone."""
    update: str | None = None
    """For what the person said: the `Incoming.update`; None for the school."""
    language: str | None = None
    """For what the school said: the language of the sheet; None for the person."""
    key: str | None = None
    """The `Sheet.key`, if there is anything to press."""
    named: tuple[int, ...] = ()
    """For what the school said: the `Sheet.named`."""
    file: Attachment | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """Something said, as kept."""

    number: int
    """From 1 up within an address, in the order in which things were said; never used again."""
    change: int
    """From 1 up within an address: taken anew whenever a line is added or altered."""
    at: datetime
    body: str = field(repr=False)
    settled: Choice | None = None
    forgotten: int = 0
    """Lines up to this number were forgotten before this one was said: a page shows them no more."""
    key: str | None = None
    """The `Sheet.key`; None if there never was anything to press, or if it was asked again below."""


@dataclass(frozen=True, slots=True)
class OpenLine:
    """Something said that can still be answered."""

    number: int
    key: str
    body: str = field(repr=False)


class History(Protocol):
    """What was said, by address. Every method is one transaction."""

    async def open(self, address: str, token_hash: str, at: datetime) -> None:
        """Let whoever has the token read and write at `address`; opened again, nothing changes.

        One address may have several tokens, one for each device. `token_hash` has at most 64
        characters.
        """
        ...

    async def address_of(self, token_hash: str) -> str | None:
        """Return where the token leads; None if it was never opened, or was closed."""
        ...

    async def close(self, token_hash: str) -> None:
        """Make the token worthless; what was said stays."""
        ...

    async def take_link(self, token_hash: str, at: datetime) -> str | None:
        """Use a one-time link up and return its address.

        None if it is unknown, used already, or too old at `at`. Of two that take the same link at
        once, one gets None.
        """
        ...

    async def append(self, address: str, line: NewLine) -> Line | None:
        """Keep a line; return the one kept before if its `update` is known there.

        None means that nobody can read at `address`: it was never opened, or its last token was
        closed.
        """
        ...

    async def replace(self, address: str, number: int, line: NewLine) -> Line | None:
        """Put `line` in the place of another, with a new change; its number and time stay.

        A settled line stays settled, unless the new one has another key. None if there is no such
        line.
        """
        ...

    async def settle(self, address: str, key: str, choice: Choice) -> None:
        """Mark the open lines with this key as settled, each with a new change."""
        ...

    async def open_lines(self, address: str) -> Sequence[OpenLine]:
        """Return the lines that have a key and are not settled, in the order in which they were said."""
        ...

    async def retire(self, address: str, numbers: Sequence[int]) -> None:
        """Take the keys of lines away, each with a new change: they ask no more, and settle nothing."""
        ...

    async def after(self, address: str, change: int, *, limit: int) -> Sequence[Line]:
        """Return the lines altered after `change`, in the order of their changes.

        If there are more than `limit`, the ones with the highest changes.
        """
        ...

    async def line(self, address: str, number: int) -> Line | None:
        """Return one line."""
        ...

    async def file(self, address: str, number: int) -> Attachment | None:
        """Return the file that came with a line."""
        ...

    async def language_of(self, address: str) -> str | None:
        """Return the language of the newest line by the school."""
        ...
