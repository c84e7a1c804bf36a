"""What is known about one meeting of a pair, and who meets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.mentoring.meeting import Slot
from bot.domain.people import Part, Side
from journeys.mentoring.times import UNSUITED

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LASTS = HOUR


class Seated(Part):
    """Who meets."""

    STUDENT = "student", Side.STUDENTS
    MENTOR = "mentor", Side.ALUMNI


STUDENT, MENTOR = Seated


@dataclass(frozen=True, slots=True)
class Talk:
    """What is known about one meeting."""

    number: int
    """Which of the pair's meetings, counted from one."""
    is_prepared: bool = False
    """Whether both have had their card for it, if there is one."""
    first: datetime | None = None
    second: datetime | None = None
    third: datetime | None = None
    place: str = field(default="", repr=False)
    """Where, or the link: as the mentor wrote it."""
    unsuited: tuple[datetime, ...] = ()
    """Times that were proposed and do not suit."""
    choose_by: datetime | None = None
    at: datetime | None = None
    """When they meet."""
    agreed_at: datetime | None = None
    """When that was agreed on."""
    coming: tuple[str, ...] = ()
    """Parts that have said that they come."""
    say_by: datetime | None = None
    """Until when they can say whether they met."""
    said_no: bool = False
    """Whether one of the two has said that they did not meet."""
    is_off: bool = False
    """Whether one of the two has said that it will not happen, either."""
    sequence: int = 0
    """Of the calendar entry: greater with every change of it (RFC 5545, 3.8.7.4)."""

    def time_of(self, slot: Slot) -> datetime | None:
        """Return one of the proposed times."""
        return {Slot.FIRST: self.first, Slot.SECOND: self.second, Slot.THIRD: self.third}[slot]

    @property
    def over_at(self) -> datetime | None:
        """When both are asked whether they met."""
        return self.at and self.at + LASTS + HOUR

    @property
    def three_days_before(self) -> datetime | None:
        """When both hear of it first."""
        return self._before(3 * DAY)

    @property
    def a_day_before(self) -> datetime | None:
        """When both hear of it again."""
        return self._before(DAY)

    @property
    def two_hours_before(self) -> datetime | None:
        """When both hear of it last."""
        return self._before(2 * HOUR)

    def _before(self, span: timedelta) -> datetime | None:
        """Return so long before the meeting; None if it was agreed on shortly before that, or later."""
        if self.at is None or self.agreed_at is None:
            return None
        known_for = self.at - span - self.agreed_at
        return self.at - span if known_for >= span / 2 else None


def not_again(talk: Talk) -> Mapping[str, str]:
    """Return what proposing times opens with: what need not be proposed again."""
    return {UNSUITED: " ".join(at.isoformat() for at in talk.unsuited)}


def takes_place(talk: Talk) -> datetime | None:
    """Return when the two meet."""
    return talk.at
