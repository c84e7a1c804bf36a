"""The methods of the Bot API that a bot of words and buttons needs, as strict as the real ones."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from tests.telegram.chats import Message, as_telegram_writes_it
from tests.telegram.markup import read_html
from tests.telegram.people import Person
from tests.telegram.queue import UpdateQueue, Webhook
from tests.telegram.refusals import (
    MAX_CAPTION,
    MAX_TEXT,
    NOT_MODIFIED,
    TOO_OLD,
    Entity,
    bad,
    checked_commands,
    checked_entities,
    checked_keyboard,
    forbidden,
    units,
)
from tests.telegram.wire import Upload

PRESS_CAN_BE_ANSWERED = timedelta(minutes=15)
"""Telegram names no limit; it refuses late answers."""

Parameters = Mapping[str, Any]


class Methods:
    """The bot's side of the server: one method for each of the Bot API, named in its way."""

    def __init__(
        self, bot: Mapping[str, Any], people: Mapping[int, Person], queue: UpdateQueue
    ) -> None:
        self.bot = bot
        self.people = people
        self.queue = queue
        self.photos: dict[str, Upload] = {}
        """Every picture that the bot has sent, by what it is called from then on."""
        self.files: dict[str, bytes] = {}
        """What people have sent, by what it is called."""
        self.lost: set[str] = set()
        """What of that is no longer where it should be."""
        self.menus: dict[str | None, Sequence[Mapping[str, str]]] = {}
        """The menu of each language, by its two letters; None is the one for all others."""
        self.descriptions: dict[tuple[str, str | None], str] = {}

    async def get_me(self, parameters: Parameters) -> object:
        return {
            **self.bot,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    async def get_updates(self, parameters: Parameters) -> object:
        self.queue.allow(parameters.get("allowed_updates"))
        limit = min(max(int(parameters.get("limit", 100)), 1), 100)
        seconds = min(float(parameters.get("timeout", 0)), 50)
        return await self.queue.poll(int(parameters.get("offset", 0)), limit, seconds)

    async def get_file(self, parameters: Parameters) -> object:
        file = str(parameters.get("file_id"))
        if file not in self.files:
            raise bad("wrong file_id or the file is temporarily unavailable")
        return {"file_id": file, "file_unique_id": file, "file_path": f"photos/{file}.jpg"}

    async def set_webhook(self, parameters: Parameters) -> object:
        url = str(parameters.get("url") or "")
        secret = parameters.get("secret_token")
        # As a local Bot API server does, plain HTTP is let through to the same machine.
        if url and not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", url):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", str(secret)):
            raise bad("secret token contains unallowed characters")
        self.queue.allow(parameters.get("allowed_updates"))
        self.queue.push_to(Webhook(url, secret) if url else None)
        return True

    async def delete_webhook(self, parameters: Parameters) -> object:
        self.queue.push_to(None)
        if parameters.get("drop_pending_updates"):
            await self.queue.poll(-1, 1, 0)
        return True

    async def get_webhook_info(self, parameters: Parameters) -> object:
        url = self.queue.webhook.url if self.queue.webhook else ""
        return {
            "url": url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.queue),
        }

    async def send_message(self, parameters: Parameters) -> object:
        person = self._reader(parameters)
        text, entities = _text(parameters, "text", "entities")
        if not text:
            raise bad("message text is empty")
        if units(text) > MAX_TEXT:
            raise bad("message is too long")
        keyboard = checked_keyboard(parameters.get("reply_markup"))
        message = Message(
            0, person.date, is_by_bot=True, text=text, entities=entities, keyboard=keyboard
        )
        return self._written(person, person.put(message))

    async def send_document(self, parameters: Parameters) -> object:
        person = self._reader(parameters)
        document = parameters.get("document")
        if not isinstance(document, Upload):
            raise bad("there is no document in the request")
        if not document.content:
            raise bad("file must be non-empty")
        text, entities = _caption(parameters)
        keyboard = checked_keyboard(parameters.get("reply_markup"))
        message = Message(
            0,
            person.date,
            is_by_bot=True,
            text=text,
            entities=entities,
            keyboard=keyboard,
            document=document,
        )
        return self._written(person, person.put(message))

    async def send_photo(self, parameters: Parameters) -> object:
        person = self._reader(parameters)
        photo = parameters.get("photo")
        if isinstance(photo, str):
            photo = self.photos.get(photo)
        if not isinstance(photo, Upload):
            raise bad("wrong file identifier/HTTP URL specified")
        if not photo.content:
            raise bad("file must be non-empty")
        if not photo.content.startswith((b"\x89PNG", b"\xff\xd8")):
            raise bad("IMAGE_PROCESS_FAILED")
        text, entities = _caption(parameters)
        keyboard = checked_keyboard(parameters.get("reply_markup"))
        self.photos.setdefault(f"large-{photo.name}", photo)
        message = Message(
            0,
            person.date,
            is_by_bot=True,
            text=text,
            entities=entities,
            keyboard=keyboard,
            photo=photo,
        )
        return self._written(person, person.put(message))

    async def edit_message_text(self, parameters: Parameters) -> object:
        person, message = self._own_message(parameters)
        text, entities = _text(parameters, "text", "entities")
        if message.document is not None or message.photo is not None:
            raise bad("there is no text in the message to edit")
        if not text:
            raise bad("message text is empty")
        if units(text) > MAX_TEXT:
            raise bad("MESSAGE_TOO_LONG")
        return self._changed(person, message, text, entities, parameters)

    async def edit_message_caption(self, parameters: Parameters) -> object:
        person, message = self._own_message(parameters)
        if message.document is None and message.photo is None:
            raise bad("there is no caption in the message to edit")
        text, entities = _caption(parameters)
        return self._changed(person, message, text, entities, parameters)

    async def edit_message_reply_markup(self, parameters: Parameters) -> object:
        person, message = self._own_message(parameters)
        return self._changed(person, message, message.text, message.entities, parameters)

    async def answer_callback_query(self, parameters: Parameters) -> object:
        query, toast = str(parameters.get("callback_query_id")), parameters.get("text")
        for person in self.people.values():
            press = person.presses_made.get(query)
            if press is None:
                continue
            if (
                press.is_answered
                or person.date - press.born.timestamp() > PRESS_CAN_BE_ANSWERED.seconds
            ):
                raise bad(TOO_OLD)
            if toast is not None and units(str(toast)) > 200:
                raise bad("MESSAGE_TOO_LONG")
            press.is_answered, press.toast = True, toast
            person.bell.ring()
            return True
        raise bad(TOO_OLD)

    async def set_my_commands(self, parameters: Parameters) -> object:
        self.menus[_language(parameters)] = checked_commands(parameters.get("commands"))
        return True

    async def set_my_description(self, parameters: Parameters) -> object:
        return self._describe("description", 512, parameters)

    async def set_my_short_description(self, parameters: Parameters) -> object:
        return self._describe("short_description", 120, parameters)

    def _describe(self, name: str, most: int, parameters: Parameters) -> bool:
        text = str(parameters.get(name) or "")
        if units(text) > most:
            raise bad(f"{name} is too long")
        self.descriptions[name, _language(parameters)] = text
        return True

    def _reader(self, parameters: Parameters) -> Person:
        person = self.people.get(parameters.get("chat_id", 0))
        if person is None:
            raise bad("chat not found")
        if person.is_deactivated:
            raise forbidden("user is deactivated")
        if person.has_blocked:
            raise forbidden("bot was blocked by the user")
        if not person.has_started:
            raise forbidden("bot can't initiate conversation with a user")
        return person

    def _own_message(self, parameters: Parameters) -> tuple[Person, Message]:
        person = self._reader(parameters)
        message = person.messages.get(parameters.get("message_id", 0))
        if message is None:
            raise bad("message to edit not found")
        if not message.is_by_bot:
            raise bad("message can't be edited")
        return person, message

    def _changed(
        self,
        person: Person,
        message: Message,
        text: str | None,
        entities: list[Entity],
        parameters: Parameters,
    ) -> object:
        keyboard = checked_keyboard(parameters.get("reply_markup"))
        if (message.text, message.entities, message.keyboard) == (text, entities, keyboard):
            raise bad(NOT_MODIFIED)
        message.text, message.entities, message.keyboard = text, entities, keyboard
        message.edited = person.date
        person.bell.ring()
        return self._written(person, message)

    def _written(self, person: Person, message: Message) -> object:
        return as_telegram_writes_it(message, person.chat, self.bot)


def _text(parameters: Parameters, text: str, entities: str) -> tuple[str, list[Entity]]:
    words, mode = str(parameters.get(text) or ""), parameters.get("parse_mode")
    if not mode:
        stripped = words.strip()
        return stripped, checked_entities(words, parameters.get(entities))
    if str(mode).lower() != "html":
        raise bad("unsupported parse_mode")
    return read_html(words)


def _caption(parameters: Parameters) -> tuple[str, list[Entity]]:
    text, entities = _text(parameters, "caption", "caption_entities")
    if units(text) > MAX_CAPTION:
        raise bad("message caption is too long")
    return text, entities


def _language(parameters: Parameters) -> str | None:
    language = parameters.get("language_code") or None
    if language is not None and not re.fullmatch("[a-z]{2}", str(language)):
        raise bad("invalid language code specified")
    return language
