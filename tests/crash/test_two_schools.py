"""Two schools in one database, and updates that networks deliver again."""

from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Connection, select
from typing_extensions import override

from bot.app import House
from bot.domain.school import School
from bot.gateways.port import Incoming, Said
from bot.school import load_school
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.tables import metadata
from handlers.incoming import hearing
from tests.stories import SCHOOL, STORIES
from tests.story import Actor, Player

BY_NAME = {f"{story.parent.name}/{story.stem}": story for story in STORIES}


class RememberingPlayer(Player):
    """Plays a story, and remembers every update."""

    def __init__(self, folder: Path, school: School, database: Database) -> None:
        super().__init__(settings(folder), school, database)
        self.updates: list[Incoming] = []

    @override
    async def _hear(self, *things: tuple[Actor, Said, int]) -> None:
        for number, (actor, said, _) in enumerate(things, self._number + 1):
            name = f"u{number}"
            coming = Incoming(actor.network, actor.address, name, said, actor.language)
            self.updates.append(coming)
        await super()._hear(*things)

    async def deliver_again(self) -> None:
        """Let every update come once more, in its order."""

        async def heard(house: House) -> None:
            for update in self.updates:
                await hearing(house.turns)(update)

        await self._with_house(heard)


def settings(folder: Path) -> Settings:
    key = SecretStr("k" * 32)
    return Settings(secret_key=key, data_folder=folder, public_url="https://chat.example")


def rows(database: Database, school: str) -> dict[str, list[str]]:
    """Return everything that is kept of a school."""

    def read(tx: Connection) -> dict[str, list[str]]:
        return {
            table.name: sorted(
                str(row) for row in tx.execute(select(table).where(table.c.school_id == school))
            )
            for table in metadata.sorted_tables
        }

    return database.run_here(read)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("signup/asked_and_answered", "signup/found_on_the_list"),
        ("signup/rejected_and_forgotten", "rights/delete"),
    ],
)
async def test_of_two_schools_in_one_database_neither_notices_the_other(
    here: str, there: str, database: Database, tmp_path: Path
) -> None:
    twin = tmp_path / "twin.toml"
    twin.write_text(SCHOOL.read_text().replace('"three-shores"', '"twin-shores"'))
    schools = (load_school(SCHOOL), load_school(twin))
    players = [Player(settings(tmp_path), school, database) for school in schools]
    stories = [BY_NAME[name].read_text() for name in (here, there)]

    # Line by line in turns, so that one is always in the middle of what the other does.
    lines = [story.splitlines() for story in stories]
    for place in range(max(map(len, lines))):
        for player, story in zip(players, lines, strict=True):
            if place < len(story):
                await player.play(story[place] + "\n")

    assert ["\n".join(player.lines) + "\n" for player in players] == stories


@pytest.mark.parametrize("name", ["signup/asked_and_answered", "concern/told_and_taken_up"])
async def test_when_everything_is_delivered_again_nothing_changes(
    name: str, database: Database, tmp_path: Path
) -> None:
    school = load_school(SCHOOL)
    player = RememberingPlayer(tmp_path, school, database)
    await player.play(BY_NAME[name].read_text())
    before = rows(database, school.key)

    await player.deliver_again()

    assert rows(database, school.key) == before
