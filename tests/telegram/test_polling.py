"""Updates that are asked for: nothing is lost, nothing is out of order, nothing blocks."""

import asyncio

from bot.gateways.port import (
    Incoming,
    Kind,
    Left,
    Network,
    Offered,
    Pressed,
    Returned,
    Typed,
    Unreadable,
)
from bot.gateways.telegram import BotApi, Library
from bot.gateways.telegram.gateway import TelegramGateway
from bot.gateways.telegram.layout import NOTHING
from bot.texts.sheets import Pager, Row, Sheet
from tests.telegram.conftest import Listener, client, poll_of, polling
from tests.telegram.server import BotApiServer, Broken, Flood


async def nothing(most: int) -> bytes:
    return b""


async def test_what_a_person_types_is_heard_and_confirmed(
    bot: BotApi, telegram: BotApiServer, listener: Listener
) -> None:
    ana = telegram.person(1001, "Ana", "es")

    async with polling(bot, listener):
        update = await ana.types("/start invited")
        await listener.until_heard(1)
        await telegram.all_confirmed()

    assert listener.heard == [
        Incoming(Network.TELEGRAM, "1001", f"{bot.number}-{update}", Typed("/start invited"), "es")
    ]


async def test_a_press_is_heard_and_its_button_stops_spinning(
    bot: BotApi, telegram: BotApiServer, listener: Listener
) -> None:
    ana = telegram.person(1001, has_started=True)
    gateway = TelegramGateway(bot, unread=listener.keep_unread)
    await gateway.deliver("1001", Sheet("Who?", "en", rows=(Row("Marta", "c:7:2:Accepted"),)))

    async with polling(bot, listener):
        press = await ana.presses("Marta")
        await ana.answered(press)
        await listener.until_heard(1)

    assert listener.said == [Pressed("c:7:2:Accepted")]


async def test_a_press_is_answered_while_its_turn_is_still_under_way(
    bot: BotApi, telegram: BotApiServer, listener: Listener
) -> None:
    ana = telegram.person(1001, has_started=True)
    await TelegramGateway(bot, unread=listener.keep_unread).deliver(
        "1001", Sheet("Who?", "en", rows=(Row("Marta", "7"),))
    )
    listener.gates["1001"] = asyncio.Event()

    async with polling(bot, listener):
        press = await ana.presses("Marta")
        await ana.answered(press)
        heard_before = list(listener.heard)
        listener.gates["1001"].set()
        await listener.until_heard(1)

    assert heard_before == []


async def test_a_press_that_comes_again_after_a_crash_is_heard_though_it_was_answered(
    bot: BotApi, telegram: BotApiServer, listener: Listener
) -> None:
    ana = telegram.person(1001)
    await ana.types("/start")
    press = ana.presses_data("q:1:2:a")
    await bot.answer_press(press.query)

    async with polling(bot, listener):
        await telegram.all_confirmed()

    answers = telegram.calls_of("answerCallbackQuery")
    assert listener.said == [Typed("/start"), Pressed("q:1:2:a")]
    assert len(answers) == 2


async def test_the_middle_of_a_pager_only_shows_where_one_is(
    bot: BotApi, telegram: BotApiServer, listener: Listener
) -> None:
    ana = telegram.person(1001, has_started=True)
    pager = Pager("1-3 of 6", None, Row("on", "p:2"))
    await TelegramGateway(bot, unread=listener.keep_unread).deliver(
        "1001", Sheet("Who?", "en", pager=pager)
    )

    async with polling(bot, listener):
        press = await ana.presses("1-3 of 6")
        await ana.answered(press)
        await telegram.all_confirmed()

    assert listener.heard == []
    assert dict(ana.hears[0].data)["1-3 of 6"] == NOTHING


async def test_each_persons_updates_are_heard_in_order_while_others_wait_for_nobody(
    bot: BotApi, telegram: BotApiServer, listener: Listener
) -> None:
    ana, bo = telegram.person(1001), telegram.person(1002, "Bo")
    listener.gates["1001"] = asyncio.Event()
    for number in range(5):
        await ana.types(f"Ana {number}")
        await bo.types(f"Bo {number}")

    async with polling(bot, listener):
        await listener.until_heard(5)
        while_ana_waits = list(listener.said)
        listener.gates["1001"].set()
        await listener.until_heard(10)

    assert while_ana_waits == [Typed(f"Bo {number}") for number in range(5)]
    assert listener.said[5:] == [Typed(f"Ana {number}") for number in range(5)]


async def test_what_could_not_be_kept_is_tried_again_before_anything_is_confirmed(
    bot: BotApi, telegram: BotApiServer, listener: Listener
) -> None:
    ana = telegram.person(1001)
    await ana.types("first")
    await ana.types("second")
    listener.failures = 3

    async with polling(bot, listener):
        await listener.bell.until(lambda: len(listener.tried) == 3)
        unconfirmed = len(telegram.queue)
        await telegram.all_confirmed()

    assert unconfirmed == 2
    assert listener.said == [Typed("first"), Typed("second")]
    assert len(listener.tried) == 5


async def test_nothing_is_lost_when_the_bot_dies_in_the_middle_of_a_turn(
    telegram: BotApiServer, library: Library
) -> None:
    ana = telegram.person(1001)
    await ana.types("before")
    await ana.types("after")
    dying, dead = Listener(), client(library, telegram.url)
    dying.gates["1001"] = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(poll_of(dead, dying).run())
        await dying.bell.until(lambda: len(dying.tried) == 1)
        running.cancel()
    await dead.close()

    risen, bot = Listener(), client(library, telegram.url)
    async with polling(bot, risen):
        await telegram.all_confirmed()
    await bot.close()

    assert dying.heard == []
    assert risen.said == [Typed("before"), Typed("after")]


async def test_a_clean_stop_keeps_and_confirms_what_has_come(
    bot: BotApi, telegram: BotApiServer, listener: Listener
) -> None:
    ana = telegram.person(1001)
    await ana.types("last words")
    listener.gates["1001"] = asyncio.Event()

    async with polling(bot, listener) as poll:
        await listener.bell.until(lambda: bool(listener.tried))
        poll.stop()
        listener.gates["1001"].set()

    assert listener.said == [Typed("last words")]
    assert len(telegram.queue) == 0


async def test_a_stop_does_not_wait_for_a_database_that_is_away(
    bot: BotApi, telegram: BotApiServer, listener: Listener
) -> None:
    ana = telegram.person(1001)
    await ana.types("remember me")
    listener.failures = 1_000_000

    async with polling(bot, listener):
        await listener.bell.until(lambda: len(listener.tried) > 2)

    assert listener.heard == []
    assert len(telegram.queue) == 1


async def test_an_update_that_cannot_be_read_is_kept_and_passed_over(
    bot: BotApi, telegram: BotApiServer, listener: Listener
) -> None:
    ana = telegram.person(1001)
    await ana.types("before")
    poison = telegram.queue.add_raw({"message": {"chat": {"type": "private"}, "text": "whose?"}})
    telegram.queue.add_raw({"something_of_2030": {"id": 7}})
    telegram.queue.add_raw(
        {
            "message": {
                "message_id": 3,
                "date": 1,
                "chat": ana.chat,
                "from": ana.user,
                "text": "odd",
                "forward_origin": {"type": "of_2030"},
            }
        }
    )
    await ana.types("after")

    async with polling(bot, listener):
        await telegram.all_confirmed()

    assert listener.said == [Typed("before"), Typed("odd"), Typed("after")]
    assert listener.unread == [(str(poison), "it has no from")]


async def test_what_telegram_is_told_last_is_what_was_kept(
    bot: BotApi, telegram: BotApiServer, listener: Listener
) -> None:
    ana = telegram.person(1001)

    async with polling(bot, listener):
        update = await ana.types("hello")
        await telegram.all_confirmed()

    assert telegram.calls_of("getUpdates")[-1].parameters["offset"] == update + 1


async def test_a_batch_that_nobody_can_confirm_does_not_run_hot(
    bot: BotApi, listener: Listener, telegram: BotApiServer
) -> None:
    ana = telegram.person(1001)
    telegram.fails_next(
        "getUpdates",
        Broken(200, page='{"ok": true, "result": [{"no": "number"}, 7]}'),
        Broken(200, page='{"ok": true, "result": {"no": "list"}}'),
    )

    async with polling(bot, listener):
        await listener.bell.until(lambda: len(listener.unread) == 2)
        await ana.types("hello")
        await listener.until_heard(1)

    assert listener.unread == [("?", "it has no number")] * 2


async def test_trouble_at_telegram_is_waited_out(
    bot: BotApi, telegram: BotApiServer, listener: Listener
) -> None:
    ana = telegram.person(1001)
    telegram.fails_next("deleteWebhook", Broken(502, page="<html>"))
    telegram.fails_next(
        "getUpdates", Broken(409, "Conflict: somebody else"), Broken(502, page="x")
    )
    await ana.types("still there?")

    async with polling(bot, listener):
        await telegram.all_confirmed()

    assert listener.said == [Typed("still there?")]


async def test_a_menu_that_cannot_be_set_and_a_webhook_that_is_set_keep_nobody_from_polling(
    bot: BotApi, telegram: BotApiServer, listener: Listener
) -> None:
    ana = telegram.person(1001)
    await bot.set_webhook("https://school.example/telegram", "s" * 24)
    telegram.fails_next("setMyCommands", Flood(30))
    gateway = TelegramGateway(bot, unread=listener.keep_unread, menus={None: []})

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(gateway.run(listener.hear))
        await ana.types("hello")
        await listener.until_heard(1)
        gateway.stop()

    assert listener.said == [Typed("hello")]


async def test_people_send_more_than_words(
    bot: BotApi, telegram: BotApiServer, listener: Listener
) -> None:
    ana = telegram.person(1001)

    async with polling(bot, listener):
        for what in ("sticker", "voice", "photo", "document", "location", "contact", "poll"):
            await ana.sends(what)
        await ana.types("helo")
        await ana.edits("hello")
        await ana.types_in_a_group("/start@kutse_bot")
        await ana.blocks()
        await ana.unblocks()
        await telegram.all_confirmed()

    assert listener.said == [
        Unreadable(Kind.STICKER),
        Unreadable(Kind.VOICE),
        Offered(1000, fetch=nothing),
        *(Unreadable(kind) for kind in (Kind.FILE, Kind.PLACE, Kind.CONTACT, Kind.OTHER)),
        Typed("helo"),
        Unreadable(Kind.EDITED),
        Unreadable(Kind.GROUP),
        Left(),
        Returned(),
    ]
    assert {incoming.address for incoming in listener.heard} == {"1001"}
