"""A journey whole: its dialogues, its lifecycles, and what is expected of people outside the chat."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.conversation.dialogue import Dialogue
from bot.conversation.lifecycle import Lifecycle, Phase
from bot.conversation.messages import Message
from bot.domain.people import Side


@dataclass(frozen=True, slots=True)
class Journey:
    """One service of the guide. Each folder in `journeys/` has one, called `JOURNEY`."""

    name: str
    """The folder's; owners of journeys are named by it in the school's configuration."""
    title: Message
    purpose: Message
    """One sentence for those who read the matrix."""
    dialogues: tuple[type[Dialogue[Any]], ...] = ()
    lifecycles: tuple[type[Lifecycle[Any, Any]], ...] = ()
    also_expected: Mapping[tuple[Phase, Side], Message] = field(default_factory=dict)
    """What is expected before, beside and after the cases."""
