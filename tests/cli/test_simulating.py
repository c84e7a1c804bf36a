"""The command that lets a made-up year go by: what it prints, draws, and answers scripts."""

import sys
from pathlib import Path

import pytest

from bot.simulation import simulating
from bot.simulation.findings import Findings
from bot.simulation.year import Progress, Wish
from tests.cli.commands import run
from tests.simulation.findings import GOOD, but

FULL = Path("/dev/full")
FEW = ("simulate", "--alumni", "3", "--students", "2", "--days", "20")


def _showing(found: Findings, patch: pytest.MonkeyPatch) -> list[Wish]:
    """Let every year show what was *found*, in no time; return which years were wished for."""
    wished: list[Wish] = []

    def at_once(wish: Wish, progress: Progress) -> Findings:
        wished.append(wish)
        progress(wish.days, wish.days)
        return found

    patch.setattr(simulating, "simulate", at_once)
    return wished


def test_a_year_is_printed_as_a_table_and_drawn(tmp_path: Path) -> None:
    picture = tmp_path / "year.png"

    said = run(tmp_path, *FEW, "--picture", str(picture))

    lines = said.stdout.splitlines()
    assert said.exit_code == 0
    assert lines[0] == (
        "A made-up year of 20 days, drawn from the seed 2026: 3 alumni, 2 students."
    )
    assert "Every promise was kept." in lines
    assert lines[-1] == f"The picture is in {picture}"
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_promise_that_is_broken_is_told_and_answers_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _showing(but(hours_without_action=96.5, lost=2), monkeypatch)

    said = run(tmp_path, "simulate")

    broken = [line for line in said.stdout.splitlines() if line.startswith("NO")]
    assert said.exit_code == 1
    assert [line.split()[-2:] for line in broken] == [["96.5", "hours"], ["restarts", "2"]]
    assert said.stdout.endswith("2 promises broken.\n")


def test_which_year_is_simulated_can_be_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wished = _showing(GOOD, monkeypatch)

    run(tmp_path, "simulate")
    run(tmp_path, *FEW, "--seed", "7")

    assert wished == [Wish(2026, 300, 120, 365), Wish(7, 3, 2, 20)]


def test_without_what_draws_one_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wished = _showing(GOOD, monkeypatch)
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    said = run(tmp_path, "simulate", "--picture", str(tmp_path / "year.png"))

    assert (said.exit_code, wished) == (2, [])
    assert said.stderr == (
        "Drawing needs matplotlib, which is not installed; in the folder of Kutse, run: "
        'pip install -e ".[pictures]"\n'
    )


def test_where_no_picture_can_be_is_told_before_the_year(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wished = _showing(GOOD, monkeypatch)
    nowhere = tmp_path / "nowhere" / "year.png"

    said = [run(tmp_path, "simulate", "--picture", str(at)) for at in (nowhere, tmp_path)]

    assert [(one.exit_code, one.stderr) for one in said] == [
        (2, f'There is no folder "{nowhere.parent}" for the picture.\n'),
        (2, f'"{tmp_path}" is a folder; name the file of the picture itself.\n'),
    ]
    assert wished == []


@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full here")
def test_a_picture_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _showing(GOOD, monkeypatch)

    said = run(tmp_path, "simulate", "--picture", str(FULL))

    sentence = 'The picture cannot be written to "/dev/full": No space left on device.\n'
    assert (said.exit_code, said.stderr.endswith(sentence)) == (2, True)
