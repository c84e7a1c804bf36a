"""A small year of the demo's school: what is promised is kept, whoever its people are."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.demo.stage import DEMO_SCHOOL
from bot.simulation.clock import VirtualClock, changes, midnights
from bot.simulation.findings import Findings
from bot.simulation.picture import draw
from bot.simulation.simulating import simulate
from bot.simulation.year import FIRST_DAY, Wish
from tests.simulation.findings import GOOD

TALLINN = ZoneInfo("Europe/Tallinn")
SMALL = Wish(seed=3, alumni=24, students=10)
SHORT = Wish(seed=1, alumni=14, students=8, days=45)


@pytest.fixture(scope="module")
def year() -> Findings:
    """A year with few people."""
    return simulate(SMALL)


def test_every_promise_is_kept(year: Findings) -> None:
    broken = [one for one in year.promises() if not one.is_kept]

    assert broken == []


def test_much_has_happened_in_it(year: Findings) -> None:
    seen = {
        "asked": year.asked,
        "accepted": year.accepted,
        "declined": year.declined,
        "expired": year.expired,
        "waited": year.waited,
        "meetings": year.meetings,
        "closed": year.closed,
    }

    assert [name for name, number in seen.items() if not number] == []
    assert len(year.weeks) == 53
    assert sum(week.requests for week in year.weeks) == year.requests
    assert year.accepted == len(year.days_to_match) == year.pairs


def test_the_house_was_built_anew_again_and_again_and_in_both_nights(year: Findings) -> None:
    # Two of each night, and one a month; a line that is cut waits for the next letter.
    assert year.restarts > 2 * 2 + 10


def test_the_same_seed_shows_the_same_year() -> None:
    assert simulate(SHORT) == simulate(SHORT)


def test_a_school_that_lets_mentors_take_a_week_breaks_the_promise(tmp_path: Path) -> None:
    slow = tmp_path / "school.toml"
    times = '[times.mentoring]\n"search.mentor_asked.no_answer" = "7 days"\n'
    text = DEMO_SCHOOL.read_text(encoding="utf-8")
    slow.write_text(
        text.replace("[[programmes]]", f"{times}\n[[programmes]]", 1), encoding="utf-8"
    )

    found = simulate(SHORT, school=slow)

    broken = [one.words for one in found.promises() if not one.is_kept]
    assert "No request waits over 72 hours without an action" in broken
    assert found.hours_without_action == 7 * 24


def test_the_days_that_go_by_are_told() -> None:
    told: list[tuple[int, int]] = []

    simulate(Wish(alumni=2, students=1, days=3), lambda done, of: told.append((done, of)))

    assert told[-1] == (3, 3)
    assert told == sorted(told)


def test_nobody_at_all_breaks_no_promise() -> None:
    found = simulate(Wish(alumni=0, students=0, days=40))

    assert (found.is_kept, found.requests, found.mentors) == (True, 0, 0)


def test_a_year_is_drawn_as_a_picture(tmp_path: Path) -> None:
    file = tmp_path / "year.png"

    draw(GOOD, FIRST_DAY, file)

    assert file.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


def test_the_clocks_of_the_school_change_twice_in_a_year() -> None:
    end = datetime(2027, 9, 1, tzinfo=UTC)

    assert changes(FIRST_DAY, end, TALLINN) == (
        datetime(2026, 10, 25, 1, tzinfo=UTC),
        datetime(2027, 3, 28, 1, tzinfo=UTC),
    )


def test_days_begin_at_midnight_of_the_school_also_when_the_clocks_have_changed() -> None:
    start, end = datetime(2026, 10, 24, 9, tzinfo=UTC), datetime(2026, 10, 26, 9, tzinfo=UTC)

    assert list(midnights(start, end, TALLINN)) == [
        datetime(2026, 10, 24, 21, tzinfo=UTC),
        datetime(2026, 10, 25, 22, tzinfo=UTC),
    ]


def test_the_clock_never_goes_back() -> None:
    clock = VirtualClock(FIRST_DAY)

    clock.move_to(datetime(2026, 1, 1, tzinfo=UTC))

    assert clock() == FIRST_DAY
