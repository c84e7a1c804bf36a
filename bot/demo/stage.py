"""The made-up school: four of its people, what they have done so far, and what time brings them."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.demo.clock import DemoClock
from bot.demo.tidings import SpeakingSetting, Tidings
from bot.domain.leavers import NameKeys, parts_of
from bot.domain.people import Role
from bot.domain.school import SchoolKey, StaffKey
from bot.gateways.port import Hear, Incoming, Network, Typed
from bot.gateways.web.demo import Demo, Happening, Moved, Persona
from bot.gateways.web.history import History
from bot.misconfigured import Misconfigured
from bot.runtime.classes import make_code
from bot.runtime.staff import invite
from bot.runtime.sweep import Sweep
from bot.scheduler.relay import Relay
from bot.storage import leavers, people
from bot.storage.database import Database, Transaction
from bot.storage.leavers_added import add_leavers

DEMO_SCHOOL = Path(__file__).parent / "school.toml"
ENGLISH = "en"
STUDENT = "giulia"
"""Comes in with the code of a class, as if it had been scanned."""
LISTED = (("Liis Saar", 2019), ("Rein Oja", 2010), ("Ane Etxeberria", 2021), ("Marta Rossi", 2019))
"""Leavers on the demo's list, each of the school's first programmes in turn."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the four, and how they came to be here."""

    key: str
    name: str
    role: str
    language: str
    staff_role: Role | None = None


PARTS = (
    Part("liis", "Liis Saar", "new alumna", "et"),
    Part("giulia", "Giulia Ferri", "student", "it"),
    Part("anna", "Anna Kask", "teacher", "en", Role.TEACHER),
    Part("maite", "Maite Soler", "coordinator", "es", Role.COORDINATOR),
)


def demo_file(folder: Path) -> Path:
    """Return the file of the demo's database."""
    return folder / "demo.sqlite"


def begin_anew(file: Path) -> None:
    """Take away what an earlier demo left in its file; nobody may have it open."""
    for one in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        one.unlink(missing_ok=True)


def refuse_a_real_school(tx: Transaction, school: SchoolKey) -> None:
    """Keep the demo, its coordinator and its clock away from a school that has begun without it.

    Raises:
        Misconfigured: the database has people, invitations or leavers of `school`, and no demo's.
    """
    here = set(tx.execute(people.EVERY_ADDRESS, {"of_school": school}).scalars())
    if here & {_address(part) for part in PARTS}:
        return
    is_begun = tx.execute(people.EVERY_STAFF_KEY, {"of_school": school}).first() is not None
    if here or is_begun or leavers.cohort_sizes(tx, school):
        raise Misconfigured(
            "KUTSE_DATABASE_URL names the database of a school that is in use;"
            " unset it for the demo, or name another."
        )


class Stage:
    """Sets the scene, and moves the clock."""

    def __init__(
        self,
        setting: SpeakingSetting,
        database: Database,
        sweep: Sweep,
        relay: Relay,
        clock: DemoClock,
    ) -> None:
        self._setting, self._database, self._clock = setting, database, clock
        self._sweep, self._relay = sweep, relay
        self._tidings: Tidings | None = None
        school = setting.school
        self.demo = Demo(
            school.name_in(ENGLISH),
            tuple(self._persona(part, tint) for tint, part in enumerate(PARTS, 1)),
            school.zone.key.rpartition("/")[2].replace("_", " "),
            self.forward,
        )

    def _persona(self, part: Part, tint: int) -> Persona:
        initials = "".join(word[0] for word in part.name.split())
        language = self._setting.school.language_for(part.language)
        return Persona(part.key, part.name, part.role, tint, initials, language, _address(part))

    async def set_the_scene(self, hear: Hear, history: History) -> None:
        """Let everybody come in by their own door: an invitation, a class code, or a greeting."""
        await self._database.run(self._list_leavers)
        code = await asyncio.to_thread(self._class_code)
        for part in PARTS:
            await history.open(_address(part), f"demo:{part.key}", self._clock())
            if part.staff_role:
                token = await asyncio.to_thread(self._invitation, part, part.staff_role)
                # The link, the first language offered, and "yes, that is me".
                sayings: tuple[str, ...] = (f"/start {token}", "1", "1")
            else:
                sayings = (f"/start {code}" if part.key == STUDENT and code else "/start",)
            for number, words in enumerate(sayings):
                said = Typed(words)
                update = f"{_address(part)}:{number}"
                await hear(Incoming(Network.WEB, _address(part), update, said, part.language))
        await self._relay.deliver_all()
        self._tidings = Tidings(
            self._setting, self._database, history, self._clock, self.demo.personas
        )
        await self._tidings.since()

    def _list_leavers(self, tx: Transaction) -> None:
        keys = NameKeys(self._setting.secret)
        codes = [one.code for one in self._setting.school.programmes]
        rows = [
            keys.leaver(parts_of(name), codes[i % len(codes)], year, born=None, ending=None)
            for i, (name, year) in enumerate(LISTED)
        ]
        add_leavers(tx, self._setting.school.key, rows)

    def _class_code(self) -> str | None:
        """Return a code for the school's first class; None if it names no classes."""
        school = self._setting.school
        if not school.classes:
            return None
        return make_code(self._database, school, school.classes[0].key, self._clock())

    def _invitation(self, part: Part, role: Role) -> str:
        school = self._setting.school
        key = school.owners.everything.owner if role is Role.COORDINATOR else StaffKey(part.key)
        return invite(self._database, school, key, part.name, role, self._clock())

    async def forward(self, span: timedelta) -> Moved:
        """Move the clock, from one thing that falls due to the next; return what happened."""
        until = self._clock() + span
        happened: list[Happening] = []
        await self._relay.deliver_all()
        await self._news()  # what people were told before is not the clock's
        while (due := await self._sweep.next_due()) and due <= until:
            self._clock.move_to(due)
            fired = await self._sweep.run()
            await self._relay.deliver_all()
            happened += await self._news()
            if not fired and await self._sweep.next_due() == due:
                break  # something waits for a network that is not here
        self._clock.move_to(until)
        await self._relay.deliver_all()
        happened += await self._news()
        return Moved(self._clock(), tuple(happened))

    async def _news(self) -> list[Happening]:
        return await self._tidings.since() if self._tidings else []


def _address(part: Part) -> str:
    return f"demo-{part.key}"
