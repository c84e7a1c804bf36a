"""A letter to many as it is written: the words in each language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.consent import Purpose
from bot.domain.people import Command, PersonId


@dataclass(frozen=True, slots=True)
class Worded:
    """The words of a letter to many."""

    purpose: Purpose
    titles: Mapping[str, str] = field(repr=False, hash=False)
    """By language."""
    texts: Mapping[str, str] = field(repr=False, hash=False)
    instead: str
    """The language in which everybody reads it for whose own there is no text."""


@dataclass(frozen=True, slots=True)
class ShowLetter(Command):
    """Let somebody see a letter as it is read in each of some languages, before it is sent."""

    letter: Worded
    languages: tuple[str, ...]
    to: PersonId
    """A second member of staff, who is to agree."""


def shown_before(
    letter: Worded, readers: Mapping[str, int], to: PersonId
) -> tuple[ShowLetter, ...]:
    """Let whoever is to agree see what readers of each language get, if there is more than one text."""
    if len(letter.texts) == 1:
        return ()
    return (ShowLetter(letter, tuple(one for one in letter.texts if one in readers), to),)
