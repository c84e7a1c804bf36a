"""How fast a network may be written to. What would be too fast waits in the outbox, and no limit is hit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from bot.domain.people import PersonId
from bot.runtime.letters import Letter

SECOND = timedelta(seconds=1)
MICROSECOND = timedelta(microseconds=1)
LATE = timedelta(milliseconds=10)
"""So late this process may be with a letter, and still keep the pace."""
ON_THE_WAY = timedelta(milliseconds=15)
"""So much longer one letter may be on its way than another, and no second sees too many arrive."""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `burst` at once, and one more after every `interval`.

    One moment says how much of it is used: until when it would take to let out at one an interval
    what has left, called "spent" here. So it can be kept in a row, and needs nobody who refills it.
    """

    interval: timedelta
    burst: int

    late: timedelta = timedelta()
    """By how much whatever leaves may be late without the next being so, too."""

    @classmethod
    def a_second(cls, number: int) -> "Rate":
        """Return the rate of `number` a second in the long run, of which a ninth may leave at once.

        No second, wherever it begins, sees more than `number` and all of that ninth but one. Nothing
        leaves and arrives on the stroke, so a little of each second is kept for that.
        """
        interval = -(-(SECOND + LATE + ON_THE_WAY) // (number * MICROSECOND)) * MICROSECOND
        return cls(interval, max(number // 9, 1), min(LATE, interval // 4))

    def believed(self, spent: datetime, now: datetime) -> datetime:
        """Return `spent`, as far as it can be true: more than a whole burst never is.

        If it seems to be, the clock was moved back, and nobody waits until it is there again.
        """
        return min(spent, now + self._whole)

    def room(self, spent: datetime, now: datetime) -> int:
        """Return how many may leave now."""
        return (self._whole - _used(spent, now)) // self.interval

    def spending(self, spent: datetime, now: datetime, number: int) -> datetime:
        """Return what is spent once `number` more have left."""
        return now + _used(spent, now) + number * self.interval

    def wait(self, spent: datetime, now: datetime, number: int) -> timedelta:
        """Return how long it takes until `number` may leave at once; it is at most the burst."""
        missing = _used(spent, now) + number * self.interval - self._whole
        return max(missing, timedelta())

    @property
    def _whole(self) -> timedelta:
        return self.interval * self.burst + self.late


def _used(spent: datetime, now: datetime) -> timedelta:
    return max(spent - now, timedelta())


@dataclass(frozen=True, slots=True)
class Pace:
    """What a network allows its bot, as the gateway declares it."""

    to_all: Rate
    """Letters to anybody, changes of earlier ones included."""
    to_one: Rate
    """Letters to one person; what only changes an earlier one is not counted."""

    @property
    def kept(self) -> int:
        """How many letters may always leave at once if they are answers: the rest leaves them that room."""
        return self.to_all.burst * 2 // 3

    @property
    def batch(self) -> int:
        """How many letters that are no answers leave together: taking letters in hand has its price."""
        return (self.to_all.burst - self.kept + 1) // 2


@dataclass(frozen=True, slots=True)
class Portion:
    """Letters that may be taken in hand together."""

    networks: tuple[str, ...]
    most: int
    answers: int = 0
    """How many more may be, if they are answers."""


class Brake:
    """What the networks allow of this process now; safe to ask from any thread.

    A letter is taken in hand only when its network will have it, so nothing that is in hand waits,
    and an answer finds before it in the outbox only other answers. Some room is always left for it.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._paces: dict[str, Pace] = {}
        self._spent: dict[str, datetime] = {}
        self._spent_on: dict[tuple[str, PersonId], datetime] = {}
        """The same for every person lately written to."""
        self._again: datetime | None = None

    def keep(self, network: str, pace: Pace | None) -> None:
        """Keep to `pace` on `network`; None if it has no limit."""
        with self._lock:
            self._paces.pop(network, None)
            if pace:
                self._paces[network] = pace

    def portions(self, networks: Sequence[str], most: int, now: datetime) -> list[Portion]:
        """Return how many letters may be taken in hand, at most `most` of each portion.

        What is found to wait from here on decides `again`.
        """
        roomy, tight = [], []
        with self._lock:
            self._again = None
            for network in networks:
                pace = self._paces.get(network)
                if pace is None:
                    roomy.append(network)
                    continue
                room = pace.to_all.room(self._known(network, pace, now), now)
                free = room - pace.kept
                if free >= most:
                    roomy.append(network)
                    continue
                if free < pace.batch:
                    self._look_again(
                        network, pace, now, 1 if room == 0 else pace.kept + pace.batch
                    )
                    free = 0
                if room:
                    tight.append(Portion((network,), free, min(room, most) - free))
        return [Portion(tuple(roomy), most), *tight] if roomy else tight

    def resting(self, now: datetime) -> list[PersonId]:
        """Return who was written to so much that the next letter must wait; that decides `again`, too."""
        found = []
        with self._lock:
            for (network, person), spent in list(self._spent_on.items()):
                pace = self._paces.get(network)
                if pace is None or spent <= now:
                    del self._spent_on[network, person]
                    continue
                known = self._known_of((network, person), pace, now)
                if pace.to_one.room(known, now) == 0:
                    found.append(person)
                    self._note(now + pace.to_one.wait(known, now, 1))
        return found

    def take(self, network: str, letters: Sequence[Letter], now: datetime) -> bool:
        """Let `letters` to one person leave now, all or none; return whether they may."""
        with self._lock:
            pace = self._paces.get(network)
            if pace is None:
                return True
            chat = network, letters[0].to
            new = sum(not letter.is_edit for letter in letters)
            spent, spent_on = self._known(network, pace, now), self._known_of(chat, pace, now)
            if pace.to_all.room(spent, now) < len(letters):
                self._look_again(network, pace, now, 1)
                return False
            if new and pace.to_one.room(spent_on, now) < new:
                self._note(now + pace.to_one.wait(spent_on, now, 1))
                return False
            self._spent[network] = pace.to_all.spending(spent, now, len(letters))
            if new:
                self._spent_on[chat] = pace.to_one.spending(spent_on, now, new)
            return True

    def more_wait(self, networks: Sequence[str], now: datetime) -> None:
        """Note that more letters wait for `networks` than could be taken in hand."""
        with self._lock:
            for network in networks:
                if pace := self._paces.get(network):
                    self._look_again(network, pace, now, pace.kept + pace.batch)

    def learn(self, network: str, spent: datetime) -> None:
        """Hear what all processes together have spent."""
        with self._lock:
            self._spent[network] = spent

    def spent(self, networks: Sequence[str]) -> dict[str, datetime]:
        """Return what has been spent of the budgets of those networks that have one."""
        with self._lock:
            return {n: self._spent[n] for n in networks if n in self._paces and n in self._spent}

    @property
    def again(self) -> datetime | None:
        """When something that was left waiting may leave; None if nothing was."""
        with self._lock:
            return self._again

    def _known(self, network: str, pace: Pace, now: datetime) -> datetime:
        # Kept as it is believed: it must not seem wrong again a moment later.
        known = self._spent[network] = pace.to_all.believed(self._spent.get(network, now), now)
        return known

    def _known_of(self, chat: tuple[str, PersonId], pace: Pace, now: datetime) -> datetime:
        if chat not in self._spent_on:
            return now
        known = self._spent_on[chat] = pace.to_one.believed(self._spent_on[chat], now)
        return known

    def _look_again(self, network: str, pace: Pace, now: datetime, number: int) -> None:
        self._note(now + pace.to_all.wait(self._known(network, pace, now), now, number))

    def _note(self, at: datetime) -> None:
        if self._again is None or at < self._again:
            self._again = at
