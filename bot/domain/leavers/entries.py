"""What the list of leavers keeps: keyed hashes for a name, and what was left, when and how."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Ending(StrEnum):
    """How somebody's time at the school ended, as far as the list says."""

    GRADUATE = "graduate"
    EARLY_LEAVER = "early_leaver"
    SHORT_COURSE = "short_course"
    APPRENTICE = "apprentice"
    EXCHANGE = "incoming_mobility"


PART_BYTES = 8
LIKENESS_BYTES = 4


@dataclass(frozen=True, slots=True)
class Leaver:
    """One row of the list: no name, and none to be had from it without the school's key."""

    fingerprint: bytes = field(repr=False)
    """The same for the same name, programme, year and year of birth; imported twice is one row."""
    whole: bytes = field(repr=False)
    """Hash of the whole name."""
    parts: bytes = field(repr=False)
    """Hashes of the parts of the name, each of `PART_BYTES`."""
    likenesses: bytes = field(repr=False)
    """Hashes of how the parts may be misspelt, each of `LIKENESS_BYTES`."""
    programme: str
    """The school's code."""
    year: int
    """When they left."""
    born: bytes | None = field(repr=False)
    """Hash of the name with the year of birth; none if the list does not give it."""
    ending: Ending | None


@dataclass(frozen=True, slots=True)
class AskedPart:
    """A part of the name somebody gave."""

    key: bytes = field(repr=False)
    likenesses: frozenset[bytes] = field(repr=False)
    tells: bool
    """Whether it is long enough to say something by itself; an initial does not."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody says of themselves, in the terms of the list."""

    whole: bytes = field(repr=False)
    parts: tuple[AskedPart, ...] = field(repr=False)
    programme: str
    year: int
    born: bytes | None = field(repr=False)


def cut(keys: bytes, size: int) -> tuple[bytes, ...]:
    """Return the hashes of `size` bytes that `keys` holds one after the other."""
    return tuple(keys[at : at + size] for at in range(0, len(keys), size))


def joined(keys: Iterable[bytes]) -> bytes:
    """Put hashes of one size into one value, sorted: their order must tell nothing of the name."""
    return b"".join(sorted(keys))
