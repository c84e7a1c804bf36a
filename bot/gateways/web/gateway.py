"""The gateway: sheets go into the history, and the open pages are told to look."""

import secrets

from bot.gateways.pictures import Pictures
from bot.gateways.port import Delivered, Hear, Network, Outcome, Refused, Unreachable
from bot.gateways.web.asking import retired_by
from bot.gateways.web.bell import Bell
from bot.gateways.web.demo import Demo
from bot.gateways.web.front import Front
from bot.gateways.web.history import Choice, History, NewLine
from bot.gateways.web.stored import by_school, to_json
from bot.texts.sheets import Sheet


class WebGateway:
    """A `Gateway` to everybody with a browser; `routes.mount` gives it its pages.

    A sheet counts as delivered once it is in the history: a page that is closed shows it when it
    opens.
    """

    def __init__(
        self,
        front: Front,
        history: History,
        hear: Hear,
        *,
        demo: Demo | None = None,
        pictures: Pictures | None = None,
    ) -> None:
        self.front = front
        self.history = history
        self.hear = hear
        self.demo = demo
        self.pictures = pictures
        self.bell = Bell()
        self.run = secrets.token_urlsafe(8)
        """Names this run of the server: a page that hears another name was made by an earlier one."""

    @property
    def network(self) -> Network:
        """The web."""
        return Network.WEB

    @property
    def pace(self) -> None:
        """As fast as one likes: it is the school's own server."""
        return

    async def deliver(self, address: str, sheet: Sheet) -> Outcome:
        """Add the sheet to what is said at `address`; settle what it settles.

        Earlier copies of what it asks are retired, and so is what is over: one open question is in
        sight, the latest.
        """
        await self._settle(address, sheet)
        await self._retire(address, sheet)
        line = await self.history.append(address, self._line(sheet))
        self.bell.ring(address)
        return Unreachable() if line is None else Delivered(str(line.number))

    async def edit(self, address: str, ref: str, sheet: Sheet) -> Outcome:
        """Put the sheet in the place of the one delivered as `ref`.

        If that one was retired, its place is no longer where one looks: the sheet is said anew.
        """
        known = await self.history.line(address, int(ref)) if ref.isdecimal() else None
        if known is None:
            return Refused("that message is no longer kept")
        if known.key is None and sheet.key is not None:
            return await self.deliver(address, sheet)
        await self._settle(address, sheet)
        await self._retire(address, sheet, but=known.number)
        line = await self.history.replace(address, known.number, self._line(sheet))
        self.bell.ring(address)
        return Refused("that message is no longer kept") if line is None else Delivered(ref)

    async def close(self) -> None:
        """Let the open pages go; they come back by themselves when the server does."""
        self.bell.close()

    async def _settle(self, address: str, sheet: Sheet) -> None:
        if sheet.settles:
            choice = Choice(self.front.now(), sheet.settles.chosen)
            await self.history.settle(address, sheet.settles.key, choice)

    async def _retire(self, address: str, sheet: Sheet, *, but: int | None = None) -> None:
        if sheet.key or sheet.settles or sheet.over:
            lines = await self.history.open_lines(address)
            gone = [number for number in retired_by(sheet, lines) if number != but]
            if gone:
                await self.history.retire(address, gone)

    def _line(self, sheet: Sheet) -> NewLine:
        return NewLine(
            at=self.front.now(),
            body=to_json(by_school(sheet)),
            language=sheet.language,
            key=sheet.key,
            named=sheet.named,
            file=sheet.attachment,
        )
