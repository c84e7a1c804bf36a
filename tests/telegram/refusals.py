"""What Telegram refuses, in Telegram's words.

The words are those of the official server (tdlib/telegram-bot-api, tdlib/td) as clients see them.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_DATA_BYTES = 64
MAX_BUTTONS = 100
MAX_IN_A_ROW = 8
MAX_MARKUP_BYTES = 10_000

Entity: TypeAlias = dict[str, Any]
Keyboard: TypeAlias = list[list[dict[str, Any]]]

ENTITY_TYPES = frozenset(
    [
        "blockquote",
        "bold",
        "bot_command",
        "cashtag",
        "code",
        "custom_emoji",
        "date_time",
        "email",
        "expandable_blockquote",
        "hashtag",
        "italic",
        "mention",
        "phone_number",
        "pre",
        "spoiler",
        "strikethrough",
        "text_link",
        "text_mention",
        "underline",
        "url",
    ]
)

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
CONFLICT = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_IS_SET = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class Refusal(Exception):
    """An answer with `ok: false`."""

    def __init__(
        self, code: int, description: str, parameters: Mapping[str, int] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad(why: str) -> Refusal:
    """Return a refusal of the call itself."""
    return Refusal(400, f"Bad Request: {why}")


def forbidden(why: str) -> Refusal:
    """Return a refusal on behalf of the person."""
    return Refusal(403, f"Forbidden: {why}")


def units(text: str) -> int:
    """Return how long `text` is for Telegram: in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def checked_entities(text: str, given: object) -> list[Entity]:
    """Return the entities of `text`, in order.

    Raises:
        Refusal: they are no entities, or do not lie on whole characters of the text.
    """
    if given is None:
        return []
    if not isinstance(given, list):
        raise bad("can't parse entities: expected an Array")
    for entity in given:
        if not isinstance(entity, dict) or entity.get("type") not in ENTITY_TYPES:
            raise bad("can't parse entities: Unsupported type specified")
        offset, length = entity.get("offset"), entity.get("length")
        if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length < 1:
            raise bad('can\'t parse entities: Field "offset" must be a valid Number')
        end = offset + length
        if end > units(text):
            raise bad(
                f"entity beginning at UTF-16 offset {offset} ends after the end of the text "
                f"at UTF-16 offset {units(text)}"
            )
        starts = _starts(text)
        if offset not in starts or end not in starts:
            raise bad(f"entity begins in a middle of a UTF-16 symbol at byte offset {offset}")
    return sorted(given, key=lambda entity: (entity["offset"], -entity["length"]))


def _starts(text: str) -> set[int]:
    starts, at = {0}, 0
    for character in text:
        at += units(character)
        starts.add(at)
    return starts


def checked_keyboard(given: object) -> Keyboard:
    """Return the rows of an inline keyboard; none if there is none.

    Raises:
        Refusal: a button is broken or there is too much of it.
    """
    if given is None:
        return []
    if not isinstance(given, dict):
        raise bad("can't parse reply keyboard markup JSON object")
    rows = given.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad(
            "can't parse inline keyboard markup JSON object: "
            'Field "inline_keyboard" must be an Array'
        )
    buttons = [button for row in rows for button in row]
    for button in buttons:
        _check_button(button)
    if len(buttons) > MAX_BUTTONS or any(len(row) > MAX_IN_A_ROW for row in rows):
        raise bad("too many inline keyboard buttons")
    if len(json.dumps(given).encode()) > MAX_MARKUP_BYTES:
        raise bad("reply markup is too long")
    return [row for row in rows if row]


def _check_button(button: object) -> None:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not button["text"].strip():
        raise bad('can\'t parse inline keyboard button: Field "text" must be non-empty')
    data = button.get("callback_data")
    if not data and not (button.keys() & {"url", "copy_text", "web_app", "login_url"}):
        raise bad(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if data is not None and (not isinstance(data, str) or len(data.encode()) > MAX_DATA_BYTES):
        raise bad("BUTTON_DATA_INVALID")


def checked_commands(given: object) -> Sequence[Mapping[str, str]]:
    """Return the entries of a menu.

    Raises:
        Refusal: a name or a description is not as Telegram wants it.
    """
    if not isinstance(given, list) or len(given) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for entry in given:
        if not isinstance(entry, dict) or not re.fullmatch(
            r"[a-z0-9_]{1,32}", str(entry.get("command"))
        ):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= units(str(entry.get("description") or "")) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return given
