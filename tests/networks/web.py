"""The people of a story on the web: the school's own server, and what a page would ask of it."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from itertools import count
from typing import Any
from uuid import uuid4

import aiohttp
from aiohttp import web

from bot.app import front_of
from bot.domain.pictures import LARGEST
from bot.gateways.pictures import Pictures
from bot.gateways.port import Kind, Offered, Pressed, Said, Typed, Unreadable
from bot.gateways.web.gateway import WebGateway
from bot.gateways.web.kept import KeptHistory
from bot.gateways.web.routes import mount
from bot.gateways.web.seats import hashed
from bot.texts.sheets import Attachment, Link, Row, Section, Sheet, Style
from handlers.incoming import hearing
from tests.networks.playing import NetworkPlayer, OpenWire
from tests.serving import serving
from tests.story import Actor, pressable
from tests.web.visits import next_event

CODE = re.compile(r"/start ([A-Za-z0-9_-]{1,64})")


@dataclass
class Page:
    """An open page of the web chat: what it was told so far."""

    client: aiohttp.ClientSession
    origin: str
    cookie: str = ""
    events: aiohttp.ClientResponse | None = None
    """If there are events, they tell the page what is new; else it asks."""
    opened: asyncio.Event = field(default_factory=asyncio.Event)
    change: int = 0
    lines: dict[int, dict[str, Any]] = field(default_factory=dict)
    once_shown: dict[str, int] = field(default_factory=dict)
    """Where each row stood last: a finger may be quicker than the news that it asks no more."""

    async def get(self, path: str) -> aiohttp.ClientResponse:
        """Ask for something, as a browser does."""
        headers = {"Cookie": self.cookie} if self.cookie else {}
        return self._kept(await self.client.get(path, headers=headers, allow_redirects=False))

    async def post(self, path: str, **body: object) -> aiohttp.ClientResponse:
        """Send something; a `form` as a form does, all else as scripts do."""
        headers = {"Origin": self.origin, **({"Cookie": self.cookie} if self.cookie else {})}
        form = body.pop("form", None)
        sent: dict[str, Any] = {"data": form} if form is not None else {"json": body}
        answer = await self.client.post(path, headers=headers, allow_redirects=False, **sent)
        return self._kept(answer)

    async def line(self, number: int) -> dict[str, Any]:
        """Return the line of this number as it was altered last."""
        known = self.lines.get(number, {}).get("change", 0)
        while self.lines.get(number, {}).get("change", 0) == known:
            if self.events:
                _, event = await next_event(self.events)
                self._learn([event["line"]])
            else:
                answer = await self.get(f"/chat/messages?after={self.change}")
                before = self.change
                self._learn((await answer.json())["lines"])
                assert self.change > before, f"nothing new is said at line {number}"
        return self.lines[number]

    async def all_lines(self) -> dict[int, dict[str, Any]]:
        """Return what the page would show if it were opened now."""
        answer = await self.get("/chat/messages?after=0")
        return {line["number"]: line for line in (await answer.json())["lines"]}

    def showing(self, data: str) -> int | None:
        """Return the number of the newest line that has such a row, or had it."""
        shown = (number for number, line in self.lines.items() if data in _rows_by_data(line))
        return max(shown, default=self.once_shown.get(data))

    def _learn(self, lines: list[dict[str, Any]]) -> None:
        for line in lines:
            self.change = line["change"]
            self.lines[line["number"]] = line
            self.once_shown |= dict.fromkeys(_rows_by_data(line), line["number"])

    def _kept(self, answer: aiohttp.ClientResponse) -> aiohttp.ClientResponse:
        # Over HTTPS the cookie is for that alone; here the pages are on the inside of a proxy.
        for cookie in answer.cookies.values():
            self.cookie = f"{cookie.key}={cookie.value}"
        return answer


class WebWire:
    """The web chat, with everybody of a story at a page of their own."""

    def __init__(
        self,
        player: NetworkPlayer,
        gateway: WebGateway,
        clients: AsyncExitStack,
        *,
        listening: bool,
    ) -> None:
        self.gateway = gateway
        self.here = ""
        self._player = player
        self._clients, self._listening = clients, listening
        self._pages: dict[str, Page] = {}
        self._settled: set[tuple[str, Any]] = set()
        """Which lines of whom have been seen settled."""
        self._names: dict[str, str] = {}
        self._opening = ""
        self._door = asyncio.Lock()

    def whose(self, address: str) -> Actor:
        """Return whose page shows the chat at `address`."""
        if address not in self._names:
            # An answer may be quicker than the page that opens with it; only one opens at a time.
            self._names[address] = self._opening
        return self._player.actors[self._names[address]]

    async def keeps(self, actor: Actor) -> list[str]:
        """Return what somebody typed that their page would show if it were opened now."""
        lines = await self._pages[actor.name].all_lines()
        return [line["text"] for line in lines.values() if line["text"] in actor.typed]

    async def arrives(self, actor: Actor) -> None:
        """Let somebody have opened the page."""
        async with self._door:
            await self._opened(actor, Typed(""), str(uuid4()))

    async def say(self, actor: Actor, said: Said, times: int) -> None:
        """Let somebody type or press; a page that sends again sends the same id."""
        nonce = str(uuid4())
        page, has_spoken = await self._page(actor, said, nonce)
        for _ in range(times - has_spoken):
            match said:
                case Typed(words):
                    answer = await page.post("/chat/say", id=nonce, text=words)
                case Pressed(data):
                    number = self._row(actor, page, data)
                    answer = await page.post("/chat/press", id=nonce, data=data, number=number)
                case Offered(size, fetch):
                    content = await fetch(LARGEST) if (size or 0) <= LARGEST else b""
                    at = f"/chat/picture?id={nonce}&size={size}"
                    answer = await page.post(at, form=content)
                case Unreadable(Kind.FILE):
                    at = f"/chat/picture?id={nonce}&size=5"
                    answer = await page.post(at, form=b"notes")
                case _:
                    raise AssertionError(f"nobody can do that on the web: {said}")
            assert answer.status == HTTPStatus.OK, await answer.text()

    async def sees(self, actor: Actor, ref: str, sheet: Sheet) -> Sheet:
        """Return what the page shows of the sheet, and check how what it settled is shown."""
        page = self._pages[actor.name]
        await page.opened.wait()
        line = await page.line(int(ref))
        if sheet.settles:
            mine = f"{sheet.settles.key}:"
            for number, asked in (await page.all_lines()).items():
                is_question = asked.get("style") != Style.NUDGE
                # What is settled stays as it was settled first, whatever becomes of it later.
                is_first = (actor.name, number) not in self._settled
                if (
                    is_question
                    and is_first
                    and any(d.startswith(mine) for d in _rows_by_data(asked))
                ):
                    assert asked["settled"]["chosen"] == list(sheet.settles.chosen)
                    self._settled.add((actor.name, number))
        return read_back(line)

    async def _page(self, actor: Actor, said: Said, nonce: str) -> tuple[Page, int]:
        """Return somebody's page, opened if need be, and how often it has said `said` by that."""
        async with self._door:
            if known := self._pages.get(actor.name):
                return known, 0
            return await self._opened(actor, said, nonce)

    async def _opened(self, actor: Actor, said: Said, nonce: str) -> tuple[Page, int]:
        self._opening = actor.name
        client = await self._clients.enter_async_context(
            aiohttp.ClientSession(self.here, headers={"Accept-Language": actor.language})
        )
        page = Page(client, self.gateway.front.public_url)
        self._pages[actor.name] = page
        code = CODE.fullmatch(said.words) if isinstance(said, Typed) else None
        if code:
            at = f"/c/{code[1]}"
            assert (await page.get(at)).status == HTTPStatus.OK
            answer = await page.post(at, form={"id": nonce})
            assert answer.status == HTTPStatus.SEE_OTHER
        else:
            assert (await page.get("/")).status == HTTPStatus.OK
        token = page.cookie.partition("=")[2]
        address = await self.gateway.history.address_of(hashed(token))
        assert address
        self._names[address] = actor.name
        actor.lives_at = address
        if self._listening:
            page.events = await page.get("/chat/events")
        page.opened.set()
        return page, 1 if code else 0

    @staticmethod
    def _row(actor: Actor, page: Page, data: str) -> int:
        """Return the line whose row is pressed; a row that nobody was given is said to be of the first."""
        number = page.showing(data)
        given = {row.data for sheet in actor.sheets for row in pressable(sheet)}
        assert number or data not in given, f"{actor.name} does not see the row of {data}"
        return number or 1


def _rows_by_data(line: dict[str, Any]) -> dict[str, dict[str, Any]]:
    pager = line.get("pager") or {}
    rows = [*line.get("rows", ()), line.get("done"), pager.get("back"), pager.get("on")]
    return {row["data"]: row for row in rows if row}


def read_back(line: dict[str, Any]) -> Sheet:
    """Return the sheet that a line shows."""
    file = line.get("file")
    return Sheet(
        line["text"],
        line["language"],
        title=line["title"],
        sections=tuple(Section(one["title"], one["text"]) for one in line["sections"]),
        foot=line["foot"],
        rows=tuple(
            Row(row["label"], data, row["detail"], row["on"])
            for data, row in _rows_by_data(line).items()
        ),
        attachment=Attachment(file["name"], file["mime"], b"") if file else None,
        picture=1 if "picture" in line else None,
        links=tuple(Link(link["label"], link["href"]) for link in line["links"]),
    )


def over_http(*, listening: bool = False) -> OpenWire:
    """Return a wire to the school's own pages; they ask what is new, or listen."""

    @asynccontextmanager
    async def opened(player: NetworkPlayer) -> AsyncIterator[WebWire]:
        house = player.house
        # Everything is said a second after what was said before: nobody is too fast.
        seconds = count(1.0)
        front = replace(front_of(house), seconds=lambda: next(seconds))
        history = KeptHistory(house.database, house.setting.school.key)
        pictures = Pictures(house.database, house.setting.school.key)
        gateway = WebGateway(front, history, hearing(house.turns), pictures=pictures)
        app = web.Application()
        mount(app, gateway)
        runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        async with AsyncExitStack() as clients, serving(runner) as port:
            wire = WebWire(player, gateway, clients, listening=listening)
            wire.here = f"http://127.0.0.1:{port}"
            yield wire

    return opened
