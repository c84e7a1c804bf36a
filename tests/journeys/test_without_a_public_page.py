"""A school whose page nobody outside can reach, and people too young for Telegram."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.school import load_school
from bot.settings import Settings
from bot.storage.database import Database
from tests.story import Player

BEGUN = """
mari: en, telegram
mari> /start
mari> [English]
mari> [Continue]
mari> [I studied here]
"""
TOO_YOUNG = f"{BEGUN}mari> 2010\n"
TO_REVIEW = f"""
! list Mari Kask; welding; 2019
{BEGUN}
mari> 1999
mari> [Done]
mari> Mari Kask
mari> [Welding]
mari> 2019
mari> [I finished]
mari> [Skip for now]
mari> [Skip for now]
mari> [Done]
mari> [Skip for now]
"""
CORRECTED = """
mari> [Year of birth]
mari> 2010
mari> [Yes, it is right]
"""
NOT_WITH_TELEGRAM = (
    "mari< Telegram asks its users to be at least 18. At school you can ask how to take part"
    " without it. Whom to ask: {contact}. Nothing you wrote has been kept.\n"
)
NO_LONGER_WITH_TELEGRAM = (
    "mari< Noted. Telegram asks its users to be at least 18, so what you had agreed to is switched off."
    " At school you can ask how to take part without Telegram. Whom to ask: {contact}\n"
)


@pytest.mark.parametrize(
    ("story", "told"),
    [
        pytest.param(TOO_YOUNG, NOT_WITH_TELEGRAM, id="from the first"),
        pytest.param(TO_REVIEW + CORRECTED, NOT_WITH_TELEGRAM, id="when the review is corrected"),
        pytest.param(
            f"{TO_REVIEW}\nmari> [Send]\nmari> /profile\n{CORRECTED}",
            NO_LONGER_WITH_TELEGRAM,
            id="when the profile is corrected",
        ),
    ],
)
async def test_who_is_too_young_for_telegram_hears_whom_to_ask(
    story: str, told: str, database: Database, tmp_path: Path
) -> None:
    settings = Settings(secret_key=SecretStr("k" * 32), data_folder=tmp_path)
    school = load_school(Path(__file__).parent / "school.toml")
    player = Player(settings, school, database)

    said = await player.play(story)

    assert said.endswith(told.format(contact=school.contact))
