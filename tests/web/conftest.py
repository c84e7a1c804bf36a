"""A browser and a server for the tests of the pages; both are real."""

import os
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Protocol

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page

from tests.web.world import World


class Opens(Protocol):
    """Opens a world's front page in a browser; the page must ask nobody else for anything."""

    def __call__(
        self, world: World, **options: object
    ) -> AbstractAsyncContextManager[tuple[Page, TestServer]]: ...


@pytest.fixture
def opens(browser: Browser) -> Opens:
    @asynccontextmanager
    async def opened(world: World, **options: object) -> AsyncIterator[tuple[Page, TestServer]]:
        server = TestServer(world.app)
        troubles: list[str] = []
        async with (
            server,
            await browser.new_context(**options) as context,  # type: ignore[arg-type]  # the options are Playwright's own
        ):
            page = await context.new_page()
            home = str(server.make_url("/"))
            page.on("pageerror", lambda error: troubles.append(str(error)))
            page.on(
                "console",
                lambda message: troubles.append(message.text) if message.type == "error" else None,
            )
            page.on(
                "request",
                lambda request: (
                    None if request.url.startswith(home) else troubles.append(request.url)
                ),
            )
            await page.goto(home)
            yield page, server
            expected = [one for one in troubles if "Failed to load resource" not in one]
        assert expected == []

    return opened


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where screenshots go: KUTSE_SCREENSHOTS, if that is set."""
    folder = Path(os.environ.get("KUTSE_SCREENSHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
