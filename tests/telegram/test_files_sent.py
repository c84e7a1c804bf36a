"""What becomes of a sheet with a file or a picture."""

from datetime import timedelta

import pytest

from bot.gateways.port import (
    Delivered,
    TryLater,
    Unreachable,
)
from bot.gateways.telegram import BotApi
from bot.gateways.telegram.bot_api import Part
from bot.gateways.telegram.gateway import TelegramGateway
from bot.texts.sheets import Row, Sheet
from tests.telegram.conftest import CODE, INVITATION, ref_of
from tests.telegram.people import Person
from tests.telegram.server import BotApiServer, Flood


async def test_a_file_comes_with_its_words_as_a_caption(
    gateway: TelegramGateway, ana: Person
) -> None:
    with_file = Sheet(
        "The talk is on Friday.", "en", attachment=INVITATION, rows=(Row("Fine", "ok"),)
    )

    outcome = await gateway.deliver("1001", with_file)
    (sent,) = ana.hears
    await gateway.edit(
        "1001", ref_of(outcome), Sheet("The talk was on Friday.", "en", attachment=INVITATION)
    )

    (edited,) = ana.hears
    assert sent.document is not None
    assert (sent.document.name, sent.document.content) == ("talk.ics", INVITATION.content)
    assert (sent.text, sent.labels) == ("The talk is on Friday.", ("Fine",))
    assert (edited.text, edited.labels) == ("The talk was on Friday.", ())
    assert edited.document == sent.document


async def test_a_file_with_too_many_words_for_a_caption_follows_them(
    gateway: TelegramGateway, ana: Person
) -> None:
    outcome = await gateway.deliver("1001", Sheet("ä" * 1025, "et", attachment=INVITATION))

    words, file = ana.hears
    assert outcome == Delivered(str(words.number), messages=2)
    assert len(words.text) == 1025
    assert (file.text, file.document is not None) == ("", True)


@pytest.mark.parametrize(("words", "captioned"), [("Your code", 1), ("ä" * 1025, 2)])
async def test_a_picture_is_seen_in_the_chat_and_its_words_with_it(
    gateway: TelegramGateway, ana: Person, words: str, captioned: int
) -> None:
    outcome = await gateway.deliver("1001", Sheet(words, "en", attachment=CODE))

    *_, shown = ana.hears
    assert shown.photo is not None
    assert (shown.photo.name, shown.photo.content) == ("code.png", CODE.content)
    assert "".join(one.text for one in ana.hears) == words
    assert len(ana.hears) == captioned
    assert isinstance(outcome, Delivered)


async def test_a_picture_sent_once_is_sent_again_by_what_telegram_calls_it(
    bot: BotApi, telegram: BotApiServer, ana: Person
) -> None:
    first = await bot.send_photo(1001, CODE, Part("First"))
    assert isinstance(first, Delivered)

    again = await bot.send_photo(1001, first.file or "", Part(""))

    assert (again, first.file) == (Delivered("2", first.file), "large-code.png")
    assert [one.photo and one.photo.content for one in ana.hears] == [CODE.content] * 2
    assert [one.text for one in ana.hears] == ["First", ""]
    assert telegram.calls_of("sendPhoto")[1].parameters["photo"] == first.file


@pytest.mark.parametrize("words", ["short", "ä" * 1025])
async def test_when_its_file_fails_the_sheet_failed(
    gateway: TelegramGateway, telegram: BotApiServer, ana: Person, words: str
) -> None:
    telegram.fails_next("sendDocument", Flood(retry_after=7))

    outcome = await gateway.deliver("1001", Sheet(words, "en", attachment=INVITATION))

    assert outcome == TryLater(timedelta(seconds=7))


async def test_when_the_words_before_a_file_fail_the_file_is_not_sent(
    gateway: TelegramGateway, telegram: BotApiServer, ana: Person
) -> None:
    await ana.blocks()

    assert await gateway.deliver("1001", Sheet("ä" * 1025, "et", attachment=INVITATION)) == (
        Unreachable()
    )
    assert telegram.calls_of("sendDocument") == []
