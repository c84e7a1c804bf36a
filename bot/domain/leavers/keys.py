"""Keyed hashes of names: HMAC-SHA-256 with the school's key, so the list tells nobody's name.

What each is for is part of what is hashed, so that no hash of one purpose equals one of another:

- of the whole name, 16 bytes: on it rests an approval nobody looks at, so two names must never
  share one;
- of a part, 8 bytes, and of a likeness, 4: compared only within one programme and year and only to
  say "similar" to staff. Among 500 people a likeness is shared by chance once in 100,000 look-ups,
  and then costs staff a glance.

What leaks to somebody with the database but not the key: which rows share a part of a name, how
many parts a name has, and about how long they are. Frequent hashes may be guessed to be frequent
names (the commonest surname), as with any hash that can be searched. Somebody with the key can
test guesses; it is kept apart from the database for that.
"""

from functools import lru_cache
from hmac import digest

from bot.domain.leavers.entries import (
    LIKENESS_BYTES,
    PART_BYTES,
    Asked,
    AskedPart,
    Ending,
    Leaver,
    joined,
)
from bot.domain.leavers.names import likenesses

MIN_KEY_BYTES = 32
WHOLE_BYTES = 16
_TELLING_CHARS = 3


class NameKeys:
    """Hashes names with one school's key; another school's key gives hashes that never meet these.

    Keep one for an import, not for longer: it remembers the parts of names it has hashed.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) < MIN_KEY_BYTES:
            raise ValueError(
                f"The key of the list of leavers was shorter than {MIN_KEY_BYTES} bytes."
            )
        self._whole, self._part, self._likeness, self._born, self._row = (
            digest(key, b"kutse.leavers." + purpose, "sha256")
            for purpose in (b"whole", b"part", b"likeness", b"born", b"row")
        )
        # Few names make up most of a list, so each part is hashed once and not a hundred times.
        self._of_part = lru_cache(maxsize=1 << 16)(self._hash_part)

    def leaver(
        self,
        parts: tuple[str, ...],
        programme: str,
        year: int,
        *,
        born: int | None,
        ending: Ending | None,
    ) -> Leaver:
        """Return what the list keeps of a person; `parts` are as `parts_of` gives them."""
        whole = self._hash_whole(parts)
        born_key = self._hash_born(whole, born)
        row = whole + (born_key or bytes(WHOLE_BYTES)) + f"{year}:{programme}".encode()
        hashed = [self._of_part(part) for part in parts]
        return Leaver(
            fingerprint=digest(self._row, row, "sha256")[:WHOLE_BYTES],
            whole=whole,
            parts=joined(part.key for part in hashed),
            likenesses=joined(frozenset().union(*(part.likenesses for part in hashed))),
            programme=programme,
            year=year,
            born=born_key,
            ending=ending,
        )

    def asked(
        self, parts: tuple[str, ...], programme: str, year: int, *, born: int | None
    ) -> Asked:
        """Return what somebody says of themselves, to be compared with the list."""
        whole = self._hash_whole(parts)
        hashed = tuple(self._of_part(part) for part in parts)
        return Asked(whole, hashed, programme, year, self._hash_born(whole, born))

    def _hash_whole(self, parts: tuple[str, ...]) -> bytes:
        return digest(self._whole, " ".join(parts).encode(), "sha256")[:WHOLE_BYTES]

    def _hash_born(self, whole: bytes, born: int | None) -> bytes | None:
        if born is None:
            return None
        return digest(self._born, whole + str(born).encode(), "sha256")[:WHOLE_BYTES]

    def _hash_part(self, part: str) -> AskedPart:
        return AskedPart(
            key=digest(self._part, part.encode(), "sha256")[:PART_BYTES],
            likenesses=frozenset(
                digest(self._likeness, likeness.encode(), "sha256")[:LIKENESS_BYTES]
                for likeness in likenesses(part)
            ),
            tells=len(part) >= _TELLING_CHARS,
        )
