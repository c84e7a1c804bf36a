"""How fast a network may be written to. What would be too fast waits in the outbox, and no limit is hit."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from bot.domain.people import PersonId
from bot.runtime.allowance import LATE, Allowance, Left, known, moved, read, written
from bot.runtime.letters import Letter, LetterKind

MOST_MESSAGES = 3
"""As so many messages a letter to many is counted, before the first has left."""

REMEMBERED = 100
"""Late letters of which a process remembers when they really left, until it can write that down."""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `burst` at once, and one more after every `interval`.

    One moment says how much of it is used: until when it would take to let out at one an interval
    what has left, called "spent" here (the generic cell rate algorithm). It needs nobody who refills it.
    """

    interval: timedelta
    burst: int

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
        return self.interval * self.burst


def _used(spent: datetime, now: datetime) -> timedelta:
    return max(spent - now, timedelta())


@dataclass(frozen=True, slots=True)
class Pace:
    """What a network allows its bot, as the gateway declares it."""

    to_all: Allowance
    """Letters to anybody, changes of earlier ones included."""
    to_one: Rate
    """Letters to one person; what only changes an earlier one is not counted."""


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
        self._left: dict[str, tuple[Left, ...]] = {}
        """What has left for each network, all processes together as far as is known."""
        self._late: dict[str, deque[tuple[datetime, datetime]]] = {}
        """When letters were to leave, and when they did: what is not yet written down where all read it."""
        self._spent_on: dict[tuple[str, PersonId], datetime] = {}
        """What is spent on every person lately written to."""
        self._messages: dict[str, int] = {}
        """As how many messages a letter to many leaves, by its key."""
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
                left = self._known(network, now)
                free = pace.to_all.room(left, now, for_answers=False)
                if free >= most:
                    roomy.append(network)
                    continue
                room = min(pace.to_all.room(left, now, for_answers=True), most)
                if free < pace.to_all.least:
                    self._look_again(network, pace, now, is_for_answers=room <= 0)
                    free = 0
                if room > 0:
                    tight.append(Portion((network,), free, room - free))
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
            left, spent_on = self._known(network, now), self._known_of(chat, pace, now)
            messages = sum(map(self._messages_of, letters))
            # What is no answer may take of what is kept for answers, and no more: there it always fits.
            needed = min(messages, 1 + pace.to_all.kept_for_answers)
            if pace.to_all.room(left, now, for_answers=True) < max(needed, len(letters)):
                self._look_again(network, pace, now, is_for_answers=True)
                return False
            if new and pace.to_one.room(spent_on, now) < new:
                self._note(now + pace.to_one.wait(spent_on, now, 1))
                return False
            self._left[network] = pace.to_all.leaving(left, now, messages)
            if new:
                self._spent_on[chat] = pace.to_one.spending(spent_on, now, new)
            return True

    def more_wait(self, networks: Sequence[str], now: datetime) -> None:
        """Note that more letters wait for `networks` than could be taken in hand."""
        with self._lock:
            for network in networks:
                if pace := self._paces.get(network):
                    left = self._known(network, now)
                    room = pace.to_all.room(left, now, for_answers=True)
                    self._look_again(network, pace, now, is_for_answers=room <= 0)

    def left_as(self, letter: Letter, messages: int) -> None:
        """Hear as how many messages a letter has left: one to many does so to everybody."""
        if letter.kind is LetterKind.BROADCAST and letter.key:
            with self._lock:
                self._messages[letter.key] = max(messages, self._messages.get(letter.key, 1))

    def leaves(self, network: str, planned: datetime, really: datetime) -> None:
        """Hear that a letter leaves that was taken in hand a while ago: it counts from now on."""
        if really - planned <= LATE:
            return
        with self._lock:
            if network in self._paces:
                self._late.setdefault(network, deque(maxlen=REMEMBERED)).append((planned, really))
                self._left[network] = moved(self._left.get(network, ()), planned, really)

    def learn(self, network: str, left: str) -> None:
        """Hear what has left from all processes together, as it was written down, and put right what was late."""
        with self._lock:
            known_to_all = read(left)
            for planned, really in self._late.pop(network, ()):
                known_to_all = moved(known_to_all, planned, really)
            self._left[network] = known_to_all

    def to_write_down(self, networks: Iterable[str]) -> dict[str, str]:
        """Return what has left for those of the networks that have a limit."""
        with self._lock:
            return {
                n: written(self._left[n]) for n in networks if n in self._paces and n in self._left
            }

    @property
    def again(self) -> datetime | None:
        """When something that was left waiting may leave; None if nothing was."""
        with self._lock:
            return self._again

    def _messages_of(self, letter: Letter) -> int:
        if letter.kind is not LetterKind.BROADCAST:
            return 1
        return self._messages.get(letter.key or "", MOST_MESSAGES)

    def _known(self, network: str, now: datetime) -> tuple[Left, ...]:
        left = self._left[network] = known(self._left.get(network, ()), now)
        return left

    def _known_of(self, chat: tuple[str, PersonId], pace: Pace, now: datetime) -> datetime:
        if chat not in self._spent_on:
            return now
        known = self._spent_on[chat] = pace.to_one.believed(self._spent_on[chat], now)
        return known

    def _look_again(
        self, network: str, pace: Pace, now: datetime, *, is_for_answers: bool
    ) -> None:
        left = self._known(network, now)
        number = 1 if is_for_answers else pace.to_all.least
        self._note(now + pace.to_all.wait(left, now, number, for_answers=is_for_answers))

    def _note(self, at: datetime) -> None:
        if self._again is None or at < self._again:
            self._again = at
