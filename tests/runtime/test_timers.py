"""Reminders wait for a polite hour, deadlines do not; what follows from facts is planned again with them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Connection, select, update

from bot.app import build
from bot.conversation.expectations import Deadline, When
from bot.conversation.lifecycle import State
from bot.domain.people import CaseId
from bot.domain.times import WorkingDays
from bot.runtime.timers import end_of, moment_of, plan
from bot.runtime.work import Setting, Work
from bot.settings import Settings
from bot.storage import cases, tables
from bot.storage.database import Database
from bot.storage.due import NEXT_DUE
from tests.conversation.hosting import DAY, Hosting, NoAnswer, Plan
from tests.texts.school import SCHOOL

FRIDAY = datetime(2026, 5, 8, 12, tzinfo=UTC)
"""At three in the afternoon in Tallinn."""
HOUR = timedelta(hours=1)


@pytest.fixture
def setting(database: Database, tmp_path: Path) -> Setting:
    """A whole school's setting."""
    settings = Settings(secret_key=SecretStr("k" * 32), data_folder=tmp_path)
    return build(settings, SCHOOL, database, lambda: FRIDAY).setting


def opened(work: Work) -> CaseId:
    row = {
        "lifecycle": "test.hosting",
        "version": 1,
        "above_id": None,
        "state": "asked",
        "is_open": True,
        "entry": 1,
        "opened_at": FRIDAY,
        "entered_at": FRIDAY,
        "facts": "{}",
    }
    return CaseId(work.run(cases.OPEN, row).scalar_one())


def planned(
    database: Database,
    setting: Setting,
    state: State[Any, Any],
    facts: Plan,
    *,
    now: datetime = FRIDAY,
    then: Callable[[Work, CaseId], None] = lambda _, __: None,
) -> tuple[list[tuple[str, str | None, datetime, datetime]], datetime | None]:
    """Plan the timers of `state`, entered on Friday; return them with the soonest moment noted."""

    def work_on(tx: Connection) -> tuple[Any, datetime | None]:
        work = Work(tx, setting, now)
        case_id = opened(work)
        plan(work, case_id, 1, state, FRIDAY, facts, again=False)
        then(work, case_id)
        t = tables.timers.c
        rows = tx.execute(
            select(t.name, t.part, t.planned_for, t.due_at)
            .where(t.school_id == SCHOOL.key)
            .order_by(t.id)
        )
        return [tuple(row) for row in rows], work.earliest

    return database.run_here(work_on)


@pytest.mark.parametrize(
    ("when", "moment"),
    [
        (3 * DAY, FRIDAY + 3 * DAY),
        (WorkingDays(3), FRIDAY + 5 * DAY),
        (lambda facts: facts.at, FRIDAY + HOUR),
        (lambda _: None, None),
    ],
)
def test_a_moment_follows_from_the_entry_the_calendar_or_the_facts(
    when: When[Plan], moment: datetime | None
) -> None:
    assert moment_of(when, FRIDAY, Plan("Welding", FRIDAY + HOUR), SCHOOL) == moment


@pytest.mark.parametrize(
    ("told", "ends"), [(None, 2 * DAY), (FRIDAY + DAY, 2 * DAY), (FRIDAY + 3 * DAY, 3 * DAY)]
)
def test_a_deadline_never_comes_before_the_moment_that_people_were_told(
    told: datetime | None, ends: timedelta
) -> None:
    deadline: Deadline[Plan] = Deadline(2 * DAY, NoAnswer(), but_not_before=lambda plan: plan.at)

    assert end_of(deadline, FRIDAY, Plan("Welding", told), SCHOOL) == FRIDAY + ends


def test_reminders_wait_for_a_polite_hour_and_deadlines_do_not(
    database: Database, setting: Setting
) -> None:
    asked = Hosting.states["asked"]
    soon = replace(asked, nudges=(replace(asked.nudges[0], when=7 * HOUR), asked.nudges[1]))

    rows, earliest = planned(database, setting, soon, Plan("Welding"))

    monday = datetime(2026, 5, 11, 5, tzinfo=UTC)
    assert rows == [
        ("nudge.host.0", "host", FRIDAY + 7 * HOUR, monday),
        ("nudge.host.1", "host", FRIDAY + 4 * DAY, FRIDAY + 4 * DAY),
        ("NoAnswer", None, FRIDAY + 7 * DAY, FRIDAY + 7 * DAY),
    ]
    assert earliest == monday


def test_a_deadline_may_fall_on_a_night_of_the_weekend(
    database: Database, setting: Setting
) -> None:
    rows, _ = planned(
        database, setting, Hosting.states["dated"], Plan("Welding", FRIDAY + 12 * HOUR)
    )

    assert rows == [("DayOver", None, FRIDAY + 36 * HOUR, FRIDAY + 36 * HOUR)]


def test_nothing_is_planned_for_a_moment_that_is_not_known(
    database: Database, setting: Setting
) -> None:
    assert planned(database, setting, Hosting.states["dated"], Plan("Welding")) == ([], None)


def test_nobody_is_reminded_of_the_past(database: Database, setting: Setting) -> None:
    rows, _ = planned(
        database, setting, Hosting.states["asked"], Plan("Welding"), now=FRIDAY + 2 * DAY
    )

    assert [name for name, *_ in rows] == ["nudge.host.1", "NoAnswer"]


def test_a_deadline_that_has_passed_is_still_kept(database: Database, setting: Setting) -> None:
    rows, _ = planned(
        database, setting, Hosting.states["dated"], Plan("Welding", FRIDAY - 9 * DAY)
    )

    assert rows == [("DayOver", None, FRIDAY - 8 * DAY, FRIDAY - 8 * DAY)]


def test_other_facts_plan_only_what_follows_from_facts_once_for_each_moment(
    database: Database, setting: Setting
) -> None:
    dated = Hosting.states["dated"]
    both = replace(dated, deadlines=(*dated.deadlines, *Hosting.states["asked"].deadlines))

    def later(work: Work, case_id: CaseId) -> None:
        for days in (1, 1, 0):
            plan(work, case_id, 1, both, FRIDAY, Plan("Baking", FRIDAY + days * DAY), again=True)

    rows, _ = planned(database, setting, both, Plan("Welding", FRIDAY), then=later)

    assert [(name, at) for name, _, at, _ in rows] == [
        ("DayOver", FRIDAY + DAY),
        ("NoAnswer", FRIDAY + 7 * DAY),
        ("DayOver", FRIDAY + 2 * DAY),
    ]


def test_a_timer_of_an_entry_that_was_left_is_no_reason_to_wake(
    database: Database, setting: Setting
) -> None:
    row = {"entry": 1, "name": "NoAnswer", "part": None, "outcome": None}

    def next_due(tx: Connection) -> tuple[datetime | None, datetime | None]:
        work = Work(tx, setting, FRIDAY)
        for case_id, due_at in ((opened(work), FRIDAY + DAY), (opened(work), FRIDAY + 3 * DAY)):
            times = {"planned_for": due_at, "due_at": due_at}
            work.run(cases.PLAN, [{**row, **times, "case_id": case_id}])
        before = work.run(NEXT_DUE, moment=FRIDAY).one()
        first = tables.timers.c
        soonest = select(first.case_id).where(
            first.school_id == SCHOOL.key, first.due_at == FRIDAY + DAY
        )
        tx.execute(
            update(tables.cases)
            .where(tables.cases.c.school_id == SCHOOL.key, tables.cases.c.id.in_(soonest))
            .values(entry=2)
        )
        return before[0], work.run(NEXT_DUE, moment=FRIDAY).one()[0]

    assert database.run_here(next_due) == (FRIDAY + DAY, FRIDAY + 3 * DAY)
