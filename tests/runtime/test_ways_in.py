"""A link that says a code leads to where it will be heard."""

from pathlib import Path

from bot.gateways.port import Network
from bot.storage.database import Database
from tests.runtime.living import living

CODE = "door-2-ABCDE"


async def test_a_code_leads_to_telegram_once_the_bot_is_known_there(
    database: Database, tmp_path: Path
) -> None:
    setting = living(database, tmp_path).setting
    page = f"{setting.page}/c/{CODE}"

    assert setting.way_in(CODE, Network.TELEGRAM) == page

    setting.known_as.on_telegram = "kutse_bot"

    assert setting.way_in(CODE, Network.TELEGRAM) == f"https://t.me/kutse_bot?start={CODE}"
    assert setting.way_in(CODE, Network.WEB) == page
    assert setting.way_in(CODE, None) == page
