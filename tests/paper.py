"""The paper on which a story is written: who takes part, and what each of them gets to see."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.gateways.port import Delivered, Gateway, Network, Outcome, Unreachable
from bot.runtime.pace import Pace
from bot.texts.sheets import Row, Sheet

TOKEN = re.compile(r"(?<=/in/)[\w-]{22}")
"""What no two links have in common."""

OTHERS = "others-"
"""How the addresses begin of people of whom a story tells nothing."""


@dataclass
class Actor:
    """Somebody in a story, with all the sheets they have seen."""

    name: str
    language: str
    network: Network
    sheets: list[Sheet] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    has_blocked: bool = False
    lives_at: str | None = None
    """Where a network says that they are; None for one of numbers."""

    @property
    def address(self) -> str:
        """Where they are reached; a number, as networks of numbers want it."""
        return self.lives_at or str(int.from_bytes(self.name.encode(), "big"))

    def row(self, label: str, *, oldest: bool) -> Row:
        """Return the button with that label."""
        rows = [row for sheet in self.sheets for row in pressable(sheet) if row.label == label]
        assert rows, f"{self.name} has no button called {label}"
        return rows[0 if oldest else -1]


def pressable(sheet: Sheet) -> tuple[Row, ...]:
    """Return all that can be pressed on a sheet, from top to bottom."""
    pager = (sheet.pager.back, sheet.pager.on) if sheet.pager else ()
    return tuple(row for row in (*sheet.rows, sheet.done, *pager) if row)


class PaperPost:
    """A network on paper: it delivers to the actors of a story, and writes down what it delivers."""

    def __init__(
        self, network: Network, actors: dict[str, Actor], write: Callable[[str], None]
    ) -> None:
        self._network, self._actors, self._write = network, actors, write

    @property
    def network(self) -> Network:
        """The network it stands for."""
        return self._network

    @property
    def pace(self) -> Pace | None:
        """Paper is patient."""
        return None

    async def deliver(self, address: str, sheet: Sheet) -> Outcome:
        """Show a sheet to whoever lives at `address`."""
        if address.startswith(OTHERS):
            return Delivered("1")
        actor = self._at(address)
        if actor.has_blocked:
            return Unreachable()
        actor.sheets.append(sheet)
        self._write(drawn(actor, sheet))
        return Delivered(str(len(actor.sheets)))

    async def edit(self, address: str, ref: str, sheet: Sheet) -> Outcome:
        """Show a sheet in place of another."""
        actor = self._at(address)
        actor.sheets[int(ref) - 1] = sheet
        self._write(drawn(actor, sheet, changed=True))
        return Delivered(ref)

    async def close(self) -> None:
        """Paper needs no closing."""

    def _at(self, address: str) -> Actor:
        found = (
            a for a in self._actors.values() if (a.address, a.network) == (address, self._network)
        )
        return next(found)


def drawn(actor: Actor, sheet: Sheet, *, changed: bool = False) -> str:
    """Return a sheet as it stands in a story; a link that opens a chat is the same every time."""
    links = (f"({link.label}: {link.url})" for link in sheet.links)
    lines = (
        []
        if changed
        else [*([f"** {sheet.title} **"] if sheet.title else []), *sheet.text.splitlines(), *links]
    )
    for section in sheet.sections:
        lines += ["", *([f"** {section.title} **"] if section.title else [])]
        lines += section.text.splitlines()
    if sheet.foot:
        lines += ["", *sheet.foot.splitlines()]
    rows = list(pressable(sheet))
    if any(row.detail for row in rows):
        lines += [f"{_button(row)} {row.detail or ''}".rstrip() for row in rows]
    elif rows:
        lines.append(" ".join(_button(row) for row in rows))
    if sheet.picture is not None and not changed:
        lines.append("(picture)")
    if sheet.attachment and sheet.attachment.mime.startswith("image/"):
        lines.append("(picture)")
    elif sheet.attachment:
        lines.append(f"(file: {sheet.attachment.name})")
    first, *rest = TOKEN.sub("(a token)", "\n".join(lines)).split("\n")
    return "\n".join(
        (
            f"{actor.name}{'~' if changed else '<'} {first}".rstrip(),
            *(f"    {line or '.'}" for line in rest),
        )
    )


def _button(row: Row) -> str:
    mark = "" if row.is_on is None else "✓ " if row.is_on else "○ "
    return f"[{mark}{row.label}]"


def gateways_are_gateways(post: PaperPost) -> Gateway:
    """Let the type checker say that paper is a gateway like all others."""
    return post
