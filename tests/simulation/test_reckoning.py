"""How a year is reckoned: each thing that would break a promise is seen."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from bot.simulation import reckoning
from bot.simulation.clock import DAY, WEEK
from bot.simulation.post import Delivery
from bot.simulation.reckoning import SEARCH, YOUNG, Histories, Letters, Step
from tests.simulation.people import ANNA, SCHOOL

NOON = datetime(2026, 10, 5, 9, tzinfo=UTC)
"""A Monday, at noon in Tallinn."""
HOUR = timedelta(hours=1)
ADDRESS = "10007"


class Kept(NamedTuple):
    """What is kept of a letter."""

    id: int
    kind: str
    state: str
    ref: str | None = None
    created_at: datetime = NOON
    not_before: datetime | None = None


def delivery(
    at: datetime,
    *,
    ref: str = "1",
    is_answer: bool = False,
    is_reminder: bool = False,
    is_of_today: bool = False,
) -> Delivery:
    return Delivery(at, ANNA, ref, is_answer, is_reminder, is_of_today)


def search(*steps: tuple[timedelta, str, str]) -> list[Step]:
    return [Step(NOON + after, event, None, to) for after, event, to in steps]


def histories(*cases: Sequence[Step], lifecycle: str = SEARCH) -> Histories:
    numbered = dict(enumerate(cases))
    steps: dict[str, dict[int, Sequence[Step]]] = {SEARCH: {}, YOUNG: {}, lifecycle: numbered}
    return Histories(steps, dict.fromkeys(numbered, ADDRESS), ())


def word(
    happened: Histories, *heard: timedelta, end: timedelta, left_at: datetime | None = None
) -> timedelta:
    deliveries = [delivery(NOON + one) for one in heard]
    return reckoning.longest_without_word(
        happened, deliveries, NOON + end, lambda _: left_at, lambda _: ANNA
    )


ASKED = (
    (timedelta(), "Opened", "waiting"),
    (timedelta(), "MentorReserved", "mentor_asked"),
)


def test_a_request_waits_until_anything_happens() -> None:
    answered = search(*ASKED, (71 * HOUR, "NoAnswer", "waiting"), (300 * HOUR, "Stopped", "ended"))

    assert reckoning.longest_without_action(histories(answered), NOON + 99 * DAY) == 71 * HOUR


def test_a_request_to_which_nothing_ever_happens_waits_to_the_end() -> None:
    assert reckoning.longest_without_action(histories(search(*ASKED)), NOON + 5 * DAY) == 5 * DAY


def test_a_student_is_without_a_word_from_one_to_the_next() -> None:
    happened = histories(search(*ASKED, (9 * DAY, "Accepted", "found")))

    assert word(happened, timedelta(), 2 * DAY, 8 * DAY, end=99 * DAY) == 6 * DAY


def test_whoever_has_found_a_mentor_waits_no_longer() -> None:
    happened = histories(search(*ASKED, (2 * DAY, "Accepted", "found")))

    assert word(happened, timedelta(), end=99 * DAY) == 2 * DAY


def test_whoever_has_left_waits_no_longer() -> None:
    happened = histories(search(*ASKED))

    assert word(happened, timedelta(), end=99 * DAY, left_at=NOON + 3 * DAY) == 3 * DAY


def test_a_student_who_waits_for_a_birthday_waits_for_no_word() -> None:
    steps = search((timedelta(), "Opened", "to_arrange"), (4 * DAY, "Arranged", "growing"))

    assert word(histories(steps, lifecycle=YOUNG), end=99 * DAY) == 4 * DAY


def test_reminders_within_a_span_are_counted_from_each_of_them() -> None:
    moments = {ANNA: [NOON, NOON + DAY, NOON + 3 * DAY, NOON + 8 * DAY - HOUR]}

    assert reckoning.most_within(moments, DAY) == 1
    assert reckoning.most_within(moments, DAY + HOUR) == 2
    assert reckoning.most_within(moments, WEEK) == 3
    assert reckoning.most_within({}, DAY) == 0


def test_at_night_only_answers_come() -> None:
    night, morning = NOON + 11 * HOUR, NOON + 20 * HOUR
    deliveries = [delivery(night), delivery(night, is_answer=True), delivery(morning)]

    assert reckoning.in_quiet_hours(deliveries, SCHOOL) == 1


def test_a_letter_that_never_left_is_lost() -> None:
    end = NOON + DAY
    seen = [
        Kept(1, "news", "sent", "1"),
        Kept(2, "reply", "unsure"),
        Kept(3, "nudge", "unsure"),
        Kept(4, "news", "refused"),
        Kept(5, "news", "waiting"),
        Kept(6, "news", "waiting", not_before=end + HOUR),
        Kept(7, "news", "unreached"),
    ]

    assert Letters({(one.id, one.created_at): one for one in seen}).lost(end) == 3


def test_a_letter_that_waited_for_somebody_who_had_all_deleted_is_not_lost() -> None:
    letters = Letters()
    letters.see([Kept(1, "news", "waiting"), Kept(2, "news", "sent", "1")])

    letters.see([])

    assert letters.lost(NOON + DAY) == 0
    assert letters.doubled([delivery(NOON, ref="1")], frozenset()) == 0


def test_a_delivery_that_no_letter_knows_of_is_one_too_many() -> None:
    letters = Letters({(1, NOON): Kept(1, "news", "sent", "1")})
    deliveries = [delivery(NOON, ref="1"), delivery(NOON, ref="2")]

    assert letters.doubled(deliveries, frozenset()) == 1
    assert letters.doubled(deliveries, frozenset({ANNA})) == 0


def test_hours_to_an_answer_are_those_of_who_said_anything() -> None:
    asked = search(
        *ASKED,
        (3 * HOUR, "QuestionAsked", "student_asked"),
        (9 * HOUR, "QuestionAnswered", "answered"),
        (12 * HOUR, "Accepted", "found"),
    )
    silent = search(*ASKED, (72 * HOUR, "NoAnswer", "waiting"))

    assert reckoning.hours_to_answer({1: asked, 2: silent}) == (3.0,)


def test_weeks_tell_who_began_who_found_and_who_waits_at_the_end() -> None:
    quick = search(*ASKED, (2 * DAY, "Accepted", "found"))
    waits = search((DAY, "Opened", "waiting"), (8 * DAY, "NobodyFound", "given_up"))
    late = search((9 * DAY, "Opened", "waiting"))

    weeks = reckoning.weeks({1: quick, 2: waits, 3: late}, NOON, NOON + 10 * DAY)

    assert [(one.requests, one.matched, one.waiting) for one in weeks] == [(2, 1, 1), (1, 0, 1)]
