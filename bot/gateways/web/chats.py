"""The requests of one chat: what the person says, and what was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from aiohttp import web
from pydantic import Field, TypeAdapter, ValidationError

from bot.gateways.port import Incoming, Network, Offered, Pressed, Said, Typed
from bot.gateways.web.gateway import WebGateway
from bot.gateways.web.guard import (
    nothing_here,
    read_body,
    read_json,
    refuse_foreign,
    too_fast,
    too_long,
    unreadable,
)
from bot.gateways.web.history import Line, NewLine
from bot.gateways.web.limits import Pace
from bot.gateways.web.seats import Seat, SeatOf
from bot.gateways.web.shown import Shown, shown
from bot.gateways.web.stored import ByPerson, BySchool, from_json, to_json
from bot.texts.sheets import Attachment

MAX_LINES = 400
"""How far back a page shows what was said."""
MOST_LINES = 2**31 - 1
"""No chat has more lines, and no database a larger plain number."""
MAX_UNITS = 4096
"""The longest message, in UTF-16 units, as the other networks count."""


@dataclass(frozen=True, slots=True)
class Saying:
    """The person typed something."""

    id: UUID
    text: str = field(repr=False)
    quiet: bool = False
    """Said on the person's behalf by a control of the page: heard, but not shown."""


@dataclass(frozen=True, slots=True)
class Press:
    """The person pressed a row of the line `number`."""

    id: UUID
    data: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[ -~]+$")]
    number: Annotated[int, Field(ge=1, le=MOST_LINES)]


@dataclass(frozen=True, slots=True)
class Offering:
    """The person sends a picture of so many bytes."""

    id: UUID
    size: Annotated[int, Field(ge=0)]


_OFFERING = TypeAdapter(Offering)
_SAYING = TypeAdapter(Saying)
_PRESS = TypeAdapter(Press)


class Chats:
    """Answers requests about the chat at whose seat they arrive."""

    def __init__(self, gateway: WebGateway, seat_of: SeatOf) -> None:
        self._gateway = gateway
        self._front = gateway.front
        self._history = gateway.history
        self._seat_of = seat_of
        self._pace = Pace(20, timedelta(seconds=1), seconds=gateway.front.seconds)

    async def say(self, request: web.Request) -> web.Response:
        """Hear what the person typed; sent again with the same id, it is heard once."""
        seat = await self._writing(request)
        saying = await read_json(request, _SAYING)
        text = saying.text.replace("\0", "").strip()
        if not text:
            raise unreadable()
        if len(text.encode("utf-16-le", "replace")) // 2 > MAX_UNITS:
            raise too_long()
        return await self._heard(seat, saying.id, Typed(text), None if saying.quiet else text)

    async def picture(self, request: web.Request) -> web.Response:
        """Hear that the person sends a picture; it is read only if one was asked for.

        One that is too large need not come along to hear that it is.
        """
        seat = await self._writing(request)
        offering = _read(_OFFERING, dict(request.query))

        async def fetch(most: int) -> bytes:
            return await read_body(request, most)

        language = await self._history.language_of(seat.address) or seat.language
        words = self._front.words(language, "Picture")
        return await self._heard(seat, offering.id, Offered(offering.size, fetch), words)

    async def press(self, request: web.Request) -> web.Response:
        """Hear what the person pressed; whether the row still counts is not ours to say."""
        seat = await self._writing(request)
        press = await read_json(request, _PRESS)
        line = await self._history.line(seat.address, press.number)
        label = _label(line, press.data) if line else None
        return await self._heard(seat, press.id, Pressed(press.data), label)

    async def begin(self, request: web.Request) -> web.Response:
        """Let an empty chat begin; asked for again on the same day, it has begun already."""
        seat = await self._writing(request)
        if not await self._history.after(seat.address, 0, limit=1):
            day = self._front.now().date().isoformat()
            await self._hear(seat, f"start:{day}", Typed("/start"))
        return web.json_response({})

    async def messages(self, request: web.Request) -> web.Response:
        """Return what was said or altered after a change, and on which day at school it is read."""
        seat = await self._seat_of(request)
        after = request.query.get("after", "0")
        if not after.isdecimal():
            raise unreadable()
        lines = await self._history.after(
            seat.address, min(int(after[:12]), MOST_LINES), limit=MAX_LINES
        )
        day = self._front.today()
        return web.json_response({"day": day, "lines": await self.shown(seat, lines)})

    async def file(self, request: web.Request) -> web.Response:
        """Return the file that came with a line, to be saved, never to be shown in the page."""
        seat = await self._seat_of(request)
        number = request.match_info["number"]
        at = min(int(number[:12]), MOST_LINES)
        file = await self._history.file(seat.address, at) or await self._picture(seat, at)
        if file is None:
            raise nothing_here()
        name = quote(file.name, safe="")
        response = web.Response(body=file.content)
        response.headers["Content-Type"] = file.mime
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response

    async def _picture(self, seat: Seat, number: int) -> Attachment | None:
        """Return the picture that a line shows, if it has one that is still there."""
        line = await self._history.line(seat.address, number)
        body = from_json(line.body) if line else None
        if not isinstance(body, BySchool) or body.sheet.picture is None:
            return None
        pictures = self._gateway.pictures
        return await pictures.load(body.sheet.picture) if pictures else None

    async def shown(self, seat: Seat, lines: Sequence[Line]) -> list[Shown]:
        """Return lines as pages get them, in the language that is spoken in the chat now."""
        if not lines:
            return []
        language = await self._history.language_of(seat.address) or seat.language
        return [shown(line, seat, language, self._front) for line in lines]

    async def _writing(self, request: web.Request) -> Seat:
        refuse_foreign(request, self._front)
        seat = await self._seat_of(request)
        wait = self._pace.wait(seat.address)
        if wait:
            raise too_fast(wait)
        return seat

    async def _heard(self, seat: Seat, nonce: UUID, said: Said, words: str | None) -> web.Response:
        """Keep the person's words before they are heard: the answer must come after them."""
        lines: list[Line] = []
        if words is not None:
            body = to_json(ByPerson(words, str(nonce)))
            new = NewLine(self._front.now(), body, update=f"{seat.address}:{nonce}")
            kept = await self._history.append(seat.address, new)
            lines = [kept] if kept else []
            self._gateway.bell.ring(seat.address)
        await self._hear(seat, str(nonce), said)
        return web.json_response({"lines": await self.shown(seat, lines)})

    async def _hear(self, seat: Seat, update: str, said: Said) -> None:
        # An id is made by a page, so it is unique only together with the address.
        name = f"{seat.address}:{update}"
        await self._gateway.hear(
            Incoming(Network.WEB, seat.address, name, said, language=seat.language)
        )


def _read(form: TypeAdapter[Offering], asked: Mapping[str, str]) -> Offering:
    try:
        return form.validate_python(asked)
    except ValidationError:
        raise unreadable() from None


def _label(line: Line, data: str) -> str | None:
    """Return the words of a row that answers; switches and pagers only alter their sheet."""
    body = from_json(line.body)
    if not isinstance(body, BySchool) or line.settled or line.key is None:
        return None
    answers = [row.label for row in body.sheet.rows if row.data == data and row.is_on is None]
    return answers[0] if answers else None
