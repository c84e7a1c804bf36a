"""Letters that this process delivers: nobody's second letter leaves before the first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from bot.domain.people import PersonId
from bot.runtime.letters import Letter
from bot.runtime.pace import Brake
from bot.storage import outbox

LEASE = timedelta(seconds=60)
"""So long a letter is its process's; after that the process is taken for dead."""
MARGIN = timedelta(seconds=15)
"""What is left of a lease must suffice to deliver a letter."""


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
    until: datetime
    """When it is no longer this process's."""

    @property
    def taken_at(self) -> datetime:
        """When it was taken in hand."""
        return self.until - LEASE

    @property
    def is_repeated(self) -> bool:
        """Whether it goes out once more if it is not known to have arrived."""
        return self.letter.kind in outbox.REPEATED and self.attempts < outbox.MOST_ATTEMPTS


class Hands:
    """Whose letters are in hand, and whose wait behind them; safe to ask from any thread."""

    def __init__(self, name: str) -> None:
        self.name = name
        """What the rows of letters in hand are claimed by."""
        self.brake = Brake()
        """What may be taken in hand without being too fast for a network."""
        self._lock = Lock()
        self._held: set[PersonId] = set()
        self._waiting: set[PersonId] = set()

    def take(self, network: str, letters: Sequence[Letter], now: datetime) -> bool:
        """Take new letters to one person in hand; return False if they must wait, as behind others."""
        person = letters[0].to
        with self._lock:
            must_wait = person in self._held or person in self._waiting
            if must_wait or not self.brake.take(network, letters, now):
                self._waiting.add(person)
                return False
            self._held.add(person)
            return True

    def hold(self, people: Iterable[PersonId], *, all_of_them: bool) -> None:
        """Hold people whose waiting letters were claimed; *all_of_them* if none of these is left."""
        with self._lock:
            claimed = set(people)
            self._held |= claimed
            if all_of_them:
                self._waiting -= claimed

    def leave(self, people: Iterable[PersonId]) -> None:
        """Note that letters to `people` were left in the outbox, whatever else of theirs is in hand."""
        with self._lock:
            self._waiting.update(people)

    def queue(self, people: Iterable[PersonId], unmarked: Collection[PersonId]) -> None:
        """Note that letters to `people` wait, for those of whom something is in hand, or is *unmarked* yet.

        Behind that they are passed over; as soon as it has left, somebody has to look for them.
        """
        with self._lock:
            self._waiting.update(one for one in people if one in self._held or one in unmarked)

    def free(self, person: PersonId) -> None:
        """Let go of `person`: all that was in hand has left."""
        with self._lock:
            self._held.discard(person)

    def wait(self, *people: PersonId) -> None:
        """Note that letters to `people` wait in the outbox: no newer one may overtake them."""
        with self._lock:
            self._held.difference_update(people)
            self._waiting.update(people)

    @property
    def somebody_waits(self) -> bool:
        """Whether letters are known to wait in the outbox."""
        with self._lock:
            return bool(self._waiting)
