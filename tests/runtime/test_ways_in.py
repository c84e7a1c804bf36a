"""A link that says a code leads to where it will be heard."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from typing_extensions import override

from bot.app import House
from bot.gateways.port import Network
from bot.school import load_school
from bot.storage.database import Database
from bot.storage.tables import outbox
from tests.journeys.played import settings
from tests.runtime.living import living
from tests.stories import SCHOOL
from tests.story import Player

CODE = "door-2-ABCDE"
STORY = """\
maite: en, NETWORK
liis: en, web
! invite maite, coordinator
! liis is alumni: Liis Saar; welding; 1990; events
maite> /start {maite}
maite> English
maite> [Yes, that is me]
! maite plans: Summer party; 2026-06-05 18:00; 3; School hall; any; 0
liis> [I am coming]
liis> [Show my code]
(until Friday 12:00)
(4 weeks pass)"""


class KnownOnTelegram(Player):
    """Plays stories of a school whose bot has a name on Telegram."""

    @override
    async def _with_house(self, act: Callable[[House], Awaitable[None]]) -> None:
        async def known(house: House) -> None:
            house.setting.known_as.on_telegram = "kutse_bot"
            await act(house)

        await super()._with_house(known)


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


@pytest.mark.parametrize(
    ("network", "begins"),
    [("telegram", "https://t.me/kutse_bot?start="), ("web", "https://chat.example/c/")],
)
async def test_a_ticket_leads_to_where_whoever_plans_the_event_was_heard_from(
    database: Database, tmp_path: Path, network: str, begins: str
) -> None:
    school = load_school(SCHOOL)
    player = KnownOnTelegram(settings(tmp_path), school, database)

    await player.play(STORY.replace("NETWORK", network))

    mine = select(outbox.c.letter).where(outbox.c.school_id == school.key, outbox.c.letter != "")
    letters = await database.run(lambda tx: tx.execute(mine).scalars().all())
    links = [kept["qr"][1] for one in letters if "qr" in (kept := json.loads(one))]
    # Once when it was asked for, once with the reminder of the day before.
    assert links == [f"{begins}door-2-SFZW7"] * 2
