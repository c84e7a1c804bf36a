"""A visitor without a browser: says what a page would say, over real HTTP."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from tests.web.world import World


class Visitor:
    """Keeps cookies, as a browser does."""

    def __init__(self, client: TestClient[Any, Any]) -> None:
        self.client = client
        self.origin = str(client.make_url("/")).rstrip("/")

    async def get(self, path: str, **headers: str) -> ClientResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.get(path, headers=named, allow_redirects=False)

    async def post(self, path: str, body: object, **headers: str) -> ClientResponse:
        named = {"Origin": self.origin} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return await self.client.post(path, json=body, headers=named, allow_redirects=False)

    async def say(self, text: str, *, nonce: str = "", at: str = "/chat") -> ClientResponse:
        return await self.post(f"{at}/say", {"id": nonce or str(uuid4()), "text": text})

    async def press(self, row: str, number: int, *, nonce: str = "") -> ClientResponse:
        body = {"id": nonce or str(uuid4()), "data": row, "number": number}
        return await self.post("/chat/press", body)

    async def read(self, at: str = "/chat", after: int = 0) -> list[dict[str, Any]]:
        answer = await self.get(f"{at}/messages?after={after}")
        lines: list[dict[str, Any]] = (await answer.json())["lines"]
        return lines

    async def texts(self, at: str = "/chat") -> list[str]:
        return [line["text"] for line in await self.read(at)]


@asynccontextmanager
async def visiting(world: World, *, opened: bool = True) -> AsyncIterator[Visitor]:
    """Serve the world to one visitor, who has opened the front page."""
    async with TestClient(TestServer(world.app)) as client:
        visitor = Visitor(client)
        if opened:
            await visitor.get("/")
        yield visitor


async def next_event(stream: ClientResponse, *, kind: str = "line") -> tuple[str, dict[str, Any]]:
    """Return the id and the content of the next event of a kind."""
    name = event = ""
    while True:
        line = (await stream.content.readline()).decode().rstrip("\n")
        if line.startswith("id: "):
            name = line[4:]
        if line.startswith("event: "):
            event = line[7:]
        if line.startswith("data: ") and event == kind:
            return name, json.loads(line[6:])
