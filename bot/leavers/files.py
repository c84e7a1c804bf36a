"""A file read once and whole, and what it is if it is no list: said before anything is opened."""

from pathlib import Path

from bot.leavers.faults import Fault, UnusableList

_MEGABYTE = 1 << 20
_MOST_MEGABYTES = 64
_MOST_LINES = 1_000_000
"""What is read is kept in memory, hashed, until it is written at once."""

_SIGNATURES = (
    (b"PK\x03\x04", Fault.WORKBOOK),
    (b"\xd0\xcf\x11\xe0", Fault.WORKBOOK),
    (b"%pdf", Fault.PDF),
    (b"{\\rtf", Fault.DOCUMENT),
    (b"<!doctype", Fault.WEB_PAGE),
    (b"<html", Fault.WEB_PAGE),
    (b"<table", Fault.WEB_PAGE),
    (b"<?xml", Fault.WEB_PAGE),
)
"""How files begin that people take for lists, in small letters; names of files say little."""
_LONGEST_SIGNATURE = 16


def content_of(path: Path) -> bytes:
    """Return the bytes of a file that may be a list; a pipe will do, as it is read only once.

    Raises:
        UnusableList: It cannot be opened, is far too large, or is known to be something else.
    """
    content = _read(path)
    if len(content) > _MOST_MEGABYTES * _MEGABYTE:
        raise UnusableList(Fault.TOO_LARGE, {"megabytes": _MOST_MEGABYTES})
    if max(content.count(b"\n"), content.count(b"\r")) > _MOST_LINES:
        raise UnusableList(Fault.TOO_MANY_LINES, {"lines": _MOST_LINES})
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:_LONGEST_SIGNATURE].lower()
    for signature, fault in _SIGNATURES:
        if start.startswith(signature.lower()):
            raise UnusableList(fault)
    return content


def _read(path: Path) -> bytes:
    named = {"file": str(path)}
    try:
        with path.open("rb") as file:
            # One byte more than allowed says enough of a pipe that never ends.
            return file.read(_MOST_MEGABYTES * _MEGABYTE + 1)
    except FileNotFoundError:
        raise UnusableList(Fault.MISSING, named) from None
    except IsADirectoryError:
        raise UnusableList(Fault.FOLDER, named) from None
    except PermissionError:
        raise UnusableList(Fault.NO_RIGHT, named) from None
    except OSError as error:
        why = error.strerror or "no reason was given"
        raise UnusableList(Fault.UNREADABLE, {**named, "why": why}) from None
