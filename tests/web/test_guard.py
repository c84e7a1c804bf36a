"""What is refused, and how."""

from uuid import uuid4

from tests.web.visits import Visitor, visiting
from tests.web.world import World, address_of


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
