"""Which encoding a file has: found out by rules, never by likelihood."""

import codecs
from pathlib import Path

from bot.leavers.faults import Fault, UnusableList

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK = 1 << 20
_SAMPLE = 64


def encoding_of(path: Path) -> str:
    """Return the name of the encoding in which all of the file can be read.

    A mark at the beginning decides; without one, zero bytes in every other place mean UTF-16, then
    UTF-8 is tried on the whole file, then Windows-1252, which Excel writes.

    Raises:
        UnusableList: It is none of these.
    """
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
    for encoding in _candidates(start):
        if _is_readable(path, encoding):
            return encoding
    raise UnusableList(Fault.NOT_TEXT)


def _candidates(start: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return (encoding,)
    # Before UTF-8, because zero bytes are valid there and UTF-16 would pass for it.
    pairs = len(start) // 2
    even, odd = start[0 : 2 * pairs : 2].count(0), start[1 : 2 * pairs : 2].count(0)
    if pairs and 2 * odd > pairs and even == 0:
        return ("utf-16-le",)
    if pairs and 2 * even > pairs and odd == 0:
        return ("utf-16-be",)
    return ("utf-8", "cp1252")


def _is_readable(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
