"""A day and an hour, chosen from a few or written in one's own way."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from typing_extensions import override

from bot.conversation.messages import Message, Speak, msg
from bot.conversation.prompts import Answer, Look, Marks, Option, Prompt, UnreadableAnswer
from bot.conversation.understanding import option_named, plain

WEEKDAYS: tuple[Message, ...] = (
    msg("Monday"),
    msg("Tuesday"),
    msg("Wednesday"),
    msg("Thursday"),
    msg("Friday"),
    msg("Saturday"),
    msg("Sunday"),
)
"""Monday first, as Python counts them."""
NEAR: tuple[Message, ...] = (msg("today"), msg("tomorrow"), msg("the day after tomorrow"))
SATURDAY = 5
TIME = r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*h?"
BETWEEN = r"[\s,]*(?:at|kell|kl\.?|a las?|alle(?: ore)?|ore|um)?\s*"
ARTICLE = r"(?:(?:on|el|il|la)\s+)?"
WEEKDAY = r"(?:(?P<weekday>[^\W\d]+)\.?,?\s+)?"
FIGURES = r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})(?:[./-](?P<year>\d{4}))?\.?"
WRITTEN = tuple(
    re.compile(written, re.IGNORECASE)
    for written in (
        rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?:T|{BETWEEN}){TIME}",
        rf"{ARTICLE}{WEEKDAY}{FIGURES}[\s,]{BETWEEN}{TIME}",
        rf"{ARTICLE}(?P<name>[^\d,]+?){BETWEEN}{TIME}",
        rf"{ARTICLE}(?P<spelled>.+?)[\s,]{BETWEEN}{TIME}",
    )
)
"""A day in figures, in figures with its name, by its name, and in words; then the hour."""
HOURS_OF_A_DAY, MINUTES_OF_AN_HOUR = 24, 60
MOST_WRITTEN = 60
"""Characters of a day and an hour; what is longer is not read."""
LEAST_OF_A_MONTH = 3
"""Letters of the shortest name of a month: "mai"."""
OVER = timedelta(days=30)
"""A day without a year that has been over for longer is one of next year."""
HOW = msg("Please write a day and an hour, as in “12.5. 17:00” or “Saturday 11:00”.")


@dataclass(frozen=True, slots=True)
class Moment(Prompt[datetime]):
    """A moment from `earliest` to the day of `latest`, in the school's zone; seen from `now`."""

    now: datetime
    earliest: datetime
    latest: datetime
    zone: ZoneInfo
    suggested: tuple[datetime, ...] = ()
    """The same as long as the question is open: a button carries only which of them it is."""

    @property
    @override
    def look(self) -> Look:
        return Look.LIST

    @property
    @override
    def options(self) -> Mapping[str, Option]:
        return {str(n): Option(msg("{at}", at=at)) for n, at in enumerate(self.suggested)}

    @override
    def read(self, words: str, marks: Marks, speak: Speak) -> Answer[datetime] | Marks:
        if (meant := self._suggestion(words, speak)) is not None:
            return self.choose(meant, marks)
        return Answer(self._checked(self._read(words, speak)))

    @override
    def choose(self, option: str, marks: Marks) -> Answer[datetime] | Marks:
        if option not in self.options:
            raise UnreadableAnswer(HOW)
        return Answer(self._checked(self.suggested[int(option)]), option)

    def _suggestion(self, words: str, speak: Speak) -> str | None:
        """Return the suggestion that is named by its number or as it stands: times are too alike to guess."""
        said = plain(words)
        labels = [plain(speak(one.label)) for one in self.options.values()]
        numbers = [str(n) for n in range(1, len(labels) + 1)]
        named = next((known for known in (numbers, labels) if said in known), None)
        return str(named.index(said)) if named else None

    def _checked(self, at: datetime) -> datetime:
        if at < self.earliest:
            raise UnreadableAnswer(
                msg(
                    "That is past, or too soon. Please write a time after {earliest}.",
                    earliest=self.earliest,
                )
            )
        if self._date(at) > self._date(self.latest):
            raise UnreadableAnswer(
                msg(
                    "That is far away. Please write a time until {latest:date}.",
                    latest=self.latest,
                )
            )
        return at

    def _date(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    @property
    def _today(self) -> date:
        return self._date(self.now)

    def _read(self, words: str, speak: Speak) -> datetime:
        text = " ".join(words.split()).rstrip(".")
        for pattern in WRITTEN if len(text) <= MOST_WRITTEN else ():
            if found := pattern.fullmatch(text):
                parts = found.groupdict()
                hour, minute = int(parts["hour"]), int(parts["minute"] or 0)
                day = self._day(parts, speak)
                if day and hour < HOURS_OF_A_DAY and minute < MINUTES_OF_AN_HOUR:
                    return in_zone(datetime.combine(day, time(hour, minute)), self.zone)
        raise UnreadableAnswer(HOW)

    def _day(self, parts: Mapping[str, str | None], speak: Speak) -> date | None:
        if name := parts.get("name"):
            return self._named(name, speak)
        if words := parts.get("spelled"):
            return self._spelled(words, speak)
        day, weekday = self._in_figures(parts), parts.get("weekday")
        if day and weekday and _weekday(weekday, speak) != day.weekday():
            return None  # the one or the other is a slip
        return day

    def _in_figures(self, parts: Mapping[str, str | None]) -> date | None:
        """Return the day that is written in figures; without a year, the next of that name."""
        year = int(parts["year"] or self._today.year)
        try:
            day = date(year, int(parts["month"] or 0), int(parts["day"] or 0))
            is_over = parts["year"] is None and day < self._today - OVER
            return day.replace(year=year + 1) if is_over else day
        except ValueError:
            return None

    def _named(self, name: str, speak: Speak) -> date | None:
        """Return the day that is called `name`: a day of the week is the next of that name."""
        near = option_named(name, {str(n): speak(one) for n, one in enumerate(NEAR)})
        if near is not None:
            return self._today + timedelta(days=int(near))
        weekday = _weekday(name, speak)
        if weekday is None:
            return None
        return self._today + timedelta(days=(weekday - self._today.weekday() - 1) % 7 + 1)

    def _spelled(self, words: str, speak: Speak) -> date | None:
        """Return the day that is written with the name of its month, as this language writes days."""
        said = plain(words).split()
        if not said[-1:] or not said[-1].isalpha() or len(said[-1]) < LEAST_OF_A_MONTH:
            return None
        for n in range((self.latest - self.now).days + 2):
            day = self._today + timedelta(days=n)
            shown = plain(speak(Message("{day}", {"day": day})))
            if str(day.day) in said and f" {' '.join(said)} " in f" {shown} ":
                return day
        return None


def _weekday(name: str, speak: Speak) -> int | None:
    """Return the day of the week that is called `name`, Monday 0; small misspellings and endings aside."""
    meant = option_named(name, {str(n): speak(one) for n, one in enumerate(WEEKDAYS)})
    return None if meant is None else int(meant)


def in_zone(there: datetime, zone: ZoneInfo) -> datetime:
    """Return a time by the clock on the wall of `zone` in UTC.

    Raises:
        UnreadableAnswer: the hour does not exist there, or comes twice: the clocks change.
    """
    first, second = (there.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != there:
        raise UnreadableAnswer(
            msg(
                "That hour does not exist: on that day the clocks go forward. Please write another."
            )
        )
    if first.utcoffset() != second.utcoffset():
        raise UnreadableAnswer(
            msg("That hour comes twice: on that night the clocks go back. Please write another.")
        )
    return first.astimezone(UTC)


def suggestions(
    now: datetime, zone: ZoneInfo, weekdays: frozenset[int], count: int
) -> tuple[datetime, ...]:
    """Return the next `count` good times to meet: after work, or before noon on a weekend.

    *weekdays* are the days of the week that suit, Monday 0; none named means that all do.
    """
    found: list[datetime] = []
    day = now.astimezone(zone).date() + timedelta(days=2)
    while len(found) < count:
        if not weekdays or day.weekday() in weekdays:
            hour = 17 if day.weekday() < SATURDAY else 11
            found.append(datetime(day.year, day.month, day.day, hour, tzinfo=zone).astimezone(UTC))
        day += timedelta(days=1)
    return tuple(found)
