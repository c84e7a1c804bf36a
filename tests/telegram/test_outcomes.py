"""What becomes of a sheet on its way to a person, through both libraries."""

import asyncio
from datetime import timedelta

import pytest
from aiohttp.test_utils import unused_port

from bot.gateways.port import (
    Delivered,
    MenuEntry,
    Network,
    Outcome,
    Refused,
    TryLater,
    Unreachable,
    Unsure,
)
from bot.gateways.telegram import BotApi, Library
from bot.gateways.telegram.bot_api import SOON, TOKEN_IS_MENDED_AFTER, Me, Part
from bot.gateways.telegram.gateway import TelegramGateway
from bot.texts.sheets import Link, Pager, Row, Sheet, Style
from tests.telegram.conftest import CODE, INVITATION, Listener, client, ref_of
from tests.telegram.people import Person
from tests.telegram.server import TOKEN, BotApiServer, Broken, Flood, HangsUp, NeverAnswers

SHEET = Sheet("Marta asks for your help.", "en", Style.LETTER, title="A letter")
ANSWERED = Sheet("Marta asks for your help.", "en", Style.LETTER, title="Answered")


async def test_a_sheet_arrives_and_its_ref_names_it(gateway: TelegramGateway, ana: Person) -> None:
    outcome = await gateway.deliver("1001", SHEET)

    (shown,) = ana.hears
    assert outcome == Delivered(str(shown.number))
    assert shown.text == "A letter\n\nMarta asks for your help."
    assert shown.bold == ("A letter",)
    assert gateway.network is Network.TELEGRAM


async def test_an_edit_shows_a_sheet_in_place_of_an_earlier_one(
    gateway: TelegramGateway, ana: Person
) -> None:
    first = await gateway.deliver("1001", SHEET)

    outcome = await gateway.edit("1001", ref_of(first), ANSWERED)

    assert outcome == first
    assert [shown.text for shown in ana.hears] == ["Answered\n\nMarta asks for your help."]


async def test_an_edit_without_a_change_is_a_success(
    gateway: TelegramGateway, ana: Person
) -> None:
    first = await gateway.deliver("1001", SHEET)

    assert await gateway.edit("1001", ref_of(first), SHEET) == first


async def test_an_edit_of_an_unknown_message_is_refused(
    gateway: TelegramGateway, ana: Person
) -> None:
    outcome = await gateway.edit("1001", "99", SHEET)

    assert outcome == Refused("Message to edit not found")


async def test_a_person_who_blocked_the_bot_is_unreachable(
    gateway: TelegramGateway, ana: Person
) -> None:
    await ana.blocks()

    assert await gateway.deliver("1001", SHEET) == Unreachable()


async def test_a_deleted_account_is_unreachable(gateway: TelegramGateway, ana: Person) -> None:
    ana.is_deactivated = True

    assert await gateway.deliver("1001", SHEET) == Unreachable()


async def test_a_person_who_never_started_the_bot_is_unreachable(
    gateway: TelegramGateway, telegram: BotApiServer
) -> None:
    telegram.person(1002)

    assert await gateway.deliver("1002", SHEET) == Unreachable()
    assert await gateway.deliver("1003", SHEET) == Unreachable()


async def test_a_flood_is_tried_again_when_telegram_says(
    gateway: TelegramGateway, telegram: BotApiServer, ana: Person
) -> None:
    telegram.fails_next("sendMessage", Flood(retry_after=7))

    assert await gateway.deliver("1001", SHEET) == TryLater(timedelta(seconds=7))
    assert ana.hears == ()


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Broken(500), TryLater(SOON)),
        (Broken(500, "Internal Server Error: restart"), Unsure()),
        (Broken(502, page="<html>Bad Gateway</html>"), Unsure()),
        (Broken(401, "Unauthorized"), TryLater(TOKEN_IS_MENDED_AFTER)),
        (HangsUp(), Unsure()),
        (Broken(200, page="<html>Welcome to this hotel</html>"), Unsure()),
        (Broken(200, page='{"welcome": "to this hotel"}'), Unsure()),
        (Broken(404, page="[]"), Unsure()),
    ],
)
async def test_trouble_at_telegram_is_told_from_trouble_on_the_way(
    gateway: TelegramGateway,
    telegram: BotApiServer,
    ana: Person,
    fault: Broken | HangsUp,
    outcome: Outcome,
) -> None:
    telegram.fails_next("sendMessage", fault)

    assert await gateway.deliver("1001", SHEET) == outcome


async def test_an_answer_that_never_comes_leaves_us_unsure(
    telegram: BotApiServer, library: Library, ana: Person
) -> None:
    hurried = client(library, telegram.url, patience=timedelta(milliseconds=300))
    telegram.fails_next("sendMessage", NeverAnswers())

    outcome = await hurried.send(1001, Part("Did this arrive?"))
    await hurried.close()

    assert outcome == Unsure()
    assert [shown.text for shown in ana.hears] == ["Did this arrive?"]


async def test_a_refused_connection_is_tried_later(library: Library) -> None:
    nobody_there = client(library, f"http://127.0.0.1:{unused_port()}")

    outcome = await nobody_there.send(1001, Part("Hello"))
    await nobody_there.close()

    assert outcome == TryLater(SOON)


@pytest.mark.parametrize(
    ("sheet", "why"),
    [
        (Sheet(" ", "en"), "Message text is empty"),
        (Sheet("Well?", "en", rows=(Row("Yes", "y" * 65),)), "Button_data_invalid"),
    ],
)
async def test_a_sheet_that_telegram_cannot_take_is_refused_in_its_words(
    gateway: TelegramGateway, ana: Person, sheet: Sheet, why: str
) -> None:
    assert await gateway.deliver("1001", sheet) == Refused(why)


async def test_what_is_no_address_is_refused_without_a_call(
    gateway: TelegramGateway, telegram: BotApiServer
) -> None:
    assert await gateway.deliver("@everybody", SHEET) == Refused("Not an address of Telegram")
    assert await gateway.edit("1001", "the last one", SHEET) == (
        Refused("Not an address or a message of Telegram")
    )
    assert telegram.calls == []


async def test_a_text_of_two_messages_is_edited_where_its_rows_are(
    gateway: TelegramGateway, ana: Person
) -> None:
    long = Sheet("word " * 1500, "en", rows=(Row("Yes", "y"),), title="Long")

    outcome = await gateway.deliver("1001", long)
    await gateway.edit("1001", ref_of(outcome), Sheet("word " * 1500, "en", title="Long"))

    first, last = ana.hears
    assert outcome == Delivered(str(last.number), messages=2)
    assert (first.bold, first.labels) == (("Long",), ())
    assert last.labels == ()
    assert first.text.split() + last.text.split() == ["Long"] + ["word"] * 1500


async def test_letters_to_many_people_go_out_at_the_same_time(
    gateway: TelegramGateway, telegram: BotApiServer
) -> None:
    people = [telegram.person(2000 + number, has_started=True) for number in range(40)]

    outcomes = await asyncio.gather(
        *(gateway.deliver(str(person.number), SHEET) for person in people)
    )

    assert outcomes == [Delivered("1")] * 40
    assert [len(person.hears) for person in people] == [1] * 40


async def test_when_a_second_message_fails_the_sheet_failed(
    gateway: TelegramGateway, telegram: BotApiServer, ana: Person
) -> None:
    await ana.blocks()

    assert await gateway.deliver("1001", Sheet("word " * 1500, "en")) == Unreachable()
    assert len(telegram.calls) == 1


async def test_the_bot_knows_who_it_is(bot: BotApi) -> None:
    assert await bot.who_am_i() == Me(7000000001, "kutse_bot")
    assert bot.number == 7000000001


async def test_a_wrong_token_is_refused_and_never_repeated(
    telegram: BotApiServer, library: Library
) -> None:
    stranger = client(library, telegram.url, token=TOKEN[:-3] + "xyz")

    outcome = await stranger.who_am_i()
    await stranger.close()

    assert outcome == Refused("Unauthorized")
    with pytest.raises(ValueError, match="digits, a colon") as error:
        client(library, telegram.url, token="12:my-secret")
    assert "my-secret" not in str(error.value)


async def test_each_language_has_its_menu(
    bot: BotApi, telegram: BotApiServer, listener: Listener
) -> None:
    menus = {
        None: [MenuEntry("now", "What comes next")],
        "es": [MenuEntry("now", "Lo que sigue"), MenuEntry("stop", "Parar")],
        "et": [MenuEntry("Now", "Telegram refuses capitals")],
    }

    await TelegramGateway(bot, unread=listener.keep_unread, menus=menus).set_menus()

    assert telegram.methods.menus == {
        None: [{"command": "now", "description": "What comes next"}],
        "es": [
            {"command": "now", "description": "Lo que sigue"},
            {"command": "stop", "description": "Parar"},
        ],
    }


SHEETS = (
    SHEET,
    Sheet(
        "Which trade?",
        "en",
        Style.QUESTION,
        rows=(Row("Welding", "q:1:1:w"), Row("Other", "q:1:1:o")),
    ),
    Sheet("Shall I?", "en", Style.SPLIT, rows=(Row("Yes", "y"), Row("No", "n"))),
    Sheet(
        "When?",
        "es",
        Style.SEVERAL,
        hint="Or write a day.",
        done=Row("Listo", "done"),
        rows=(Row("lunes", "1", is_on=True), Row("martes", "2", is_on=False)),
    ),
    Sheet(
        "Who?",
        "et",
        rows=(Row("Märt 🔧", "4", detail="keevitus"), Row("Ülle", "5")),
        pager=Pager("4-5 / 7", Row("back", "p:1"), Row("on", "p:3"), first=4),
    ),
    Sheet("🎓 <b>no markup</b> _here_ & nowhere", "en", title="Ñandú 🎓 & co"),
    Sheet("The talk", "en", attachment=INVITATION, title="Friday", rows=(Row("Fine", "ok"),)),
    Sheet("The code", "en", attachment=CODE, rows=(Row("Fine", "ok"),)),
    Sheet("The place", "en", links=(Link("On the map", "https://map.example/?q=%C3%A4"),)),
    Sheet("word " * 1000, "en", title="Two messages"),
)


async def test_both_libraries_make_the_same_calls_for_the_same_sheets(
    telegram: BotApiServer,
) -> None:
    ana = telegram.person(1001, has_started=True)
    calls, chats = [], []
    for library in Library:
        telegram.calls.clear()
        ana.messages.clear()
        api = client(library, telegram.url)
        gateway = TelegramGateway(api, unread=Listener().keep_unread)
        for sheet in SHEETS:
            outcome = await gateway.deliver("1001", sheet)
            await gateway.edit(
                "1001", ref_of(outcome), Sheet("Settled", "en", attachment=sheet.attachment)
            )
        await api.close()
        offset = ana.hears[0].number
        calls.append(
            [_counted(call.method, dict(call.parameters), offset) for call in telegram.calls]
        )
        chats.append([(shown.text, shown.document, shown.photo) for shown in ana.hears])

    assert len(calls[0]) == 2 * len(SHEETS) + 1
    assert calls[0] == calls[1]
    assert chats[0] == chats[1]


def _counted(
    method: str, parameters: dict[str, object], first: int
) -> tuple[str, dict[str, object]]:
    number = parameters.get("message_id")
    return method, parameters | ({"message_id": number - first} if isinstance(number, int) else {})
