"""What a simulated year has shown, as numbers, and the promises that these keep or break."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

MOST_HOURS = 72
"""So long no request waits without an action (domain 3.7)."""
MOST_DAYS = 7
"""So long no student waits without a word (domain 3.7)."""
A_DAY, A_WEEK = 1, 2
"""So often a person is written to unasked at most, over all journeys (domain 3.0)."""


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
    """What one person got unasked in 24 hours; what reminds of an appointment on its own day aside."""
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
    written: int = 0
    """Letters to many and invitations that have left."""
    to_many: int = 0
    """How often somebody got one, or was reminded of one."""
    guests: int = 0
    """How often somebody answered an invitation."""
    coming: int = 0
    """How often somebody had a place."""
    offered: int = 0
    """How often a place that had become free was offered to who waited."""
    lapsed: int = 0
    """How often such an offer was let pass."""
    thanked: int = 0
    missed: int = 0
    on_weekends: int = 0
    """What came unasked on weekends, but for appointments."""
    unwanted: int = 0
    """What came unasked to people who had not agreed to it."""
    too_soon: int = 0
    """News within a month of others, or jobs within a week."""
    twice: int = 0
    """What came once more that comes once."""
    forgotten: int = 0
    """How often somebody has not got what they agreed to, though they could have."""
    over_full: int = 0
    """The most that more places were promised at an event than there were."""
    hours_beside_a_place: float = 0.0
    """The longest that somebody waited for a place though there was one."""
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
            f"Nobody is written to unasked over {_times(A_DAY)} in a day",
            str(self.most_in_a_day),
            self.most_in_a_day <= A_DAY,
        )
        yield Promise(
            f"Nobody is written to unasked over {_times(A_WEEK)} in a week",
            str(self.most_in_a_week),
            self.most_in_a_week <= A_WEEK,
        )
        yield _none("Nothing comes in quiet hours", self.in_quiet_hours)
        yield _none("Nothing comes unasked on a weekend", self.on_weekends)
        yield _none("Nobody gets what they have not agreed to", self.unwanted)
        yield _none("News come once a month at most, and jobs once a week", self.too_soon)
        yield _none("Nobody is invited twice, or gets a letter twice", self.twice)
        yield _none("Nobody who could get a letter to many is forgotten", self.forgotten)
        yield _none("No event ever has more guests than places", self.over_full)
        yield Promise(
            "Nobody waits for a place while one is free",
            f"{self.hours_beside_a_place:.1f} hours",
            self.hours_beside_a_place <= 0,
        )
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
    return Promise(words, str(found), found <= 0)


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


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
