"""Every journey there is: a folder in `journeys/` is enough."""

import pkgutil
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

import journeys
from bot.conversation.declaring import JourneyError
from bot.conversation.dialogue import Dialogue
from bot.conversation.journey import Journey
from bot.conversation.lifecycle import Lifecycle


@dataclass(frozen=True, slots=True)
class Registry:
    """All declarations, by the names they are stored with."""

    journeys: tuple[Journey, ...]
    dialogues: dict[str, type[Dialogue[Any]]]
    lifecycles: dict[str, Lifecycle[Any, Any]]
    journey_of: dict[str, str]
    """Which journey a dialogue or a lifecycle belongs to."""


def registry_of(*found: Journey) -> Registry:
    """Put journeys together; raises `JourneyError` if two declarations share a name."""
    dialogues: dict[str, type[Dialogue[Any]]] = {}
    lifecycles: dict[str, Lifecycle[Any, Any]] = {}
    journey_of: dict[str, str] = {}
    for journey in found:
        names = [
            *(one.name for one in journey.dialogues),
            *(one.name for one in journey.lifecycles),
        ]
        for name in names:
            if name in journey_of:
                raise JourneyError(f"two declarations are called {name}")
            journey_of[name] = journey.name
        dialogues |= {one.name: one for one in journey.dialogues}
        lifecycles |= {one.name: one() for one in journey.lifecycles}
    return Registry(found, dialogues, lifecycles, journey_of)


@cache
def every_journey() -> Registry:
    """Return the journeys of the folders in `journeys/`, in alphabetical order."""
    names = sorted(module.name for module in pkgutil.iter_modules(journeys.__path__))
    return registry_of(*(import_module(f"journeys.{name}").JOURNEY for name in names))
