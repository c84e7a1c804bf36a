"""What a simulated year has shown, as numbers, and the promises that these keep or break."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

MOST_HOURS = 72
"""So long no request waits without an action (domain 3.7)."""
MOST_DAYS = 7
"""So long no student waits without a word (domain 3.7)."""
A_DAY, A_WEEK = 1, 2
"""So many reminders a person gets at most (domain 3.0)."""


@dataclass(frozen=True, slots=True)
class Week:
    """What happened in one week."""

    requests: int
    """Students who began to look for a mentor."""
    matched: int
    """Searches that ended with a yes."""
    waiting: int
    """Students who waited at its end, nobody being asked for them."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a year has shown. Spans are in the unit that their names say."""

    days: int
    alumni: int
    students: int
    mentors: int
    """Alumni who have offered to be one."""
    turns: int
    letters: int
    restarts: int
    requests: int
    """Searches begun, a second one of the same student included."""
    asked: int
    """Times that a mentor was asked."""
    accepted: int
    declined: int
    expired: int
    """Times that a mentor did not answer, and the next was asked."""
    waited: int
    """Searches that were on the waiting list at some time."""
    days_to_match: tuple[float, ...]
    """Of each search that ended with a yes."""
    hours_to_answer: tuple[float, ...]
    """Of each mentor who said anything: yes, no or a question."""
    hours_without_action: float
    """The longest that a request waited for an answer, a question or the next mentor."""
    days_without_word: float
    """The longest that a student who waited heard nothing."""
    most_in_a_day: int
    """Reminders to one person in 24 hours; those of an appointment on its own day aside."""
    most_in_a_week: int
    in_quiet_hours: int
    """Letters that came in quiet hours to somebody who was not speaking to the bot."""
    meetings: int
    """Meetings that were held."""
    pairs: int
    closed: int
    """Pairs that came to their end, with thanks."""
    ended_early: int
    """Pairs that somebody ended before, the faded ones aside."""
    faded: int
    """Pairs that nobody was in touch with any more."""
    gini: float
    """How unevenly requests are spread over mentors: 0 all the same, 1 all to one."""
    lost: int
    """Letters that should have arrived, and did not."""
    doubled: int
    """Letters that arrived twice."""
    failures: int
    """Turns and timers that failed: faults of ours."""
    weeks: tuple[Week, ...] = ()

    @property
    def median_days(self) -> float | None:
        """Days in which half of those who found a mentor had one; None if nobody did."""
        return median(self.days_to_match) if self.days_to_match else None

    @property
    def slow_days(self) -> float | None:
        """Days in which nine of ten had one."""
        return at_share(self.days_to_match, 0.9) if self.days_to_match else None

    def promises(self) -> Iterator["Promise"]:
        """Yield every promise with what was measured."""
        yield Promise(
            f"No request waits over {MOST_HOURS} hours without an action",
            f"{self.hours_without_action:.1f} hours",
            self.hours_without_action <= MOST_HOURS,
        )
        yield Promise(
            f"No student waits over {MOST_DAYS} days without a word",
            f"{self.days_without_word:.1f} days",
            self.days_without_word <= MOST_DAYS,
        )
        yield Promise(
            f"Nobody gets over {A_DAY} reminder in a day",
            str(self.most_in_a_day),
            self.most_in_a_day <= A_DAY,
        )
        yield Promise(
            f"Nobody gets over {A_WEEK} reminders in a week",
            str(self.most_in_a_week),
            self.most_in_a_week <= A_WEEK,
        )
        yield _none("Nothing comes in quiet hours", self.in_quiet_hours)
        yield _none(f"No letter is lost over {self.restarts} restarts", self.lost)
        yield _none("No letter comes twice", self.doubled)
        yield _none("Nothing fails on our side", self.failures)

    @property
    def is_kept(self) -> bool:
        """Whether every promise is."""
        return all(one.is_kept for one in self.promises())


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise, and what was measured."""

    words: str
    measured: str
    is_kept: bool


def _none(words: str, found: int) -> Promise:
    return Promise(words, str(found), not found)


def at_share(values: tuple[float, ...], share: float) -> float:
    """Return the least of `values` that at least `share` of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(-int(-share * len(ordered) // 1) - 1, 0)]


def gini(counts: tuple[int, ...]) -> float:
    """Return how unevenly something is spread: 0 if all have the same, near 1 if one has all."""
    total, n = sum(counts), len(counts)
    if not total:
        return 0.0
    weighted = sum(place * count for place, count in enumerate(sorted(counts), 1))
    return 2 * weighted / (n * total) - (n + 1) / n
