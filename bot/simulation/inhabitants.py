"""Somebody of the simulated school: they see what the bot delivers, and answer it in their own time."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from icalendar import Calendar

from bot.gateways.port import Left, Network, Pressed, Said, Typed
from bot.simulation.answering import SKIP, choice, in_a_case, options, switches, typed
from bot.simulation.habits import End, Habits, Tastes, awake
from bot.texts.sheets import Sheet, Style

SOON = (20, 240)
"""Seconds until somebody answers a question of a conversation that they are in."""


@dataclass(frozen=True, slots=True)
class Errand:
    """Something that somebody is going to do."""

    at: datetime
    says: str | None = None
    """What they write of their own accord."""
    answers: str | None = None
    """The key of what they answer."""
    end: End | None = None
    """How they take leave."""


@dataclass
class Inhabitant:
    """One person, with what they were given and have not answered."""

    number: int
    name: str
    network: Network
    language: str
    habits: Habits
    tastes: Tastes
    draw: Random
    zone: ZoneInfo
    open: dict[str, Sheet] = field(default_factory=dict)
    has_blocked: bool = False
    left_at: datetime | None = None
    """Since when they want nothing any more, or can no longer be reached."""
    calendar: dict[str, datetime] = field(default_factory=dict)
    """When their appointments begin, by the identity that the calendar files have."""
    _will: dict[str, str] = field(default_factory=dict)
    """What they are going to press, by the key of the sheet."""
    _begun: str = ""
    """What they did last that begins a conversation."""
    _begun_in: dict[str, str] = field(default_factory=dict)
    _asked: Counter[str] = field(default_factory=Counter)
    """How often each conversation has wanted words."""

    @property
    def address(self) -> str:
        """Where they are reached; a number, as networks of numbers want it."""
        return str(10_000 + self.number)

    @property
    def has_deleted(self) -> bool:
        """Whether they had all deleted that is known of them."""
        return self.left_at is not None and self.habits.end is End.DELETES

    def errands(self) -> list[Errand]:
        """Return what they do of their own accord in the whole year."""
        habits = self.habits
        found = [
            Errand(awake(at, self.zone, habits, self.draw), says="/mentor") for at in habits.begins
        ]
        if habits.ends_at:
            found.append(
                Errand(awake(habits.ends_at, self.zone, habits, self.draw), end=habits.end)
            )
        return found

    def sees(self, sheet: Sheet, now: datetime) -> Errand | None:
        """Look at what has come; return when it will be answered, if it will."""
        if sheet.settles:
            self.open.pop(sheet.settles.key, None)
            self._will.pop(sheet.settles.key, None)
        key = sheet.key
        if key is None:
            return None
        self.open[key] = sheet
        if self.left_at:
            return None
        if sheet.style is Style.NUDGE and key.startswith("q:"):
            return self._later(key, now) if self.draw.random() < self.habits.reminded else None
        if key.startswith("q:"):
            finishes = self.draw.random() < self.habits.finishes
            return (
                Errand(now + timedelta(seconds=self.draw.uniform(*SOON)), answers=key)
                if finishes
                else None
            )
        return self._in_a_case(key, sheet, now)

    def sees_changed(self, sheet: Sheet) -> None:
        """Look at a sheet that has changed in place."""
        if sheet.key in self.open:
            self.open[sheet.key] = sheet

    def keeps(self, file: bytes) -> None:
        """Take a calendar file in, as a calendar does."""
        for event in Calendar.from_ical(file).walk("VEVENT"):
            uid = str(event["uid"])
            if event["status"] == "CANCELLED":
                self.calendar.pop(uid, None)
            else:
                self.calendar[uid] = event.decoded("dtstart")

    def has_appointment(self, now: datetime) -> bool:
        """Return whether they have an appointment today."""
        today = now.astimezone(self.zone).date()
        return any(at.astimezone(self.zone).date() == today for at in self.calendar.values())

    def _in_a_case(self, key: str, sheet: Sheet, now: datetime) -> Errand | None:
        share = self.habits.reminded if sheet.style is Style.NUDGE else self.habits.answers
        if key in self._will or self.draw.random() >= share:
            return None
        will = in_a_case(self.draw, self.habits, options(sheet))
        if will is None:
            return None
        self._will[key] = will
        return self._later(key, now)

    def _later(self, key: str, now: datetime) -> Errand:
        at = now + self.habits.answers_after(self.draw)
        return Errand(awake(at, self.zone, self.habits, self.draw), answers=key)

    def does(self, errand: Errand, now: datetime) -> list[Said]:
        """Return what they say when the time of an errand has come: nothing, if it is settled."""
        if self.left_at:
            return []
        if errand.end:
            return self._takes_leave(errand.end, now)
        if errand.says:
            self._begun = errand.says
            return [Typed(errand.says)]
        key = errand.answers or ""
        sheet = self.open.get(key)
        if sheet is None:
            return []
        return (
            self._of_a_case(key, sheet) if key.startswith("c:") else self._answer(key, sheet, now)
        )

    def _takes_leave(self, end: End, now: datetime) -> list[Said]:
        if end is End.DELETES:
            # They are asked whether they mean it, and answer that before they go.
            self._begun = end.value
            return [Typed(end.value)]
        self.left_at = now
        if end is End.BLOCKS and self.network is Network.TELEGRAM:
            self.has_blocked = True
            return [Left()]
        return [Typed(end.value)] if end is End.STOPS else []

    def _of_a_case(self, key: str, sheet: Sheet) -> list[Said]:
        will = self._will.pop(key, None)
        row = options(sheet).get(will or "")
        if row is None:
            return []
        self._begun = will or ""
        del self.open[key]
        return [Pressed(row.data)]

    def _answer(self, key: str, sheet: Sheet, now: datetime) -> list[Said]:
        """Answer the question of a conversation; whoever types writes the number of the row."""
        del self.open[key]
        of = key.split(":")[1]
        if of not in self._begun_in:
            # What one conversation leads on to, as feedback does to a new wish, is another thing.
            self._begun_in[of], self._begun = self._begun, ""
        begun = self._begun_in[of]
        if sheet.style is Style.NUDGE:
            return [Pressed(sheet.rows[0].data)]
        if sheet.done:
            return [Pressed(data) for data in switches(sheet, self.tastes)]
        if not options(sheet).keys() - {SKIP}:
            words = typed(self.draw, self.tastes, begun, self._asked[of], sheet)
            self._asked[of] += 1
            if words is None and sheet.rows:
                return [Pressed(sheet.rows[0].data)]
            return [Typed(words or self.tastes.goal)]
        row = choice(self.draw, self.tastes, sheet, begun)
        if begun == End.DELETES:
            self.left_at = now
        if self.draw.random() < self.habits.types and not sheet.pager:
            return [Typed(str(sheet.rows.index(row) + 1))]
        return [Pressed(row.data)]
