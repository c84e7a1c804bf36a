"""When what: the sweep as soon as something is due, and the yearly round of a night's cleaning."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Connection

from bot.conversation.messages import msg
from bot.domain.people import PersonId, Role
from bot.domain.rights import Erase
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.orders import finish
from bot.runtime.outbox import put
from bot.runtime.sweep import Sweep
from bot.runtime.work import Ordered, Setting, Work
from bot.scheduler.relay import Relay
from bot.storage import conversations, outbox, people, web_chats
from bot.storage.database import Database

UPDATES_KEPT = timedelta(days=2)
"""Telegram delivers an update for 24 hours; twice that is safe."""
LETTERS_KEPT = timedelta(days=30)
"""What was said is kept so long, for a chat that is opened again (domain 5.2)."""
YEAR = timedelta(days=365)
AT_LATEST = timedelta(seconds=60)
"""So often the sweep looks, though nothing was known to be due: another process may have planned something."""


class Ticks:
    """Runs the sweep and the cleaning from memory: what is to happen is in the database."""

    def __init__(
        self,
        database: Database,
        setting: Setting,
        sweep: Sweep,
        relay: Relay,
        clock: Callable[[], datetime],
        wall: Callable[[], datetime],
    ) -> None:
        """Tick by the `wall` clock what is planned by `clock`: a demo's clock may run ahead."""
        self._database, self._setting, self._sweep = database, setting, sweep
        self._relay, self._clock, self._wall = relay, clock, wall
        self._scheduler = AsyncIOScheduler(timezone=setting.school.zone)
        self._next: datetime | None = None

    def start(self) -> None:
        """Begin to tick; call it in a running loop."""
        every = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler.add_job(self.tick, "interval", seconds=AT_LATEST.total_seconds(), **every)
        self._scheduler.add_job(self.clean, "cron", hour=3, minute=30, **every)
        self._scheduler.add_job(self.tick, **every)
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def planned(self, at: datetime | None) -> None:
        """Look again at `at`, if that is sooner than was known."""
        if at is None or not self._scheduler.running or (self._next and self._next <= at):
            return
        self._next = at
        wait = max(at - self._clock(), timedelta())
        self._scheduler.add_job(
            self.tick,
            "date",
            run_date=self._wall() + wait,
            id="next",
            replace_existing=True,
            misfire_grace_time=None,
        )

    async def tick(self) -> None:
        """Fire what is due, and come back when something next is."""
        self._next = None
        await self._sweep.run()
        self._relay.wake()
        await self._database.run(partial(bury, self._setting, self._clock()))
        self.planned(await self._sweep.next_due())

    async def clean(self) -> None:
        """Forget what is no longer needed, and whoever has not been heard of for too long."""
        await self._database.run(partial(bury, self._setting, self._clock()))
        await self._database.run(partial(clean, self._setting, self._clock()))
        for person in await self._database.run(partial(unheard_of, self._setting, self._clock())):
            await self._database.run(partial(forget, self._setting, self._clock(), person))
        self._relay.wake()


def bury(setting: Setting, now: datetime, tx: Connection) -> None:
    """Remove the last trace of people whose goodbye has left."""
    Work(tx, setting, now).run(people.REMOVE_BURIED)


def clean(setting: Setting, now: datetime, tx: Connection) -> None:
    """Forget updates, letters and web chats that are old."""
    work = Work(tx, setting, now)
    work.run(conversations.FORGET_UPDATES, before=now - UPDATES_KEPT)
    work.run(conversations.FORGET_UNREAD, before=now - LETTERS_KEPT)
    work.run(outbox.FORGET_LETTERS, before=now - LETTERS_KEPT)
    web_chats.forget_before(tx, setting.school.key, now - LETTERS_KEPT)


def unheard_of(setting: Setting, now: datetime, tx: Connection) -> list[PersonId]:
    """Return people, other than staff, of whom nothing was heard for as long as the notice says."""
    work = Work(tx, setting, now)
    before = now - YEAR * setting.school.retention_years
    staff = [role.value for role in Role if role.is_staff]
    return [
        PersonId(who) for who in work.run(people.UNHEARD_OF, before=before, staff=staff).scalars()
    ]


def forget(setting: Setting, now: datetime, person: PersonId, tx: Connection) -> None:
    """Delete all that is kept of `person`, and say so."""
    work = Work(tx, setting, now)
    word = msg(
        "Nothing was heard from you for a long time, so everything this chat kept about you has been deleted,"
        " as promised. Thank you for your time with us. To come back: /start"
    )
    work.order(Ordered(Erase(person), None))
    work.letters.append(Letter(person, LetterKind.NEWS, (word,)))
    finish(work, None)
    put(work)
