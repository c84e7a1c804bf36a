"""Somebody at the web chat whose page outlives the servers it speaks to, as a page does."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import aiohttp

from tests.crash.lives import Supervisor
from tests.crash.telling import Expected, comparable, words_of
from tests.networks.web import read_back
from tests.story import Actor, drawn
from tests.telegram.wire import Bell

Ask = Callable[[str], Awaitable[aiohttp.ClientResponse]]
AWAY = (aiohttp.ClientError, ConnectionError)


class Browser:
    """A page that sends again with the same id until it is answered, and listens to every server."""

    def __init__(self, actor: Actor, *servers: Supervisor) -> None:
        self._actor, self._servers = actor, servers
        self._client = aiohttp.ClientSession(
            cookie_jar=aiohttp.DummyCookieJar(), headers={"Accept-Language": actor.language}
        )
        self._cookie = ""
        self._lines: dict[int, dict[str, Any]] = {}
        self._told = Bell()
        self._listening: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        await self._send(self._servers[0], lambda url: self._client.get(f"{url}/"))
        self._listening = [asyncio.create_task(self._listen(one)) for one in self._servers]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for task in self._listening:
            task.cancel()
        await asyncio.gather(*self._listening, return_exceptions=True)
        await self._client.close()

    @property
    def heard(self) -> list[str]:
        """What all lines by the school say, without their buttons."""
        return [words_of(self._drawn(line)) for line in self._by_school]

    async def tells(self, story: Expected) -> None:
        """Say one thing after the other to all servers at once, each when the last is answered."""
        for words, newest in zip(story.said, story.newest, strict=True):
            path, body = "say", dict[str, object](id=str(uuid4()), text=words)
            if words.startswith("["):
                path, body = "press", {"id": str(uuid4()), **self._row(words[1:-1])}
            await asyncio.gather(*(self._post(one, path, body) for one in self._servers))
            await self._told.until(partial(self._has_newest, newest), seconds=30)

    @property
    def _by_school(self) -> list[dict[str, Any]]:
        lines = sorted(self._lines.values(), key=lambda line: int(line["number"]))
        return [line for line in lines if line["by"] == "school"]

    def _has_newest(self, drawing: str) -> bool:
        return bool(self._by_school) and self._drawn(self._by_school[-1]) == drawing

    def _drawn(self, line: dict[str, Any]) -> str:
        return comparable(drawn(self._actor, read_back(line)))

    def _row(self, label: str) -> dict[str, object]:
        for line in reversed(self._by_school):
            for row in (*line["rows"], line["done"]):
                if row and row["label"] == label:
                    return {"data": row["data"], "number": line["number"]}
        raise AssertionError(f"nobody is shown {label}")

    async def _post(self, server: Supervisor, path: str, body: dict[str, object]) -> None:
        def ask(url: str) -> Awaitable[aiohttp.ClientResponse]:
            headers = {"Origin": url, "Cookie": self._cookie}
            return self._client.post(f"{url}/chat/{path}", json=body, headers=headers)

        await self._send(server, ask)

    async def _send(self, server: Supervisor, ask: Ask) -> None:
        """Ask until there is an answer."""
        while True:
            try:
                answer = await ask(await server.url())
                await answer.read()
            except AWAY:
                continue
            if answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
                break
        assert answer.status == HTTPStatus.OK
        for cookie in answer.cookies.values():
            self._cookie = f"{cookie.key}={cookie.value}"

    async def _listen(self, server: Supervisor) -> None:
        """Take every line; who loses the line comes back with what was read last."""
        read = kind = ""
        while True:
            try:
                url = await server.url()
                headers = {"Cookie": self._cookie, "Last-Event-ID": read}
                async with self._client.get(f"{url}/chat/events", headers=headers) as stream:
                    async for line in stream.content:
                        if line.startswith(b"id: "):
                            read = line[4:].decode().strip()
                        if line.startswith(b"event: "):
                            kind = line[7:].decode().strip()
                        if line.startswith(b"data: ") and kind == "line":
                            self._learn(json.loads(line[6:])["line"])
            except AWAY:
                continue

    def _learn(self, line: dict[str, Any]) -> None:
        known = self._lines.get(line["number"])
        if known is None or known["change"] < line["change"]:
            self._lines[line["number"]] = line
            self._told.ring()
