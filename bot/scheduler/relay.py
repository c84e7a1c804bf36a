"""Letters leave the outbox: rendered for their reader, handed to a network, and marked."""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import assert_never

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.domain.people import PersonId
from bot.gateways.port import (
    Delivered,
    Gateway,
    Outcome,
    Refused,
    TryLater,
    Unreachable,
    Unsure,
)
from bot.runtime.failures import described
from bot.runtime.letters import Letter, read
from bot.runtime.outbox import put
from bot.runtime.touch import lose_touch
from bot.runtime.work import Setting, Work
from bot.storage import outbox, people
from bot.storage.database import Database
from bot.texts.render import Texts

MOST = 100
"""Letters in hand at once."""
LEASE = timedelta(seconds=60)
"""So long a letter is its process's; after that the process is taken for dead."""
AWAY_SECONDS = 2
"""How long the relay waits before it asks a database again that is away."""
AT_ONCE = 30
"""Deliveries at once: as many as a bot may make in a second."""
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter in hand, with where it goes and in which language."""

    id: int
    letter: Letter
    language: str
    network: str
    address: str
    ref: str | None
    """What an edit names; None if what it would change was never delivered."""
    names: Mapping[PersonId, str]
    attempts: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a letter."""

    posted: Posted
    outcome: Outcome
    at: datetime


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
        self._me = secrets.token_urlsafe(16)
        self._letters_wait = asyncio.Event()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._chains: set[asyncio.Task[None]] = set()
        self._marks: list[Mark] = []
        self._is_marking = False
        self._paused: dict[str, datetime] = {}
        """Until when a network asked not to be written to."""

    def connect(self, gateway: Gateway) -> None:
        """Deliver through `gateway` from now on; letters for its network have waited for it."""
        self._gateways[gateway.network] = gateway
        self.wake()

    def wake(self) -> None:
        """Say that there may be letters."""
        self._letters_wait.set()

    async def recover(self, *, alone: bool) -> None:
        """Take up what a dead process left; *alone* if no other process can be at work."""
        moment = self._clock() + (LEASE if alone else timedelta())
        lost = await self._database.run(partial(self._take_up, moment))
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
                except (InterfaceError, OperationalError) as away:
                    log.warning("database away", **described(away))
                    asyncio.get_running_loop().call_later(AWAY_SECONDS, self.wake)
        finally:
            if self._chains:
                await asyncio.wait(self._chains)

    async def deliver_all(self) -> None:
        """Deliver all that may leave now, and what that brings with it."""
        while await self._send_out() or self._chains:
            if self._chains:
                await asyncio.wait(self._chains)

    async def _send_out(self) -> bool:
        """Take letters in hand and start delivering them; return whether there were any."""
        most = MOST - len(self._chains)
        if most <= 0 or not self._gateways:
            return False
        posted = await self._database.run(partial(self._claim, most))
        by_person: dict[PersonId, list[Posted]] = {}
        for one in posted:
            by_person.setdefault(one.letter.to, []).append(one)
        for chain in by_person.values():
            task = asyncio.create_task(self._deliver(chain))
            self._chains.add(task)
            task.add_done_callback(self._chains.discard)
        return bool(posted)

    async def _deliver(self, chain: list[Posted]) -> None:
        """Deliver one person's letters in order; what follows one that must wait, waits as well."""
        refs: dict[str, str] = {}
        outcome: Outcome | None = None
        for one in chain:
            if not isinstance(outcome, TryLater):
                async with self._slots:
                    outcome = await self._hand_over(one, refs)
            self._marks.append(Mark(one, outcome, self._clock()))
        await self._mark_all()

    async def _hand_over(self, one: Posted, refs: dict[str, str]) -> Outcome:
        gateway = self._gateways[one.network]
        paused = self._paused.get(one.network)
        if paused and paused > self._clock():
            return TryLater(paused - self._clock())
        try:
            sheet = self._texts.sheet(one.letter, one.language, one.names)
            ref = refs.get(one.letter.key or "") or one.ref
            if one.letter.is_edit and ref:
                outcome = await gateway.edit(one.address, ref, sheet)
            else:
                outcome = await gateway.deliver(one.address, sheet)
        except Exception as failure:  # noqa: BLE001  # a letter must not block those behind it
            # We are wrong, and the letter must not block those behind it.
            school = self._setting.school.key
            log.error(  # noqa: TRY400  # its text may repeat what people wrote
                "delivery failed", school=school, letter=one.id, **described(failure)
            )
            return Refused("our own error")
        if isinstance(outcome, Delivered) and one.letter.key:
            refs[one.letter.key] = outcome.ref
        if isinstance(outcome, TryLater):
            self._paused[one.network] = self._clock() + outcome.after
        return outcome

    async def _mark_all(self) -> None:
        """Record what became of letters: all that have piled up, in one transaction."""
        if self._is_marking:
            return
        self._is_marking = True
        try:
            while self._marks:
                marks, self._marks = self._marks, []
                await self._database.run(partial(self._mark, marks))
        finally:
            self._is_marking = False
        # A letter to the same person may have waited for these.
        self.wake()

    def _take_up(self, moment: datetime, tx: Connection) -> int:
        work = Work(tx, self._setting, self._clock())
        return len(work.run(outbox.LOST, moment=moment).all())

    def _claim(self, most: int, tx: Connection) -> list[Posted]:
        work = Work(tx, self._setting, self._clock())
        claimed = work.run(
            outbox.CLAIM,
            moment=work.now,
            most=most,
            networks=list(self._gateways),
            new_claimed_by=self._me,
            new_claimed_until=work.now + LEASE,
        ).scalars()
        ids = list(claimed)
        if not ids:
            return []
        rows = work.run(outbox.CLAIMED, letter_ids=ids).all()
        letters = {
            row.id: read(
                PersonId(row.person_id), row.kind, row.letter, key=row.key, is_edit=row.is_edit
            )
            for row in rows
        }
        named = {who for letter in letters.values() for who in letter.people()}
        known = work.run(people.NAMES, person_ids=list(named)) if named else ()
        names = {PersonId(row.id): row.name for row in known if row.name}
        return [
            Posted(
                row.id,
                letters[row.id],
                row.language,
                row.network,
                row.address,
                self._ref(work, letters[row.id], row.network),
                names,
                row.attempts,
            )
            for row in rows
        ]

    def _ref(self, work: Work, letter: Letter, network: str) -> str | None:
        """Return what the network calls the letter that `letter` changes; None on another network."""
        if not letter.is_edit:
            return None
        found = work.run(outbox.REF, person_id=letter.to, key=letter.key).first()
        return found.ref if found and found.network == network else None

    def _mark(self, marks: list[Mark], tx: Connection) -> None:
        work = Work(tx, self._setting, self._clock())
        work.run(outbox.MARK, [_row(mark) for mark in marks])
        for mark in marks:
            if isinstance(mark.outcome, Unreachable):
                lose_touch(work, mark.posted.letter.to, mark.posted.network, mark.posted.address)
        put(work)


def _row(mark: Mark) -> dict[str, object]:
    """Return how a letter is marked: what is sure, what waits, and what is not sent again."""
    row: dict[str, object] = {
        "letter_id": mark.posted.id,
        "new_state": "waiting",
        "new_sent_at": None,
        "new_network": mark.posted.network,
        "new_ref": None,
        "new_why": None,
        "new_not_before": None,
    }
    match mark.outcome:
        case Delivered(ref):
            return {**row, "new_state": "sent", "new_sent_at": mark.at, "new_ref": ref}
        case TryLater(after):
            return {**row, "new_not_before": mark.at + after}
        case Unreachable():
            return {**row, "new_state": "unreached"}
        case Refused(why):
            log.error(
                "letter refused", letter=mark.posted.id, network=mark.posted.network, why=why
            )
            return {**row, "new_state": "refused", "new_why": why}
        case Unsure():
            repeats = (
                mark.posted.letter.kind in outbox.REPEATED
                and mark.posted.attempts < outbox.MOST_ATTEMPTS
            )
            return row if repeats else {**row, "new_state": "unsure"}
        case _:
            assert_never(mark.outcome)
