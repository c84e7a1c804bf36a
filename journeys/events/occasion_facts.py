"""What every text about an event may say of it, to staff and to guests."""

from dataclasses import dataclass
from datetime import datetime

from bot.conversation.messages import ByLanguage, Message, Place, msg
from bot.domain.events.occasion import Occasion


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
    def place(self) -> Place:
        """Where it is."""
        return Place(self.occasion.place)
