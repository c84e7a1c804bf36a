"""The bot says what its transcripts say it says."""

from contextlib import closing
from pathlib import Path

import pytest

from bot.school import load_school
from bot.storage.database import open_database
from tests.journeys.played import Records, settings
from tests.stories import ON_PAPER_ONLY, STORIES, named, school_of
from tests.story import Player


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether what is said now becomes what is to be said."""
    return bool(request.config.getoption("--rewrite-transcripts"))


@pytest.mark.parametrize("story", STORIES, ids=named)
async def test_the_story_goes_as_it_is_written(
    story: Path, records: Records, accept: bool
) -> None:
    played = await records.of(story, school_of(story))

    if accept:
        story.write_text(played.said)
    assert played.said == story.read_text()


@pytest.mark.usefixtures("uncounted")
@pytest.mark.parametrize("story", ON_PAPER_ONLY, ids=named)
async def test_on_postgresql_the_story_goes_as_it_is_written(
    story: Path, postgresql_url: str, tmp_path: Path, accept: bool
) -> None:
    with closing(open_database(postgresql_url)) as database:
        player = Player(settings(tmp_path), load_school(school_of(story)), database)
        played = await player.play(story.read_text())

    if accept:
        story.write_text(played)
    assert played == story.read_text()
