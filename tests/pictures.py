"""Small true pictures, as cameras and programs write them."""

import struct
import zlib

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"


def chunk(name: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG file."""
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def png(width: int = 4, height: int = 3, *more: bytes) -> bytes:
    """Return a grey picture, with more chunks before its end."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    dots = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"".join((PNG, chunk(b"IHDR", head), *more, chunk(b"IDAT", dots), chunk(b"IEND", b"")))


def segment(kind: int, content: bytes) -> bytes:
    """Return a segment of a JPEG file."""
    return struct.pack(">BBH", 0xFF, kind, len(content) + 2) + content


def jpeg(width: int = 4, height: int = 3, *more: bytes) -> bytes:
    """Return what is looked at of a JPEG file, with more segments before its frame; nothing could be seen of it."""
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")
    scan = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\x34\xff\0\x56"
    return b"".join((JPEG, segment(0xE0, b"JFIF\0\1\1"), *more, frame, scan, b"\xff\xd9"))


def exif(turned: int, order: str = ">") -> bytes:
    """Return what a phone writes: which side is up, after where it was."""
    tiff = (b"MM" if order == ">" else b"II") + struct.pack(f"{order}HI", 42, 8)
    place = struct.pack(f"{order}HHII", 0x8825, 4, 1, 99)
    up = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turned, 0)
    return segment(0xE1, b"Exif\0\0" + tiff + struct.pack(f"{order}H", 2) + place + up + b"Tartu")
