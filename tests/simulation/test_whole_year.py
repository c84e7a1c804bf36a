"""The year that `kutse simulate` plays, whole: 300 alumni, 120 students, 365 days.

It is played in a process of its own, in which lines are not counted and statements not watched: that would
take two or three times as long, and the small years reach the same code.
"""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from bot.simulation.findings import Findings
from bot.simulation.simulating import simulate
from bot.simulation.year import Wish
from tests.folders import quick_folder


@pytest.fixture(scope="module")
def year() -> Findings:
    """The year of the command, with the people of its seed."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [one for one in os.environ if one.startswith("COVERAGE_")]:
            patch.delenv(name)
        patch.setenv("TMPDIR", str(quick_folder()))
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            return alone.submit(simulate, Wish()).result()


def test_every_promise_is_kept(year: Findings) -> None:
    broken = [one for one in year.promises() if not one.is_kept]

    assert broken == []


def test_it_is_a_year_of_a_whole_school(year: Findings) -> None:
    assert (year.alumni, year.students, year.days) == (300, 120, 365)
    assert len(year.weeks) == 53
    assert sum(week.requests for week in year.weeks) == year.requests > year.students
    assert year.accepted == len(year.days_to_match) == year.pairs


def test_whatever_may_happen_has_happened_often(year: Findings) -> None:
    seen = {
        "asked": year.asked,
        "accepted": year.accepted,
        "declined": year.declined,
        "expired": year.expired,
        "waited": year.waited,
        "meetings": year.meetings,
        "closed": year.closed,
        "ended early": year.ended_early,
        "written to many": year.written,
        "had a place": year.coming,
        "offered a place": year.offered,
        "let an offer pass": year.lapsed,
        "thanked for coming": year.thanked,
        "missed": year.missed,
    }

    assert [name for name, number in seen.items() if number < 10] == []


def test_staff_write_news_and_jobs_and_invite_to_events(year: Findings) -> None:
    # Twelve times news, 26 times jobs, four events; now and then the second does not agree, or does not answer.
    assert year.written >= 40
    assert year.to_many > 5000
    assert year.guests > 400


def test_the_house_was_built_anew_again_and_again_and_in_both_nights(year: Findings) -> None:
    # Two of each night, and one a month; a line that is cut waits for the next letter.
    assert year.restarts > 2 * 2 + 10
