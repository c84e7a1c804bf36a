"""What somebody says to the bot in these tests, and what comes of it when nothing goes wrong."""

import re
import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import ColumnElement, select

from bot.gateways.port import Network
from bot.school import load_school
from bot.settings import Settings
from bot.storage.database import Database, open_database
from bot.storage.tables import (
    case_events,
    cases,
    consents,
    conversations,
    outbox,
    people,
    profiles,
    roles,
    seats,
    timers,
)
from bot.texts.sheets import Sheet
from tests.networks.telegram import read_back
from tests.stories import SCHOOL
from tests.story import Actor, Player, drawn
from tests.telegram.chats import Shown
from tests.telegram.people import Person

KEY = "three-shores"
NUMBERS = re.compile(r"(\b[qc]:|\"who\":)\d+")
SAID = (
    "/start",
    "[English]",
    "[Continue]",
    "[I studied here]",
    "1990",
    "[Events]",
    "[Requests for help]",
    "[Done, 2 chosen]",
    "{name} Tamm",
    "[Welding]",
    "/now",
    "2010",
    "[I finished]",
    "[I work]",
    "Kuressaare",
    "[Give a talk in class]",
    "[Done, 1 chosen]",
    "[Once a month]",
    "[Send]",
    "/help",
)
"""A sign-up, from the first word to the thanks; {name} is who says it."""

Kept = dict[str, str]
"""Rows by the name of their table and their place in it."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What happens when nothing goes wrong."""

    said: tuple[str, ...]
    newest: tuple[str, ...]
    """The newest message after each thing that was said."""
    heard: tuple[str, ...]
    """What all messages say, without their buttons: a switch is moved on the newest of two copies."""
    kept: Kept


def settings(folder: Path) -> dict[str, str]:
    """Return the settings that the processes and paper have in common."""
    return {
        "KUTSE_SCHOOL": str(SCHOOL),
        "KUTSE_SECRET_KEY": "k" * 32,
        "KUTSE_DATA_FOLDER": str(folder),
        "KUTSE_LOG_LEVEL": "warning",
        "KUTSE_WEB_PORT": "0",
        "KUTSE_TELEGRAM_LIBRARY": "python-telegram-bot",
        # Nobody here types as slowly as people do.
        "KUTSE_TELEGRAM_PER_SECOND": "100000",
    }


def comparable(drawing: str) -> str:
    """Return a drawn sheet without the marks of switches that are off, which not all networks show."""
    return drawing.replace("[○ ", "[")


async def tells(person: Person, story: Expected) -> None:
    """Say one thing after the other on Telegram, each when the answer to the one before is there."""
    for words, newest in zip(story.said, story.newest, strict=True):
        if words.startswith("["):
            await person.presses(words[1:-1])
        else:
            await person.types(words)
        await person.bell.until(partial(_is_newest, person, newest), seconds=30)


def heard_by(person: Person) -> list[str]:
    """Return what all messages say that somebody got on Telegram."""
    return [words_of(_seen(person, message)) for message in person.hears]


def _is_newest(person: Person, drawing: str) -> bool:
    return bool(person.hears) and _seen(person, person.hears[-1]) == drawing


def _seen(person: Person, message: Shown) -> str:
    actor = Actor(str(person.user["first_name"]), "en", Network.TELEGRAM)
    return comparable(drawn(actor, read_back([message], Sheet("", "en"))))


def repeats(heard: Sequence[str], story: Expected) -> int:
    """Return how often somebody heard again what was in flight when a process died.

    That may be all that one answer consists of: two messages, at most.
    """
    place = found = 0
    for words in heard:
        if place == len(story.heard) or words != story.heard[place]:
            again = range(max(place - 2, 0), place)
            place = next(before for before in again if story.heard[before] == words)
            found += 1
        place += 1
    assert place == len(story.heard)
    return found


def words_of(drawing: str) -> str:
    """Return what a drawn sheet says, without its buttons."""
    return re.sub(r"\n {4}\[.*", "", drawing)


def paper_of(actor: Actor) -> tuple[str, ...]:
    """Return all that somebody sees on paper."""
    return tuple(comparable(drawn(actor, sheet)) for sheet in actor.sheets)


async def expected(name: str, network: Network, empty: Path, folder: Path) -> Expected:
    """Let somebody say everything on paper, in a copy of the empty database."""
    shutil.copyfile(empty, folder / f"{name}-on-paper.db")
    url = f"sqlite:///{folder / f'{name}-on-paper.db'}"
    known = Settings(secret_key=SecretStr("k" * 32), data_folder=folder)
    said = tuple(words.format(name=name) for words in SAID)
    with closing(open_database(url)) as database:
        player = Player(known, load_school(SCHOOL), database)
        await player.play(f"{name}: en, {network}")
        actor, newest = player.actors[name], []
        for words in said:
            await player.play(f"{name}> {words}")
            newest.append(paper_of(actor)[-1])
        kept = what_is_kept(database, name)
    heard = tuple(words_of(drawing) for drawing in paper_of(actor))
    return Expected(said, tuple(newest), heard, kept)


def what_is_kept(database: Database, name: str) -> Kept:
    """Return all that is known of whoever has this name, but for numbers and times."""
    p, c = people.c, cases.c
    of_case = [
        (case_events, ("lifecycle", "from_state", "to_state", "event", "reason")),
        (timers, ("name", "part", "outcome")),
    ]
    of_person = [
        (roles, ("role",)),
        (profiles, ("programme", "left_in", "how_left", "doing", "town", "offers")),
        (consents, ("purpose", "text_version", "language", "network", "withdrawn_at")),
        (conversations, ("dialogue", "turn", "stored")),
        (seats, ("part", "settled_entry")),
        (outbox, ("kind", "state", "is_edit", "letter")),
    ]
    with database.engine.begin() as tx:

        def rows(*columns: ColumnElement[Any], where: list[ColumnElement[bool]]) -> list[Any]:
            found = tx.execute(
                select(*columns).where(p.school_id == KEY, p.name.contains(name), *where)
            )
            return sorted(NUMBERS.sub(r"\1", str(tuple(row))) for row in found)

        kept = {"people": rows(p.language, p.name, p.born, p.network, where=[])}
        for table, names in of_person:
            mine = [table.c.school_id == KEY, table.c.person_id == p.id]
            kept[table.name] = rows(*(table.c[n] for n in names), where=mine)
        seated = [seats.c.school_id == KEY, seats.c.person_id == p.id, seats.c.case_id == c.id]
        seated.append(c.school_id == KEY)
        kept["cases"] = rows(c.lifecycle, c.state, c.is_open, c.entry, where=seated)
        for table, names in of_case:
            mine = [*seated, table.c.school_id == KEY, table.c.case_id == c.id]
            kept[table.name] = rows(*(table.c[n] for n in names), where=mine)
    return {f"{table} {place}": row for table in kept for place, row in enumerate(kept[table])}
