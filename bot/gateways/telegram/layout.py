"""Makes messages of a sheet: a text, what is bold in it, and a keyboard.

Title (bold)

Text

On the map                   links, one a line

Title of a section (bold)

Text of the section

Foot

1. Label: detail             only if some row has a detail

Hint (italic)
[ ✓ a switch that is on ]    one row each; those of a split question side by side
[ < ] [ 4-6 of 11 ] [ > ]
[ Done ]
"""

from collections.abc import Iterator
from typing import Final

from bot.gateways.telegram.bot_api import Button, Look, Part, Stretch
from bot.texts.sheets import Row, Sheet, Style

MAX_TEXT: Final = 4096
"""UTF-16 units of a message."""
MAX_CAPTION: Final = 1024
"""UTF-16 units of a text under a file."""
SIDE_BY_SIDE: Final = 8
"""Buttons that Telegram lets stand in a row."""

GAPS: Final = ("\n\n", "\n", " ")
"""Where a text that is too long is cut, best first; not before half of a message is full."""

ON: Final = "✓ "
BACK: Final = "\u2039"
FORTH: Final = "\u203a"
NOTHING: Final = "-"
"""What a button sends that only shows something: it is never heard."""


def units(text: str) -> int:
    """Return the length of `text` as Telegram counts it: in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def lay_out(sheet: Sheet) -> tuple[Part, ...]:
    """Return the messages that `sheet` becomes, in order: one, unless its text is too long.

    What can be pressed stands under the last.
    """
    text, stretches = _text(sheet)
    buttons = tuple(_keyboard(sheet))
    if units(text) <= MAX_TEXT:
        return (Part(text, stretches, buttons),)
    pieces = tuple(_pieces(text))
    parts = [Part(piece, _cut(stretches, start, units(piece))) for start, piece in pieces[:-1]]
    start, piece = pieces[-1]
    return (*parts, Part(piece, _cut(stretches, start, units(piece)), buttons))


def _text(sheet: Sheet) -> tuple[str, tuple[Stretch, ...]]:
    blocks: list[tuple[str, Look | None, str | None]] = [
        (sheet.title or "", Look.BOLD, None),
        (sheet.text.strip(), None, None),
        *((link.label, Look.LINK, link.url) for link in sheet.links),
        *_sections(sheet),
        (sheet.foot or "", None, None),
        (_details(sheet), None, None),
        (sheet.hint or "", Look.ITALIC, None),
    ]
    text, stretches = "", []
    for block, look, url in blocks:
        if not block:
            continue
        text += "\n\n" if text else ""
        if look is not None:
            stretches.append(Stretch(look, units(text), units(block), url))
        text += block
    return text, tuple(stretches)


def _sections(sheet: Sheet) -> Iterator[tuple[str, Look | None, str | None]]:
    for section in sheet.sections:
        yield section.title or "", Look.BOLD, None
        yield section.text.strip(), None, None


def _details(sheet: Sheet) -> str:
    if not any(row.detail for row in sheet.rows):
        return ""
    first = 1 if sheet.pager is None else sheet.pager.first
    return "\n".join(
        f"{number}. {row.label}: {row.detail}" if row.detail else f"{number}. {row.label}"
        for number, row in enumerate(sheet.rows, first)
    )


def _keyboard(sheet: Sheet) -> Iterator[tuple[Button, ...]]:
    width = SIDE_BY_SIDE if sheet.style is Style.SPLIT else 1
    buttons = [_button(row) for row in sheet.rows]
    for start in range(0, len(buttons), width):
        yield tuple(buttons[start : start + width])
    if (pager := sheet.pager) is not None:
        where = Button(pager.where, NOTHING)
        back = () if pager.back is None else (Button(BACK, pager.back.data),)
        on = () if pager.on is None else (Button(FORTH, pager.on.data),)
        yield (*back, where, *on)
    if sheet.done is not None:
        yield (_button(sheet.done),)


def _button(row: Row) -> Button:
    return Button(ON + row.label if row.is_on else row.label, row.data)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut `text` where a paragraph, a line or a word ends; yield each piece and its start."""
    start = 0
    while units(text) > MAX_TEXT:
        fits = _fitting(text)
        ends = (at + len(gap) for gap in GAPS if (at := fits.rfind(gap)) > len(fits) // 2)
        cut = next(ends, len(fits))
        yield start, text[:cut]
        start, text = start + units(text[:cut]), text[cut:]
    yield start, text


def _fitting(text: str) -> str:
    encoded = text.encode("utf-16-le")[: MAX_TEXT * 2]
    # A character outside the basic plane that is cut in half goes to the next piece.
    return encoded.decode("utf-16-le", "ignore")


def _cut(stretches: tuple[Stretch, ...], start: int, length: int) -> tuple[Stretch, ...]:
    """Return what of `stretches` lies in the piece of `length` units from `start` on."""
    cut = []
    for stretch in stretches:
        begin = max(stretch.offset, start)
        end = min(stretch.offset + stretch.length, start + length)
        if begin < end:
            cut.append(Stretch(stretch.look, begin - start, end - begin, stretch.url))
    return tuple(cut)
