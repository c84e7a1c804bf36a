"""What is announced happens in every case below, whatever is wrong with one of them."""

import json
from pathlib import Path

from sqlalchemy import select, update
from structlog.testing import capture_logs

from bot.school import load_school
from bot.storage.database import Database
from bot.storage.tables import cases
from tests.journeys.played import settings
from tests.runtime.test_places_at_events import BEGINNING, INVITED, PEOPLE
from tests.stories import SCHOOL
from tests.story import Player

OF_GUESTS = (
    cases.c.school_id == load_school(SCHOOL).key,
    cases.c.lifecycle == "events.attendance",
)


async def test_a_case_that_cannot_be_read_keeps_no_other_from_hearing(
    database: Database, tmp_path: Path
) -> None:
    player = Player(settings(tmp_path), load_school(SCHOOL), database)
    answers = (f"{name}> [Maybe]" for name in PEOPLE)
    await player.play("\n".join((*BEGINNING, INVITED, *answers)))
    first = database.run_here(
        lambda tx: tx.execute(select(cases.c.id).where(*OF_GUESTS).order_by(cases.c.id)).scalar()
    )
    unreadable = json.dumps({"secret": "of anna"})
    database.run_here(
        lambda tx: tx.execute(
            update(cases).where(*OF_GUESTS, cases.c.id == first).values(facts=unreadable)
        )
    )
    told_from = len(player.lines)

    with capture_logs() as logs:
        await player.play("maite> [Call it off]\nmaite> [Yes, call it off]")

    told = [line for line in player.lines[told_from:] if "is called off. We are sorry." in line]
    failed = [log for log in logs if log["event"] == "announcement failed"]
    assert [line.partition("<")[0] for line in told] == list(PEOPLE[1:])
    assert [one["case"] for one in failed] == [first]
    assert "of anna" not in str(failed)
