"""What staff write to many and plan in a simulated year, and how they answer what they are asked while they do."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.consent import Purpose
from bot.gateways.port import Pressed, Said, Typed
from bot.simulation.answering import SKIP, options
from bot.simulation.clock import DAY
from bot.texts.sheets import Sheet

IN_TITLE, IN_WORDS = re.compile(r"\bno\. (\d{3})\b"), re.compile(r"\bin full: (\d{3})\b")
"""By what a letter is known again that staff wrote, in whatever language it is read."""
NEWS_EVERY, JOBS_EVERY = timedelta(days=30), timedelta(days=14)
FIRST_NEWS, FIRST_JOBS = timedelta(days=8), timedelta(days=5)
INVITED_BEFORE = timedelta(days=21)
BEGINS, HOURS = time(18), 3
MOST_TRIES = 12
"""So often staff press on at the last look; then nobody is left to write to, and they leave it."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """An event, as it is planned, and what becomes of it."""

    starts_at: datetime
    places: int | None
    companions: int = 0
    moved_to: datetime | None = None
    more_places: int | None = None
    """To how many places there are raised in between."""
    is_called_off: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """One letter to many, or the invitation to an event."""

    number: int
    at: datetime
    """When it is written."""
    purpose: Purpose
    gathering: Gathering | None = None

    @property
    def command(self) -> str:
        """With what it begins."""
        return "/calendar" if self.gathering else "/broadcast"

    @property
    def can_wait(self) -> bool:
        """Whether it comes with whatever else its reader gets at the end of a week or a month."""
        return self.gathering is None

    def words(self, number: int = 0) -> tuple[str, str]:
        """Return the title and the text in the `number`th language."""
        title = f"{self.purpose} ({number}), no. {self.number:03}"
        return title, f"What is said of {self.purpose} ({number}), in full: {self.number:03}"


@dataclass(frozen=True, slots=True)
class Act:
    """Something that staff do about an event, or that they write."""

    writing: Writing
    event: str = ""
    """What they press below the event; empty to write it first."""


class Ends(StrEnum):
    """With what answer a conversation is over."""

    NUMBER = "number"
    """The number of people, typed where no words are left to type."""
    YES = "yes"
    WORDS = "words"
    """The last of the words."""
    SKIP = SKIP


@dataclass
class Script:
    """What somebody on the staff answers in one conversation, or in two that follow each other."""

    words: deque[str]
    """What they type, in this order; `SKIP` where there is nothing to say."""
    ends: Ends
    presses: tuple[str, ...] = ()
    """What they press wherever it is offered."""
    writing: Writing | None = None
    is_over: bool = False
    _languages: int = 0
    _tries: int = 0

    def answer(self, sheet: Sheet) -> list[Said]:
        """Return what they say to a question; nothing if they give it up."""
        rows = options(sheet)
        if sheet.done:
            self._tries += 1
            self.is_over = self._tries > MOST_TRIES
            return [] if self.is_over else [Pressed(sheet.done.data)]
        for one in self.presses:
            if one in rows:
                if one == "write" and self.writing:
                    self._languages += 1
                    self.words.extend(self.writing.words(self._languages))
                self.is_over = one == self.ends
                return [Pressed(rows[one].data)]
        if not self.words:
            return self._last(sheet)
        word = self.words.popleft()
        self.is_over = not self.words and self.ends is Ends.WORDS
        return [Pressed(rows[SKIP].data) if word == SKIP else Typed(word)]

    def _last(self, sheet: Sheet) -> list[Said]:
        """Type the number that is asked for, or say that that is all."""
        rows = options(sheet)
        if SKIP in rows:
            self.is_over = self.ends is Ends.SKIP
            return [Pressed(rows[SKIP].data)]
        self.is_over = True
        number = re.search(r"\d+", sheet.text)
        return [Typed(number[0])] if number else []


def composing(writing: Writing, zone: ZoneInfo) -> Script:
    """Return how a letter, or an invitation, is written: in each reader's language if it is an invitation."""
    if planned := writing.gathering:
        about = (
            written(planned.starts_at, zone),
            str(HOURS),
            "Sadama 3, Pärnu",
            SKIP if planned.places is None else str(planned.places),
            str(planned.companions),
            SKIP,  # without a picture
        )
        script = Script(deque(about), Ends.NUMBER, ("reunion", "write"), writing)
    else:
        script = Script(deque(), Ends.NUMBER, ("new", writing.purpose, "instead"), writing)
    script.words.extend(writing.words())
    return script


def written(at: datetime, zone: ZoneInfo) -> str:
    """Return a moment as somebody writes it."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


@dataclass(frozen=True, slots=True)
class Variant:
    """How one of a year's events differs from the others."""

    day: int
    """On which day of the year people are invited."""
    share: float | None = None
    """For so many of all alumni there is room; None for any number."""
    companions: int = 0
    later: timedelta | None = None
    """By so much it is moved."""
    raised: float | None = None
    is_called_off: bool = False


VARIANTS = (
    Variant(12, share=0.08, companions=1, later=2 * DAY),
    Variant(34, share=0.05, raised=0.07),
    Variant(187, share=0.1, companions=2, later=-DAY),
    Variant(280, is_called_off=True),
)
"""The second begins on the day after the clocks change in autumn; the third is planned for the day on which they do in
spring.
"""
A_YEAR = 365
KNOWN_AFTER = timedelta(days=3)
"""So long after it was to begin an event is over, even if it was moved."""


def plans(start: datetime, days: int, zone: ZoneInfo, alumni: int) -> Iterator[Writing]:
    """Yield everything that is written to many in so many days, for so many alumni."""
    end = start + days * DAY
    found: list[tuple[datetime, Purpose, Variant | None]] = [
        *((at, Purpose.NEWS, None) for at in _every(NEWS_EVERY, start + FIRST_NEWS, end)),
        *((at, Purpose.JOBS, None) for at in _every(JOBS_EVERY, start + FIRST_JOBS, end)),
    ]
    for one in VARIANTS:
        begun = _every(A_YEAR * DAY, start + one.day * DAY, end - INVITED_BEFORE - KNOWN_AFTER)
        found += [(at, Purpose.EVENTS, one) for at in begun]
    for number, (at, purpose, variant) in enumerate(sorted(found, key=lambda one: one[0]), 1):
        planned = _planned(variant, at, zone, alumni) if variant else None
        yield Writing(number, at, purpose, planned)


def _every(span: timedelta, at: datetime, end: datetime) -> Iterator[datetime]:
    while at < end:
        yield at
        at += span


def _planned(variant: Variant, at: datetime, zone: ZoneInfo, alumni: int) -> Gathering:
    day = (at + INVITED_BEFORE).astimezone(zone).date()
    starts_at = datetime.combine(day, BEGINS, zone).astimezone(UTC)
    later = datetime.combine(day + (variant.later or 0 * DAY), BEGINS, zone).astimezone(UTC)
    return Gathering(
        starts_at,
        None if variant.share is None else max(2, round(variant.share * alumni)),
        variant.companions,
        later if variant.later else None,
        None if variant.raised is None else max(3, round(variant.raised * alumni)),
        variant.is_called_off,
    )
