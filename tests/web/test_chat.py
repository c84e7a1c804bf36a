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
from bot.texts.sheets import Attachment, Pager, Row, Settled, Sheet, Style
from tests.web.visits import Visitor, next_event, visiting
from tests.web.world import World

QUESTION = Sheet(
    "Who are you?",
    "en",
    Style.QUESTION,
    rows=(Row("A student", "q:1:1:student", "at this school"), Row("Staff", "q:1:1:staff")),
    hint="You can also write the number.",
    key="q:1:1",
)


def address_of(world: World) -> str:
    (address,) = set(world.history.tokens.values())
    return address


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

    assert b"data:" not in rest
    assert again.status == 403


async def test_open_pages_do_not_keep_a_server_from_stopping() -> None:
    world = World()
    async with visiting(world) as visitor:
        stream = await visitor.get("/chat/events")
        await world.gateway.close()

        rest = await stream.content.read()

    assert rest == b"retry: 1500\n\n"


async def hostile(visitor: Visitor) -> list[int]:
    """Return what a forged session gets for everything that a chat can do."""
    return [
        (await visitor.say("Hello")).status,
        (await visitor.press("q:1:1:staff", 1)).status,
        (await visitor.post("/chat/begin", {})).status,
        (await visitor.get("/chat/messages")).status,
        (await visitor.get("/chat/events")).status,
        (await visitor.get("/chat/file/1")).status,
    ]


async def test_without_a_session_or_with_a_forged_one_a_chat_stays_closed() -> None:
    world = World()
    async with visiting(world) as visitor:
        address = address_of(world)
        visitor.client.session.cookie_jar.clear()
        without = await hostile(visitor)
        forged = []
        for token in ("forged", address, f"demo:{address}", next(iter(world.history.tokens))):
            visitor.client.session.cookie_jar.clear()
            visitor.client.session.cookie_jar.update_cookies({"kutse": token})
            forged += await hostile(visitor)

    assert set(without + forged) == {403}
    assert world.heard == []


async def test_the_cookie_is_secret_and_only_its_hash_is_stored() -> None:
    world = World(public_url="https://chat.school.example")
    async with visiting(world, opened=False) as visitor:
        answer = await visitor.get("/")

    cookie = answer.headers["Set-Cookie"]
    token = answer.cookies["__Host-kutse"].value
    assert len(token) == 43
    assert {"HttpOnly", "Path=/", "SameSite=Lax", "Secure"} <= set(cookie.split("; "))
    assert token not in str(world.history.tokens)
    assert len(address_of(world)) == 22
    assert address_of(world) not in cookie


async def test_another_site_cannot_speak_for_a_visitor() -> None:
    world = World()
    body = {"id": str(uuid4()), "text": "Hello"}
    async with visiting(world) as visitor:
        refused = [
            (await visitor.post("/chat/say", body, Origin=origin)).status
            for origin in ("https://evil.example", "null", "", "http://chat.school.example.evil")
        ]
        public = await visitor.post("/chat/say", body, Origin="http://chat.school.example")

    assert (refused, public.status) == ([403] * 4, 200)


async def test_what_cannot_be_read_is_refused_in_words_of_the_reader() -> None:
    world = World()
    nonce = str(uuid4())
    async with visiting(world) as visitor:
        bodies: list[object] = [
            [],
            {"id": nonce},
            {"id": "1", "text": "Hello"},
            {"id": nonce, "text": "  \n"},
            {"id": nonce, "text": 7},
        ]
        statuses = [(await visitor.post("/chat/say", body)).status for body in bodies]
        presses = [(await visitor.press(row, 1)).status for row in ("", "x" * 65, "õ", "a\nb")]
        long = await visitor.say("𝄞" * 2049)
        huge = await visitor.say("x" * 40_000)
        fits = await visitor.say("𝄞" * 2048)
        problem = await visitor.post("/chat/say", {}, Accept_Language="es")
        message = await problem.json()

    assert set(statuses + presses) == {400}
    assert (long.status, huge.status, fits.status) == (413, 413, 200)
    assert message == {
        "kind": "unreadable",
        "message": "No se ha podido enviar. Vuelve a cargar la página, por favor.",
    }


async def test_who_is_too_fast_hears_how_long_to_wait() -> None:
    world = World()
    async with visiting(world) as visitor:
        statuses = [(await visitor.say("Hello")).status for _ in range(20)]
        late = await visitor.say("Hello")
        world.seconds += 1
        later = await visitor.say("Hello")

    assert set(statuses) == {200}
    assert (late.status, late.headers["Retry-After"], later.status) == (429, "1", 200)


async def test_every_answer_forbids_what_no_page_needs() -> None:
    world = World()
    async with visiting(world) as visitor:
        answers = [
            await visitor.get(path)
            for path in (
                "/",
                "/chat/messages",
                "/chat/events",
                "/static/chat.js",
                "/static/../gateway.py",
                "/words.json",
                "/health",
                "/in/x",
            )
        ]
        text = await answers[0].text()

    for answer in answers[:4] + answers[5:]:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answers[0].headers["Referrer-Policy"] == "no-referrer"
    assert [answer.status for answer in answers] == [200, 200, 200, 200, 404, 200, 200, 200]
    assert "style=" not in text
    assert "https://" not in text
