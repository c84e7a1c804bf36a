"""Reading raw updates: whatever Telegram or anybody else sends, and as the libraries read it."""

from collections.abc import Mapping
from typing import Any

import pytest
from aiogram import types as aiogram
from hypothesis import given, strategies as st
from telegram import Update as PtbUpdate

from bot.gateways.port import Incoming, Kind, Left, Network, Pressed, Returned, Typed, Unreadable
from bot.gateways.telegram.incoming import (
    Heard,
    NothingSaid,
    Reading,
    Sent,
    UnreadableUpdate,
    read,
    update_id,
)
from tests.telegram.people import ATTACHMENTS
from tests.telegram.server import BotApiServer

BOT = 7000000001
PERSON = {"id": 1001, "is_bot": False, "first_name": "Ana", "language_code": "pt-br"}
CHAT = {"id": 1001, "type": "private", "first_name": "Ana"}
MESSAGE = {"message_id": 5, "date": 1, "chat": CHAT, "from": PERSON}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)

FINE: tuple[dict[str, Any], ...] = (
    {"update_id": 7, "message": {**MESSAGE, "text": "hello"}},
    {"update_id": 7, "message": {**MESSAGE, **ATTACHMENTS["photo"]}},
    {"update_id": 7, "edited_message": {**MESSAGE, "edit_date": 2, "text": "hello"}},
    {
        "update_id": 7,
        "callback_query": {
            "id": "9",
            "from": PERSON,
            "message": MESSAGE,
            "chat_instance": "1",
            "data": "q:1:2:a",
        },
    },
    {
        "update_id": 7,
        "my_chat_member": {
            "chat": CHAT,
            "from": PERSON,
            "date": 1,
            "old_chat_member": {"status": "member", "user": PERSON},
            "new_chat_member": {"status": "kicked", "user": PERSON, "until_date": 0},
        },
    },
)


@st.composite
def spoilt(draw: st.DrawFn) -> object:
    """Draw a fine update in which some values were replaced by anything."""

    def copy(value: object, depth: int) -> object:
        if depth and draw(st.integers(0, 6)) == 0:
            return draw(JSON)
        if isinstance(value, dict):
            return {key: copy(item, depth + 1) for key, item in value.items()}
        return value

    return copy(draw(st.sampled_from(FINE)), 0)


@given(JSON | spoilt())
def test_anything_is_either_read_or_unreadable(raw: object) -> None:
    reading: Reading | UnreadableUpdate
    try:
        reading = read(raw, BOT)
    except UnreadableUpdate as unreadable:
        reading = unreadable

    match reading:
        case Heard(incoming):
            assert len(incoming.address) <= 64
            assert len(incoming.update) <= 64
            assert "\0" not in repr(incoming)
            assert repr(incoming).encode()
        case UnreadableUpdate():
            assert reading.update == str(update_id(raw) or "?")
        case NothingSaid():
            assert update_id(raw) is not None


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_what_a_database_takes_is_kept_as_it_was_written(words: str) -> None:
    assert said({"message": {**MESSAGE, "text": words}}) == Typed(words)


def test_what_no_database_takes_is_taken_out() -> None:
    words = "half \ud83d a smile, and\0 a zero \U0001f527"

    assert said({"message": {**MESSAGE, "text": words}}) == Typed(
        "half \ufffd a smile, and a zero \U0001f527"
    )


@pytest.mark.parametrize(
    "strange", [{"file_id": "\ud83d"}, {"file_id": 5}, {"file_size": 1}, {"file_id": "ä"}, 7]
)
def test_a_picture_that_could_not_be_asked_for_is_not_offered(strange: object) -> None:
    reading = read({"update_id": 7, "message": {**MESSAGE, "photo": [strange]}}, BOT)

    assert isinstance(reading, Heard)
    assert reading.picture is None


def test_a_picture_may_be_of_any_size() -> None:
    photo = [{"file_id": "a", "file_size": "much"}]

    reading = read({"update_id": 7, "message": {**MESSAGE, "photo": photo}}, BOT)

    assert isinstance(reading, Heard)
    assert reading.picture == Sent("a", None)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"message": {**MESSAGE, **ATTACHMENTS["sticker"]}}, Unreadable(Kind.STICKER)),
        ({"message": {**MESSAGE, "venue": {}, **ATTACHMENTS["location"]}}, Unreadable(Kind.PLACE)),
        ({"message": {**MESSAGE, "animation": {}, "document": {}}}, Unreadable(Kind.PICTURE)),
        ({"message": {**MESSAGE, "photo": [], "caption": "my CV"}}, Unreadable(Kind.PICTURE)),
        ({"message": {**MESSAGE, "dice": {"value": 6}}}, Unreadable(Kind.OTHER)),
        ({"message": {**MESSAGE, "invented_in_2030": True}}, Unreadable(Kind.OTHER)),
        ({"message": {**MESSAGE, "pinned_message": MESSAGE}}, None),
        ({"message": {**MESSAGE, "from": {**PERSON, "is_bot": True}, "text": "beep"}}, None),
        (
            {"message": {**MESSAGE, "chat": {"id": -5, "type": "group"}, "text": "hi"}},
            Unreadable(Kind.GROUP),
        ),
        ({"message": {"chat": {"id": -5, "type": "group"}, "text": "by the group itself"}}, None),
        ({"edited_message": {**MESSAGE, "text": "hello"}}, Unreadable(Kind.EDITED)),
        ({"edited_message": {**MESSAGE, **ATTACHMENTS["location"]}}, None),
        ({"edited_message": {**MESSAGE, "chat": {"id": -5, "type": "group"}, "text": "hi"}}, None),
        ({"callback_query": {"id": "9", "from": PERSON, "game_short_name": "chess"}}, None),
        ({"callback_query": {"id": "9", "from": PERSON, "data": "x"}}, Pressed("x")),
        (FINE[4], Left()),
        (
            {
                "my_chat_member": FINE[4]["my_chat_member"]
                | {"new_chat_member": {"status": "member"}}
            },
            Returned(),
        ),
        (
            {"my_chat_member": FINE[4]["my_chat_member"] | {"chat": {"id": -5, "type": "group"}}},
            None,
        ),
        ({"channel_post": {**MESSAGE, "text": "news"}}, None),
        ({}, None),
    ],
)
def test_each_kind_of_update_says_what_it_says(raw: Mapping[str, Any], expected: object) -> None:
    assert said(raw) == expected


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ({"message": []}, "it has no message"),
        ({"message": {"text": "hello"}}, "it has no chat"),
        ({"message": {"chat": {}, "text": "hello"}}, "its chat has no type"),
        ({"message": {"chat": CHAT, "text": "hello"}}, "it has no from"),
        ({"message": {**MESSAGE, "from": {"id": True}, "text": "hello"}}, "its sender has no id"),
        ({"message": {**MESSAGE, "from": {"id": 2**70}, "text": "hello"}}, "its sender has no id"),
        ({"callback_query": {"from": PERSON, "data": "x"}}, "a press has no id"),
        ({"my_chat_member": {"chat": CHAT, "from": PERSON}}, "it has no new_chat_member"),
    ],
)
def test_what_cannot_be_read_says_why_and_nothing_personal(
    raw: Mapping[str, Any], why: str
) -> None:
    with pytest.raises(UnreadableUpdate) as unreadable:
        said(raw)

    assert (unreadable.value.update, unreadable.value.why) == ("7", why)
    assert str(unreadable.value) == f"Update 7 could not be read: {why}."


@pytest.mark.parametrize(
    ("given", "kept"), [("et", "et"), ("pt-br", "pt-br"), ("", None), ("; DROP", None), (7, None)]
)
def test_a_language_is_a_suggestion_and_must_look_like_one(
    given: object, kept: str | None
) -> None:
    sender = {**PERSON, "language_code": given}

    reading = read({"update_id": 7, "message": {**MESSAGE, "from": sender, "text": "x"}}, BOT)

    assert isinstance(reading, Heard)
    assert reading.incoming.language == kept


async def corpus() -> list[Mapping[str, Any]]:
    """Return one update of each kind that people cause."""
    telegram = BotApiServer()
    ana = telegram.person(1001, "Ana", "es")
    await ana.types("/start x")
    await ana.types("tere, öö 🎓")
    await ana.edits("tere, öö")
    ana.presses_data("q:1:2:a")
    for what in ATTACHMENTS:
        await ana.sends(what)
    await ana.types_in_a_group("hello all")
    await ana.blocks()
    await ana.unblocks()
    found = await telegram.queue.poll(0, 100, 0)
    return list(found)


async def test_both_libraries_read_the_same_of_each_update() -> None:
    raw = await corpus()

    ours = [read(update, BOT) for update in raw]

    assert len(ours) == 7 + len(ATTACHMENTS)
    assert [by_aiogram(update) for update in raw] == ours
    assert [by_ptb(update) for update in raw] == ours


def by_aiogram(raw: Mapping[str, Any]) -> Reading:
    update = aiogram.Update.model_validate(raw)
    if (query := update.callback_query) is not None:
        return heard(update.update_id, query.from_user, Pressed(str(query.data)), query.id)
    if (change := update.my_chat_member) is not None:
        return heard(update.update_id, change.from_user, member(change.new_chat_member.status))
    message = update.message or update.edited_message
    assert message is not None
    assert message.from_user is not None
    kind = KINDS.get(message.content_type, Kind.OTHER)
    return heard(
        update.update_id,
        message.from_user,
        words(message.text, message.chat.type, kind, is_edited=message.edit_date is not None),
        picture=picture(message.photo, message.document),
    )


def by_ptb(raw: Mapping[str, Any]) -> Reading:
    update = PtbUpdate.de_json(dict(raw), None)
    if (query := update.callback_query) is not None:
        return heard(update.update_id, query.from_user, Pressed(str(query.data)), query.id)
    if (change := update.my_chat_member) is not None:
        return heard(update.update_id, change.from_user, member(change.new_chat_member.status))
    message = update.message or update.edited_message
    assert message is not None
    assert message.from_user is not None
    attachment = next(
        (kind for name, kind in KINDS.items() if getattr(message, name, None)), Kind.OTHER
    )
    return heard(
        update.update_id,
        message.from_user,
        words(
            message.text, message.chat.type, attachment, is_edited=message.edit_date is not None
        ),
        picture=picture(message.photo, message.document),
    )


def picture(photo: Any, document: Any) -> Sent | None:
    if document and document.mime_type.startswith("image/"):
        photo = [document]
    return Sent(photo[-1].file_id, photo[-1].file_size) if photo else None


KINDS = {
    "sticker": Kind.STICKER,
    "voice": Kind.VOICE,
    "photo": Kind.PICTURE,
    "document": Kind.FILE,
    "location": Kind.PLACE,
    "contact": Kind.CONTACT,
}


def words(text: str | None, chat: str, kind: Kind, *, is_edited: bool) -> Typed | Unreadable:
    if chat != "private":
        return Unreadable(Kind.GROUP)
    if is_edited:
        return Unreadable(Kind.EDITED)
    return Typed(text) if text is not None else Unreadable(kind)


def member(status: str) -> Left | Returned:
    return Left() if status == "kicked" else Returned()


def heard(
    update: int, person: Any, what: Any, press: str | None = None, picture: Sent | None = None
) -> Heard:
    incoming = Incoming(
        Network.TELEGRAM, str(person.id), f"{BOT}-{update}", what, person.language_code
    )
    return Heard(incoming, press, picture)


def said(raw: Mapping[str, Any]) -> object:
    reading = read({"update_id": 7, **raw}, BOT)
    return None if isinstance(reading, NothingSaid) else reading.incoming.said
