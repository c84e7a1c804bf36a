"""The bot says what its transcripts say it says."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.school import load_school
from bot.settings import Settings
from bot.storage.database import Database
from tests.story import Player

STORIES = sorted(Path(__file__).parent.glob("transcripts/*/*.txt"))
SCHOOL = Path(__file__).parent / "school.toml"


def school_of(story: Path) -> Path:
    """Return the school that a story plays in: one of its own, if a file beside it says so."""
    own = story.with_suffix(".toml")
    return own if own.exists() else SCHOOL


@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.parent.name}-{story.stem}")
async def test_the_story_goes_as_it_is_written(
    story: Path, database: Database, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    settings = Settings(
        secret_key=SecretStr("k" * 32), data_folder=tmp_path, public_url="https://chat.example"
    )
    player = Player(settings, load_school(school_of(story)), database)
    written = story.read_text()

    played = await player.play(written)

    if request.config.getoption("--rewrite-transcripts"):
        story.write_text(played)
    assert played == story.read_text()
