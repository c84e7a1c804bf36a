"""Of an appointment people are reminded in time, and never of one that is past or has just been agreed on."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot.app import House
from bot.conversation.declaring import adapter
from bot.domain.people import CaseId
from bot.domain.times import Times
from bot.runtime import cases
from bot.runtime.orders import finish
from bot.runtime.timers import plan
from bot.runtime.work import Work
from bot.storage import cases as rows, conversations, outbox as letters
from bot.storage.database import Database
from bot.storage.tables import cases as cases_table, outbox, timers
from journeys.mentoring.meeting import Meeting
from journeys.mentoring.meeting_facts import Talk
from tests.arranging import arrange
from tests.runtime.living import ACTORS, KEY, LIIS, clock_of, living

MONDAY = datetime(2026, 5, 4, 9, tzinfo=UTC)
"""At noon in Tallinn."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def there(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of May by the clock on the wall in Tallinn, which is three hours ahead."""
    return datetime(2026, 5, day, hour, minute, tzinfo=UTC) - 3 * HOUR


@pytest.fixture
async def house(database: Database, tmp_path: Path) -> House:
    """A school whose student Liis can be reached."""
    house = living(database, tmp_path)
    await arrange(house, "liis is a student: Liis; KE-24; 2005", ACTORS)
    return house


async def agrees(house: House, at: datetime, *, agreed_at: datetime = MONDAY) -> None:
    """Let Liis have agreed on a meeting."""

    def agree(tx: Connection) -> None:
        work = Work(tx, house.setting, house.clock())
        where = {"network": LIIS.network, "address": LIIS.address}
        liis = work.run(conversations.HERE, where).one().person_id
        talk = Talk(2, place="Room 104", at=at, agreed_at=agreed_at)
        facts = adapter(Talk).dump_json(talk).decode()
        row = {"lifecycle": Meeting.name, "version": 1, "above_id": None, "state": "agreed"}
        moments = {"is_open": True, "entry": 1, "opened_at": agreed_at, "entered_at": agreed_at}
        made = CaseId(work.run(rows.OPEN, {**row, **moments, "facts": facts}).scalar_one())
        seat = {"case_id": made, "part": "student", "person_id": liis, "settled_entry": None}
        other = {"case_id": made, "part": "mentor", "person_id": liis, "settled_entry": None}
        work.run(rows.SEAT, [seat, other])
        state = replace(Meeting.states["agreed"], nudges=Meeting.states["agreed"].nudges[::2])
        assert {nudge.to.value for nudge in state.nudges} == {"student"}
        plan(work, made, 1, state, agreed_at, talk, again=False)

    await house.database.run(agree)


async def is_reminded_otherwise(house: House, *moments: datetime) -> None:
    """Let Liis have been reminded of something else."""

    def remind(tx: Connection) -> None:
        work = Work(tx, house.setting, house.clock())
        where = {"network": LIIS.network, "address": LIIS.address}
        liis = work.run(conversations.HERE, where).one().person_id
        letter = {"kind": "nudge", "letter": "{}", "key": None, "is_edit": False}
        sent = {"not_before": None, "state": "sent", "attempts": 1, "person_id": liis}
        work.run(letters.PUT, [{**letter, **sent, "created_at": at} for at in moments])

    await house.database.run(remind)


async def goes_by(house: House, until: datetime) -> None:
    """Let time pass, waking when something is due."""
    clock = clock_of(house)
    while (due := await house.sweep.next_due()) and due <= until:
        clock.at = max(clock.at, due)
        await house.sweep.run()
    clock.at = until


async def reminded(house: House) -> list[datetime]:
    """Return when Liis was reminded of the meeting."""

    def read(tx: Connection) -> list[datetime]:
        found = tx.execute(
            select(outbox.c.created_at).where(
                outbox.c.school_id == KEY, outbox.c.kind == "nudge", outbox.c.key.is_not(None)
            )
        )
        return sorted(found.scalars())

    return await house.database.run(read)


async def outcomes(house: House) -> Iterable[str | None]:
    """Return what became of the reminders."""

    def read(tx: Connection) -> list[str | None]:
        mine = (timers.c.school_id == KEY, timers.c.part == "student")
        return list(
            tx.execute(select(timers.c.outcome).where(*mine).order_by(timers.c.id)).scalars()
        )

    return await house.database.run(read)


async def test_people_are_reminded_three_days_a_day_and_two_hours_before(house: House) -> None:
    at = there(16, 11)

    await agrees(house, at)
    await goes_by(house, at)

    assert await reminded(house) == [at - 3 * DAY, at - DAY, at - 2 * HOUR]


@pytest.mark.parametrize(
    ("agreed_for", "before"),
    [
        (timedelta(hours=2), []),
        (timedelta(hours=4), [2 * HOUR]),
        (timedelta(hours=25), [2 * HOUR]),
        (timedelta(hours=36), [DAY, 2 * HOUR]),
        (timedelta(hours=96), [DAY, 2 * HOUR]),
        (timedelta(hours=108), [3 * DAY, DAY, 2 * HOUR]),
    ],
)
async def test_nobody_is_reminded_of_what_they_have_just_agreed_on(
    house: House, agreed_for: timedelta, before: list[timedelta]
) -> None:
    at = there(16, 18)
    clock_of(house).at = at - agreed_for

    await agrees(house, at, agreed_at=at - agreed_for)
    await goes_by(house, at)

    assert [at - one for one in await reminded(house)] == before


async def test_a_reminder_leaves_on_a_weekend_and_waits_for_the_end_of_the_night(
    house: House,
) -> None:
    at = there(10, 9)

    await agrees(house, at)
    await goes_by(house, at)

    assert await reminded(house) == [there(7, 9), there(9, 9), there(10, 8)]


async def test_what_would_come_after_the_night_and_too_late_is_left_out(house: House) -> None:
    at = there(10, 7, 30)

    await agrees(house, at)
    await goes_by(house, at + DAY)

    assert await reminded(house) == [there(7, 8), there(9, 8)]
    assert list(await outcomes(house))[:3] == ["fired", "fired", "skipped"]


async def test_nobody_is_reminded_of_a_meeting_that_is_past(house: House) -> None:
    at = there(16, 11)
    await agrees(house, at)

    clock_of(house).at = at
    await house.sweep.run()

    assert await reminded(house) == []
    assert list(await outcomes(house)) == ["overtaken", "overtaken", "skipped"]


async def test_after_a_failure_of_days_only_the_latest_reminder_leaves(house: House) -> None:
    at = there(16, 11)
    await agrees(house, at)

    clock_of(house).at = at - HOUR
    await house.sweep.run()

    assert await reminded(house) == [at - HOUR]


async def test_a_reminder_of_another_day_keeps_the_limits_of_the_week(house: House) -> None:
    at = there(16, 11)
    await is_reminded_otherwise(house, there(11, 12), there(12, 12))
    clock_of(house).at = there(12, 13)
    await agrees(house, at)

    await goes_by(house, at)

    assert await reminded(house) == [at - 2 * HOUR]


async def test_a_reminder_put_off_by_a_day_still_leaves_on_a_weekend(house: House) -> None:
    at = there(16, 18)
    await is_reminded_otherwise(house, there(14, 21))
    clock_of(house).at = there(14, 22)
    await agrees(house, at)

    await goes_by(house, at)

    assert await reminded(house) == [there(16, 8), at - 2 * HOUR]


async def test_on_the_day_itself_there_is_no_limit(house: House) -> None:
    at = there(15, 18)
    await is_reminded_otherwise(house, there(13, 9), there(14, 9), there(15, 9))
    clock_of(house).at = there(15, 10)
    await agrees(house, at)

    await goes_by(house, at)

    assert await reminded(house) == [at - 2 * HOUR]


@pytest.mark.parametrize(
    ("times", "after"),
    [({}, 5 * DAY), ({"mentoring.meeting": {"proposing.not_said": (DAY,)}}, DAY)],
)
def test_until_is_the_first_deadline_of_a_state_as_the_school_has_set_it(
    database: Database, tmp_path: Path, times: Times, after: timedelta
) -> None:
    setting = living(database, tmp_path).setting

    def until(tx: Connection) -> datetime | None:
        work = Work(tx, setting, MONDAY)
        work.school = replace(work.school, times=times)
        cases.open_case(work, None, Meeting.open(Talk(1), {}), None)
        finish(work, None)
        case_id = tx.execute(
            select(cases_table.c.id).where(cases_table.c.school_id == KEY)
        ).scalar_one()
        standing = cases.standing(work, CaseId(case_id))
        assert standing
        return cases.until(work, standing)

    assert database.run_here(until) == MONDAY + after
