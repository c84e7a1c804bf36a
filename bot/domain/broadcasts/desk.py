"""What the dialogues of broadcasts look up for whoever is speaking, and how they are begun."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.broadcasts.audience import Audience
from bot.domain.broadcasts.reach import Reach
from bot.domain.broadcasts.sent import Earlier, SentLetter, Tally, Town
from bot.domain.consent import Purpose
from bot.domain.people import CaseEvent, CaseId, Command, PersonId

ALONE_UP_TO = 50
"""People to whom one member of staff may write; for more, a second one agrees (domain 3.13)."""


@dataclass(frozen=True, slots=True)
class OpenBroadcasts(Command):
    """Write to many, as staff may who look after alumni."""


@dataclass(frozen=True, slots=True)
class SteerLetter(Command):
    """Stop a letter to many, let it go on, or end it, as anybody may who may write one; stale if it has moved on."""

    case: CaseId
    entry: int
    event: CaseEvent


class WritingDesk(Protocol):
    """What is looked up while something is written to many; it acts for whoever is speaking."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The school's languages, the one this person seems to speak first."""
        ...

    @property
    def programmes(self) -> tuple[str, ...]:
        """Codes of the school's programmes."""
        ...

    @property
    def year(self) -> int:
        """The present year in the school's zone."""
        ...

    @property
    def now(self) -> datetime:
        """The present moment, aware."""
        ...

    @property
    def may_broadcast(self) -> bool:
        """Whether whoever is speaking may write to many."""
        ...

    def reach(self, audience: Audience, purpose: Purpose, *, can_wait: bool = False) -> Reach:
        """Return how many people an audience comes to now, and who of it is not written to.

        What *can wait* comes with digests, and not to whoever wants none.
        """
        ...

    def towns(self, most: int) -> tuple[Town, ...]:
        """Return at most so many of the towns where people live who have told it, the commonest first."""
        ...

    def sent(self, most: int) -> tuple[SentLetter, ...]:
        """Return at most so many letters to many and invitations that were written, the newest first."""
        ...

    def earlier(self, most: int) -> tuple[Earlier, ...]:
        """Return at most so many letters and invitations that many have got, or are to get, the newest first."""
        ...

    def sent_before(self, case: CaseId) -> SentLetter | None:
        """Return one letter to many, or an invitation with how its event stands; None if there is none."""
        ...

    def second(self) -> PersonId | None:
        """Return another member of staff who may agree to what many get; None if there is nobody."""
        ...


class BroadcastDesk(WritingDesk, Protocol):
    """What dialogues of broadcasts look up besides."""

    def tally(self, case: CaseId) -> Tally:
        """Return what has become of the letters of a case so far."""
        ...
