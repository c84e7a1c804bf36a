"""What open pages are told, and when they are told nothing more."""

from datetime import timedelta

from bot.texts.sheets import Sheet
from tests.web.visits import next_event, visiting
from tests.web.world import QUESTION, World, address_of


async def test_an_open_page_is_told_what_is_said_as_it_is_said() -> None:
    world = World()
    async with visiting(world) as visitor:
        stream = await visitor.get("/chat/events?after=chat:0")
        await world.gateway.deliver(address_of(world), QUESTION)

        name, event = await next_event(stream)

    assert (stream.headers["Content-Type"], name) == (
        "text/event-stream; charset=utf-8",
        "chat:1",
    )
    assert (event["at"], event["line"]["text"]) == ("/chat", "Who are you?")


async def test_a_page_that_comes_back_gets_what_it_missed_and_nothing_twice() -> None:
    world = World()
    async with visiting(world) as visitor:
        address = address_of(world)
        for text in ("one", "two"):
            await world.gateway.deliver(address, Sheet(text, "en"))
        first = await visitor.get("/chat/events")
        await next_event(first)
        name, _ = await next_event(first)
        first.close()
        await world.gateway.edit(address, "1", Sheet("one, mended", "en"))
        await world.gateway.deliver(address, Sheet("three", "en"))

        second = await visitor.get("/chat/events?after=chat:0", Last_Event_ID=name)
        missed = [(await next_event(second))[1]["line"]["text"] for _ in range(2)]

    assert missed == ["one, mended", "three"]


async def test_an_open_page_finds_what_another_process_wrote() -> None:
    world = World(look_again=timedelta(milliseconds=5))
    elsewhere = World(history=world.history)
    async with visiting(world) as visitor:
        stream = await visitor.get("/chat/events")
        await elsewhere.gateway.deliver(address_of(world), QUESTION)

        _, event = await next_event(stream)

    assert event["line"]["text"] == "Who are you?"


async def test_a_page_whose_session_has_ended_is_told_nothing_more() -> None:
    world = World(look_again=timedelta(milliseconds=5))
    async with visiting(world) as visitor:
        stream = await visitor.get("/chat/events")
        world.history.tokens.clear()

        rest = await stream.content.read()
        again = await visitor.get("/chat/events")

    assert b"event: line" not in rest
    assert again.status == 403


async def test_a_page_is_told_again_and_again_that_the_line_holds() -> None:
    world = World(look_again=timedelta(milliseconds=5))
    async with visiting(world) as visitor:
        stream = await visitor.get("/chat/events")

        told = [await next_event(stream, kind="here") for _ in range(2)]

    assert told == [("", {}), ("", {})]


async def test_an_open_page_is_told_which_day_it_is_and_when_another_begins() -> None:
    world = World(look_again=timedelta(milliseconds=5))
    async with visiting(world) as visitor:
        stream = await visitor.get("/chat/events")
        _, first = await next_event(stream, kind="day")
        world.clock.now += timedelta(days=1)

        _, second = await next_event(stream, kind="day")

    assert (first, second) == ({"day": "2026-05-15"}, {"day": "2026-05-16"})


async def test_open_pages_do_not_keep_a_server_from_stopping() -> None:
    world = World()
    async with visiting(world) as visitor:
        stream = await visitor.get("/chat/events")
        await world.gateway.close()

        rest = await stream.content.read()

    assert rest == b'retry: 1500\n\nevent: day\ndata: {"day": "2026-05-15"}\n\n'
