"""Letters that this process delivers: nobody's second letter leaves before the first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock

from bot.domain.people import PersonId
from bot.runtime.letters import Letter
from bot.storage import outbox

LEASE = timedelta(seconds=60)
"""So long a letter is its process's; after that the process is taken for dead."""


@dataclass(frozen=True, slots=True)
class InHand:
    """A letter that this process delivers, with where it goes and in which language."""

    id: int
    letter: Letter
    language: str
    network: str
    address: str
    ref: str | None
    """What an edit names; None if what it would change was never delivered."""
    names: Mapping[PersonId, str]
    """Of everybody whose name the letter needs."""
    attempts: int

    @property
    def is_repeated(self) -> bool:
        """Whether it goes out once more if it is not known to have arrived."""
        return self.letter.kind in outbox.REPEATED and self.attempts < outbox.MOST_ATTEMPTS


class Hands:
    """The people whose letters are in hand; safe to ask from any thread."""

    def __init__(self, name: str) -> None:
        self.name = name
        """What the rows of letters in hand are claimed by."""
        self._lock = Lock()
        self._people: set[PersonId] = set()
        self._somebody_waits = False

    def take(self, person: PersonId) -> bool:
        """Take what is for `person` in hand, if nothing of theirs is; return whether that was so."""
        with self._lock:
            is_free = person not in self._people
            self._somebody_waits |= not is_free
            self._people.add(person)
            return is_free

    def somebody_waited(self) -> bool:
        """Return whether anybody was found in hand since this was last asked: then letters wait."""
        with self._lock:
            waited, self._somebody_waits = self._somebody_waits, False
            return waited

    def free(self, person: PersonId) -> None:
        """Let go of `person`: all that was in hand has left."""
        with self._lock:
            self._people.discard(person)
