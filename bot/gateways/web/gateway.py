"""The gateway: sheets go into the history, and the open pages are told to look."""

from bot.gateways.port import Delivered, Hear, Network, Outcome, Refused, Unreachable
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
        self, front: Front, history: History, hear: Hear, *, demo: Demo | None = None
    ) -> None:
        self.front = front
        self.history = history
        self.hear = hear
        self.demo = demo
        self.bell = Bell()

    @property
    def network(self) -> Network:
        """The web."""
        return Network.WEB

    async def deliver(self, address: str, sheet: Sheet) -> Outcome:
        """Add the sheet to what is said at `address`; settle what it settles."""
        await self._settle(address, sheet)
        line = await self.history.append(address, self._line(sheet))
        self.bell.ring(address)
        return Unreachable() if line is None else Delivered(str(line.number))

    async def edit(self, address: str, ref: str, sheet: Sheet) -> Outcome:
        """Put the sheet in the place of the one delivered as `ref`."""
        await self._settle(address, sheet)
        line = None
        if ref.isdecimal():
            line = await self.history.replace(address, int(ref), self._line(sheet))
        self.bell.ring(address)
        return Refused("that message is no longer kept") if line is None else Delivered(ref)

    async def close(self) -> None:
        """Let the open pages go; they come back by themselves when the server does."""
        self.bell.close()

    async def _settle(self, address: str, sheet: Sheet) -> None:
        if sheet.settles:
            choice = Choice(self.front.now(), sheet.settles.chosen)
            await self.history.settle(address, sheet.settles.key, choice)

    def _line(self, sheet: Sheet) -> NewLine:
        return NewLine(
            at=self.front.now(),
            body=to_json(by_school(sheet)),
            language=sheet.language,
            key=sheet.key,
            file=sheet.attachment,
        )
