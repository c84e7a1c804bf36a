"""Killed at any moment while somebody signs up at the school's own page."""

from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from bot.gateways.port import Network
from bot.storage.database import open_database
from tests.crash.browsing import Browser
from tests.crash.lives import Lives, Supervisor
from tests.crash.telling import expected, repeats, settings, what_is_kept
from tests.story import Actor


@pytest.mark.parametrize("seed", range(6))
async def test_a_page_that_sends_again_loses_nothing_and_says_nothing_twice(
    seed: int, lives: Lives, empty_sqlite: Path, tmp_path: Path
) -> None:
    story = await expected("mari", Network.WEB, empty_sqlite, tmp_path)
    random = Random(seed)
    deaths = [random.randint(1, 60), *(random.randint(55, 90) for _ in range(2))]

    supervisor = Supervisor(lives, settings(tmp_path), deaths)
    async with Browser(Actor("mari", "en", Network.WEB), supervisor) as mari:
        await mari.tells(story)
        await supervisor.all_died()
        heard = mari.heard
    await lives.stop()

    with closing(open_database(f"sqlite:///{tmp_path / 'three-shores.sqlite'}")) as database:
        assert what_is_kept(database, "mari") == story.kept
    assert repeats(heard, story) <= len(deaths)
