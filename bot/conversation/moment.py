"""A day and an hour, chosen from a few or written in one's own way."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from typing_extensions import override

from bot.conversation.messages import Message, Speak, msg
from bot.conversation.prompts import Answer, Look, Marks, Option, Prompt, UnreadableAnswer
from bot.conversation.understanding import option_meant

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
TIME = r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*h?"
BETWEEN = r"[\s,]*(?:at|kell|a las?|alle(?: ore)?|ore|um)?\s*"
WRITTEN = (
    re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){BETWEEN}{TIME}"),
    re.compile(
        rf"(?P<day>\d{{1,2}})[./](?P<month>\d{{1,2}})(?:[./](?P<year>\d{{4}}))?\.?(?:\s|,){BETWEEN}{TIME}"
    ),
    re.compile(rf"(?P<name>[^\d,]+?){BETWEEN}{TIME}"),
)
HOW = msg("Please write a day and an hour, as in “12.5. 17:00” or “Saturday 11:00”.")


@dataclass(frozen=True, slots=True)
class Moment(Prompt[datetime]):
    """A moment between `earliest` and `latest`, in the school's zone."""

    earliest: datetime
    latest: datetime
    zone: ZoneInfo
    suggested: tuple[datetime, ...] = ()

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
        labels = {id_: speak(one.label) for id_, one in self.options.items()}
        if words.strip().isdecimal() and (meant := option_meant(words, labels)):
            return self.choose(meant, marks)
        return Answer(self._checked(self._read(words, speak)))

    @override
    def choose(self, option: str, marks: Marks) -> Answer[datetime] | Marks:
        if option not in self.options:
            raise UnreadableAnswer(HOW)
        return Answer(self._checked(self.suggested[int(option)]), option)

    def _checked(self, at: datetime) -> datetime:
        if at < self.earliest:
            raise UnreadableAnswer(
                msg(
                    "That is past, or too soon. Please write a time after {earliest}.",
                    earliest=self.earliest,
                )
            )
        if at > self.latest:
            raise UnreadableAnswer(
                msg(
                    "That is far away. Please write a time until {latest:date}.",
                    latest=self.latest,
                )
            )
        return at

    def _read(self, words: str, speak: Speak) -> datetime:
        text = words.strip().rstrip(".")
        for pattern in WRITTEN:
            if found := pattern.fullmatch(text):
                parts = found.groupdict()
                day = self._named(parts["name"], speak) if "name" in parts else self._day(parts)
                hour, minute = int(parts["hour"]), int(parts["minute"] or 0)
                if day and hour < 24 and minute < 60:  # noqa: PLR2004  # hours of a day, minutes of an hour
                    return in_zone(datetime(day.year, day.month, day.day, hour, minute), self.zone)  # noqa: DTZ001  # its zone comes next
        raise UnreadableAnswer(HOW)

    def _day(self, parts: Mapping[str, str | None]) -> date | None:
        """Return the day that is written in numbers; without a year, the next of that name."""
        today = self.earliest.astimezone(self.zone).date()
        year = int(parts["year"] or today.year)
        try:
            day = date(year, int(parts["month"] or 0), int(parts["day"] or 0))
            is_over = parts["year"] is None and day < today - timedelta(days=30)
            return day.replace(year=year + 1) if is_over else day
        except ValueError:
            return None

    def _named(self, name: str, speak: Speak) -> date | None:
        """Return the day that is called `name`: a day of the week is the next of that name."""
        today = self.earliest.astimezone(self.zone).date()
        labels = {f"n{n}": speak(one) for n, one in enumerate(NEAR)}
        labels |= {f"w{n}": speak(one) for n, one in enumerate(WEEKDAYS)}
        meant = option_meant(name, labels)
        if meant is None:
            return None
        number = int(meant[1])
        if meant.startswith("n"):
            return today + timedelta(days=number)
        return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


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


SATURDAY = 5
