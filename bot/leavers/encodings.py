"""Which encoding a file has: found out by rules, never by likelihood.

Windows-1252 and the Baltic Windows-1257 have the Estonian ä, ö, õ and ü at the same places, and
almost every byte is a letter in both, so no rule can tell them apart in general. What can be told:

- Š, š, Ž and ž have bytes of their own in each. Those of 1252 are no letters in 1257. Those of 1257
  are the Icelandic Ð, ð, Þ and þ in 1252, so in a school of a Baltic country, where no byte says
  otherwise, they mean 1257; elsewhere they are what they are.
- Old DOS encodings have letters where Windows has punctuation: inside a word, that is no Windows.

What is left is told to whoever imports, with how to say it better.
"""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.leavers.faults import Fault, UnusableList

WESTERN = "windows-1252"
BALTIC = "windows-1257"

CODECS: Mapping[str, str] = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    WESTERN: "cp1252",
    BALTIC: "cp1257",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "iso-8859-15": "iso8859-15",
    "cp775": "cp775",
    "cp850": "cp850",
    "cp437": "cp437",
    "macintosh": "mac-roman",
}
"""The encodings that may be asked for by name; Python's names of them."""

BALTIC_COUNTRIES = frozenset({"EE", "LV", "LT"})

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 64

_CARONS_OF_1252 = re.compile(rb"[\x8a\x8e\x9a\x9e]")
_CARONS_OF_1257 = re.compile(rb"[\xd0\xde\xf0\xfe]")
_OF_UTF_8 = re.compile(rb"\xc3[\x80-\xbf]")
"""Any of `á ä ñ õ ö ü` in UTF-8; in Windows, an `Ã` with a sign after it."""
_SIGN_IN_WORD = re.compile(
    rb"[A-Za-z][\x82\x84-\x87\x89\x8b\x94\x95\x99\x9b\xa1-\xa7\xa9\xac\xae][A-Za-z]"
)
"""Punctuation and currency of Windows inside a word: in DOS these are `é ä à ö Ö í ó ú ñ Ñ`."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file is written."""

    name: str
    """As people call it."""
    codec: str
    """As Python does."""
    sure: bool
    """Whether the file says so itself, or somebody did."""


def encoding_called(name: str) -> str | None:
    """Return which of `CODECS` somebody means who may call it `cp1252` or `UTF8`; none if none."""
    try:
        meant = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return next((known for known in CODECS if codecs.lookup(known).name == meant), None)


def encoding_of(content: bytes, *, asked: str | None, country: str) -> Encoding:
    """Return the encoding in which all of the file can be read.

    One that was `asked` for is not doubted. A mark at the beginning decides; without one, zero
    bytes in every other place mean UTF-16, then UTF-8 is tried, then Windows, which Excel writes.

    Raises:
        UnusableList: It is none of these, or not what it says it is.
    """
    if asked is not None:
        return _checked(content, Encoding(asked, CODECS[asked], sure=True))
    marked = _marked(content)
    if marked is not None:
        return _checked(content, marked)
    if _is_readable(content, "utf-8"):
        return Encoding("utf-8", "utf-8", sure=True)
    if _OF_UTF_8.search(content):
        return _checked(content, Encoding("utf-8", "utf-8", sure=True))
    name = BALTIC if _is_baltic(content, country) else WESTERN
    if not _is_readable(content, CODECS[name]) or _SIGN_IN_WORD.search(content):
        raise UnusableList(Fault.NOT_TEXT if b"\0" in content else Fault.OTHER_ENCODING)
    return Encoding(name, CODECS[name], sure=False)


def _marked(content: bytes) -> Encoding | None:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return Encoding(name, CODECS[name], sure=True)
    # Before UTF-8, because zero bytes are valid there and UTF-16 would pass for it.
    start = content[:_SAMPLE]
    pairs = len(start) // 2
    even, odd = start[0 : 2 * pairs : 2].count(0), start[1 : 2 * pairs : 2].count(0)
    if pairs and 2 * odd > pairs and even == 0:
        return Encoding("utf-16", "utf-16-le", sure=True)
    if pairs and 2 * even > pairs and odd == 0:
        return Encoding("utf-16", "utf-16-be", sure=True)
    return None


def _is_baltic(content: bytes, country: str) -> bool:
    return (
        country in BALTIC_COUNTRIES
        and _CARONS_OF_1257.search(content) is not None
        and _CARONS_OF_1252.search(content) is None
    )


def _is_readable(content: bytes, codec: str) -> bool:
    try:
        content.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _checked(content: bytes, encoding: Encoding) -> Encoding:
    """Return `encoding`, or say in which line the file is not written in it."""
    try:
        content.decode(encoding.codec)
    except UnicodeDecodeError as error:
        # Of UTF-8, Python counts from behind the mark.
        behind = content.removeprefix(codecs.BOM_UTF8) if encoding.name == "utf-8" else content
        before = behind[: error.start].decode(encoding.codec, errors="replace")
        line = len(re.findall("\r\n?|\n", before)) + 1
        raise UnusableList(
            Fault.NOT_IN_ENCODING, {"encoding": encoding.name, "line": line}
        ) from None
    return encoding
