"""A school whose page nobody outside can reach, and people too young for Telegram."""

from pathlib import Path

from pydantic import SecretStr

from bot.school import load_school
from bot.settings import Settings
from bot.storage.database import open_database
from tests.story import Player

TOO_YOUNG = """
mari: en, telegram
mari> /start
mari> [English]
mari> [Continue]
mari> [I studied here]
mari> 2010
"""


async def test_who_is_too_young_for_telegram_hears_whom_to_ask(
    database_url: str, tmp_path: Path
) -> None:
    settings = Settings(secret_key=SecretStr("k" * 32), data_folder=tmp_path)
    school = load_school(Path(__file__).parent / "school.toml")
    player = Player(settings, school, lambda: open_database(database_url))

    said = await player.play(TOO_YOUNG)

    assert said.endswith(
        "mari> 2010\n"
        "mari< Telegram asks its users to be at least 18. At school you can ask how to take part"
        f" without it. Whom to ask: {school.contact}. Nothing you wrote has been kept.\n"
    )
