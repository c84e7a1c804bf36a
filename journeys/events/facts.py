"""What is known about an event that staff plan, and how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.conversation.audiences import by_language, sentence
from bot.conversation.messages import ByLanguage, Message, msg, msgs, with_picture
from bot.domain.broadcasts.audience import Audience
from bot.domain.broadcasts.worded import Worded
from bot.domain.consent import Purpose
from bot.domain.events.hosting import Counted
from bot.domain.people import Part, Side
from journeys.events.occasion_facts import OccasionFacts

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REMINDED = 10 * DAY
"""So long before it begins whoever has not answered is asked once more (domain 3.13)."""
TIME_TO_ANSWER = 3 * DAY
"""Nobody is asked once more sooner than this after the invitation."""


class Hosting(Part):
    """Who takes part; those who are invited are in the ledger, and have cases of their own once they answer."""

    OWNER = "owner", Side.STAFF
    SECOND = "second", Side.STAFF


OWNER, SECOND = Hosting


@dataclass(frozen=True, slots=True)
class Plan(OccasionFacts):
    """One event, as it is to be."""

    texts: Mapping[str, str] = field(repr=False, hash=False)
    """By language."""
    audience: Audience
    purpose: Purpose
    invited: int
    """How many people the invitation was for when it was written."""
    readers: Mapping[str, int] = field(default_factory=dict, hash=False)
    """How many of them read each language."""
    earlier: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    """The title of the earlier letter that the audience has not got; by language."""
    invited_at: datetime | None = None
    is_silent_reminded: bool = False
    """Whether who had not answered has been asked once more."""
    counted: Counted | None = None
    """How it stood when staff last looked."""
    picture: int | None = None
    """The number of the picture that comes with the text."""
    is_reporting: bool = False
    """Whether the next count is the report."""

    @property
    def text(self) -> Message:
        """What it is about, in each reader's language."""
        text = msg("{text}", text=ByLanguage(self.texts, self.occasion.instead))
        return with_picture(text, self.picture)

    @property
    def letter(self) -> Worded:
        """The words."""
        occasion = self.occasion
        return Worded(self.purpose, occasion.titles, self.texts, occasion.instead)

    @property
    def whom(self) -> Message:
        """Whom it is for."""
        return sentence(self.audience, self.earlier)

    @property
    def languages(self) -> Message:
        """How many read which language, and what they get."""
        return by_language(self.readers, self.texts, self.readers, self.occasion.instead)

    @property
    def room(self) -> Message:
        """How many people there is room for."""
        places = self.occasion.places
        return msg("any number") if places is None else msg("{n}", n=places)

    @property
    def silent_reminded_at(self) -> datetime | None:
        """When whoever has not answered is asked once more; None if they were, or were invited shortly before."""
        if self.invited_at is None or self.is_silent_reminded:
            return None
        at = self.at - REMINDED
        return at if at >= self.invited_at + TIME_TO_ANSWER else None

    @property
    def doors_open_at(self) -> datetime:
        """When people may be noted as being there."""
        return self.at - HOUR

    @property
    def doors_close_at(self) -> datetime:
        """When it is surely over."""
        return self.ends + HOUR

    @property
    def report_at(self) -> datetime:
        """When whoever wanted to say how it was has done so."""
        return self.ends + 9 * DAY

    @property
    def how_it_stands(self) -> Message:
        """Where it stands, in people; what is not known yet is not said."""
        n = self.counted
        if n is None:
            return msgs(
                "The invitation is on its way to {n} person.",
                "The invitation is on its way to {n} people.",
                self.invited,
            )
        return msg(
            "Invited: {meant}. Reached: {invited}. Not reached: {unreached}\n"
            "Coming: {coming}, with those they bring: {seats}. Room for: {room}\n"
            "Waiting for a place: {waiting}\nMaybe: {maybe}\nCannot come: {away}\n"
            "Answered: {answered}. No answer yet: {unanswered}",
            meant=n.meant,
            invited=n.invited,
            unreached=n.unreached,
            coming=n.coming,
            seats=n.seats,
            room=self.room,
            waiting=n.waiting,
            maybe=n.maybe,
            away=n.away,
            answered=n.answered,
            unanswered=n.unanswered,
        )

    @property
    def there(self) -> Message:
        """Who is there, or was; those without this chat apart."""
        n = self.counted
        if n is None or not n.came:
            there = msg("not noted")
        else:
            there = msg("{came}, not there: {missed}", came=n.came, missed=n.missed)
        if n is None or not n.walk_ins:
            return there
        return msg("{there}\nThere without this chat: {n}", there=there, n=n.walk_ins)

    @property
    def who_came(self) -> Message:
        """Who was there, and how it was for them."""
        n, there = self.counted, self.there
        if n is None or not n.ratings:
            return msg("There: {there}\nHow it was: nobody has said", there=there)
        tenths = round(10 * n.rated / n.ratings)
        return msg(
            "There: {there}\nHow it was, from 1 to 5: {average}. Answers: {ratings}",
            there=there,
            average=msg("{whole}.{tenths}", whole=tenths // 10, tenths=tenths % 10),
            ratings=n.ratings,
        )
