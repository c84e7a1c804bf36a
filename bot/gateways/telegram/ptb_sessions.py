"""How python-telegram-bot reaches the Bot API: through aiohttp, which the web chat needs anyway.

Its own session, through httpx, takes six times the work for a letter, and logs the token.
"""

import json
from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from typing_extensions import override

from bot.gateways.telegram.bot_api import CONNECTING, NoAnswer
from bot.gateways.telegram.fetching import fetched


class AiohttpSession(BaseRequest):
    """Sends JSON, or a form of several parts if there is a file."""

    __slots__ = ("_client", "_patience")

    def __init__(self, patience: timedelta) -> None:
        self._patience = patience.total_seconds()
        self._client: aiohttp.ClientSession | None = None

    @property
    @override
    def read_timeout(self) -> float:
        return self._patience

    @override
    async def initialize(self) -> None:
        self._open()

    def _open(self) -> aiohttp.ClientSession:
        if self._client is None:
            self._client = aiohttp.ClientSession()
        return self._client

    async def fetched(self, url: str, most: int) -> bytes | NoAnswer:
        """Return what is at `url`, or its beginning if it has more than `most` bytes."""
        return await fetched(self._open(), url, most, timedelta(seconds=self._patience * 3))

    @override
    async def shutdown(self) -> None:
        if self._client is not None:
            await self._client.close()

    @override
    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        has_files = request_data is not None and request_data.contains_files
        patience = self._patience * 3 if has_files else self._patience
        if isinstance(read_timeout, int | float):
            patience = max(patience, read_timeout)
        limits = aiohttp.ClientTimeout(total=patience, connect=CONNECTING.total_seconds())
        body, headers = _body(request_data)
        try:
            async with self._open().request(
                method, url, data=body, headers=headers, timeout=limits
            ) as answer:
                status, payload = answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut(type(error).__name__) from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from error
        if b'"ok"' not in payload:
            raise TelegramError("Somebody else answered instead of Telegram.")
        return status, payload


class RawUpdatesSession(AiohttpSession):
    """Keeps updates as they came and hands the library none: it would reject all for one."""

    __slots__ = ("found",)

    found: list[Any]

    @override
    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        code, payload = await super().do_request(*args, **kwargs)
        if code != HTTPStatus.OK:
            return code, payload
        self.found = self.parse_json_payload(payload)["result"]
        return code, b'{"ok": true, "result": []}'


def _body(given: RequestData | None) -> tuple[bytes | aiohttp.FormData, dict[str, str]]:
    if given is None or not given.contains_files:
        parameters = {} if given is None else given.parameters
        return json.dumps(parameters).encode(), {"Content-Type": "application/json"}
    form = aiohttp.FormData(given.json_parameters, quote_fields=False)
    for name, (filename, content, mime) in given.multipart_data.items():
        # A file, since bytes are sent in one piece, and nothing else happens meanwhile.
        file = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, file, filename=filename, content_type=mime)
    return form, {}
