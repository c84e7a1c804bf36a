"""What people agree to be written to about: one purpose at a time, off by default (Art. 6(1)(a), 7 GDPR)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.people import Command

TEXT_VERSION = 1
"""Raise it when the meaning of a purpose's text changes: proof is kept of which text was agreed to."""


class Purpose(StrEnum):
    """A purpose of its own each; the domain's C1 to C7 in their order."""

    NEWS = "news"
    JOBS = "jobs"
    EVENTS = "events"
    VOLUNTEERING = "volunteering"
    SURVEYS = "surveys"
    VISIBLE = "visible"
    STORY = "story"


class Rate(StrEnum):
    """How often somebody is written to about a purpose at most: once in so long."""

    A_WEEK = "a week"
    A_MONTH = "a month"


AT_MOST_ONCE: Mapping[Purpose, Rate] = {Purpose.NEWS: Rate.A_MONTH, Purpose.JOBS: Rate.A_WEEK}
"""What the texts of the consents promise; of the other purposes they promise nothing of the kind."""


@dataclass(frozen=True, slots=True)
class SetConsents(Command):
    """Agree to exactly these purposes: what is missing is withdrawn, what is new is recorded."""

    on: tuple[Purpose, ...]
