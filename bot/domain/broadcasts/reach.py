"""How many people a broadcast would reach, in which languages, and who would not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

GOES_ON_FOR = timedelta(days=5)
"""Whoever had so many other letters that it was not their turn by then does not get it any more."""


class Excluded(StrEnum):
    """Why somebody of an audience is not written to; the first of these that is true."""

    STOPPED = "stopped"
    """They want no messages at all."""
    NO_CONSENT = "no_consent"
    """They have not agreed to this purpose."""
    PAUSED = "paused"
    """They want none for now."""
    UNREACHABLE = "unreachable"
    """Nothing arrives where they were heard from last."""
    NEEDED = "needed"
    """They want only what is needed, and this could have waited for a digest."""
    LATELY = "lately"
    """They had a letter about it so lately that they would get another only when this one is over."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What an audience comes to at this moment."""

    by_language: Mapping[str, int] = field(hash=False)
    """People who would be written to; only languages with somebody."""
    excluded: Mapping[Excluded, int] = field(hash=False)
    """Only reasons that somebody is not written to for."""

    @property
    def people(self) -> int:
        """How many would be written to."""
        return sum(self.by_language.values())
