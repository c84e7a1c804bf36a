"""What the stories make happen. On SQLite each is played once, for whoever asks for it first.

What is said and what happened is written down, for all processes that run tests: each of two
tests looks at its own half of it.
"""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import wraps
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from pydantic import SecretStr, TypeAdapter
from sqlalchemy import Connection, bindparam, select

from bot.app import House
from bot.conversation.case import Case, To
from bot.runtime.registry import every_journey
from bot.school import load_school
from bot.settings import Settings
from bot.storage.database import open_database
from bot.storage.tables import cases, timers
from tests.story import Player

Name: TypeAlias = tuple[str, ...]
"""The name of a dialogue or a lifecycle, and of something in it."""

# Nudges of the states in which cases are now that have gone out.
_FIRED = (
    select(cases.c.lifecycle, cases.c.state, timers.c.name)
    .join(timers, timers.c.case_id == cases.c.id)
    .where(
        cases.c.school_id == bindparam("school"),
        timers.c.school_id == bindparam("school"),
        timers.c.entry == cases.c.entry,
        timers.c.part.is_not(None),
        timers.c.outcome == "fired",
    )
)


@dataclass
class Played:
    """What a story has made happen, or several."""

    steps: set[Name] = field(default_factory=set)
    states: set[Name] = field(default_factory=set)
    events: set[Name] = field(default_factory=set)
    deadlines: set[Name] = field(default_factory=set)
    nudges: set[Name] = field(default_factory=set)
    said: str = ""
    """The story that followed from the lines played."""

    def add(self, other: "Played") -> None:
        """Count what another story has made happen, too."""
        self.steps |= other.steps
        self.states |= other.states
        self.events |= other.events
        self.deadlines |= other.deadlines
        self.nudges |= other.nudges


WRITTEN = TypeAdapter(Played)


def settings(folder: Path) -> Settings:
    """Return the settings that all stories are written with."""
    key = SecretStr("k" * 32)
    return Settings(secret_key=key, data_folder=folder, public_url="https://chat.example")


class Records:
    """What was written down of the stories that have been played on SQLite."""

    def __init__(self, shared: Path, own: Path, empty: Path) -> None:
        """Keep the records in `shared`, and the databases, copies of the `empty` one, in `own`."""
        self._shared, self._own, self._empty = shared, own, empty

    async def of(self, story: Path, school: Path) -> Played:
        """Return what follows from a story that plays in the school at `school`."""
        name = f"{story.parent.name}-{story.stem}"
        record = self._shared / f"{name}.json"
        with _alone(self._shared / f"{name}.lock"):
            if not record.exists():
                record.write_bytes(WRITTEN.dump_json(await self._play(name, story, school)))
        return WRITTEN.validate_json(record.read_bytes())

    async def _play(self, name: str, story: Path, school: Path) -> Played:
        file = self._own / f"{name}.db"
        shutil.copyfile(self._empty, file)
        with closing(open_database(f"sqlite:///{file}")) as database, noting() as played:
            player = Player(settings(self._own), load_school(school), database)

            async def note_nudges(house: House) -> None:
                key = house.setting.school.key
                played.nudges |= await house.database.run(lambda tx: _fired(tx, key))

            player.after = note_nudges
            played.said = await player.play(story.read_text())
        return played


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Wait until no other process is in here, and keep all others out."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def noting() -> Iterator[Played]:
    """Note all that happens in the dialogues and lifecycles there are."""
    played = Played()
    with pytest.MonkeyPatch.context() as patch:
        for dialogue in every_journey().dialogues.values():
            steps = {
                name: replace(step, hear=_noted(step.hear, played.steps, (dialogue.name, name)))
                for name, step in dialogue.steps.items()
            }
            patch.setattr(dialogue, "steps", steps)
        for lifecycle in every_journey().lifecycles.values():
            transitions = {
                place: replace(one, react=_noting(one.react, played, lifecycle.name, place[0]))
                for place, one in lifecycle.transitions.items()
            }
            opened = replace(
                lifecycle.opened, react=_noting(lifecycle.opened.react, played, lifecycle.name)
            )
            patch.setattr(type(lifecycle), "transitions", transitions)
            patch.setattr(type(lifecycle), "opened", opened)
        yield played


def _noted(hear: Callable[..., Any], heard: set[Name], name: Name) -> Callable[..., Any]:
    @wraps(hear)
    def noted(*given: Any) -> Any:
        heard.add(name)
        return hear(*given)

    return noted


def _noting(
    react: Callable[..., Any], played: Played, name: str, state: str = ""
) -> Callable[..., Any]:
    @wraps(react)
    def noted(lifecycle: Any, case: Case[Any, Any], *event: Any) -> Any:
        move = react(lifecycle, case, *event)
        if isinstance(move, To):
            played.states.add((name, move.state))
        for one in event:
            played.events.add((name, state, type(one).__name__))
            if case.actor is None:
                played.deadlines.add((name, state, type(one).__name__))
        return move

    return noted


def _fired(tx: Connection, school: str) -> set[Name]:
    found = tx.execute(_FIRED, {"school": school})
    return {(row.lifecycle, row.state, row.name) for row in found}
