"""People with a Telegram app, as a test drives them."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.telegram.chats import Message, Shown, as_telegram_writes_it, shown
from tests.telegram.queue import UpdateQueue
from tests.telegram.refusals import units
from tests.telegram.wire import Bell

GROUP = {"id": -1001234567890, "type": "supergroup", "title": "Welders of 2024"}

FILE = {"file_id": "file-1", "file_unique_id": "unique-1", "file_size": 1000}

ATTACHMENTS: Mapping[str, Mapping[str, Any]] = {
    "sticker": {
        "sticker": {
            **FILE,
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
        }
    },
    "voice": {"voice": {**FILE, "duration": 3}},
    "photo": {"photo": [{**FILE, "width": 90, "height": 90}]},
    "picture as a file": {"document": {**FILE, "mime_type": "image/png"}},
    "document": {"document": {**FILE, "file_name": "cv.pdf", "mime_type": "application/pdf"}},
    "location": {"location": {"latitude": 59.437, "longitude": 24.7536}},
    "contact": {"contact": {"phone_number": "+37250000000", "first_name": "Somebody"}},
    "poll": {
        "poll": {
            "id": "1",
            "question": "When?",
            "options": [],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
    },
}
"""What people send besides words."""


@dataclass(slots=True)
class Press:
    """A press of a button; the app shows a spinner until it is answered."""

    query: str
    born: datetime
    is_answered: bool = False
    toast: str | None = None


class NoSuchButton(LookupError):
    """The person does not see a button of this label."""


class Person:
    """Somebody who chats with the bot."""

    def __init__(
        self,
        number: int,
        first_name: str,
        language_code: str | None,
        *,
        queue: UpdateQueue,
        now: Callable[[], datetime],
    ) -> None:
        self.number = number
        self.has_started = False
        self.has_blocked = False
        self.is_deactivated = False
        self.messages: dict[int, Message] = {}
        self.presses_made: dict[str, Press] = {}
        self.bell = Bell()
        self._numbers = itertools.count(1)
        self._queries = itertools.count(1)
        self._queue = queue
        self._now = now
        self.user = {"id": number, "is_bot": False, "first_name": first_name}
        if language_code is not None:
            self.user["language_code"] = language_code
        self.chat = {"id": number, "type": "private", "first_name": first_name}
        self.bot: Mapping[str, Any] = {}

    @property
    def sees(self) -> tuple[Shown, ...]:
        """The chat as it now stands, what the person wrote included."""
        return tuple(shown(message) for message in self.messages.values())

    @property
    def hears(self) -> tuple[Shown, ...]:
        """The bot's side of the chat as it now stands."""
        return tuple(message for message in self.sees if message.is_by_bot)

    async def hears_until(self, is_so: Callable[[tuple[Shown, ...]], bool]) -> tuple[Shown, ...]:
        """Wait until the bot's side of the chat is so; return it."""
        await self.bell.until(lambda: is_so(self.hears))
        return self.hears

    async def types(self, words: str) -> int:
        """Write `words`; return the update's id. The first words start the bot."""
        message = self.put(Message(0, self.date, is_by_bot=False, text=words.strip()))
        if words.startswith("/"):
            message.entities = [
                {"type": "bot_command", "offset": 0, "length": units(words.split(maxsplit=1)[0])}
            ]
        return self._say("message", message)

    async def sends(self, what: str) -> int:
        """Send something other than words: a key of `ATTACHMENTS`."""
        message = Message(0, self.date, is_by_bot=False, other=ATTACHMENTS[what])
        return self._say("message", self.put(message))

    async def sends_photo(self, file: str, size: int) -> int:
        """Send a photo in two sizes; the larger has so many bytes, and is what the server keeps as `file`."""
        sizes = [{**FILE, "width": 90, "height": 90, "file_size": 50}]
        sizes.append({**FILE, "width": 900, "height": 900, "file_size": size, "file_id": file})
        message = Message(0, self.date, is_by_bot=False, other={"photo": sizes})
        return self._say("message", self.put(message))

    async def edits(self, words: str) -> int:
        """Change the person's own last message."""
        message = next(m for m in reversed(self.messages.values()) if not m.is_by_bot)
        message.text, message.edited = words, self.date
        return self._say("edited_message", message)

    async def types_in_a_group(self, words: str) -> int:
        """Write where others read it, too."""
        message = Message(next(self._numbers), self.date, is_by_bot=False, text=words)
        body = as_telegram_writes_it(message, GROUP, self.user)
        return self._queue.add("message", body, f"chat {GROUP['id']}")

    async def presses(self, label: str, *, of: Shown | None = None) -> Press:
        """Press the button of this label: of the newest message that has it, or of `of`.

        What was seen earlier keeps its buttons, as on a phone that has not heard of an edit yet.

        Raises:
            NoSuchButton: there is none.
        """
        for seen in reversed(self.sees) if of is None else (of,):
            for name, data in seen.data:
                if name == label:
                    return self.presses_data(data, self.messages[seen.number])
        raise NoSuchButton(label)

    def presses_data(self, data: str, message: Message | None = None) -> Press:
        """Send any data, as a forged app can."""
        press = Press(f"{self.number}{next(self._queries):06d}", self._now())
        self.presses_made[press.query] = press
        shown_in = message or next(reversed(self.messages.values()))
        body = {
            "id": press.query,
            "from": self.user,
            "message": as_telegram_writes_it(shown_in, self.chat, self.bot),
            "chat_instance": str(self.number * 31),
            "data": data,
        }
        self._queue.add("callback_query", body, f"presses {self.number}")
        return press

    async def answered(self, press: Press) -> None:
        """Wait until the app's spinner stops."""
        await self.bell.until(lambda: press.is_answered)

    async def blocks(self) -> int:
        """Block the bot."""
        self.has_blocked = True
        return self._membership("member", "kicked")

    async def unblocks(self) -> int:
        """Unblock the bot."""
        self.has_blocked = False
        return self._membership("kicked", "member")

    def put(self, message: Message) -> Message:
        """Lay `message` into the chat as the newest."""
        message.number = next(self._numbers)
        self.messages[message.number] = message
        self.bell.ring()
        return message

    @property
    def date(self) -> int:
        """The time as Telegram writes it."""
        return int(self._now().timestamp())

    def _say(self, kind: str, message: Message) -> int:
        self.has_started = True
        body = as_telegram_writes_it(message, self.chat, self.user)
        return self._queue.add(kind, body, f"chat {self.number}")

    def _membership(self, was: str, now: str) -> int:
        def member(status: str) -> dict[str, Any]:
            until = {"until_date": 0} if status == "kicked" else {}
            return {"user": self.bot, "status": status, **until}

        body = {
            "chat": self.chat,
            "from": self.user,
            "date": self.date,
            "old_chat_member": member(was),
            "new_chat_member": member(now),
        }
        return self._queue.add("my_chat_member", body, f"chat {self.number}")
