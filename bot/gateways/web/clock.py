"""The demo page and its clock; both speak English."""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TypeAlias

from aiohttp import web
from babel.dates import format_datetime
from pydantic import TypeAdapter

from bot.gateways.web.demo import Demo, Happening, Persona
from bot.gateways.web.front import Front
from bot.gateways.web.gateway import WebGateway
from bot.gateways.web.guard import NotTaken, nothing_here, read_json, refuse_foreign
from bot.gateways.web.seats import Seat
from bot.gateways.web.templates import Templates

MOST = timedelta(days=400)
RUN = "Kutse-Run"
"""The header in which a page of the demo names the run of the server that made it."""

_ISO = re.compile(
    r"P(?=[0-9T])(?:(?P<weeks>[0-9]{1,6})W)?(?:(?P<days>[0-9]{1,6})D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]{1,6})H)?(?:(?P<minutes>[0-9]{1,6})M)?(?:(?P<seconds>[0-9]{1,9})S)?)?"
)

Told: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class Forward:
    """How far to move the clock."""

    forward: str = field(repr=False)
    """An ISO 8601 duration of weeks, days, hours, minutes and seconds: "PT72H"."""


_FORWARD = TypeAdapter(Forward)


def duration(text: str) -> timedelta:
    """Read an ISO 8601 duration.

    Raises:
        NotTaken: it is none, it is not ahead, or it is more than MOST.
    """
    parts = _ISO.fullmatch(text)
    if parts is None:
        raise _nonsense(
            "Write how far to move the clock as an ISO 8601 duration, as PT72H or P7D."
        )
    span = timedelta(**{unit: int(count) for unit, count in parts.groupdict("0").items()})
    if not span:
        raise _nonsense("The clock only moves forward; give a duration longer than nothing.")
    if span > MOST:
        raise _nonsense(f"The clock moves at most {MOST.days} days at a time.")
    return span


IN_HOURS = 72
"""Up to so many hours, a time that passed is said in hours."""


def passed(span: timedelta) -> str:
    """Say that a time passed, in hours or in days."""
    hours = round(span / timedelta(hours=1))
    if hours == 0:
        return "A moment passed"
    if hours == 1:
        return "1 hour passed"
    return f"{hours} hours passed" if hours <= IN_HOURS else f"{round(hours / 24)} days passed"


class Clock:
    """The page with all the people of the demo, and the clock they live by."""

    def __init__(self, gateway: WebGateway, demo: Demo, templates: Templates) -> None:
        self._gateway = gateway
        self._front = gateway.front
        self._demo = demo
        self._templates = templates
        self._people = {persona.key: persona for persona in demo.personas}
        self._moves = 0
        self._meanwhile: Told = {"passed": "Nothing has happened yet", "happenings": []}
        self._moving = asyncio.Lock()

    async def page(self, _: web.Request) -> web.Response:
        """Show everybody's chat side by side."""
        for persona in self._demo.personas:
            # No token has such a hash: this chat is opened through the page alone.
            await self._gateway.history.open(
                persona.address, f"demo:{persona.key}", self._front.now()
            )
        return self._templates.page("demo.html", "en", demo=self._demo, told=self.told())

    def told(self) -> Told:
        """Return what every page shows beside the chats: the clock, and what its last move brought."""
        face = _face(self._front.now(), self._front)
        return face | self._meanwhile | {"run": self._gateway.run, "move": str(self._moves)}

    async def forward(self, request: web.Request) -> web.Response:
        """Move the clock, and tell every page what happened meanwhile."""
        # Browsers name an origin with every POST; whatever names none, such as curl, is no page of another site.
        if "Origin" in request.headers:
            refuse_foreign(request, self._front)
        self._refuse_earlier(request)
        span = duration((await read_json(request, _FORWARD)).forward)
        async with self._moving:
            moved = await self._demo.forward(span)
            happenings = [self._told(happening) for happening in moved.happenings]
            self._meanwhile = {"passed": passed(span), "happenings": happenings}
            self._moves += 1
        for persona in self._demo.personas:
            self._gateway.bell.ring(persona.address)
        return web.json_response(self.told())

    async def seat(self, request: web.Request) -> Seat:
        """Return the seat of the person named in the path.

        Raises:
            NotTaken: there is no such person, or an earlier one is meant.
        """
        self._refuse_earlier(request)
        persona = self._people.get(request.match_info["persona"])
        if persona is None:
            raise nothing_here()
        return _seat(persona)

    async def seats(self, _: web.Request) -> tuple[Seat, ...]:
        """Return everybody's seat."""
        return tuple(_seat(persona) for persona in self._demo.personas)

    def _refuse_earlier(self, request: web.Request) -> None:
        """Refuse what a page says to an earlier demo, of which this one knows nothing.

        Raises:
            NotTaken: the page was made by another run of the server; a program names none.
        """
        if request.headers.get(RUN, self._gateway.run) != self._gateway.run:
            sentence = "The demo was started anew. Load the page again to go on."
            raise NotTaken(HTTPStatus.CONFLICT, "anew", sentence)

    def _told(self, happening: Happening) -> Told:
        at = happening.at.astimezone(self._front.zone)
        persona = self._people.get(happening.persona or "")
        return {
            "at": at.isoformat(timespec="minutes"),
            "when": format_datetime(at, "EEE d MMM, HH:mm", locale="en"),
            "tint": persona.tint if persona else None,
            "persona": happening.persona,
            "text": happening.text,
        }


def _face(now: datetime, front: Front) -> Told:
    """Return what the clock shows."""
    here = now.astimezone(front.zone)
    return {
        "at": here.isoformat(timespec="minutes"),
        "hour": format_datetime(here, "HH:mm", locale="en"),
        "date": format_datetime(here, "EEEE d MMMM y", locale="en"),
    }


def _seat(persona: Persona) -> Seat:
    return Seat(persona.key, f"/demo/{persona.key}", persona.address, persona.language)


def _nonsense(sentence: str) -> NotTaken:
    return NotTaken(HTTPStatus.BAD_REQUEST, "nonsense", sentence)
