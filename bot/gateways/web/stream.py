"""Server-sent events: tells an open page what is said, as it is said.

One stream serves all chats of a page. The id of an event says how far each of them was read, so a
page that comes back with it gets what it missed, and nothing twice.
"""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from aiohttp import web

from bot.gateways.web.chats import MAX_LINES, Chats
from bot.gateways.web.gateway import WebGateway
from bot.gateways.web.guard import HEADERS, NotTaken, too_fast
from bot.gateways.web.seats import Seat

MAX_STREAMS = 64
"""How many pages may listen to one address at once; a whole class may watch one demo."""
STILL_HERE = b"event: here\ndata: {}\n\n"
"""For the page, which cannot else tell a quiet server from a line that is dead."""

SeatsOf: TypeAlias = Callable[[web.Request], Awaitable[tuple[Seat, ...]]]
Told: TypeAlias = Mapping[str, object]
Clock: TypeAlias = Callable[[], Told]
"""Returns what a page shows beside its chats; it is told anew whenever that has changed."""

_READ = re.compile(r"([a-z0-9-]{1,40}):([0-9]{1,9})")


def read_so_far(request: web.Request) -> dict[str, int]:
    """Return how far the page has read each chat; a browser that returns says so in a header."""
    told = request.headers.get("Last-Event-ID") or request.query.get("after", "")
    return {name: int(change) for name, change in _READ.findall(told[:1000])}


class Streams:
    """Answers with the events of the chats at whose seats the request arrives."""

    def __init__(
        self, gateway: WebGateway, chats: Chats, seats_of: SeatsOf, clock: Clock | None = None
    ) -> None:
        self._gateway = gateway
        self._chats = chats
        self._seats_of = seats_of
        self._clock = clock

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Write events until the page goes, the session ends or the server closes."""
        seats = await self._seats_of(request)
        bell, rest = self._gateway.bell, self._gateway.front.look_again
        if any(bell.listeners(seat.address) >= MAX_STREAMS for seat in seats):
            raise too_fast(rest)
        told = read_so_far(request)
        read = {seat.name: told.get(seat.name, 0) for seat in seats}
        response = web.StreamResponse(headers=HEADERS)
        response.headers["Content-Type"] = "text/event-stream; charset=utf-8"
        # Proxies that collect a response before passing it on would hold the events back.
        response.headers["X-Accel-Buffering"] = "no"
        with bell.listen(seat.address for seat in seats) as ear:
            await response.prepare(request)
            await response.write(b"retry: 1500\n\n")
            shown: Told = {}
            day = ""
            try:
                while not bell.is_closed:
                    shown = await self._write_clock(response, shown)
                    for seat in seats:
                        await self._write_news(response, seat, read)
                    day = await self._write_day(response, day)
                    if not await ear.wait(rest):
                        seats = await self._seats_of(request)
                        await response.write(STILL_HERE)
                await response.write_eof()
            except (ConnectionResetError, NotTaken):
                # The page went, or its session ended; who comes back is told so.
                return response
        return response

    async def _write_clock(self, response: web.StreamResponse, shown: Told) -> Told:
        """Tell what the page shows beside its chats, if it shows something else; return it."""
        now = self._clock() if self._clock else {}
        if now != shown:
            await response.write(f"event: clock\ndata: {json.dumps(now)}\n\n".encode())
        return now

    async def _write_day(self, response: web.StreamResponse, shown: str) -> str:
        """Tell which day it is at school, if it is another; return it.

        It comes after the news of it: a page that then reads all anew has heard of each line.
        """
        today = self._gateway.front.today()
        if today != shown:
            await response.write(f"event: day\ndata: {json.dumps({'day': today})}\n\n".encode())
        return today

    async def _write_news(
        self, response: web.StreamResponse, seat: Seat, read: dict[str, int]
    ) -> None:
        lines = await self._gateway.history.after(seat.address, read[seat.name], limit=MAX_LINES)
        for line, seen in zip(lines, await self._chats.shown(seat, lines), strict=True):
            read[seat.name] = line.change
            await response.write(_event(read, {"at": seat.at, "line": seen}))


def _event(read: Mapping[str, int], told: Mapping[str, object]) -> bytes:
    name = ",".join(f"{seat}:{change}" for seat, change in read.items())
    return f"id: {name}\nevent: line\ndata: {json.dumps(told)}\n\n".encode()
