"""A school changes its times while people and cases wait: what was planned stands, and nobody is lost."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.app import House, build
from bot.domain.broadcasts.audience import Audience
from bot.domain.consent import Purpose
from bot.domain.times import NO_TIMES, Times, WorkingDays
from bot.gateways.port import Network
from bot.runtime.audiences import of_purpose
from bot.runtime.classes import make_code
from bot.runtime.work import Work
from bot.storage import tables
from bot.storage.database import Database
from tests.paper import Actor
from tests.runtime.living import LIIS, clock_of, let_in, living, rows, say

TAAVI = Actor("taavi", "en", Network.WEB)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    return living(database, tmp_path)


def begun_anew(house: House, times: Times) -> House:
    """Return the house after its school has changed its times."""
    school = replace(house.setting.school, times=times)
    return build(house.settings, school, house.database, house.clock)


async def pass_time(house: House, length: timedelta) -> None:
    """Let time pass at once, as when the machine was off."""
    clock_of(house).at += length
    await house.sweep.run()


async def nudges(house: House) -> int:
    """Return how many reminders were written."""
    return sum(row.kind == "nudge" for row in await rows(house, tables.outbox))


async def guardian_is_asked(house: House) -> None:
    """Let Maite be the coordinator, and Liis a student too young to decide."""
    await let_in(house)
    code = make_code(house.database, house.setting.school, "KE-24", house.clock())
    await say(house, TAAVI, f"/start {code}", "English", "1", "2014", "Taavi")


@pytest.mark.parametrize(
    ("times", "after"),
    [
        (NO_TIMES, 2 * HOUR),
        ({"concern": {"to_read.not_read": (4 * HOUR,)}}, 4 * HOUR),
        ({"concern": {"to_read.not_read": (WorkingDays(1),)}}, DAY),
    ],
)
async def test_silence_is_noticed_when_the_school_says(
    times: Times, after: timedelta, house: House
) -> None:
    await let_in(house)
    patient = begun_anew(house, times)
    await say(patient, LIIS, "/report", "Somebody is not well.")

    await pass_time(patient, after - timedelta(minutes=1))
    before = [row.state for row in await rows(house, tables.cases)][-1]
    await pass_time(patient, timedelta(minutes=1))

    assert (before, (await rows(house, tables.cases))[-1].state) == ("to_read", "unread")


@pytest.mark.parametrize("length", [HOUR, 9 * DAY])
async def test_a_deadline_that_was_planned_stands_when_its_length_is_changed(
    length: timedelta, house: House
) -> None:
    await let_in(house)
    await say(house, LIIS, "/report", "Somebody is not well.")
    changed = begun_anew(house, {"concern": {"to_read.not_read": (length,)}})

    await pass_time(changed, 2 * HOUR - timedelta(minutes=1))
    before = [row.state for row in await rows(house, tables.cases)][-1]
    await pass_time(changed, timedelta(minutes=1))

    assert (before, (await rows(house, tables.cases))[-1].state) == ("to_read", "unread")


@pytest.mark.parametrize(
    ("times", "reminded"),
    [
        (NO_TIMES, 2),
        ({"enrolment": {"guardian_asked.remind_owner": (9 * DAY,)}}, 2),
        ({"enrolment": {"guardian_asked.remind_owner": ()}}, 1),
    ],
)
async def test_a_reminder_that_was_planned_comes_unless_there_is_to_be_none(
    times: Times, reminded: int, house: House
) -> None:
    await guardian_is_asked(house)

    await pass_time(begun_anew(house, times), 7 * DAY)

    assert await nudges(house) == reminded


async def test_a_question_that_is_no_longer_reminded_of_stays_open_to_its_end(
    house: House,
) -> None:
    await say(house, LIIS, "/start")
    changed = begun_anew(house, {"signup.welcome": {"remind": ()}})

    await pass_time(changed, DAY)
    (open_still,) = await rows(house, tables.conversations)
    await pass_time(changed, 6 * DAY)

    assert open_still.wake_at == open_still.answered_at + 7 * DAY
    assert await rows(house, tables.conversations) == []
    assert await nudges(house) == 0


async def test_a_question_whose_end_has_passed_by_now_is_given_up(house: House) -> None:
    await say(house, LIIS, "/start")
    changed = begun_anew(house, {"signup.welcome": {"remind": (), "give_up": (12 * HOUR,)}})

    await pass_time(changed, DAY)

    assert await rows(house, tables.conversations) == []


async def test_a_reminder_names_the_end_that_the_school_says(house: House) -> None:
    changed = begun_anew(house, {"signup.welcome": {"give_up": (14 * DAY,)}})
    await say(changed, LIIS, "/start")

    await pass_time(changed, DAY)

    (waiting,) = await rows(house, tables.conversations)
    assert await nudges(house) == 1
    assert waiting.wake_at == waiting.answered_at + 14 * DAY


@pytest.mark.parametrize(
    ("times", "day"),
    [
        (NO_TIMES, 10),
        ({"broadcasts.broadcast": {"sending.sending_ended": (20 * DAY,)}}, 25),
        ({"broadcasts.broadcast": {"sending.sending_ended": (WorkingDays(3),)}}, 8),
    ],
)
async def test_who_had_news_lately_depends_on_how_long_the_school_lets_others_wait(
    times: Times, day: int, house: House
) -> None:
    patient = begun_anew(house, times)
    now, zone = (
        house.clock(),
        house.setting.school.zone,
    )  # 4 May: a month after that day it is over

    def asked(tx: Connection) -> Mapping[str, object]:
        return of_purpose(Work(tx, patient.setting, now), Purpose.NEWS, Audience(), can_wait=False)

    had_since = (await house.database.run(asked))["had_since"]

    assert had_since == datetime(2026, 4, day, tzinfo=zone)
