"""Puts the web chat on a server: which request goes where."""

from http import HTTPStatus

from aiohttp import web

from bot.gateways.web.chats import Chats
from bot.gateways.web.clock import Clock
from bot.gateways.web.doors import Doors
from bot.gateways.web.front import Front
from bot.gateways.web.gateway import WebGateway
from bot.gateways.web.guard import BODY_WITHIN, too_fast
from bot.gateways.web.limits import OPEN_PAGES, Crowd
from bot.gateways.web.page_files import page_file
from bot.gateways.web.pages import ChatPage, Newcomers, words
from bot.gateways.web.places import place_of
from bot.gateways.web.refusals import dressed, kindly
from bot.gateways.web.seats import Seat, Sessions
from bot.gateways.web.stream import Streams
from bot.gateways.web.templates import Templates


def mount(app: web.Application, gateway: WebGateway) -> None:
    """Add the web chat to `app`; at "/" is the chat or, if the gateway has one, the demo."""
    front = gateway.front
    get, post = app.router.add_get, app.router.add_post
    templates = Templates(front)
    sessions = Sessions(front, gateway.history)
    newcomers = Newcomers(front, sessions)
    chat = ChatPage(gateway, sessions, newcomers, templates)
    doors = Doors(gateway, sessions, newcomers, templates)

    async def own_seat(request: web.Request) -> tuple[Seat, ...]:
        return (await sessions.seat(request),)

    async def all_words(_: web.Request) -> web.Response:
        return await words(front)

    chats = Chats(gateway, sessions.seat)
    crowd = Crowd(OPEN_PAGES)
    get("/chat", chat.chat)
    _add_events(app, "/chat", Streams(gateway, chats, own_seat), crowd, front)
    _add_chat(app, "/chat", chats)
    get("/in/{token}", doors.link)
    post("/in/{token}", doors.sign_in)
    get("/c/{code}", doors.code)
    post("/c/{code}", doors.begin)
    get("/words.json", all_words)
    get("/static/{name}", page_file)
    get("/health", _health)
    if gateway.demo is None:
        get("/", chat.chat)
    else:
        clock = Clock(gateway, gateway.demo, templates)
        people = Chats(gateway, clock.seat)
        get("/", clock.page)
        post("/demo/clock", clock.forward)
        streams = Streams(gateway, people, clock.seats, clock.told)
        _add_events(app, "/demo", streams, crowd, front)
        _add_chat(app, "/demo/{persona}", people)

    async def hang_up(_: web.Application) -> None:
        await gateway.close()

    # Open pages would keep a server that wants to stop waiting for them.
    app.on_shutdown.append(hang_up)
    app.on_response_prepare.append(dressed)
    app[BODY_WITHIN] = front.body_within
    app.middlewares.append(kindly(front, templates, doors.home))


def _add_events(
    app: web.Application, at: str, streams: Streams, crowd: Crowd, front: Front
) -> None:
    async def events(request: web.Request) -> web.StreamResponse:
        with crowd.one_more(place_of(request, front.trusted_proxies)) as has_room:
            if not has_room:
                raise too_fast(front.look_again)
            return await streams.events(request)

    # Who only looks would listen for ever.
    app.router.add_get(f"{at}/events", events, allow_head=False)


def _add_chat(app: web.Application, at: str, chats: Chats) -> None:
    app.router.add_post(f"{at}/say", chats.say)
    app.router.add_post(f"{at}/press", chats.press)
    app.router.add_post(f"{at}/picture", chats.picture)
    app.router.add_post(f"{at}/begin", chats.begin)
    app.router.add_get(f"{at}/messages", chats.messages)
    app.router.add_get(f"{at}/file/{{number:[0-9]+}}", chats.file)


async def _health(_: web.Request) -> web.Response:
    return web.json_response({"ok": True}, status=HTTPStatus.OK)
