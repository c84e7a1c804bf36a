"""The list of leavers: what it keeps of a person, and how a sign-up is compared with it."""

from bot.domain.leavers.entries import Asked, Ending, Leaver
from bot.domain.leavers.keys import MIN_KEY_BYTES, NameKeys
from bot.domain.leavers.names import MAX_NAME_CHARS, parts_of, parts_of_listed
from bot.domain.leavers.results import Found, Match, NotFound, Similar, WhySimilar

__all__ = [
    "MAX_NAME_CHARS",
    "MIN_KEY_BYTES",
    "Asked",
    "Ending",
    "Found",
    "Leaver",
    "Match",
    "NameKeys",
    "NotFound",
    "Similar",
    "WhySimilar",
    "parts_of",
    "parts_of_listed",
]
