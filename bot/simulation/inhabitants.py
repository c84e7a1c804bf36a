"""Somebody of the simulated school: they see what the bot delivers, and answer it in their own time."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from icalendar import Calendar

from bot.domain.consent import Purpose
from bot.domain.digest import Frequency
from bot.gateways.port import Left, Network, Pressed, Said, Typed
from bot.simulation.answering import SKIP, choice, in_a_case, options, switches, typed
from bot.simulation.habits import End, Habits, Tastes, awake
from bot.simulation.writing import IN_TITLE, Act
from bot.texts.sheets import Sheet, Style

SOON = (20, 240)
"""Seconds until somebody answers a question of a conversation that they are in."""
FIRST_ADDRESS = 10_000
CONSENTS, BREAK, HOW_OFTEN = "/privacy", "/pause", "/summary"
A_BREAK = timedelta(days=28)
"""A break lasts a month, of which the shortest has so many days."""
CODE = re.compile(r"\b[A-HJ-NP-Z2-9]{5}\b")
"""What guests of an event are found by at the door, whatever language stands around it."""
NUMBERS = re.compile(r"\d+")


def number_of(address: str) -> int:
    """Return the number of whoever is reached there."""
    return int(address) - FIRST_ADDRESS


def event_in(text: str) -> int | None:
    """Return the number of the event, or of the letter to many, that a text is about; None if it is about none."""
    found = IN_TITLE.search(text)
    return int(found[1]) if found else None


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
    acts: Act | None = None
    """What they do for the school."""


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
    calendar: dict[str, tuple[datetime, int | None]] = field(default_factory=dict)
    """When their appointments begin, and of which event they are; by the identity that calendar files have."""
    agreed: list[tuple[datetime, frozenset[Purpose]]] = field(default_factory=list)
    """What they agree to be written to about, from when on."""
    reads: list[tuple[datetime, Frequency]] = field(default_factory=list)
    """How often what can wait is to come, from when on; weekly before."""
    breaks: list[tuple[datetime, datetime]] = field(default_factory=list)
    places: list[tuple[datetime, int, int]] = field(default_factory=list)
    """From when on they were told of how many places for them at which event."""
    codes: dict[int, str] = field(default_factory=dict)
    """What they are found by at the door, by event."""
    _wanted: tuple[datetime, int] | None = None
    """When they asked for places, and at which event; the answer comes at that moment."""
    _about: dict[str, int | None] = field(default_factory=dict)
    """Which event a conversation is about; at the empty key, what has just been pressed."""
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
        return str(FIRST_ADDRESS + self.number)

    @property
    def has_deleted(self) -> bool:
        """Whether they had all deleted that is known of them."""
        return self.left_at is not None and self.habits.end is End.DELETES

    def errands(self) -> list[Errand]:
        """Return what they do of their own accord in the whole year."""
        habits = self.habits
        wishes = [(at, "/mentor") for at in habits.begins]
        if habits.minds:
            wishes.append((habits.minds[0], CONSENTS))
        if habits.rests_at:
            wishes.append((habits.rests_at, BREAK))
        if habits.reads:
            wishes.append((habits.reads[0], HOW_OFTEN))
        found = [Errand(awake(at, self.zone, habits, self.draw), says=says) for at, says in wishes]
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
        self._notes_places(sheet, now)
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

    def keeps(self, file: bytes, now: datetime) -> None:
        """Take a calendar file in, as a calendar does."""
        for event in Calendar.from_ical(file).walk("VEVENT"):
            uid, of = str(event["uid"]), event_in(str(event["summary"]))
            if event["status"] == "CANCELLED":
                self.calendar.pop(uid, None)
            else:
                self.calendar[uid] = event.decoded("dtstart"), of
            if of is not None:
                kept = 0 if uid not in self.calendar else self.places_at(of) or 1
                self.places.append((now, of, kept))

    def _notes_places(self, sheet: Sheet, now: datetime) -> None:
        """Note what they are told of their places: the code, and how many there are if they asked for more."""
        of = event_in(sheet.text)
        if of is not None and (code := CODE.search(sheet.text)):
            self.codes[of] = code[0]
        asked = self._wanted and self._wanted[0] == now and not sheet.rows
        if asked and self._wanted and (said := NUMBERS.findall(sheet.text)):
            # However it is said, the last number is that of the places which are kept now.
            self.places.append((now, self._wanted[1], int(said[-1])))
            self._wanted = None

    def places_at(self, event: int) -> int:
        """Return how many places they have at an event, as far as they were told."""
        return next((kept for _, of, kept in reversed(self.places) if of == event), 0)

    def comes_to(self, event: int) -> str | None:
        """Return their code if they come to the door of an event; None if they do not."""
        has_place = self.places_at(event) and not self.has_deleted
        comes = has_place and self.draw.random() < self.habits.turns_up
        return self.codes.get(event) if comes else None

    def wants_nothing(self, at: datetime) -> bool:
        """Return whether they have said by a moment that they want no messages, or had all deleted."""
        says_so = self.habits.end in {End.STOPS, End.DELETES}
        return bool(says_so and self.left_at and at >= self.left_at)

    def agrees_to(self, purpose: Purpose, at: datetime) -> bool:
        """Return whether they agree at a moment to be written to about something."""
        agreed = next((what for since, what in reversed(self.agreed) if since <= at), frozenset())
        return purpose in agreed and not self.wants_nothing(at)

    def often(self, at: datetime) -> Frequency:
        """Return how often they want at a moment what can wait."""
        chosen = (what for since, what in reversed(self.reads) if since <= at)
        return next(chosen, Frequency.WEEKLY)

    def agrees_throughout(self, purpose: Purpose, at: datetime, until: datetime) -> bool:
        """Return whether they agree to it for so long, can be reached, and take no break."""
        change = (since for since, _ in self.agreed if at < since <= until)
        stays = self.left_at is None or self.left_at > until
        rests = any(since <= until and at < over + A_BREAK for since, over in self.breaks)
        return stays and not rests and self.agrees_to(purpose, at) and not any(change)

    def rests(self, at: datetime) -> bool:
        """Return whether they take a break at a moment."""
        return any(since <= at < until for since, until in self.breaks)

    def has_appointment(self, now: datetime, of: int | None = None) -> bool:
        """Return whether they have an appointment today, or are to be at one event."""
        today = now.astimezone(self.zone).date()
        return any(
            at.astimezone(self.zone).date() == today and event == of
            for at, event in self.calendar.values()
        )

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
        self._begun, self._about[""] = will or "", event_in(sheet.text)
        del self.open[key]
        return [Pressed(row.data)]

    def _switches(self, sheet: Sheet, begun: str, now: datetime) -> list[Said]:
        wants = self.tastes.wants
        if begun == CONSENTS and self.habits.minds:
            agreed = self.habits.minds[1]
            wants = frozenset(agreed)
            self.agreed.append((now, agreed))
        return [Pressed(data) for data in switches(sheet, wants)]

    def _answer(self, key: str, sheet: Sheet, now: datetime) -> list[Said]:
        """Answer the question of a conversation; whoever types writes the number of the row."""
        del self.open[key]
        of = key.split(":")[1]
        if of not in self._begun_in:
            # What one conversation leads on to, as feedback does to a new wish, is another thing.
            self._begun_in[of], self._begun = self._begun, ""
            self._about[of], self._about[""] = self._about.get(""), None
        begun = self._begun_in[of]
        if sheet.style is Style.NUDGE:
            return [Pressed(sheet.rows[0].data)]
        if sheet.done:
            return self._switches(sheet, begun, now)
        if not options(sheet).keys() - {SKIP}:
            words = typed(self.draw, self.tastes, begun, self._asked[of], sheet)
            self._asked[of] += 1
            if words is None and sheet.rows:
                return [Pressed(sheet.rows[0].data)]
            return [Typed(words or self.tastes.goal)]
        row = choice(self.draw, self.tastes, sheet, begun)
        if begun == HOW_OFTEN and self.habits.reads:
            chosen = self.habits.reads[1]
            row = options(sheet)[chosen]
            self.reads.append((now, chosen))
        if begun == End.DELETES:
            self.left_at = now
        if begun == BREAK:
            self.breaks.append((now, now + A_BREAK))
        if begun == "DetailsTold" and (event := self._about.get(of)) is not None:
            # With this, the last question, they ask for as many places as they have said.
            self._wanted = now, event
        if self.draw.random() < self.habits.types and not sheet.pager:
            return [Typed(str(sheet.rows.index(row) + 1))]
        return [Pressed(row.data)]
