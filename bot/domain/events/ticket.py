"""What a guest shows at the door as a picture: a link that staff open with the camera of a phone.

It says nothing of who the guest is. Whoever may note who is there learns it; anybody else is told that it is for
the door, whatever it says.
"""

import re
from dataclasses import dataclass, field

from bot.domain.people import CaseId, Command

_WRITTEN = re.compile(r"door-([1-9][0-9]{0,17})-([A-Z2-9]{5})")


@dataclass(frozen=True, slots=True)
class Ticket:
    """One guest of one event, and the code by which they are found there."""

    guest: CaseId
    code: str = field(repr=False)

    def __str__(self) -> str:
        """Return it as it stands in a link: at most 64 letters, digits and hyphens."""
        return f"door-{self.guest}-{self.code}"


@dataclass(frozen=True, slots=True)
class Scan(Command):
    """Somebody has opened what a guest shows at the door."""

    ticket: Ticket


def ticket_in(words: str) -> Ticket | None:
    """Return the ticket that `words` are, or that stands in a link; None if there is none."""
    found = _WRITTEN.search(words)
    return Ticket(CaseId(int(found[1])), found[2]) if found else None
