"""Nobody has a place that is not there, whoever waits longest is offered what becomes free, and offers end."""

from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import House
from bot.school import load_school
from bot.storage.database import Database
from bot.storage.events import COMING, OFFERED, SEATED, WAITING, guests
from tests.journeys.played import settings
from tests.stories import SCHOOL
from tests.story import Player, pressable

PEOPLE = ("anna", "boris", "carla", "diego", "elena")
PLACES = 2
STEPS = 30
BEGINNING = (
    "maite: en, web",
    *(f"{name}: en, telegram" for name in PEOPLE),
    "! invite maite, coordinator",
    *(f"! {name} is alumni: {name.title()} Saar; welding; 1990; events" for name in PEOPLE),
    "maite> /start {maite}",
    "maite> English",
    "maite> [Yes, that is me]",
)
INVITED = f"! maite plans: Summer party; 2026-06-05 18:00; 3; School hall; {PLACES}; 0"
ANSWERS = (
    "I am coming",
    "Maybe",
    "I cannot come",
    "I am coming after all",
    "Take me off the list",
    "No, thank you",
)


OF_SCHOOL = select(guests).where(guests.c.school_id == load_school(SCHOOL).key)


class Guests:
    """What is known about the guests after everything that happened."""

    def __init__(self) -> None:
        self.after_each: list[dict[int, Any]] = [{}]

    async def look(self, house: House) -> None:
        """Read the guests as they stand."""
        found = await house.database.run(lambda tx: tx.execute(OF_SCHOOL).all())
        self.after_each.append({row.person_id: row for row in found})


async def play(database: Database, folder: Path, seed: int) -> Guests:
    """Let people answer as chance has it, and change their minds, while hours go by."""
    player, seen = Player(settings(folder), load_school(SCHOOL), database), Guests()
    draw = Random(seed)
    await player.play("\n".join((*BEGINNING, INVITED)))
    player.after = seen.look
    for _ in range(STEPS):
        name = draw.choice(PEOPLE)
        newest = player.actors[name].sheets[-1]
        labels = [row.label for row in pressable(newest) if row.label in ANSWERS]
        line = f"{name}> [{draw.choice(labels)}]" if labels and draw.random() < 0.8 else ""
        await player.play(line or "(13 hours pass)")
    return seen


def never_more_than_there_are(seen: Guests) -> None:
    taken = [_taken(known) for known in seen.after_each]
    assert max(taken) == PLACES


def nobody_waits_while_one_is_free(seen: Guests) -> None:
    for known in seen.after_each:
        assert not _waiting(known) or _taken(known) == PLACES


def whoever_has_waited_longest_comes_first(seen: Guests) -> None:
    offers = 0
    for before, known in pairwise(seen.after_each):
        waited = {one.person_id: one for one in _waiting(before)}
        offered = [
            waited[who] for who, one in known.items() if who in waited and one.reply == OFFERED
        ]
        passed_over = [waited[one.person_id] for one in _waiting(known) if one.person_id in waited]
        offers += len(offered)
        assert all(mine.since <= other.since for mine in offered for other in passed_over)
    assert offers


def nobody_comes_in_between(seen: Guests) -> None:
    for before, known in pairwise(seen.after_each):
        had = {who for who, one in before.items() if one.reply in SEATED}
        came = [who for who, one in known.items() if one.reply == COMING and who not in had]
        assert not (came and _waiting(before))


def _taken(known: dict[int, Any]) -> int:
    return sum(one.people for one in known.values() if one.reply in SEATED)


def _waiting(known: dict[int, Any]) -> list[Any]:
    return [one for one in known.values() if one.reply == WAITING]


@pytest.mark.parametrize("seed", range(2))
async def test_places_go_round_as_promised(database: Database, tmp_path: Path, seed: int) -> None:
    seen = await play(database, tmp_path, seed)

    never_more_than_there_are(seen)
    nobody_waits_while_one_is_free(seen)
    whoever_has_waited_longest_comes_first(seen)
    nobody_comes_in_between(seen)


async def test_of_two_who_take_the_last_place_at_once_one_waits(
    database: Database, tmp_path: Path
) -> None:
    player, seen = Player(settings(tmp_path), load_school(SCHOOL), database), Guests()
    await player.play("\n".join((*BEGINNING, INVITED, "anna> [I am coming]")))
    player.after = seen.look

    await player.play("boris> [I am coming] | carla> [I am coming]")

    replies = sorted(one.reply for one in seen.after_each[-1].values())
    assert replies == [COMING, COMING, WAITING]


async def test_what_guests_need_is_erased_when_the_event_is_over(
    database: Database, tmp_path: Path
) -> None:
    player, seen = Player(settings(tmp_path), load_school(SCHOOL), database), Guests()
    needs = (
        "anna> [What I need, and photos]",
        "anna> A seat at the door",
        "anna> [Yes]",
    )
    player.after = seen.look
    await player.play("\n".join((*BEGINNING, INVITED, "anna> [I am coming]", *needs)))
    told = [one.needs for one in seen.after_each[-1].values()]

    await player.play("(5 weeks pass)")

    kept = [one.needs for one in seen.after_each[-1].values()]
    assert (told, kept) == (["A seat at the door"], [None])


async def test_what_guests_say_that_they_need_after_the_event_is_not_kept(
    database: Database, tmp_path: Path
) -> None:
    player, seen = Player(settings(tmp_path), load_school(SCHOOL), database), Guests()
    begun = ("anna> [I am coming]", "anna> [What I need, and photos]")
    over = ("(4 weeks pass)", "(until Friday 22:30)", *begun[1:])
    await player.play("\n".join((*BEGINNING, INVITED, *begun, "anna> /cancel", *over)))
    player.after = seen.look

    await player.play("anna> A seat at the door\nanna> [Yes]\n(5 weeks pass)")

    assert "Noted. Thank you." in "\n".join(player.lines)
    assert {one.needs for known in seen.after_each for one in known.values()} == {None}
