"""Two may decide on the same thing at the same moment: the second decision finds it moved on, and changes nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.app import build
from bot.conversation.effects import Effect, Tell
from bot.conversation.messages import Who, msg
from bot.domain.mentoring.search import Accepted, AskedElsewhere
from bot.domain.mentoring.staff import DecideOn, ProposeMentor, WakeMentor
from bot.domain.people import CaseId, PersonId
from bot.runtime import mentors
from bot.runtime.commands.mentoring_staff import BOARD, decide_on, propose_mentor, wake_mentor
from bot.runtime.now import SETTLED
from bot.runtime.work import Work
from bot.school import load_school
from bot.settings import Settings
from bot.storage import tables
from bot.storage.database import open_database
from tests.stories import SCHOOL
from tests.story import NOON, Player

ANNA_AND_MARTA = """
maite: en, web
tom: en, web
anna: en, web
marta: en, web
! invite maite, coordinator
maite> /start {maite}
maite> [English]
maite> [Yes, that is me]
! invite tom, teacher
tom> /start {tom}
tom> [English]
tom> [Yes, that is me]
! anna is a student: Anna; KE-24; 2005
! marta is alumni: Marta Kask; welding; 1990
! marta mentors: first_job; en; online; saturday; 1
! anna looks for a mentor: first_job; en; online; Find work
"""
WAITS = f"{ANNA_AND_MARTA}\nmarta> [Not my topic]"
Act = Callable[[Work], Any]


@pytest.fixture
def after(database_url: str, tmp_path: Path) -> Callable[[str, Act], Any]:
    """Return what plays a story, and then lets something be done in the school it has led to."""
    settings = Settings(secret_key=SecretStr("k" * 32), data_folder=tmp_path)
    school = load_school(SCHOOL)

    async def played(story: str, act: Act) -> Any:
        database = open_database(database_url)
        try:
            await Player(settings, school, database).play(story)
            house = build(settings, school, database, lambda: NOON)
            return await database.run(lambda tx: act(Work(tx, house.setting, NOON)))
        finally:
            database.close()

    return played


def person(work: Work, name: str) -> PersonId:
    """Return who is called `name`."""
    p = tables.people.c
    rows = work.tx.execute(select(p.id).where(p.school_id == work.school.key, p.name == name))
    return PersonId(rows.scalar_one())


def search(work: Work) -> tuple[CaseId, int, str]:
    """Return Anna's search, at which entry it is, and in which state."""
    c = tables.cases.c
    rows = work.tx.execute(
        select(c.id, c.entry, c.state).where(
            c.school_id == work.school.key, c.lifecycle == "mentoring.search"
        )
    )
    row = rows.one()
    return CaseId(row.id), row.entry, row.state


def settled(who: PersonId) -> tuple[Effect, ...]:
    """Return what somebody is told whose decision comes too late."""
    return Tell(who, SETTLED), BOARD


async def test_a_decision_on_what_has_moved_on_changes_nothing(after: Any) -> None:
    def decide(work: Work) -> Any:
        case, entry, before = search(work)
        maite = person(work, "Maite")
        told = decide_on(work, maite, DecideOn(case, entry - 1, AskedElsewhere()))
        return told == settled(maite), before, search(work)[2]

    assert await after(ANNA_AND_MARTA, decide) == (True, "mentor_asked", "mentor_asked")


async def test_staff_decide_nothing_that_is_for_others_to_say(after: Any) -> None:
    def decide(work: Work) -> Any:
        case, entry, _ = search(work)
        maite = person(work, "Maite")
        told = decide_on(work, maite, DecideOn(case, entry, Accepted()))
        return told == settled(maite), search(work)[2]

    assert await after(ANNA_AND_MARTA, decide) == (True, "mentor_asked")


async def test_a_teacher_decides_nothing_in_mentoring(after: Any) -> None:
    def decide(work: Work) -> Any:
        case, entry, _ = search(work)
        tom, marta = person(work, "Tom"), person(work, "Marta Kask")
        told = decide_on(work, tom, DecideOn(case, entry, AskedElsewhere()))
        proposed = propose_mentor(work, tom, ProposeMentor(case, entry, marta))
        return told == settled(tom), proposed == settled(tom), search(work)[2]

    assert await after(ANNA_AND_MARTA, decide) == (True, True, "mentor_asked")


async def test_who_has_no_place_any_more_is_not_asked(after: Any) -> None:
    def propose(work: Work) -> Any:
        case, entry, _ = search(work)
        maite, marta = person(work, "Maite"), person(work, "Marta Kask")
        assert mentors.keep(work, marta, person(work, "Tom"), 1, NOON)
        told = propose_mentor(work, maite, ProposeMentor(case, entry, marta))
        expected = Tell(maite, msg("{mentor} has no place any more.", mentor=Who(marta)))
        return told == (expected,), search(work)[2]

    assert await after(WAITS, propose) == (True, "waiting")


async def test_who_does_not_rest_is_not_woken(after: Any) -> None:
    def wake(work: Work) -> Any:
        maite, marta = person(work, "Maite"), person(work, "Marta Kask")
        return wake_mentor(work, maite, WakeMentor(marta)) == settled(maite)

    assert await after(ANNA_AND_MARTA, wake)


async def test_time_decides_nothing_that_is_for_staff(after: Any) -> None:
    def decide(work: Work) -> Any:
        case, entry, _ = search(work)
        marta = person(work, "Marta Kask")
        return (
            decide_on(work, None, DecideOn(case, entry, AskedElsewhere())),
            propose_mentor(work, None, ProposeMentor(case, entry, marta)),
            wake_mentor(work, None, WakeMentor(marta)),
            search(work)[2],
        )

    assert await after(ANNA_AND_MARTA, decide) == ((), (), (), "mentor_asked")
