"""Texts with slots, taken apart once: filling one is joining strings."""

from dataclasses import dataclass
from functools import lru_cache
from string import Formatter


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that a value fills."""

    before: str
    """The text between the slot before it, or the beginning, and this one."""
    name: str
    spec: str
    """Which part of a moment is shown: "date", "time", or all of it if empty."""


@dataclass(frozen=True, slots=True)
class Form:
    """A text as the catalogue has it."""

    slots: tuple[Slot, ...]
    tail: str
    """The text after the last slot."""


@lru_cache(maxsize=8192)
def form_of(text: str) -> Form:
    """Return `text` taken apart at its slots; two braces are one that is shown.

    Raises:
        ValueError: a brace is open, or closed without having been opened.
    """
    slots: list[Slot] = []
    tail = ""
    for literal, name, spec, _ in Formatter().parse(text):
        tail += literal
        if name is not None:
            slots.append(Slot(tail, name, spec or ""))
            tail = ""
    return Form(tuple(slots), tail)
