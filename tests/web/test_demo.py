"""The demo over HTTP: its people, and its clock."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from bot.gateways.web.clock import RUN, passed
from bot.texts.sheets import Sheet
from tests.web.people import HAPPENINGS, LIIS, PERSONAS, PartsBot
from tests.web.visits import next_event, visiting
from tests.web.world import World


def demo() -> World:
    return World(personas=PERSONAS, happenings=HAPPENINGS, answer=PartsBot().answer)


async def test_everybody_has_a_chat_of_their_own() -> None:
    world = demo()
    async with visiting(world) as visitor:
        await visitor.say("Tere", at="/demo/liis")
        await visitor.say("Ciao", at="/demo/giulia")

        texts = [await visitor.texts(f"/demo/{key}") for key in ("liis", "giulia", "anna")]
        nobody = await visitor.say("Hello", at="/demo/nobody")

    assert texts == [["Tere", "You wrote: Tere"], ["Ciao", "You wrote: Ciao"], []]
    assert nobody.status == 404


async def test_one_stream_tells_of_all_chats_and_resumes_each_where_it_was() -> None:
    world = demo()
    async with visiting(world) as visitor:
        for persona in PERSONAS:
            await world.gateway.deliver(persona.address, Sheet(persona.name, persona.language))
        read = "liis:1,giulia:0,anna:1"
        stream = await visitor.get(f"/demo/events?after={read}")

        events = [await next_event(stream) for _ in range(2)]

    assert [(event["at"], event["line"]["text"]) for _, event in events] == [
        ("/demo/giulia", "Giulia Ferri"),
        ("/demo/maite", "Maite Soler"),
    ]
    assert events[1][0] == "liis:1,giulia:1,anna:1,maite:1"


async def test_the_clock_moves_and_tells_what_happened() -> None:
    world = demo()
    async with visiting(world) as visitor:
        answer = await visitor.post("/demo/clock", {"forward": "PT72H"})
        told = await answer.json()

    assert world.clock.now == datetime(2026, 5, 18, 6, 0, tzinfo=UTC)
    assert {name: told[name] for name in ("at", "hour", "date", "passed")} == {
        "at": "2026-05-18T09:00+03:00",
        "hour": "09:00",
        "date": "Monday 18 May 2026",
        "passed": "72 hours passed",
    }
    assert told["happenings"][1] == {
        "at": "2026-05-15T08:00+03:00",
        "when": "Fri 15 May, 08:00",
        "tint": LIIS.tint,
        "persona": "liis",
        "text": "Quiet hours ended: Liis got her invitation.",
    }


async def test_a_program_that_is_no_browser_can_move_the_clock() -> None:
    world = demo()
    async with visiting(world) as visitor:
        answer = await visitor.client.post("/demo/clock", json={"forward": "PT72H"})
        told = await answer.json()

    assert (answer.status, told["passed"]) == (200, "72 hours passed")


async def test_every_page_hears_where_the_clock_stands_and_what_its_last_move_brought() -> None:
    world = demo()
    async with visiting(world) as visitor:
        stream = await visitor.get("/demo/events")
        _, before = await next_event(stream, kind="clock")
        await visitor.post("/demo/clock", {"forward": "PT72H"})
        _, after = await next_event(stream, kind="clock")
        page = await (await visitor.get("/")).text()

    assert (before["hour"], before["move"], before["happenings"]) == ("09:00", "0", [])
    assert (after["date"], after["move"]) == ("Monday 18 May 2026", "1")
    assert (after["passed"], len(after["happenings"])) == ("72 hours passed", 4)
    assert "72 hours passed" in page
    assert "Quiet hours ended: Liis got her invitation." in page


async def test_a_page_can_tell_that_the_server_is_no_longer_the_one_that_made_it() -> None:
    runs = []
    for world in (demo(), demo()):
        async with visiting(world) as visitor:
            stream = await visitor.get("/demo/events")
            runs.append((await next_event(stream, kind="clock"))[1]["run"])
            assert f'data-run="{runs[-1]}"' in await (await visitor.get("/")).text()

    assert runs[0] != runs[1]


async def test_what_is_meant_for_an_earlier_demo_is_refused() -> None:
    world = demo()
    before = world.clock.now
    said = {"id": str(uuid4()), "text": "tomorrow"}
    async with visiting(world) as visitor:
        answers = [
            await visitor.post("/demo/anna/say", said, **{RUN: "an earlier one"}),
            await visitor.post("/demo/clock", {"forward": "PT1H"}, **{RUN: "an earlier one"}),
        ]
        told = [(answer.status, await answer.json()) for answer in answers]
        heard, now = list(world.heard), world.clock.now
        own = await visitor.post("/demo/anna/say", said, **{RUN: world.gateway.run})

    sentence = "The demo was started anew. Load the page again to go on."
    assert told == [(409, {"kind": "anew", "message": sentence})] * 2
    assert (heard, now) == ([], before)
    assert own.status == 200


@pytest.mark.parametrize(
    ("forward", "sentence"),
    [
        (
            "tomorrow",
            "Write how far to move the clock as an ISO 8601 duration, as PT72H or P7D.",
        ),
        ("-PT1H", "Write how far to move the clock as an ISO 8601 duration, as PT72H or P7D."),
        ("P", "Write how far to move the clock as an ISO 8601 duration, as PT72H or P7D."),
        ("P1DT", "Write how far to move the clock as an ISO 8601 duration, as PT72H or P7D."),
        ("PT0S", "The clock only moves forward; give a duration longer than nothing."),
        ("P401D", "The clock moves at most 400 days at a time."),
        ("P999999W", "The clock moves at most 400 days at a time."),
    ],
)
async def test_the_clock_says_what_it_cannot_do(forward: str, sentence: str) -> None:
    world = demo()
    before = world.clock.now
    async with visiting(world) as visitor:
        answer = await visitor.post("/demo/clock", {"forward": forward})
        told = await answer.json()

    assert (answer.status, told) == (400, {"kind": "nonsense", "message": sentence})
    assert world.clock.now == before


def test_time_that_passed_is_told_in_hours_then_in_days() -> None:
    spans = [timedelta(minutes=5), timedelta(hours=1), timedelta(days=3), timedelta(weeks=1)]

    assert [passed(span) for span in spans] == [
        "A moment passed",
        "1 hour passed",
        "72 hours passed",
        "7 days passed",
    ]


async def test_a_school_without_a_demo_has_no_clock_and_a_demo_still_has_the_chat_alone() -> None:
    school, playground = World(), demo()
    async with visiting(school) as visitor:
        clock = await visitor.post("/demo/clock", {"forward": "PT1H"})
    async with visiting(playground) as visitor:
        chat = await visitor.get("/chat")

    assert (clock.status, chat.status) == (404, 200)
