"""Reckons from rows and deliveries what a year has shown; nothing here is taken from the bot's own word for it."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from bot.app import House
from bot.conversation.lifecycle import Lifecycle
from bot.domain.school import School
from bot.runtime.work import Work
from bot.simulation.clock import WEEK
from bot.simulation.findings import Week
from bot.simulation.inhabitants import event_in, number_of
from bot.simulation.places import Change
from bot.simulation.post import Delivery
from bot.simulation.to_many import Sent
from bot.simulation.writing import IN_WORDS
from bot.storage import histories, mentoring
from bot.storage.database import Transaction
from journeys.events.attendance import Attendance
from journeys.events.hosting import Occasions
from journeys.mentoring.meeting import Meeting
from journeys.mentoring.mentorship import Mentorship
from journeys.mentoring.search import MentorSearch
from journeys.mentoring.young import YoungWish

GUEST, HOST = Attendance.name, Occasions.name
LATE = timedelta(hours=1)
"""A letter that has waited so long after its time does not leave any more."""
ON_THEIR_WAY = frozenset({"waiting", "sending"})
NEVER_REPEATED = frozenset({"nudge", "broadcast", "digest"})
"""Kinds of letters that are given up if nobody knows whether they arrived, by design."""
SEARCH, PAIR, MEETING, YOUNG = MentorSearch.name, Mentorship.name, Meeting.name, YoungWish.name
ASKED = frozenset({"mentor_asked", "student_asked", "answered"})
"""States in which somebody's answer is waited for."""
ANSWERS = frozenset({"Accepted", "Declined", "QuestionAsked"})
STUCK = frozenset({"waiting", "with_school", "gathered", "in_line"})
"""States in which nobody is asked."""
OPEN: Mapping[str, Lifecycle[Any, Any]] = {SEARCH: MentorSearch(), YOUNG: YoungWish()}
GROWING = "growing"
"""A state in which a student under 18 waits for nothing but a birthday."""


@dataclass(frozen=True, slots=True)
class Step:
    """One transition of a case."""

    at: datetime
    event: str
    start: str | None
    to: str


@dataclass
class Letters:
    """What became of each letter, by its number and its moment, as it was seen last.

    The number alone would not do: once all letters are forgotten, a database may begin anew.
    """

    seen: dict[tuple[int, datetime], Any] = field(default_factory=dict)

    def see(self, rows: Iterable[Any]) -> None:
        """Look at all that are kept now: what waited and is gone was erased with whom it was for."""
        present = {(row.id, row.created_at): row for row in rows}
        gone = [
            key
            for key, row in self.seen.items()
            if row.state in ON_THEIR_WAY and key not in present
        ]
        for key in gone:
            del self.seen[key]
        self.seen.update(present)

    def lost(self, end: datetime) -> int:
        """Return how many should have arrived, and did not; some are given up if in doubt."""
        return sum(
            one.state == "refused"
            or (one.state == "unsure" and one.kind not in NEVER_REPEATED)
            or (one.state in ON_THEIR_WAY and (one.not_before or one.created_at) < end - LATE)
            for one in self.seen.values()
        )

    def doubled(self, deliveries: Iterable[Delivery], deleted: frozenset[int]) -> int:
        """Return how many deliveries no letter knows of: it remembers once that it was sent.

        Of those who had all *deleted* there are no letters any more.
        """
        known = {one.ref for one in self.seen.values()}
        return sum(one.ref not in known and one.to not in deleted for one in deliveries)


@dataclass(frozen=True, slots=True)
class Histories:
    """The cases of a year, read from their rows."""

    steps: Mapping[str, Mapping[int, Sequence[Step]]]
    """By the name of the lifecycle, then by case."""
    students: Mapping[int, str]
    """Where the student of a case is reached; without those who had all deleted."""
    asked: tuple[int, ...]
    """How often each mentor was asked."""
    sent: Mapping[int, Sent] = field(default_factory=dict)
    """When what staff wrote began to leave, by its number."""


@dataclass
class Guests:
    """To which event each case of a guest belongs, as far as was seen: with who is erased, their cases go."""

    seen: dict[int, int] = field(default_factory=dict)

    def changes(self, steps: Mapping[int, Sequence[Step]]) -> Iterator[tuple[int, Change]]:
        """Yield how guests stood, by event."""
        for case, event in self.seen.items():
            yield from ((event, Change(one.at, guest=case, state=one.to)) for one in steps[case])


async def read_kept(house: House, letters: Letters, guests: Guests) -> None:
    """See what has become of the letters that are kept, and of which events there are guests."""

    def read(tx: Transaction) -> None:
        work = Work(tx, house.setting, house.clock())
        letters.see(work.run(histories.LETTERS).all())
        hosted = {row.id: event_in(row.facts) for row in work.run(histories.FACTS, lifecycle=HOST)}
        for row in work.run(histories.BELOW, lifecycle=GUEST):
            if (event := hosted.get(row.above_id)) is not None:
                guests.seen[row.case_id] = event

    await house.database.run(read)


async def read_histories(house: House, start: datetime) -> Histories:
    """Read what has happened since `start`."""

    def read(tx: Transaction) -> Histories:
        work = Work(tx, house.setting, house.clock())
        steps: dict[str, dict[int, list[Step]]] = {
            one: defaultdict(list) for one in (SEARCH, PAIR, MEETING, YOUNG, GUEST)
        }
        for row in work.run(histories.EVENTS, lifecycles=list(steps)):
            step = Step(row.at, row.event, row.from_state, row.to_state)
            steps[row.lifecycle][row.case_id].append(step)
        seats = work.run(histories.SEATED, part="student", lifecycles=[SEARCH, YOUNG])
        asks = {row.mentor_id: row.lately for row in work.run(mentoring.ASKS, since=start)}
        everybody = work.run(mentoring.EVERY_MENTOR).all()
        asked = tuple(asks.get(row.person_id, 0) for row in everybody)
        students = {row.case_id: row.address for row in seats}
        return Histories(steps, students, asked, _sent(work))

    return await house.database.run(read)


def _sent(work: Work) -> dict[int, Sent]:
    """Return when what staff wrote began to leave; a reminder is known by having nothing of it in full."""
    unsure: dict[int, dict[int, datetime]] = defaultdict(dict)
    for row in work.run(histories.NOT_SURE):
        unsure[row.broadcast_id][number_of(row.address)] = row.at
    return {
        int(meant[1]): Sent(row.begun_at, unsure[row.id])
        for row in work.run(histories.BROADCASTS)
        if (meant := IN_WORDS.search(row.letter))
    }


def gaps(steps: Sequence[Step], among: frozenset[str], end: datetime) -> Iterator[timedelta]:
    """Yield how long a case stood in each of some states before anything happened."""
    after = [*(one.at for one in steps[1:]), end]
    yield from (
        then - step.at for step, then in zip(steps, after, strict=True) if step.to in among
    )


def longest_without_action(happened: Histories, end: datetime) -> timedelta:
    """Return the longest that a request to a mentor waited for anything to happen."""
    searches = happened.steps[SEARCH].values()
    return max((gap for steps in searches for gap in gaps(steps, ASKED, end)), default=timedelta())


def longest_without_word(
    happened: Histories,
    deliveries: Iterable[Delivery],
    end: datetime,
    left_at: Callable[[str], datetime | None],
    number: Callable[[str], int],
) -> timedelta:
    """Return the longest that a student who waited heard nothing; who wants nothing any more does not wait."""
    heard: dict[int, list[datetime]] = defaultdict(list)
    for one in deliveries:
        heard[one.to].append(one.at)
    longest = timedelta()
    for lifecycle in OPEN:
        for case, steps in happened.steps[lifecycle].items():
            if case not in happened.students:
                continue
            where = happened.students[case]
            until = min(_closed_at(lifecycle, steps) or end, left_at(where) or end, end)
            words = heard[number(where)]
            first, last = bisect_left(words, steps[0].at), bisect_left(words, until)
            moments = [steps[0].at, *words[first:last], until]
            spans = (b - a for a, b in pairwise(moments))
            longest = max(longest, *spans)
    return longest


def _closed_at(lifecycle: str, steps: Sequence[Step]) -> datetime | None:
    states = OPEN[lifecycle].states
    over = (one.at for one in steps if states[one.to].is_final or one.to == GROWING)
    return next(over, None)


def most_within(moments: Mapping[int, list[datetime]], span: timedelta) -> int:
    """Return the most moments of one person that lie less than `span` apart."""
    return max(
        (
            bisect_left(all_, at + span) - place
            for all_ in moments.values()
            for place, at in enumerate(all_)
        ),
        default=0,
    )


def in_quiet_hours(deliveries: Iterable[Delivery], school: School) -> int:
    """Return how many letters came in quiet hours to people who were not speaking to the bot."""
    return sum(
        not one.is_answer and school.quiet_hours.cover(one.at.astimezone(school.zone).time())
        for one in deliveries
    )


def counted(steps: Mapping[int, Sequence[Step]]) -> Counter[str]:
    """Return how often each event happened."""
    return Counter(one.event for all_ in steps.values() for one in all_)


def reached(steps: Mapping[int, Sequence[Step]], *states: str) -> dict[int, datetime]:
    """Return when each case first came to one of some states, for those that did."""
    found: dict[int, datetime] = {}
    for case, all_ in steps.items():
        if at := next((one.at for one in all_ if one.to in states), None):
            found[case] = at
    return found


def hours_to_answer(steps: Mapping[int, Sequence[Step]]) -> tuple[float, ...]:
    """Return after how many hours mentors said anything, for each who did."""
    return tuple(
        (then.at - step.at) / timedelta(hours=1)
        for all_ in steps.values()
        for step, then in pairwise(all_)
        if step.to == "mentor_asked" and then.event in ANSWERS
    )


def weeks(steps: Mapping[int, Sequence[Step]], start: datetime, end: datetime) -> tuple[Week, ...]:
    """Return what happened to searches, week by week."""
    found = reached(steps, "found")
    result = []
    while start < end:
        after = min(start + WEEK, end)
        began = sum(start <= all_[0].at < after for all_ in steps.values())
        matched = sum(start <= at < after for at in found.values())
        stands = (
            next((one.to for one in reversed(all_) if one.at < after), None)
            for all_ in steps.values()
        )
        result.append(Week(began, matched, sum(one in STUCK for one in stands)))
        start = after
    return tuple(result)
