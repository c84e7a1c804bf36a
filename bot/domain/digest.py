"""The digest: what need not be read today comes in one letter, as often as each person chose."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.people import Command


class Frequency(StrEnum):
    """How often somebody wants to read what need not be read today."""

    NEEDED = "needed"
    """Never: only what is needed."""
    MONTHLY = "monthly"
    WEEKLY = "weekly"
    """So it is for whoever has chosen nothing."""
    ANY_TIME = "any_time"
    """At once, in letters of its own."""


LONGEST_WAIT = timedelta(days=36)
"""Nothing waits longer for somebody's digest: five weeks lie between two of them at most, and a weekend after."""


@dataclass(frozen=True, slots=True)
class ChooseFrequency(Command):
    """Get a digest so often from now on; what waits for the next one waits for that moment."""

    frequency: Frequency


class DigestDesk(Protocol):
    """What the dialogue about the digest looks up, for whoever is speaking."""

    def frequency(self) -> Frequency:
        """Return how often they get a digest."""
        ...

    def waiting(self) -> int:
        """Return how many things wait for their next one."""
        ...
