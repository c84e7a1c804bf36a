"""What journeys declare is stored and carried by name: it must fit where it goes. SQLite would not say."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import get_type_hints

import pytest
from sqlalchemy import Column, String

from bot.conversation.expectations import Tap
from bot.conversation.prompts import Prompt
from bot.conversation.times import named_nudges
from bot.domain.consent import Purpose
from bot.domain.digest import Frequency
from bot.domain.people import Role
from bot.domain.signup import Doing, HowLeft
from bot.runtime.registry import every_journey
from bot.storage import tables

REGISTRY = every_journey()
LIFECYCLES = [type(one) for one in REGISTRY.lifecycles.values()]
CARRIED = re.compile(r"[!-9;-~]{1,40}")
"""Of 64 bytes of a button, the numbers of a case and its entry take 24; a colon parts them."""


def room(column: Column[str]) -> int:
    assert isinstance(column.type, String)
    assert column.type.length is not None
    return column.type.length


def reasons() -> Iterator[str]:
    """Yield every reason an event can have."""
    for lifecycle in LIFECYCLES:
        for _, event in lifecycle.transitions:
            kind = get_type_hints(event).get("reason")
            if isinstance(kind, type) and issubclass(kind, StrEnum):
                yield from kind


def events() -> Iterator[str]:
    for lifecycle in LIFECYCLES:
        yield from (event.__name__ for _, event in lifecycle.transitions)


def nudges() -> Iterator[str]:
    for lifecycle in LIFECYCLES:
        for state in lifecycle.states.values():
            yield from named_nudges(state)


STORED: tuple[tuple[Column[str], list[str]], ...] = (
    (tables.conversations.c.dialogue, list(REGISTRY.dialogues)),
    (tables.cases.c.lifecycle, list(REGISTRY.lifecycles)),
    (tables.case_events.c.lifecycle, list(REGISTRY.lifecycles)),
    (tables.cases.c.state, [state for one in LIFECYCLES for state in one.states]),
    (tables.case_events.c.to_state, [state for one in LIFECYCLES for state in one.states]),
    (tables.case_events.c.event, list(events())),
    (tables.case_events.c.reason, list(reasons())),
    (tables.timers.c.name, [*events(), *nudges()]),
    (tables.timers.c.part, [part.value for one in LIFECYCLES for part in one.parts]),
    (tables.seats.c.part, [part.value for one in LIFECYCLES for part in one.parts]),
    (tables.roles.c.role, list(Role)),
    (tables.consents.c.purpose, list(Purpose)),
    (tables.profiles.c.how_left, list(HowLeft)),
    (tables.profiles.c.doing, list(Doing)),
    (tables.people.c.frequency, list(Frequency)),
)


@pytest.mark.parametrize(("column", "names"), STORED, ids=[str(column) for column, _ in STORED])
def test_every_name_fits_the_column_it_is_stored_in(column: Column[str], names: list[str]) -> None:
    assert [name for name in names if len(name) > room(column)] == []
    assert names


def test_every_button_of_a_case_can_be_carried() -> None:
    keys = [
        action.key
        for lifecycle in LIFECYCLES
        for state in lifecycle.states.values()
        for expected in state.expects.values()
        for action in expected.actions
        if state.phase or isinstance(action, Tap)
    ]

    assert [key for key in keys if not CARRIED.fullmatch(key)] == []


def test_every_option_of_a_question_can_be_carried() -> None:
    options = [
        option
        for dialogue in REGISTRY.dialogues.values()
        for step in dialogue.steps.values()
        if isinstance(step.prompt, Prompt)
        for option in step.prompt.options
    ]

    assert [option for option in options if not CARRIED.fullmatch(option)] == []
