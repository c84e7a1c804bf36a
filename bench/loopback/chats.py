"""Chats as people see them: what a bot has shown there, and what is waited for."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

Keyboard = list[list[dict[str, str]]]
Fields = dict[str, Any]


@dataclass(slots=True)
class Shown:
    """A message of the bot as it now stands in somebody's chat."""

    number: int
    text: str
    entities: list[dict[str, Any]]
    keyboard: Keyboard


@dataclass(slots=True)
class Chat:
    """One person's chat with one bot, and what they are waiting for."""

    number: int
    first_name: str
    messages: dict[int, Shown] = field(default_factory=dict)
    newest: Shown | None = None
    replied: asyncio.Future[tuple[float, Shown]] | None = None
    numbers: Callable[[], int] = field(default_factory=lambda: count(1).__next__)

    @property
    def person(self) -> Fields:
        """The person as Telegram writes them."""
        return {
            "id": self.number,
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": "et",
        }

    @property
    def as_written(self) -> Fields:
        """The chat as Telegram writes it."""
        return {"id": self.number, "type": "private", "first_name": self.first_name}

    def shows(self, shown: Shown) -> None:
        """Take a message, new or changed; it is the reply that was waited for."""
        self.messages[shown.number] = self.newest = shown
        if self.replied is not None and not self.replied.done():
            self.replied.set_result((time.perf_counter(), shown))
