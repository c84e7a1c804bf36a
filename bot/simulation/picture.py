"""Draws a simulated year as a picture (PNG), in the colours of the house; only who wants one imports this."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from bot.simulation.findings import MOST_HOURS, Findings

PAGE, PAPER, INK, SOFT, LINE = "#ebeae4", "#ffffff", "#1b2a2f", "#506168", "#dfded7"
LAKE, SHALLOW = "#14566a", "#9cc3ce"
BERRY, BERRY_WASH, BERRY_INK = "#e9a03f", "#fcf1df", "#7d4a06"
"""The colours of the school's page, by day."""
WIDE, HIGH, DOTS = 12.0, 9.0, 150
"""Inches, and dots an inch."""
LEFT, RIGHT = 0.07, 0.96
STEP = 4
"""Hours of one bar."""
REMINDED = (24, 48)
"""Hours after which a mentor is reminded."""
BAR = 0.38


def draw(findings: Findings, start: datetime, file: Path) -> None:
    """Draw the year that began at `start`: searches week by week, and how fast mentors answered.

    Raises:
        OSError: the file cannot be written.
    """
    figure = Figure(figsize=(WIDE, HIGH), dpi=DOTS, facecolor=PAGE)
    room = {"left": LEFT, "right": RIGHT, "top": 0.82, "bottom": 0.085, "hspace": 0.42}
    above, below = figure.subplots(2, 1, height_ratios=(3, 2), gridspec_kw=room)
    _head(figure, findings)
    _weeks(above, findings, start)
    _answers(below, findings)
    figure.savefig(file, format="png")


def _head(figure: Figure, f: Findings) -> None:
    promises = tuple(f.promises())
    kept = sum(one.is_kept for one in promises)
    title = "A year of mentoring at a made-up school"
    figure.text(LEFT, 0.945, title, size=21, color=INK, weight="bold")
    words = (
        f"{f.alumni} alumni, of whom {f.mentors} offered to be mentors, and {f.students} students."
        f" {len(f.days_to_match)} of {f.requests} searches found a mentor."
        f" Promises kept: {kept} of {len(promises)}."
    )
    figure.text(LEFT, 0.908, words, size=12, color=SOFT)


def _weeks(axes: Axes, f: Findings, start: datetime) -> None:
    """Draw as bars what began and was found each week, and as a shore who waited at its end."""
    _paper(axes, "Students, week by week")
    places = range(len(f.weeks))
    waiting = [one.waiting for one in f.weeks]
    begun, found = [one.requests for one in f.weeks], [one.matched for one in f.weeks]
    axes.fill_between(places, waiting, color=BERRY_WASH, step="mid", zorder=1)
    words = "students who wait, as nobody is free"
    axes.step(places, waiting, where="mid", color=BERRY, linewidth=2, zorder=2, label=words)
    left, right = ([n + side * BAR / 2 for n in places] for side in (-1, 1))
    axes.bar(left, begun, BAR, color=SHALLOW, zorder=3, label="searches begun")
    axes.bar(right, found, BAR, color=LAKE, zorder=3, label="mentors found")
    months = _months(start, len(f.weeks))
    axes.set_xticks([place for place, _ in months], [name for _, name in months])
    axes.set_xlim(-0.8, len(f.weeks) - 0.2)
    axes.set_ylim(0, _top((*waiting, *begun, *found)))
    key = axes.legend(
        loc="lower right",
        bbox_to_anchor=(1.005, 1.0),
        ncols=3,
        frameon=False,
        fontsize=11,
        handlelength=1.4,
        columnspacing=1.8,
    )
    for text in key.get_texts():
        text.set_color(SOFT)


def _months(start: datetime, weeks: int) -> list[tuple[int, str]]:
    """Return the first week that begins in each month, and what the month is called."""
    firsts = [start + timedelta(days=7 * week) for week in range(weeks)]
    return [
        (week, f"{first:%b %Y}" if week == 0 or first.month == 1 else f"{first:%b}")
        for week, first in enumerate(firsts)
        if week == 0 or first.month != firsts[week - 1].month
    ]


def _answers(axes: Axes, f: Findings) -> None:
    """Draw after how many hours mentors first said anything, and what happens meanwhile."""
    _paper(axes, "Answers of mentors, by the hours they took")
    hours = range(0, MOST_HOURS + STEP, STEP)
    heights, _, _ = axes.hist(
        f.hours_to_answer, bins=list(hours), color=LAKE, rwidth=0.86, zorder=3
    )
    top = _top([int(one) for one in heights], room=1.3)
    axes.set_ylim(0, top)
    axes.set_xlim(-0.5, MOST_HOURS + 0.5)
    axes.set_xticks(range(0, MOST_HOURS + 1, 12), [f"{n} h" for n in range(0, MOST_HOURS + 1, 12)])
    marks = [(at, "the mentor is reminded", "left") for at in REMINDED]
    for at, words, side in (*marks, (MOST_HOURS, "the next is asked", "right")):
        axes.axvline(at, color=BERRY, linewidth=2, zorder=2)
        shift = 0.5 if side == "left" else -0.5
        axes.text(at + shift, top * 0.93, words, size=11, color=BERRY_INK, ha=side, va="center")


def _top(values: Sequence[int], room: float = 1.12) -> float:
    """Return how high a drawing of `values` is, with some room above them."""
    return max([4, *values]) * room


def _paper(axes: Axes, title: str) -> None:
    """Lay a sheet of paper under a drawing, with hairlines to read heights by."""
    axes.set_facecolor(PAPER)
    axes.set_title(title, loc="left", size=14, color=INK, weight="bold", pad=10)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    axes.grid(axis="y", color=LINE, linewidth=1, zorder=0)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelcolor=SOFT, labelsize=11, pad=6)
    for spine in axes.spines.values():
        spine.set_visible(False)
