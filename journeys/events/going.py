"""What is known about somebody who is invited to an event, and whom they bring."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.conversation.messages import Message, msg, msgs
from bot.domain.people import Part, Side
from journeys.events.occasion_facts import OccasionFacts

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THANKED_AFTER = 20 * HOUR
"""After the end: on the day after."""
NOTED_WITHIN = 7 * DAY
"""After the end: a list on paper may be noted so late, and whoever is on it is thanked then."""


class Invited(Part):
    """Who takes part."""

    GUEST = "guest", Side.ALUMNI


(GUEST,) = Invited


@dataclass(frozen=True, slots=True)
class Going(OccasionFacts):
    """What is known about somebody who is invited."""

    told_at: datetime | None = None
    """When they said that they come, or perhaps."""
    people: int = 0
    """For how many places are kept."""
    position: int = 0
    """On the waiting list."""
    offered_until: datetime | None = None
    code: str = field(default="", repr=False)
    was_there: bool = False

    @property
    def companions(self) -> int:
        """How many people may be brought at most."""
        return self.occasion.companions

    @property
    def how_many(self) -> Message:
        """For how many places are kept."""
        return msgs("{n} place", "{n} places", self.people)

    @property
    def day_after(self) -> datetime:
        """When they are thanked, or missed."""
        return self.occasion.ends_at + THANKED_AFTER

    @property
    def noted_until(self) -> datetime:
        """Until when somebody may still be noted as having been there."""
        return self.occasion.ends_at + NOTED_WITHIN

    @property
    def to_tell(self) -> Message:
        """What they can say besides that they come: of those whom they bring only where somebody may be brought."""
        if self.companions:
            return msg("How many we are, and what we need")
        return msg("What I need, and photos")

    @property
    def please_say(self) -> Message:
        """What they are asked to say here."""
        if self.companions:
            return msg(
                "If you bring somebody, need something, or cannot come after all, please say so here, at any time."
            )
        return msg(
            "If you need something, or cannot come after all, please say so here, at any time."
        )

    @property
    def seven_days_before(self) -> datetime | None:
        """When who comes hears of it first."""
        return self._before(7 * DAY)

    @property
    def five_days_before(self) -> datetime | None:
        """When who may come is asked again."""
        return self._before(5 * DAY)

    @property
    def a_day_before(self) -> datetime | None:
        """When who comes hears of it again."""
        return self._before(DAY)

    @property
    def three_hours_before(self) -> datetime | None:
        """When who comes hears of it last."""
        return self._before(3 * HOUR)

    def _before(self, span: timedelta) -> datetime | None:
        """Return so long before it begins; None if they answered shortly before that, or later."""
        if self.told_at is None:
            return None
        known_for = self.at - span - self.told_at
        return self.at - span if known_for >= span / 2 else None


def begins(going: Going) -> datetime:
    """Return when the event begins."""
    return going.at


def how_many_at_most(going: Going) -> Mapping[str, str]:
    """Return what asking for details opens with: how many people may be brought."""
    return {"most": str(going.companions)}
