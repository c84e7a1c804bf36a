"""What one school shows on the web: its name, its words, its times."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.gateways.port import MenuEntry
from bot.gateways.web.places import Network


@dataclass(frozen=True, slots=True)
class Front:
    """The school, as the pages need it; all of it is given, nothing is looked up."""

    public_url: str
    """Where people reach the pages, without a path: "https://chat.school.example"."""
    school: Callable[[str], str]
    """The school's name in a language."""
    languages: Mapping[str, str]
    """The languages that the school offers, by tag, each with its own name for itself; the first
    is the one for people whose browser asks for none of them."""
    words: Callable[[str, str], str]
    """Translates one of `words.WORDS` into a language."""
    menu: Mapping[str, Sequence[MenuEntry]]
    """The commands, by language."""
    when: Callable[[str, datetime], tuple[str, str]]
    """The time and the day of a moment, in words of a language: "09:00" and "Today, 15 May"."""
    zone: ZoneInfo
    """Where the school is; days begin and end there."""
    now: Callable[[], datetime]
    """The school's clock; aware."""
    seconds: Callable[[], float] = time.monotonic
    """Counts seconds, for limits; not the school's clock, which a demo moves."""
    body_within: timedelta = timedelta(seconds=30)
    """How long the body of a request may take: the largest, over the slowest line of a phone."""
    trusted_proxies: tuple[Network, ...] = ()
    """Whom we believe when they say for whom they ask."""
    look_again: timedelta = timedelta(seconds=15)
    """How often an open page is told that the line holds, and looks for what others wrote."""

    @property
    def language(self) -> str:
        """The language for people of whom nothing else is known."""
        return next(iter(self.languages))

    def today(self) -> str:
        """Return the present day at school, as in "2026-05-15"."""
        return self.now().astimezone(self.zone).date().isoformat()

    @property
    def is_https(self) -> bool:
        """Whether cookies may be kept to encrypted connections."""
        return self.public_url.startswith("https:")
