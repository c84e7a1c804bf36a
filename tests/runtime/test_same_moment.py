"""Students and mentors press at the same moment: whoever is quicker, places and words stay right.

A story cannot tell who is quicker, so these say what is true in any case.
"""

from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.school import load_school
from bot.settings import Settings
from bot.storage import tables
from bot.storage.database import Database
from bot.storage.mentoring import mentor_places
from tests.stories import SCHOOL
from tests.story import Player

KEY = load_school(SCHOOL).key
PEOPLE = """
anna: en, web
paul: en, web
marta: en, web
ilir: en, web
! anna is a student: Anna; KE-24; 2005
! paul is a student: Paul; KE-24; 2004
! marta is alumni: Marta Kask; welding; 1990
! ilir is alumni: Ilir Hoxha; welding; 1988
"""
TWO_CHOOSE = """
{first}> /mentor
{first}> 1
{first}> Find work
{first}> [Done, 1 chosen]
{first}> [Done]
{first}> [Done]
{first}> [Done]
{first}> 1
{first}> [Nobody]
"""
ANNA_IS_ASKED_FOR = """
! marta mentors: first_job; en; online; saturday; 1
! anna looks for a mentor: first_job; en; online; Find work as a welder
"""


@pytest.fixture
def player(database: Database, tmp_path: Path) -> Player:
    """Play in the school of the stories."""
    settings = Settings(secret_key=SecretStr("k" * 32), data_folder=tmp_path)
    return Player(settings, load_school(SCHOOL), database)


async def told(player: Player, script: str) -> list[str]:
    """Return what is told because of the last line of `script`."""
    *before, last = script.strip().splitlines()
    await player.play("\n".join(before))
    start = len(player.lines) + 1
    await player.play(last)
    return player.lines[start:]


def places_and_searches(database: Database) -> tuple[list[bool], list[str]]:
    """Return of each place that is kept whether it is taken, and the states of all searches."""
    p, c = mentor_places.c, tables.cases.c
    places = database.run_here(
        lambda tx: [
            row.taken_at is not None
            for row in tx.execute(select(p.taken_at).where(p.school_id == KEY).order_by(p.since))
        ]
    )
    states = database.run_here(
        lambda tx: sorted(
            row.state
            for row in tx.execute(
                select(c.state).where(c.school_id == KEY, c.lifecycle == "mentoring.search")
            )
        )
    )
    return places, states


def saying(lines: list[str], words: str) -> int:
    """Return how many of the lines say `words`."""
    return sum(words in line for line in lines)


async def test_of_two_who_choose_the_last_place_one_has_it_and_the_other_hears_who_is_asked(
    player: Player, database: Database
) -> None:
    script = f"""{PEOPLE}
! marta mentors: first_job trade; en; online; saturday; 1
! ilir mentors: first_job; en; online; saturday; 1
{TWO_CHOOSE.format(first="anna")}
{TWO_CHOOSE.format(first="paul")}
anna> [Marta, Welding]
paul> [Marta, Welding]
anna> [That is enough] | paul> [That is enough]"""

    lines = await told(player, script)

    assert saying(lines, "< Your request has gone to Marta.") == 1
    assert saying(lines, "< Marta is no longer free. Your request has gone to Ilir.") == 1
    assert saying(lines, "marta< ") == saying(lines, "ilir< ") == 1
    assert places_and_searches(database) == (
        [False, False],
        ["mentor_asked", "mentor_asked"],
    )


async def test_of_two_who_want_the_only_mentor_one_waits_in_the_first_place(
    player: Player, database: Database
) -> None:
    script = f"""{PEOPLE}
! marta mentors: first_job trade; en; online; saturday; 3
{TWO_CHOOSE.format(first="anna")}
{TWO_CHOOSE.format(first="paul")}
anna> [Let the school choose] | paul> [Let the school choose]"""

    lines = await told(player, script)

    assert saying(lines, "< Your request has gone to Marta.") == 1
    assert saying(lines, "Your place on the waiting list: 1.") == 1
    assert places_and_searches(database) == ([False], ["mentor_asked", "waiting"])


@pytest.mark.parametrize(
    ("other", "is_over"),
    [
        pytest.param("anna> [Stop looking]", True, id="the student stops"),
        pytest.param("anna> [Ask somebody else]", False, id="the student would rather not"),
        pytest.param("maite> [End the search]", True, id="staff end it"),
        pytest.param("marta> [Not my topic]", False, id="the mentor also says no"),
    ],
)
async def test_a_yes_and_what_speaks_against_it_do_not_both_happen(
    player: Player, database: Database, other: str, is_over: bool
) -> None:
    script = f"""maite: en, web
! invite maite, coordinator
maite> /start {{maite}}
maite> [English]
maite> [Yes, that is me]
{PEOPLE}{ANNA_IS_ASKED_FOR}
maite> /now
marta> [Yes, gladly] | {other}"""

    lines = await told(player, script)

    against = {"given_up", "ended"} if is_over else {"waiting"}
    places, (state,) = places_and_searches(database)
    assert places == ([True] if state == "found" else [])
    assert state in {"found", *against}
    assert (saying(lines, "anna< Good news") == 1) == (state == "found")
    assert saying(lines, "That question is already settled.") == 1


async def test_two_mentors_who_get_free_at_the_same_moment_serve_two_who_wait(
    player: Player, database: Database
) -> None:
    script = f"""{PEOPLE}
! marta mentors: first_job; en; online; saturday; 1
! ilir mentors: first_job; en; online; saturday; 1
marta> /mentor
marta> [Rest for some months]
marta> [In 3 months]
ilir> /mentor
ilir> [Rest for some months]
ilir> [In 3 months]
! anna looks for a mentor: first_job; en; online; Find work as a welder
! paul looks for a mentor: first_job; en; online; A job in shipbuilding
marta> /mentor
ilir> /mentor
marta> [Be asked again] | ilir> [Be asked again]"""

    lines = await told(player, script)

    assert saying(lines, "Somebody who fits is free now.") == 2
    assert saying(lines, "would like you as a mentor.") == 2
    assert places_and_searches(database) == (
        [False, False],
        ["mentor_asked", "mentor_asked"],
    )


async def test_who_finds_nobody_while_a_mentor_gets_free_is_not_forgotten(
    player: Player, database: Database
) -> None:
    script = f"""{PEOPLE}
! marta mentors: first_job; en; online; saturday; 1
marta> /mentor
marta> [Rest for some months]
marta> [In 3 months]
marta> /mentor
{TWO_CHOOSE.format(first="anna").strip().removesuffix("anna> [Nobody]")}
anna> [Nobody] | marta> [Be asked again]"""

    lines = await told(player, script)
    if saying(lines, "[Let the school choose]"):  # Marta was quicker, and is on the list
        await player.play("anna> [Let the school choose]")

    assert places_and_searches(database) == ([False], ["mentor_asked"])
