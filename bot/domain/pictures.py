"""Pictures that staff send: what one is, how large it may be, and what does not belong into it.

A JPEG file is a row of segments (ITU-T T.81, annex B), a PNG file one of chunks (W3C PNG, 5). A phone writes
into them where and when the picture was taken; that is nobody's business who sees it.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

LARGEST = 5 * 1024 * 1024
"""Bytes."""
MOST_ACROSS = 10_000
"""Pixels of width and height together, and times that a side may be longer: more Telegram does not take."""
LONGEST_BY = 20
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
KEPT_OF_PNG = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"}
)  # fmt: skip
"""Chunks without which a picture would look different; others tell of it."""
_SEGMENT = re.compile(rb"\xff*(\xff[^\0\xff])", re.DOTALL)
"""How a segment begins; before it there may be more of its first byte."""
_AFTER_SCAN = re.compile(rb"\xff[^\0\xd0-\xd7\xff]", re.DOTALL)
"""What begins a segment and is no part of what a scan holds."""
_END = 0xD9
_START_OF_SCAN, _COMMENT, _EXIF, _COLOURS, _ADOBE = 0xDA, 0xFE, 0xE1, 0xE2, 0xEE
NOT_KEPT_OF_JPEG = {_COMMENT, *range(0xE1, 0xF0)} - {_ADOBE}
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Segments that say how large a picture is."""
_ORIENTATION, _UPRIGHT = 0x0112, 1


class NoPicture(Exception):
    """What was sent is no picture that can be shown everywhere."""


class TooLarge(Exception):
    """It is a picture, and larger than can be passed on."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture without what does not belong into it."""

    mime: str
    content: bytes = field(repr=False)


def picture_of(content: bytes) -> Picture:
    """Return the picture that `content` is.

    Raises:
        NoPicture: it is none, or is damaged.
        TooLarge: it has too many bytes, or too many pixels.
    """
    try:
        match content:
            case _ if content.startswith(PNG):
                found = Picture("image/png", _bare_png(content))
                width, height = struct.unpack_from(">II", content, 16)
            case _ if content.startswith(JPEG):
                found = Picture("image/jpeg", _bare_jpeg(content))
                width, height = _size_of_jpeg(content)
            case _:
                raise NoPicture
    except (struct.error, IndexError) as damaged:
        raise NoPicture from damaged
    if not (width and height):
        raise NoPicture
    is_narrow = max(width, height) > LONGEST_BY * min(width, height)
    if len(content) > LARGEST or width + height > MOST_ACROSS or is_narrow:
        raise TooLarge
    return found


def _bare_png(content: bytes) -> bytes:
    kept = [PNG]
    at = len(PNG)
    names = []
    while at < len(content):
        length, name = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + length + 12]
        if len(chunk) < length + 12:  # its length, name and checksum
            raise NoPicture
        names.append(name)
        if name in KEPT_OF_PNG:
            kept.append(chunk)
        at += length + 12
        if name == b"IEND":
            break
    if names[:1] != [b"IHDR"] or names[-1] != b"IEND":
        raise NoPicture
    return b"".join(kept)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the segments up to the end of the picture, a scan with all that it holds.

    What a phone puts behind the end is no part of it: a film, say, that tells where it was taken.
    """
    at = len(JPEG)
    while begun := _SEGMENT.match(content, at):
        at, kind = begun.start(1), content[begun.start(1) + 1]
        if kind == _END:
            yield kind, content[at : at + 2]
            return
        (length,) = struct.unpack_from(">H", content, at + 2)
        ends = at + 2 + length
        if kind == _START_OF_SCAN and (after := _AFTER_SCAN.search(content, ends)):
            ends = after.start()
        yield kind, content[at:ends]
        at = ends
    raise NoPicture


def _bare_jpeg(content: bytes) -> bytes:
    """Leave out what the camera and the phone wrote, but for which side is up."""
    kept = [JPEG]
    for kind, segment in _segments(content):
        has_colours = kind == _COLOURS and segment[4:].startswith(b"ICC_PROFILE\0")
        if kind == _EXIF and (turned := _orientation(segment)) != _UPRIGHT:
            kept.append(_only_orientation(turned))
        elif has_colours or kind not in NOT_KEPT_OF_JPEG:
            kept.append(segment)
    return b"".join(kept)


def _size_of_jpeg(content: bytes) -> tuple[int, int]:
    for kind, segment in _segments(content):
        if kind in _FRAMES:
            height, width = struct.unpack_from(">HH", segment, 5)
            return width, height
    raise NoPicture


def _orientation(segment: bytes) -> int:
    """Return which side of a picture is up, by its first directory (CIPA DC-008, 4.6.2); upright if it says nothing."""
    exif = segment[10:]
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if not segment[4:].startswith(b"Exif\0\0") or order is None:
        return _UPRIGHT
    (first,) = struct.unpack_from(f"{order}I", exif, 4)
    (entries,) = struct.unpack_from(f"{order}H", exif, first)
    for entry in range(entries):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, first + 2 + 12 * entry)
        if tag == _ORIENTATION:
            return int(value)
    return _UPRIGHT


def _only_orientation(turned: int) -> bytes:
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
    return struct.pack(">BBH", 0xFF, _EXIF, 2 + 6 + len(tiff)) + b"Exif\0\0" + tiff
