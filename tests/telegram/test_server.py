"""The Bot API server of the tests refuses what Telegram refuses."""

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from tests.telegram.people import NoSuchButton, Person
from tests.telegram.server import BotApiServer
from tests.telegram.specification import VARIABLE

UNPARSED = "Bad Request: can't parse entities: "

YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}


async def call(telegram: BotApiServer, method: str, **parameters: object) -> Any:
    """Return the result of a call, or the words of its refusal."""
    async with aiohttp.ClientSession() as client:
        url = f"{telegram.url}/bot{telegram.token}/{method}"
        async with client.post(url, json=parameters) as answer:
            read = await answer.json()
    return read["result"] if read["ok"] else read["description"]


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"text": " \n"}, "Bad Request: message text is empty"),
        ({"text": "🎓" * 2049}, "Bad Request: message is too long"),
        (
            {"text": "<b>bold", "parse_mode": "HTML"},
            UNPARSED + 'Can\'t find end tag corresponding to start tag "b"',
        ),
        (
            {"text": "a < b", "parse_mode": "HTML"},
            UNPARSED + 'Unsupported start tag "b" at byte offset 2',
        ),
        (
            {"text": "<b>x</i>", "parse_mode": "HTML"},
            UNPARSED + 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
        ),
        (
            {"text": "x</b>", "parse_mode": "HTML"},
            UNPARSED + "Unexpected end tag at byte offset 1",
        ),
        (
            {"text": "abc", "entities": [{"type": "bold", "offset": 1, "length": 3}]},
            (
                "Bad Request: entity beginning at UTF-16 offset 1 ends after the end of the text "
                "at UTF-16 offset 3"
            ),
        ),
        (
            {"text": "🎓🎓", "entities": [{"type": "bold", "offset": 1, "length": 1}]},
            "Bad Request: entity begins in a middle of a UTF-16 symbol at byte offset 1",
        ),
        (
            {
                "text": "?",
                "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "é" * 33}]]},
            },
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        (
            {"text": "?", "reply_markup": {"inline_keyboard": [[{"text": "x"}]]}},
            (
                "Bad Request: can't parse inline keyboard button: "
                "Text buttons are unallowed in the inline keyboard"
            ),
        ),
        ({"text": "?", "chat_id": 5}, "Bad Request: chat not found"),
    ],
)
async def test_what_telegram_refuses_is_refused_in_its_words(
    telegram: BotApiServer, ana: Person, parameters: dict[str, object], refusal: str
) -> None:
    assert await call(telegram, "sendMessage", **{"chat_id": 1001, **parameters}) == refusal
    assert ana.hears == ()


@pytest.mark.parametrize(
    "markup",
    [
        [],
        {"inline_keyboard": [{}]},
        {"inline_keyboard": [["Yes"]]},
        {"inline_keyboard": [[{"text": " ", "callback_data": "y"}]]},
        {"inline_keyboard": [[{"text": "x", "callback_data": "y"}] * 9]},
        {"inline_keyboard": [[{"text": "x", "callback_data": "y"}]] * 101},
        {"inline_keyboard": [[{"text": "x" * 200, "callback_data": "y"}]] * 60},
    ],
)
async def test_a_broken_keyboard_is_refused(
    telegram: BotApiServer, ana: Person, markup: object
) -> None:
    refusal = await call(telegram, "sendMessage", chat_id=1001, text="?", reply_markup=markup)

    assert refusal.startswith("Bad Request: ")
    assert ana.hears == ()


@pytest.mark.parametrize(
    "entities",
    [{}, ["bold"], [{"type": "loud", "offset": 0, "length": 1}], [{"type": "bold", "offset": 0}]],
)
async def test_broken_entities_are_refused(
    telegram: BotApiServer, ana: Person, entities: object
) -> None:
    refusal = await call(telegram, "sendMessage", chat_id=1001, text="?", entities=entities)

    assert refusal.startswith(UNPARSED)


async def test_html_is_shown_as_what_it_means(telegram: BotApiServer, ana: Person) -> None:
    await call(
        telegram, "sendMessage", chat_id=1001, text="<b>Õ &amp; 🎓</b> <i>!</i>", parse_mode="HTML"
    )

    (shown,) = ana.hears
    assert (shown.text, shown.bold, shown.italic) == ("Õ & 🎓 !", ("Õ & 🎓",), ("!",))


async def test_a_press_is_answered_once_and_not_too_late(
    telegram: BotApiServer, ana: Person
) -> None:
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    await call(telegram, "sendMessage", chat_id=1001, text="?", reply_markup=YES)
    press, late = await ana.presses("Yes"), await ana.presses("Yes")

    assert (
        await call(telegram, "answerCallbackQuery", callback_query_id=press.query, text="ok")
        is True
    )
    assert await call(telegram, "answerCallbackQuery", callback_query_id=press.query) == too_old
    telegram.pass_time(timedelta(hours=1))
    assert await call(telegram, "answerCallbackQuery", callback_query_id=late.query) == too_old
    assert await call(telegram, "answerCallbackQuery", callback_query_id="7") == too_old
    assert (press.toast, late.is_answered) == ("ok", False)


async def test_edits_change_what_stands_and_only_that(telegram: BotApiServer, ana: Person) -> None:
    await ana.types("mine")
    sent = await call(telegram, "sendMessage", chat_id=1001, text="?", reply_markup=YES)
    old = ana.hears[0]
    where = {"chat_id": 1001, "message_id": sent["message_id"]}

    assert "message is not modified" in await call(
        telegram, "editMessageText", **where, text="?", reply_markup=YES
    )
    assert (await call(telegram, "editMessageReplyMarkup", **where))["message_id"] == sent[
        "message_id"
    ]
    assert (await call(telegram, "editMessageText", **where, text="!"))["text"] == "!"
    assert (
        await call(telegram, "editMessageText", **where, text="x" * 4097)
        == "Bad Request: MESSAGE_TOO_LONG"
    )
    assert (
        await call(telegram, "editMessageCaption", **where, caption="!")
        == "Bad Request: there is no caption in the message to edit"
    )
    assert (
        await call(telegram, "editMessageText", chat_id=1001, message_id=1, text="!")
        == "Bad Request: message can't be edited"
    )
    assert [(shown.text, shown.labels) for shown in ana.hears] == [("!", ())]
    with pytest.raises(NoSuchButton):
        await ana.presses("Yes")
    assert (await ana.presses("Yes", of=old)).is_answered is False


async def test_updates_wait_until_they_are_confirmed_but_not_for_ever(
    telegram: BotApiServer, ana: Person
) -> None:
    first = await ana.types("hello")
    ana.presses_data("y")

    assert [update["update_id"] for update in await call(telegram, "getUpdates")] == [
        first,
        first + 1,
    ]
    assert len(await call(telegram, "getUpdates", limit=1)) == 1
    telegram.pass_time(timedelta(minutes=3))
    assert [update["update_id"] for update in await call(telegram, "getUpdates")] == [first]
    assert await call(telegram, "getUpdates", offset=first + 1) == []
    assert await call(telegram, "getUpdates") == []


async def test_only_kinds_that_were_asked_for_come(telegram: BotApiServer, ana: Person) -> None:
    await call(telegram, "getUpdates", allowed_updates=["callback_query"])

    await ana.types("hello")
    ana.presses_data("y")

    (update,) = await call(telegram, "getUpdates")
    assert "callback_query" in update


async def test_two_cannot_poll_and_nobody_can_while_a_webhook_is_set(
    telegram: BotApiServer,
) -> None:
    first = asyncio.create_task(call(telegram, "getUpdates", timeout=50))
    await telegram.called.until(lambda: bool(telegram.calls))
    second = asyncio.create_task(call(telegram, "getUpdates", timeout=50))

    assert (await first).startswith("Conflict: terminated by other getUpdates request")
    await call(telegram, "setWebhook", url="https://school.example/x")
    assert (await second).startswith("Conflict")
    assert "while webhook is active" in await call(telegram, "getUpdates")
    assert (await call(telegram, "getWebhookInfo"))["url"] == "https://school.example/x"
    assert await call(telegram, "deleteWebhook", drop_pending_updates=True) is True
    assert await call(telegram, "getUpdates") == []


async def test_a_webhook_needs_https_and_a_plain_secret(telegram: BotApiServer) -> None:
    assert "HTTPS URL must be provided" in await call(
        telegram, "setWebhook", url="http://school.example/"
    )
    assert "unallowed characters" in await call(
        telegram, "setWebhook", url="https://a.example/", secret_token="å"
    )


async def test_a_menu_and_a_description_are_checked(telegram: BotApiServer) -> None:
    assert (
        await call(telegram, "setMyCommands", commands=[{"command": "A b", "description": "x"}])
        == "Bad Request: BOT_COMMAND_INVALID"
    )
    assert (
        await call(telegram, "setMyCommands", commands=[{"command": "now", "description": ""}])
        == "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"
    )
    assert (
        await call(telegram, "setMyCommands", commands=[], language_code="est")
        == "Bad Request: invalid language code specified"
    )
    assert (
        await call(telegram, "setMyDescription", description="x" * 513)
        == "Bad Request: description is too long"
    )
    assert (
        await call(
            telegram, "setMyShortDescription", short_description="A school", language_code="en"
        )
        is True
    )


async def test_strangers_and_unknown_methods_are_refused(telegram: BotApiServer) -> None:
    assert await call(telegram, "sendHugs") == "Not Found: method not found"
    telegram.token = "another"
    async with aiohttp.ClientSession() as client:
        answer = await client.post(f"{telegram.url}/bot123:abc/getMe")
        status = answer.status
    assert status == 401


async def test_fields_that_are_not_in_the_specification_are_found(
    telegram: BotApiServer, ana: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    copy = tmp_path / "api.json"
    copy.write_text(
        '{"methods": {"sendMessage": {"fields": ['
        '{"name": "chat_id", "types": ["Integer"], "required": true},'
        '{"name": "text", "types": ["String"], "required": true},'
        '{"name": "entities", "types": ["Array of MessageEntity"], "required": false}]}},'
        '"types": {"MessageEntity": {"fields": [{"name": "type", "types": ["String"]},'
        '{"name": "offset", "types": ["Integer"]}, {"name": "length", "types": ["Integer"]}]}}}'
    )
    monkeypatch.setenv(VARIABLE, str(copy))
    bold = {"type": "bold", "offset": 0, "length": 1, "colour": "red"}

    refusal = await call(telegram, "sendMessage", chat_id=1001, entities=[bold], loud=True)

    assert refusal == (
        "Bad Request: not in the specification: sendMessage.loud?, sendMessage.text is missing, "
        "sendMessage.entities.colour?"
    )
