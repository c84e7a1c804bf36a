"""Programmes as a file names them: by code, or by name in any of the school's languages."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from bot.domain.leavers.names import folded
from bot.leavers.faults import Unfit, Why

_NEARLY = 88.0
"""Of 100: a letter or two in a name of usual length."""
_AHEAD = 6.0
"""By how much the best must be better than the next programme."""
_MAX_CHARS = 200
_REMEMBERED = 4_096


class Programmes:
    """A school's programmes: their codes, and all their names in all languages."""

    def __init__(self, programmes: Mapping[str, Collection[str]]) -> None:
        codes: dict[str, set[str]] = defaultdict(set)
        for code, names in programmes.items():
            for name in (code, *names):
                codes[_plain(name)].add(code)
        self._codes: Mapping[str, frozenset[str]] = {
            name: frozenset(meant) for name, meant in codes.items()
        }
        # A list names the same few programmes on every row.
        self._remembered = lru_cache(_REMEMBERED)(self._meant)

    def code_of(self, cell: str) -> str:
        """Return the code of the programme that `cell` means.

        A name that is nearly right counts if no other programme is nearly as near, and all its
        digits are right: "Welding 1" never means "Welding 2".

        Raises:
            Unfit: It is blank, unknown, or may mean several.
        """
        if not cell:
            raise Unfit(Why.PROGRAMME_MISSING)
        if len(cell) > _MAX_CHARS:
            raise Unfit(Why.PROGRAMME_UNKNOWN)
        meant = self._remembered(cell)
        if not meant:
            raise Unfit(Why.PROGRAMME_UNKNOWN)
        if len(meant) > 1:
            raise Unfit(Why.PROGRAMME_AMBIGUOUS, {"programmes": ", ".join(sorted(meant))})
        return next(iter(meant))

    def _meant(self, cell: str) -> frozenset[str]:
        plain = _plain(cell)
        if plain in self._codes:
            return self._codes[plain]
        likeness: dict[str, float] = {}
        for name, codes in self._codes.items():
            if _digits(name) == _digits(plain):
                alike = fuzz.ratio(plain, name, score_cutoff=_NEARLY - _AHEAD)
                likeness.update({code: max(alike, likeness.get(code, 0.0)) for code in codes})
        best = max(likeness.values(), default=0.0)
        if best < _NEARLY:
            return frozenset()
        return frozenset(code for code, alike in likeness.items() if alike > best - _AHEAD)


def _plain(text: str) -> str:
    """Return `text` without case, accents and signs; words stay apart."""
    spaced = "".join(sign if sign.isalnum() else " " for sign in folded(text))
    return " ".join(spaced.split())


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
