"""A day, written in numbers: "12.5.2027", "12/5/2027" or "2027-05-12"."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from typing_extensions import override

from bot.conversation.messages import Speak, msg
from bot.conversation.prompts import Answer, Marks, Prompt, UnreadableAnswer

WRITTEN = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[./\s]+(?P<month>\d{1,2})[./\s]+(?P<year>\d{4})"),
)


@dataclass(frozen=True, slots=True)
class Day(Prompt[datetime]):
    """A day between `earliest` and `latest`; the answer is its last minute in `zone`, in UTC."""

    earliest: datetime
    latest: datetime
    zone: ZoneInfo

    @override
    def read(self, words: str, marks: Marks, speak: Speak) -> Answer[datetime] | Marks:
        at = self._read(words.strip().rstrip("."))
        if at is None:
            raise UnreadableAnswer(msg("Please write a day with its year, as in “12.5.2027”."))
        if at < self.earliest:
            raise UnreadableAnswer(msg("That day is past. Please write a day from now on."))
        if at > self.latest:
            raise UnreadableAnswer(
                msg(
                    "That is far away. Please write a day until {latest:date}.", latest=self.latest
                )
            )
        return Answer(at)

    def _read(self, words: str) -> datetime | None:
        found = next((m for one in WRITTEN if (m := one.fullmatch(words))), None)
        if found is None:
            return None
        year, month, day = (int(found[part]) for part in ("year", "month", "day"))
        try:
            last = datetime.combine(date(year, month, day), time(23, 59), self.zone)
        except ValueError:
            return None
        return last.astimezone(UTC)
