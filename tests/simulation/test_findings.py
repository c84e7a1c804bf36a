"""What findings say of the promises."""

import pytest

from bot.simulation.findings import at_share, gini
from bot.simulation.telling import told
from tests.simulation.findings import GOOD, but


def test_a_good_year_keeps_every_promise() -> None:
    assert GOOD.is_kept
    assert list(told(GOOD, 7))[-1] == "Every promise was kept."


@pytest.mark.parametrize(
    "broken",
    [
        {"hours_without_action": 72.01},
        {"days_without_word": 7.01},
        {"most_in_a_day": 2},
        {"most_in_a_week": 3},
        {"in_quiet_hours": 1},
        {"on_weekends": 1},
        {"unwanted": 1},
        {"too_soon": 1},
        {"twice": 1},
        {"forgotten": 1},
        {"over_full": 1},
        {"hours_beside_a_place": 0.5},
        {"lost": 1},
        {"doubled": 1},
        {"failures": 1},
    ],
    ids=lambda broken: next(iter(broken)),
)
def test_each_promise_can_be_broken(broken: dict[str, float]) -> None:
    findings = but(**broken)

    lines = list(told(findings, 7))

    assert not findings.is_kept
    assert [one.is_kept for one in findings.promises()].count(False) == 1
    assert sum(line.startswith("NO ") for line in lines) == 1
    assert lines[-1] == "1 promise broken."


def test_the_table_has_the_numbers_below_each_other() -> None:
    lines = [line for line in told(GOOD, 7) if line.startswith(("ok", "     "))]

    assert "     Times that a mentor was asked                                        14" in lines
    assert "         half of them within                                        1.5 days" in lines
    assert "         nine of ten within                                         9.0 days" in lines
    assert {len(line) for line in lines if line.strip() != "What happened"} == {76}


def test_a_year_in_which_nobody_was_matched_has_no_days_to_tell() -> None:
    lines = list(told(but(days_to_match=()), 7))

    assert [line.split()[-1] for line in lines if "within" in line] == ["-", "-"]


def test_what_nine_of_ten_have_is_the_least_that_so_many_do_not_exceed() -> None:
    assert at_share(tuple(range(1, 11)), 0.9) == 9
    assert at_share((5.0,), 0.9) == 5.0
    assert at_share((2.0, 1.0), 0.9) == 2.0


def test_spread_is_nothing_where_all_have_the_same_and_near_one_where_one_has_all() -> None:
    assert gini((3, 3, 3, 3)) == 0.0
    assert gini((0, 0, 0, 12)) == 0.75
    assert gini((0, 0)) == 0.0
    assert gini(()) == 0.0
