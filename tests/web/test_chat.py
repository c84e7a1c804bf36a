"""What a page may ask of the server, and what it gets."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from bot.gateways.port import (
    Delivered,
    Gateway,
    Incoming,
    Network,
    Pressed,
    Refused,
    Typed,
    Unreachable,
)
from bot.gateways.web.gateway import WebGateway
from bot.texts.sheets import Attachment, Link, Pager, Row, Section, Settled, Sheet, Style
from tests.web.visits import visiting
from tests.web.world import QUESTION, World, address_of


async def echo(gateway: WebGateway, incoming: Incoming) -> None:
    if isinstance(incoming.said, Typed):
        await gateway.deliver(incoming.address, Sheet(f"You said {incoming.said.words}", "en"))


def test_the_gateway_is_a_gateway() -> None:
    gateway: Gateway = World().gateway

    assert gateway.network is Network.WEB


async def test_what_is_said_is_heard_and_answered_in_order() -> None:
    world = World(answer=echo)
    async with visiting(world) as visitor:
        await visitor.say("Hello")

        texts = await visitor.texts()

    assert texts == ["Hello", "You said Hello"]


async def test_what_is_said_twice_with_one_id_is_heard_and_shown_once() -> None:
    world = World(answer=echo)
    async with visiting(world) as visitor:
        nonce = str(uuid4())
        answers = [await visitor.say("Hello", nonce=nonce) for _ in range(2)]

        shown = [(await answer.json())["lines"][0]["number"] for answer in answers]
        texts = await visitor.texts()

    assert (shown, texts) == ([1, 1], ["Hello", "You said Hello"])


async def test_an_update_is_unique_on_the_network_though_pages_choose_their_ids() -> None:
    world = World()
    nonce = str(uuid4())
    async with visiting(world) as visitor:
        await visitor.say("Hello", nonce=nonce)
        visitor.client.session.cookie_jar.clear()
        await visitor.get("/")
        await visitor.say("Hello", nonce=nonce)

    updates = [incoming.update for incoming in world.heard]
    assert [len(update) for update in updates] == [59, 59]
    assert len(set(updates)) == 2


async def test_a_pressed_row_is_heard_as_pressed_and_shown_as_its_words() -> None:
    world = World()
    async with visiting(world) as visitor:
        await world.gateway.deliver(address_of(world), QUESTION)
        await visitor.press("q:1:1:staff", 1)

        texts = await visitor.texts()

    assert [incoming.said for incoming in world.heard] == [Pressed("q:1:1:staff")]
    assert texts == ["Who are you?", "Staff"]


async def test_a_forged_press_is_heard_but_puts_no_words_into_the_chat() -> None:
    world = World()
    async with visiting(world) as visitor:
        await world.gateway.deliver(address_of(world), QUESTION)
        await visitor.press("q:99:1:boss", 1)
        await visitor.press("q:1:1:staff", 17)

        texts = await visitor.texts()

    assert [incoming.said for incoming in world.heard] == [
        Pressed("q:99:1:boss"),
        Pressed("q:1:1:staff"),
    ]
    assert texts == ["Who are you?"]


async def test_a_switch_says_nothing_in_the_chat() -> None:
    world = World()
    several = replace(
        QUESTION, style=Style.SEVERAL, rows=(Row("Jobs", "q:1:1:jobs", is_on=False),)
    )
    async with visiting(world) as visitor:
        await world.gateway.deliver(address_of(world), several)
        await visitor.press("q:1:1:jobs", 1)

        texts = await visitor.texts()

    assert texts == ["Who are you?"]


async def test_an_empty_chat_begins_once_in_the_language_of_the_browser() -> None:
    world = World()
    async with visiting(world) as visitor:
        for _ in range(2):
            await visitor.post("/chat/begin", {}, Accept_Language="fr, it-CH;q=0.8, en;q=0.5")

    (begun,) = world.heard
    assert (begun.said, begun.language) == (Typed("/start"), "it")


async def test_a_chat_in_which_something_was_said_does_not_begin_again() -> None:
    world = World()
    async with visiting(world) as visitor:
        await world.gateway.deliver(address_of(world), QUESTION)
        await visitor.post("/chat/begin", {})

    assert world.heard == []


async def test_a_sheet_reaches_the_page_with_all_that_can_be_seen_of_it() -> None:
    world = World()
    sheet = Sheet(
        "Text",
        "et",
        Style.SEVERAL,
        title="Title",
        rows=(Row("One", "a", "first", is_on=True),),
        done=Row("Done, 1 chosen", "b"),
        pager=Pager("1-1 of 2", None, Row("On", "c"), 1),
        hint="Hint",
        links=(Link("On the map", "https://map.example/?q=1"),),
        sections=(Section("One", "Thing"),),
        foot="Why",
        key="secret key",
        attachment=Attachment("talk.ics", "text/calendar", b"BEGIN"),
    )
    async with visiting(world) as visitor:
        await world.gateway.deliver(address_of(world), sheet)

        (line,) = await visitor.read()

    assert line == {
        "number": 1,
        "change": 1,
        "at": "2026-05-15T09:00:00+03:00",
        "time": "09.00",
        "day": "Täna, 15. mai",
        "by": "school",
        "language": "et",
        "style": "several",
        "title": "Title",
        "text": "Text",
        "takesPicture": False,
        "links": [{"label": "On the map", "href": "https://map.example/?q=1"}],
        "sections": [{"title": "One", "text": "Thing"}],
        "foot": "Why",
        "rows": [{"label": "One", "data": "a", "detail": "first", "on": True}],
        "done": {"label": "Done, 1 chosen", "data": "b", "detail": None, "on": None},
        "pager": {
            "where": "1-1 of 2",
            "first": 1,
            "back": None,
            "on": {"label": "On", "data": "c", "detail": None, "on": None},
        },
        "hint": "Hint",
        "file": {
            "name": "talk.ics",
            "mime": "text/calendar",
            "size": 5,
            "href": "/chat/file/1",
        },
    }


async def test_an_edited_sheet_stands_where_the_old_one_stood() -> None:
    world = World()
    async with visiting(world) as visitor:
        address = address_of(world)
        first = await world.gateway.deliver(address, QUESTION)
        await world.gateway.deliver(address, Sheet("Next", "en"))
        assert isinstance(first, Delivered)
        outcome = await world.gateway.edit(address, first.ref, Sheet("Changed", "en"))

        lines = await visitor.read()

    assert outcome == first
    assert [(line["number"], line["change"], line["text"]) for line in lines] == [
        (2, 2, "Next"),
        (1, 3, "Changed"),
    ]


async def test_a_settled_question_says_what_was_chosen_and_when() -> None:
    world = World()
    async with visiting(world) as visitor:
        address = address_of(world)
        await world.gateway.deliver(address, QUESTION)
        world.clock.now += timedelta(days=1)
        settles = Settled("q:1:1", ("q:1:1:staff",))
        await world.gateway.deliver(address, Sheet("Thank you.", "en", settles=settles))

        settled = {line["number"]: line.get("settled") for line in await visitor.read()}

    assert settled == {
        1: {
            "at": "2026-05-16T09:00:00+03:00",
            "time": "09:00",
            "day": "Today, 16 May",
            "chosen": ["q:1:1:staff"],
        },
        2: None,
    }


async def test_nobody_is_reached_at_an_address_that_was_never_opened() -> None:
    world = World()

    delivered = await world.gateway.deliver("nobody", QUESTION)
    edited = await world.gateway.edit("nobody", "1", QUESTION)
    strange = await world.gateway.edit("nobody", "first", QUESTION)

    assert delivered == Unreachable()
    assert edited == strange == Refused("that message is no longer kept")


async def test_a_file_is_for_saving_and_only_for_whom_it_was_sent_to() -> None:
    world = World()
    sheet = Sheet("Here.", "en", attachment=Attachment("õpe 1.html", "text/html", b"<script>"))
    async with visiting(world) as visitor:
        await world.gateway.deliver(address_of(world), sheet)
        own = await visitor.get("/chat/file/1")
        content = await own.read()
        missing = await visitor.get("/chat/file/2")
        visitor.client.session.cookie_jar.clear()
        await visitor.get("/")
        foreign = await visitor.get("/chat/file/1")

    assert content == b"<script>"
    assert own.headers["Content-Disposition"] == "attachment; filename*=UTF-8''%C3%B5pe%201.html"
    assert own.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert own.headers["X-Content-Type-Options"] == "nosniff"
    assert (missing.status, foreign.status) == (404, 404)
