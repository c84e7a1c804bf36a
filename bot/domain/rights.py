"""What everybody may ask for at any time (Art. 12 to 21 GDPR), and resting from messages."""

from dataclasses import dataclass
from typing import Protocol

from bot.domain.consent import Purpose
from bot.domain.people import Command, PersonId


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Command):
    """Be written to in `language`, one of the school's."""

    language: str


@dataclass(frozen=True, slots=True)
class Rest(Command):
    """Be written to only about what is agreed, for `months`; none ends the rest."""

    months: int | None


@dataclass(frozen=True, slots=True)
class StopMessages(Command):
    """Receive no more messages; what is open is withdrawn, the profile is kept."""


@dataclass(frozen=True, slots=True)
class ExportMe(Command):
    """Get all that is kept, to read and as a file (Art. 15 and 20 GDPR)."""


@dataclass(frozen=True, slots=True)
class Erase(Command):
    """Delete all that is kept (Art. 17 GDPR), with the goodbye that is on its way as the last message."""

    person: PersonId | None = None
    """Who; None for whoever acts."""


class RightsDesk(Protocol):
    """What the dialogues about rights look up."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The school's languages, in the order in which they are offered."""
        ...

    def consents(self) -> tuple[Purpose, ...]:
        """Return what whoever acts has agreed to."""
        ...

    @property
    def is_too_young_here(self) -> bool:
        """Whether the present network does not want people of the age of whoever acts."""
        ...

    @property
    def platform_age(self) -> int | None:
        """The age the present network asks for; None if it is the school's own page."""
        ...

    def needs_guardian(self) -> bool:
        """Return whether a guardian decides for whoever acts, and none has agreed."""
        ...
