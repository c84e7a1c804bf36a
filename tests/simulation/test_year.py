"""Small years, and what a year is made of; the whole one is in `test_whole_year`."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.demo.stage import DEMO_SCHOOL
from bot.simulation.clock import VirtualClock, changes, midnights
from bot.simulation.picture import draw
from bot.simulation.simulating import simulate
from bot.simulation.year import FIRST_DAY, Wish
from tests.simulation.findings import GOOD

TALLINN = ZoneInfo("Europe/Tallinn")
SHORT = Wish(seed=1, alumni=14, students=6, days=60)


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
