"""When what: the sweep as soon as something is due, and every night's cleaning."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.runtime.cleaning import bury, clean, forget, let_go, strangers, unheard_of
from bot.runtime.failures import alone
from bot.runtime.sweep import Sweep
from bot.runtime.work import Setting
from bot.scheduler.relay import Relay
from bot.storage.database import Database, Transaction

A_MOMENT = timedelta(milliseconds=50)
"""A tick that plans the next one has ended by then."""
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
        self.next: datetime | None = None
        """When there will be a reason to tick, as far as was told since the last tick began."""

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
        if at is None:
            return
        now = self._clock()
        if self.next and now <= self.next <= at:
            return
        self.next = at
        if not self._scheduler.running:
            return
        wait = max(at - now, A_MOMENT)
        self._scheduler.add_job(
            self.tick,
            "date",
            run_date=self._wall() + wait,
            id="next",
            replace_existing=True,
            misfire_grace_time=None,
        )

    async def tick(self) -> None:
        """Fire what is due, and come back when something next is.

        What another process had in hand when it died leaves here, too.
        """
        self.next = None
        await self._sweep.run()
        next_due = await self._database.run(self._look_round)
        self._relay.feeder.look()
        self._relay.wake()
        self.planned(next_due)

    def _look_round(self, tx: Transaction) -> datetime | None:
        """See in one transaction to what is seen to with every tick; return when something is due next."""
        self._relay.take_up(tx)
        bury(self._setting, self._clock(), tx)
        return self._sweep.next_due_in(tx)

    async def clean(self) -> None:
        """Forget what is no longer needed, and whoever has not been heard of for too long."""
        setting, run = self._setting, self._database.run
        school = setting.school.key
        await alone(run(partial(clean, setting, self._clock())), school=school, job="cleaning")
        for person in await run(partial(strangers, setting, self._clock())):
            await alone(
                run(partial(let_go, setting, self._clock(), person)), school=school, job="let go"
            )
        for person in await run(partial(unheard_of, setting, self._clock())):
            await alone(
                run(partial(forget, setting, self._clock(), person)), school=school, job="forget"
            )
        await run(partial(bury, setting, self._clock()))
        self._relay.wake()
