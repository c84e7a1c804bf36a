"""Letters leave the outbox: rendered for their reader, handed to a network, and marked."""

import asyncio
import secrets
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import assert_never

import structlog

from bot.domain.people import PersonId
from bot.gateways.port import Delivered, Gateway, Outcome, Refused, TryLater, Unreachable, Unsure
from bot.runtime.delivery import Fate, Mark, claim, record, take_up, waited_for
from bot.runtime.failures import described
from bot.runtime.hands import LEASE, MARGIN, Hands, InHand
from bot.runtime.work import OnCommit, Setting, Written
from bot.scheduler.feeder import FED, Feeder
from bot.storage.database import DATABASE_AWAY, Database, Transaction
from bot.texts.render import Texts

REFS_KEPT = 1000
MOST = 100
"""Letters in hand at once."""
AWAY_SECONDS = 2
"""How long the relay waits before it asks a database again that is away."""
A_MOMENT = 0.1
"""Seconds between the end of a pause and the next try: clocks differ by less."""
A_TICK = 0.001
"""Seconds that an alarm comes late, so that it does not come early: there are two clocks."""
AT_ONCE = 100
"""Deliveries at once: a network that answers in a twentieth of a second takes 2,000 a second so."""
log = structlog.get_logger()


class Relay:
    """Delivers what waits in the outbox of one school.

    Letters of one person leave in order, one after the other; people do not wait for each other.
    """

    def __init__(
        self,
        database: Database,
        setting: Setting,
        texts: Texts,
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._setting, self._texts, self._clock = database, setting, texts, clock
        self._gateways: dict[str, Gateway] = {}
        self.on_commit: OnCommit = lambda _: None
        """Told what follows from marks: that somebody cannot be reached is news to others."""
        self.hands = Hands(secrets.token_urlsafe(16))
        self.feeder = Feeder(database, setting, clock)
        self._letters_wait = asyncio.Event()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._chains: set[asyncio.Task[None]] = set()
        self._marks: deque[Mark] = deque()
        self._refs: OrderedDict[str, str] = OrderedDict()
        """What networks call the latest letters with buttons, by key: a mark may come after a tap."""
        self._is_marking = False
        self._alarm: asyncio.TimerHandle | None = None
        self._is_full = False
        """Whether letters were left in the outbox because so many were in hand."""
        self._paused: dict[str, datetime] = {}
        """Until when a network asked not to be written to."""

    def connect(self, gateway: Gateway) -> None:
        """Deliver through `gateway` from now on; letters for its network have waited for it."""
        self._gateways[gateway.network] = gateway
        self.hands.brake.keep(gateway.network, gateway.pace)
        self.wake()

    def wake(self) -> None:
        """Say that there may be letters."""
        self._letters_wait.set()

    async def recover(self, *, alone: bool) -> None:
        """Take up what a dead process left; *alone* if no other process can be at work."""
        await self._database.run(partial(self.take_up, alone=alone))
        if alone:
            waited = partial(waited_for, self._setting, self._clock())
            self.hands.wait(*await self._database.run(waited))

    def take_up(self, tx: Transaction, *, alone: bool = False) -> None:
        """Let go, in a transaction, of what a dead process had in hand; *alone*: whatever is in hand."""
        now = self._clock()
        lost = take_up(self._setting, now, self.hands.name, now + LEASE if alone else now, tx)
        if lost:
            log.warning("letters taken up", school=self._setting.school.key, letters=lost)

    async def run(self) -> None:
        """Deliver letters as they come, until cancelled; those in hand are finished first."""
        try:
            while True:
                await self._letters_wait.wait()
                self._letters_wait.clear()
                try:
                    while await self._send_out():
                        pass
                except DATABASE_AWAY as away:
                    log.warning("database away", **described(away))
                    asyncio.get_running_loop().call_later(AWAY_SECONDS, self.wake)
        finally:
            if self._chains:
                await asyncio.wait(self._chains)

    async def settle(self) -> None:
        """Deliver what `run` would deliver, until nothing is in hand and nobody says that letters wait."""
        while self._letters_wait.is_set() or self._chains:
            if self._letters_wait.is_set():
                self._letters_wait.clear()
                while await self._send_out():
                    pass
            else:
                await asyncio.wait(self._chains)

    async def deliver_all(self) -> None:
        """Deliver all that may leave now, whether anybody has said that letters wait or not."""
        self.feeder.look()
        while await self._send_out() or self._chains:
            if self._chains:
                await asyncio.wait(self._chains)

    async def _send_out(self) -> bool:
        """Take letters in hand and start delivering them; return whether there may be more at once."""
        most = MOST - len(self._chains)
        self._is_full = most <= 0
        if self._is_full or not self._gateways:
            return False
        self.queue(await self.feeder.feed())
        networks = tuple(self._gateways)
        claiming = partial(claim, self._setting, self._clock, self.hands, networks, most)
        in_hand = await self._database.run(claiming)
        self._is_full = len(in_hand) >= most
        again = self.hands.brake.again
        self._set_alarm(again)
        by_person: dict[PersonId, list[InHand]] = {}
        for one in in_hand:
            by_person.setdefault(one.letter.to, []).append(one)
        for chain in by_person.values():
            self._begin(chain)
        if not in_hand and not self._chains and again is None:
            self.feeder.ran_dry()
        # What is too fast now comes with the alarm.
        return (bool(in_hand) and again is None) or self.feeder.is_wanted

    def _set_alarm(self, again: datetime | None) -> None:
        """Look again when what is too fast now will not be so any more."""
        if self._alarm:
            self._alarm.cancel()
        if again:
            seconds = max((again - self._clock()).total_seconds(), 0) + A_TICK
            self._alarm = asyncio.get_running_loop().call_later(seconds, self.wake)

    def deliver(self, in_hand: Sequence[InHand]) -> None:
        """Start delivering letters of one person that were taken in hand as they were written."""
        if in_hand:
            self._begin(list(in_hand))

    def queue(self, people: Iterable[PersonId]) -> None:
        """Hear to whom letters wait: those behind what is in hand leave as soon as that has."""
        self.hands.queue(people, {mark.about.letter.to for mark in self._marks})

    def _begin(self, chain: list[InHand]) -> None:
        task = asyncio.create_task(self._deliver(chain))
        self._chains.add(task)
        task.add_done_callback(self._chains.discard)

    async def _deliver(self, chain: list[InHand]) -> None:
        """Deliver one person's letters in order; what follows one that must wait, waits as well."""
        outcome: Outcome | None = None
        waits = False
        for one in chain:
            if waits:
                outcome = TryLater(timedelta())
            elif not isinstance(outcome, Unreachable):
                async with self._slots:
                    outcome = await self._hand_over(one)
            mark = marked(one, outcome, self._clock(), self._paused.get(one.network))
            waits = mark.fate is Fate.WAITING
            self._marks.append(mark)
        person = chain[0].letter.to
        if waits:
            self.hands.wait(person)
        else:
            self.hands.free(person)
        await self._mark_all()

    async def _hand_over(self, one: InHand) -> Outcome:
        gateway = self._gateways.get(one.network)
        if gateway is None:
            return TryLater(timedelta())
        now, paused = self._clock(), self._paused.get(one.network)
        if paused and paused > now:
            return TryLater(paused - now)
        if one.until - now < MARGIN:
            return TryLater(timedelta())  # another process may have it by now
        try:
            sheet = self._texts.sheet(one.letter, one.language, one.names)
            ref = self._refs.get(one.letter.key or "") or one.ref
            self.hands.brake.leaves(one.network, one.taken_at, now)
            if one.letter.is_edit and ref:
                outcome = await gateway.edit(one.address, ref, sheet)
            else:
                outcome = await gateway.deliver(one.address, sheet)
        except DATABASE_AWAY as away:
            # Gateways keep chats and pictures in it; it will be there again.
            log.warning("database away", **described(away))
            outcome = TryLater(timedelta(seconds=AWAY_SECONDS))
        except Exception as failure:  # noqa: BLE001  # a letter must not block those behind it
            # We are wrong, and the letter must not block those behind it.
            school = self._setting.school.key
            log.error(  # noqa: TRY400  # its text may repeat what people wrote
                "delivery failed", school=school, letter=one.id, **described(failure)
            )
            return Refused("our own error")
        if isinstance(outcome, Delivered) and one.letter.key:
            self._refs[one.letter.key] = outcome.ref
            if len(self._refs) > REFS_KEPT:
                self._refs.popitem(last=False)
        if isinstance(outcome, Delivered):
            self.hands.brake.left_as(one.letter, outcome.messages)
        if isinstance(outcome, TryLater):
            self._paused[one.network] = self._clock() + outcome.after
            later = outcome.after.total_seconds() + A_MOMENT
            asyncio.get_running_loop().call_later(later, self.wake)
        return outcome

    async def _mark_all(self) -> None:
        """Record what became of letters: all that have piled up, in one transaction."""
        if self._is_marking:
            return
        self._is_marking = True
        try:
            while self._marks:
                marks, written = await self._database.run(self._mark)
                for _ in range(marks):
                    is_fed = self._marks.popleft().about.letter.kind in FED
                    self.feeder.left(int(is_fed))
                self.on_commit(written)
        except DATABASE_AWAY as away:
            log.warning("database away", **described(away))
            asyncio.get_running_loop().call_later(AWAY_SECONDS, self._mark_later)
        finally:
            self._is_marking = False
        # On a shared database only that knows what waited behind these.
        if (
            self.hands.somebody_waits
            or self._is_full
            or self._database.is_shared
            or self.feeder.is_wanted
            or (self.feeder.has_left and len(self._chains) <= 1 and not self.hands.brake.again)
        ):
            self.wake()

    def _mark(self, tx: Transaction) -> tuple[int, Written]:
        """Write down all marks there are when the database gets to it; return how many, and what follows."""
        marks = list(self._marks)
        return len(marks), record(self._setting, self._clock(), self.hands.name, marks, tx)

    def _mark_later(self) -> None:
        task = asyncio.create_task(self._mark_all())
        self._chains.add(task)
        task.add_done_callback(self._chains.discard)


def marked(one: InHand, outcome: Outcome, at: datetime, paused: datetime | None) -> Mark:
    """Return how a letter is marked: what is sure, what waits, and what is not sent again.

    What waits for a network that asked for a pause waits as long as all others.
    """
    match outcome:
        case Delivered(ref):
            return Mark(one, Fate.SENT, at, ref=ref)
        case TryLater(after):
            return Mark(one, Fate.WAITING, at, not_before=paused if paused and after else at)
        case Unreachable():
            return Mark(one, Fate.UNREACHED, at)
        case Refused(why):
            log.error("letter refused", letter=one.id, network=one.network, why=why)
            return Mark(one, Fate.REFUSED, at, why=why)
        case Unsure():
            return Mark(one, Fate.WAITING if one.is_repeated else Fate.UNSURE, at)
        case _:
            assert_never(outcome)
