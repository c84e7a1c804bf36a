"""What the dialogues of mentoring look up for whoever is speaking."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.consent import Purpose
from bot.domain.mentoring.fitting import MentorCard
from bot.domain.mentoring.offers import MentorOffer, Wish
from bot.domain.people import Command, PersonId


@dataclass(frozen=True, slots=True)
class OpenMentoring(Command):
    """See what mentoring is for whoever asks: to look for a mentor, to be one, or to look after the pairs."""

    for_oneself: bool = False
    """Whether somebody who looks after the pairs is asking as a mentor or a student."""


class MentoringDesk(Protocol):
    """What the dialogues of mentoring look up; it acts for whoever is speaking."""

    @property
    def now(self) -> datetime:
        """The present moment, aware."""
        ...

    @property
    def grown_at(self) -> datetime:
        """The moment from which this person is 18 for sure: only the year of birth is known (domain 5.3)."""
        ...

    @property
    def zone(self) -> ZoneInfo:
        """The school's zone."""
        ...

    def is_holiday(self, at: datetime) -> bool:
        """Return whether a moment is on a public holiday of the school's country."""
        ...

    @property
    def languages(self) -> tuple[str, ...]:
        """The school's languages, the one this person seems to speak first."""
        ...

    @property
    def programme(self) -> str | None:
        """The code of what this person learns here; None if they are in no class."""
        ...

    def consents(self) -> tuple[Purpose, ...]:
        """Return what this person has agreed to."""
        ...

    def offer(self) -> MentorOffer | None:
        """Return what this person is ready to do as a mentor; None if they have not said."""
        ...

    def mentors_for(self, wish: Wish, limit: int) -> tuple[MentorCard, ...]:
        """Return at most `limit` mentors who fit this person's wish and have a place, best first."""
        ...

    def rests_until(self) -> datetime | None:
        """Return until when this person is not asked as a mentor; None if they may be asked now."""
        ...

    def owner(self, journey: str) -> PersonId | None:
        """Return who answers for a journey; None while nobody has come."""
        ...

    def gathers_until(self) -> datetime | None:
        """Return until when a round gathers wishes of what this person learns; None while none does."""
        ...

    @property
    def pairs_need_approval(self) -> bool:
        """Whether the school wants to see every pair before they meet."""
        ...
