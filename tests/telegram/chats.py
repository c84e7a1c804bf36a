"""The chats of the bot: every message as it now stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.refusals import Entity, Keyboard
from tests.telegram.wire import Upload


@dataclass(slots=True)
class Message:
    """A message in a chat."""

    number: int
    date: int
    is_by_bot: bool
    text: str | None = None
    entities: list[Entity] = field(default_factory=list)
    keyboard: Keyboard = field(default_factory=list)
    document: Upload | None = None
    """A message with a document has its text as a caption."""
    photo: Upload | None = None
    """The same holds for a picture."""
    other: Mapping[str, Any] = field(default_factory=dict)
    """Whatever else a person sends, as Telegram writes it."""
    edited: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as a person sees it."""

    number: int
    is_by_bot: bool
    text: str
    bold: tuple[str, ...] = ()
    italic: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    """What can be opened, and where it leads."""
    buttons: tuple[tuple[str, ...], ...] = ()
    document: Upload | None = None
    photo: Upload | None = None
    data: tuple[tuple[str, str], ...] = ()
    """What each button sends, by its label."""

    @property
    def labels(self) -> tuple[str, ...]:
        """All buttons, from the top left to the bottom right."""
        return tuple(label for row in self.buttons for label in row)


def shown(message: Message) -> Shown:
    """Return what a person sees of `message`."""
    text = message.text or ""
    return Shown(
        number=message.number,
        is_by_bot=message.is_by_bot,
        text=text,
        bold=_styled(text, message.entities, "bold"),
        italic=_styled(text, message.entities, "italic"),
        links=tuple(
            zip(
                _styled(text, message.entities, "text_link"),
                (one["url"] for one in message.entities if one["type"] == "text_link"),
                strict=True,
            )
        ),
        buttons=tuple(tuple(button["text"] for button in row) for row in message.keyboard),
        document=message.document,
        photo=message.photo,
        data=tuple(
            (button["text"], button["callback_data"])
            for row in message.keyboard
            for button in row
            if "callback_data" in button
        ),
    )


def _styled(text: str, entities: list[Entity], style: str) -> tuple[str, ...]:
    encoded = text.encode("utf-16-le")
    return tuple(
        encoded[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode(
            "utf-16-le"
        )
        for entity in entities
        if entity["type"] == style
    )


def as_telegram_writes_it(
    message: Message, chat: Mapping[str, Any], sender: Mapping[str, Any]
) -> dict[str, Any]:
    """Return `message` as JSON of the Bot API."""
    written: dict[str, Any] = {
        "message_id": message.number,
        "from": dict(sender),
        "chat": dict(chat),
        "date": message.date,
        **message.other,
    }
    if message.edited is not None:
        written["edit_date"] = message.edited
    text, entities = "text", "entities"
    if message.photo is not None:
        text, entities = "caption", "caption_entities"
        sizes = {"width": 90, "height": 90, "file_unique_id": f"unique-{message.number}"}
        written["photo"] = [
            {**sizes, "file_id": f"{size}-{message.photo.name}"} for size in ("small", "large")
        ]
    if message.document is not None:
        text, entities = "caption", "caption_entities"
        written["document"] = {
            "file_id": f"file-{message.number}",
            "file_unique_id": f"unique-{message.number}",
            "file_name": message.document.name,
            "file_size": len(message.document.content),
        }
    if message.text:
        written[text] = message.text
    if message.entities:
        written[entities] = message.entities
    if message.keyboard:
        written["reply_markup"] = {"inline_keyboard": message.keyboard}
    return written
