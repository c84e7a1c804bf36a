"""What was measured, beside the bar it has to clear."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bench.loopback.rounds import spread


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; several values are repetitions, of which the median counts."""

    words: str
    values: Sequence[float]
    unit: str = ""
    digits: int = 0
    bar: float | None = None
    """What it has to be; None for what is only told."""
    better: Literal["more", "less"] = "less"

    def line(self) -> str:
        """Return the figure, its bar, and whether that is met."""
        found = f"  {self.words:<58}{spread(self.values, self.digits)} {self.unit}".rstrip()
        if self.bar is None:
            return found
        middle = sorted(self.values)[len(self.values) // 2]
        is_met = middle >= self.bar if self.better == "more" else middle <= self.bar
        side = "at least" if self.better == "more" else "at most"
        bar = f"{side} {self.bar:,.{self.digits}f} {self.unit}".rstrip()
        return f"{found:<84}{bar:<28}{'met' if is_met else 'NOT MET'}"


def show(title: str, *figures: Figure | str) -> None:
    """Print figures under a title; words between them stand by themselves."""
    print(f"\n{title}")
    for one in figures:
        print(one.line() if isinstance(one, Figure) else f"  {one}")


def percentile(values: Sequence[float], part: float) -> float:
    """Return below what `part` of the values lies."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]


def fullest(moments: Sequence[float]) -> int:
    """Return how many of the moments, in order, lie in one second."""
    first = most = 0
    for number, at in enumerate(moments, 1):
        while moments[first] <= at - 1:
            first += 1
        most = max(most, number - first)
    return most
