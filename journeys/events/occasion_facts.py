"""What every text about an event may say of it, to staff and to guests."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.conversation.messages import ByLanguage, Message, Place, msg
from bot.domain.events.occasion import Occasion

A_DAY_AT_MOST = timedelta(hours=14)
"""Whoever reads only an hour for the end of an event takes it for the same day, or the night that follows."""


def span(occasion: Occasion) -> Message:
    """Return from when to when an event is; on which day it ends, if that is not plain."""
    at, ends = occasion.starts_at, occasion.ends_at
    if ends - at <= A_DAY_AT_MOST:
        return msg("{at:date}, {at:time} to {ends:time}", at=at, ends=ends)
    return msg("{at:date}, {at:time} to {ends:date}, {ends:time}", at=at, ends=ends)


@dataclass(frozen=True, slots=True)
class OccasionFacts:
    """What is known about one event, whoever it is known to."""

    occasion: Occasion

    @property
    def title(self) -> Message:
        """What it is called, in each reader's language."""
        return msg("{title}", title=ByLanguage(self.occasion.titles, self.occasion.instead))

    @property
    def at(self) -> datetime:
        """When it begins."""
        return self.occasion.starts_at

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return self.occasion.ends_at

    @property
    def when(self) -> Message:
        """From when to when it is."""
        return span(self.occasion)

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place(self.occasion.place)
