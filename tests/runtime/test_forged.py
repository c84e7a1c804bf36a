"""What a button carries comes from outside: it may be old, of somebody else, or made up."""

from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.app import build
from bot.conversation.messages import Message
from bot.domain.people import PersonId
from bot.gateways.port import Incoming, Network, Pressed, Said, Typed
from bot.runtime.letters_kept import read
from bot.runtime.now import SETTLED
from bot.settings import Settings
from bot.storage import tables
from bot.storage.database import Database
from handlers.incoming import hearing
from journeys.signup.welcome import LANGUAGE_CHOSEN
from tests.runtime.test_timers import FRIDAY
from tests.texts.school import SCHOOL

NOBODY = PersonId(0)
FORGED = (
    "",
    ":",
    "q",
    "q:99999999999999999999999999:1:en",
    "c:99999999999999999999999999:1:Approved",
    "c:9223372036854775808:1:Approved",
    "c:²:1:Approved",
    "c:\u0661:1:Approved",
    "c:1:1:",
    "c:-1:1:Approved",
    "x:1:1:1",
    "c:1:1:\ud800",
    "\U0001f600" * 16,
)
OF_THE_PRESENT_QUESTION = ("q:1:1:/done", "q:1:1:\x00", "q:1:1:\ud800")


async def answers(database: Database, tmp_path: Path, data: str) -> list[tuple[Message, ...]]:
    """Return what somebody is told who comes in, presses what carries `data`, and goes on."""
    settings = Settings(secret_key=SecretStr("k" * 32), data_folder=tmp_path)
    hear = hearing(build(settings, SCHOOL, database, lambda: FRIDAY).turns)
    said: tuple[Said, ...] = (Typed("/start"), Pressed(data), Typed("English"))
    for number, one in enumerate(said):
        await hear(Incoming(Network.WEB, "a", f"u{number}", one, "en"))
    o = tables.outbox.c
    of_school = select(o.letter).where(o.school_id == SCHOOL.key).order_by(o.id)
    kept = await database.run(lambda tx: tx.execute(of_school).scalars().all())
    return [read(NOBODY, "reply", one, key=None, is_edit=False).parts for one in kept]


@pytest.mark.parametrize("data", FORGED, ids=ascii)
async def test_a_forged_button_is_answered_like_an_old_one(
    database: Database, tmp_path: Path, data: str
) -> None:
    _, answer, then = await answers(database, tmp_path, data)

    assert (answer[0], then[0]) == (SETTLED, LANGUAGE_CHOSEN)


@pytest.mark.parametrize("data", OF_THE_PRESENT_QUESTION, ids=ascii)
async def test_an_option_that_was_not_offered_is_not_understood(
    database: Database, tmp_path: Path, data: str
) -> None:
    _, answer, then = await answers(database, tmp_path, data)

    assert answer[0].id.startswith("I did not understand that.")
    assert then[0] == LANGUAGE_CHOSEN
