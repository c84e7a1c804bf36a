"""A button is good for what it was made for, and for nothing that comes after."""

from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import select

from bot.school import load_school
from bot.settings import Settings
from bot.storage import tables
from bot.storage.database import Database
from tests.stories import SCHOOL
from tests.story import Player

ASKS_TO_BE_TAKEN_IN = """
{name}: en, web
{name}> /start
{name}> [English]
{name}> [Continue]
{name}> [I studied here]
{name}> 1990
{name}> [Done]
{name}> {name} Tamm
{name}> [Welding]
{name}> 2010
{name}> [I finished]
{name}> [Skip for now]
{name}> [Skip for now]
{name}> [Done]
{name}> [Skip for now]
{name}> [Send]
"""


async def test_the_button_of_a_case_that_was_deleted_does_not_decide_about_the_next_person(
    database: Database, tmp_path: Path
) -> None:
    settings = Settings(secret_key=SecretStr("k" * 32), data_folder=tmp_path)
    player = Player(settings, load_school(SCHOOL), database)
    await player.play("maite: en, web\n! invite maite, coordinator\nmaite> /start {maite}\n")
    await player.play("maite> [English]\nmaite> [Yes, that is me]\n")
    await player.play(ASKS_TO_BE_TAKEN_IN.format(name="mari"))
    await player.play("mari> /delete\nmari> [Delete everything]\n")
    await player.play(ASKS_TO_BE_TAKEN_IN.format(name="juhan"))

    await player.play("maite> [Approve] of old\n")

    c = tables.cases.c
    waiting = select(c.state).where(c.school_id == "three-shores", c.is_open)
    assert await database.run(lambda tx: tx.execute(waiting).scalars().all()) == ["to_check"]
