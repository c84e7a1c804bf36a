"""Puts the web chat on a server: which request goes where."""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from aiohttp import hdrs, web

from bot.gateways.web.chats import Chats
from bot.gateways.web.clock import Clock
from bot.gateways.web.doors import Doors
from bot.gateways.web.front import Front
from bot.gateways.web.gateway import WebGateway
from bot.gateways.web.guard import Handler, guarded, nothing_here
from bot.gateways.web.pages import ChatPage, Newcomers, words
from bot.gateways.web.seats import Seat, Sessions
from bot.gateways.web.stream import Streams
from bot.gateways.web.templates import Templates

_STATIC = {path.name: path for path in (Path(__file__).parent / "static").iterdir()}
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


def mount(app: web.Application, gateway: WebGateway) -> None:
    """Add the web chat to `app`; at "/" is the chat or, if the gateway has one, the demo."""
    front = gateway.front
    add = _adder(app, front)
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
    add(hdrs.METH_GET, "/chat", chat.chat)
    add(hdrs.METH_GET, "/chat/events", Streams(gateway, chats, own_seat).events)
    _add_chat(add, "/chat", chats)
    add(hdrs.METH_GET, "/in/{token}", doors.link)
    add(hdrs.METH_POST, "/in/{token}", doors.sign_in)
    add(hdrs.METH_GET, "/c/{code}", doors.code)
    add(hdrs.METH_POST, "/c/{code}", doors.begin)
    add(hdrs.METH_GET, "/words.json", all_words)
    add(hdrs.METH_GET, "/static/{name}", _static)
    add(hdrs.METH_GET, "/health", _health)
    if gateway.demo is None:
        add(hdrs.METH_GET, "/", chat.chat)
    else:
        clock = Clock(gateway, gateway.demo, templates)
        people = Chats(gateway, clock.seat)
        add(hdrs.METH_GET, "/", clock.page)
        add(hdrs.METH_POST, "/demo/clock", clock.forward)
        add(hdrs.METH_GET, "/demo/events", Streams(gateway, people, clock.seats).events)
        _add_chat(add, "/demo/{persona}", people)

    async def hang_up(_: web.Application) -> None:
        await gateway.close()

    # Open pages would keep a server that wants to stop waiting for them.
    app.on_shutdown.append(hang_up)


def _adder(app: web.Application, front: Front) -> Callable[[str, str, Handler], None]:
    def add(method: str, path: str, handler: Handler) -> None:
        app.router.add_route(method, path, guarded(handler, front))

    return add


def _add_chat(add: Callable[[str, str, Handler], None], at: str, chats: Chats) -> None:
    add(hdrs.METH_POST, f"{at}/say", chats.say)
    add(hdrs.METH_POST, f"{at}/press", chats.press)
    add(hdrs.METH_POST, f"{at}/begin", chats.begin)
    add(hdrs.METH_GET, f"{at}/messages", chats.messages)
    add(hdrs.METH_GET, f"{at}/file/{{number:[0-9]+}}", chats.file)


async def _static(request: web.Request) -> web.StreamResponse:
    path = _STATIC.get(request.match_info["name"])
    if path is None:
        raise nothing_here()
    headers = {"Content-Type": _TYPES[path.suffix], "Cache-Control": "no-cache"}
    return web.FileResponse(path, headers=headers)


async def _health(_: web.Request) -> web.Response:
    return web.json_response({"ok": True}, status=HTTPStatus.OK)
