"""What the dialogues of broadcasts look up for whoever is speaking, and how they are begun."""

from dataclasses import dataclass
from typing import Protocol

from bot.domain.broadcasts.audience import Audience
from bot.domain.broadcasts.reach import Reach
from bot.domain.consent import Purpose
from bot.domain.people import Command, PersonId

ALONE_UP_TO = 50
"""People to whom one member of staff may write; for more, a second one agrees (domain 3.13)."""


@dataclass(frozen=True, slots=True)
class OpenBroadcasts(Command):
    """Write to many, as staff may who look after alumni."""


class BroadcastDesk(Protocol):
    """What dialogues of broadcasts look up; it acts for whoever is speaking."""

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
    def may_broadcast(self) -> bool:
        """Whether whoever is speaking may write to many."""
        ...

    def reach(self, audience: Audience, purpose: Purpose) -> Reach:
        """Return how many people an audience comes to now, and who of it is not written to."""
        ...

    def second(self) -> PersonId | None:
        """Return another member of staff who may agree to a broadcast; None if there is nobody."""
        ...
