"""What is known about one broadcast, and who takes part in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.conversation.audiences import by_language, sentence
from bot.conversation.consents import why_you_get_it
from bot.conversation.messages import ByLanguage, Message, msg
from bot.domain.broadcasts.audience import Audience
from bot.domain.broadcasts.events import BroadcastOver
from bot.domain.broadcasts.worded import Worded
from bot.domain.consent import Purpose
from bot.domain.people import Part, Side
from journeys.broadcasts.words import fates, pace


class Sending(Part):
    """Who takes part; those who are written to are in the ledger, not here."""

    OWNER = "owner", Side.STAFF
    SECOND = "second", Side.STAFF


OWNER, SECOND = Sending


@dataclass(frozen=True, slots=True)
class Planned:
    """One letter to many, as it is to be sent."""

    purpose: Purpose
    audience: Audience
    titles: Mapping[str, str] = field(repr=False, hash=False)
    """By language."""
    texts: Mapping[str, str] = field(repr=False, hash=False)
    instead: str
    """The language in which everybody reads it for whose own there is no text."""
    people: int
    """How many it was for when it was written."""
    result: BroadcastOver | None = None
    readers: Mapping[str, int] = field(default_factory=dict, hash=False)
    """How many of them read each language."""
    earlier: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    """The title of the earlier letter that the audience has got, or has not got; by language."""
    over_hours: int = 0
    """Over how many hours it leaves, evenly; 0 for as fast as it can."""
    can_wait: bool = False
    """Whether it comes with each person's digest."""
    until: datetime | None = None
    """It goes on at least until then: everybody has had a digest."""

    @property
    def title(self) -> Message:
        """The title, in each reader's language."""
        return msg("{title}", title=ByLanguage(self.titles, self.instead))

    @property
    def text(self) -> Message:
        """The text, in each reader's language."""
        return msg("{text}", text=ByLanguage(self.texts, self.instead))

    @property
    def whom(self) -> Message:
        """Whom it is for."""
        return sentence(self.audience, self.earlier)

    @property
    def languages(self) -> Message:
        """How many read which language, and what they get."""
        others = tuple(one for one in self.readers if one not in self.texts)
        return by_language(self.readers, self.texts, others, self.instead)

    @property
    def pace(self) -> Message:
        """When it leaves, and how fast."""
        return pace(self.over_hours, can_wait=self.can_wait)

    @property
    def why(self) -> Message:
        """What stands below it."""
        return why_you_get_it(self.purpose)

    @property
    def letter(self) -> Worded:
        """The words."""
        return Worded(self.purpose, self.titles, self.texts, self.instead)

    @property
    def sent(self) -> int:
        """How many it has reached."""
        return self.result.sent if self.result else 0

    @property
    def not_reached(self) -> Message:
        """Who has not got it, and why."""
        return fates(self.result) if self.result else msg("{n}", n=0)
