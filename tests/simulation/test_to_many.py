"""How it is reckoned what many got: each thing that would break a promise is seen."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.consent import Purpose
from bot.domain.digest import Frequency
from bot.simulation import to_many
from bot.simulation.clock import DAY, WEEK
from bot.simulation.habits import End
from bot.simulation.inhabitants import A_BREAK, Inhabitant
from bot.simulation.post import Delivery
from bot.simulation.to_many import Sent
from bot.simulation.writing import Gathering, Writing
from tests.simulation.people import ANNA, SCHOOL, anna
from tests.simulation.test_reckoning import HOUR, NOON, delivery

LETTERS = {
    1: Writing(1, NOON, Purpose.NEWS),
    2: Writing(2, NOON, Purpose.JOBS),
    3: Writing(3, NOON, Purpose.EVENTS, Gathering(NOON + 3 * WEEK, None)),
}


def letter(number: int, at: datetime = NOON) -> Delivery:
    return Delivery(at, ANNA, "1", False, False, False, titled=number, carries=(number,))


def reminder_of(number: int, at: datetime = NOON) -> Delivery:
    return Delivery(at, ANNA, "1", False, False, False, titled=number)


def agreeing(*purposes: Purpose, end: End = End.STAYS) -> Inhabitant:
    who = anna(end)
    who.agreed.append((NOON - WEEK, frozenset(purposes)))
    return who


def unwanted(who: Inhabitant, *deliveries: Delivery) -> int:
    return to_many.unwanted(deliveries, LETTERS, {ANNA: who})


def forgotten(
    who: Inhabitant,
    *deliveries: Delivery,
    sent: Sent | None = None,
    number: int = 1,
    end: datetime = NOON + 90 * DAY,
) -> int:
    begun = {number: sent or Sent(NOON)}
    return to_many.forgotten(deliveries, begun, LETTERS, [who], SCHOOL, end)


def test_what_reminds_and_what_many_get_counts_but_for_an_appointment_today() -> None:
    deliveries = [
        delivery(NOON),
        delivery(NOON + HOUR, is_reminder=True),
        delivery(NOON + DAY, is_reminder=True, is_of_today=True),
        letter(1, NOON + 2 * DAY),
        reminder_of(3, NOON + 3 * DAY),
    ]

    moments = to_many.unasked(deliveries)

    assert moments == {ANNA: [NOON + HOUR, NOON + 2 * DAY, NOON + 3 * DAY]}


def test_a_letter_that_holds_several_is_one_letter() -> None:
    digest = Delivery(NOON, ANNA, "1", False, False, False, carries=(1, 2), is_digest=True)

    assert to_many.unasked([digest]) == {ANNA: [NOON]}
    assert to_many.twice([digest, letter(2)]) == 1


def test_on_a_weekend_only_an_appointment_is_spoken_of() -> None:
    saturday = NOON + 5 * DAY
    of_appointment = Delivery(saturday, ANNA, "1", False, True, False, True)
    deliveries = [letter(1, saturday), letter(1), of_appointment, delivery(saturday)]

    assert to_many.on_weekends(deliveries, SCHOOL) == 1


def test_whoever_has_not_agreed_wants_none_of_it() -> None:
    assert unwanted(agreeing(Purpose.NEWS), letter(1)) == 0
    assert unwanted(agreeing(Purpose.JOBS), letter(1)) == 1
    assert unwanted(agreeing(Purpose.NEWS), reminder_of(3)) == 1


def test_whoever_takes_it_back_wants_none_from_then_on() -> None:
    who = agreeing(Purpose.NEWS)
    who.agreed.append((NOON + HOUR, frozenset()))

    assert unwanted(who, letter(1), letter(1, NOON + DAY)) == 1


def test_whoever_takes_a_break_is_reminded_only_of_appointments() -> None:
    who = agreeing(Purpose.NEWS)
    who.breaks.append((NOON - HOUR, NOON + HOUR))
    of_appointment = Delivery(NOON, ANNA, "1", False, True, False, True)

    assert unwanted(who, letter(1), delivery(NOON, is_reminder=True), of_appointment) == 2
    assert unwanted(who, letter(1, NOON + DAY)) == 0


def test_whoever_wants_no_messages_wants_no_reminder_either() -> None:
    who = agreeing(Purpose.NEWS, end=End.STOPS)
    who.left_at = NOON

    assert unwanted(who, delivery(NOON + HOUR, is_reminder=True), letter(1, NOON - HOUR)) == 1


def test_an_invitation_and_its_reminder_come_once_each() -> None:
    once = [letter(3), reminder_of(3, NOON + WEEK)]

    assert to_many.twice(once) == 0
    assert to_many.twice([*once, letter(3)]) == 1
    assert to_many.twice([*once, reminder_of(3)]) == 1


def test_what_corrects_a_reminder_comes_once_more_and_beside_all_limits() -> None:
    corrected = Delivery(NOON, ANNA, "1", False, False, False, titled=3, is_correction=True)

    assert to_many.twice([letter(3), reminder_of(3), corrected]) == 0
    assert to_many.twice([corrected, corrected]) == 1
    assert to_many.unasked([corrected]) == {}


@pytest.mark.parametrize(
    ("purpose", "before", "after", "may"),
    [
        (Purpose.NEWS, date(2026, 10, 5), date(2026, 11, 5), True),
        (Purpose.NEWS, date(2026, 10, 5), date(2026, 11, 4), False),
        (Purpose.NEWS, date(2027, 1, 31), date(2027, 2, 28), True),
        (Purpose.NEWS, date(2027, 1, 31), date(2027, 2, 27), False),
        (Purpose.NEWS, date(2026, 12, 20), date(2027, 2, 1), True),
        (Purpose.JOBS, date(2026, 10, 5), date(2026, 10, 12), True),
        (Purpose.JOBS, date(2026, 10, 5), date(2026, 10, 11), False),
        (Purpose.EVENTS, date(2026, 10, 5), date(2026, 10, 5), True),
    ],
)
def test_news_come_once_a_month_and_jobs_once_a_week(
    purpose: Purpose, before: date, after: date, may: bool
) -> None:
    assert to_many.may_follow(purpose, before, after) is may


def test_news_within_a_month_are_too_soon() -> None:
    deliveries = [letter(1), letter(1, NOON + 30 * DAY), letter(2, NOON + DAY), letter(3, NOON)]

    assert too_soon(agreeing(Purpose.NEWS), *deliveries) == 1


@pytest.mark.parametrize(("often", "found"), [(Frequency.WEEKLY, 1), (Frequency.MONTHLY, 0)])
def test_a_digest_of_each_month_may_bring_news_after_four_weeks(
    often: Frequency, found: int
) -> None:
    first = datetime(2026, 5, 7, 13, tzinfo=UTC)
    digests = (
        Delivery(at, ANNA, "1", False, False, False, carries=(1,), is_digest=True)
        for at in (first, first + 4 * WEEK)
    )
    who = agreeing(Purpose.NEWS)
    who.reads.append((first - WEEK, often))

    assert too_soon(who, *digests) == found


def too_soon(who: Inhabitant, *deliveries: Delivery) -> int:
    return to_many.too_soon(deliveries, LETTERS, {ANNA: who}, SCHOOL.zone)


def test_whoever_agreed_and_got_nothing_is_forgotten() -> None:
    assert forgotten(agreeing(Purpose.NEWS)) == 1
    assert forgotten(agreeing(Purpose.NEWS), letter(1, NOON + DAY)) == 0
    assert forgotten(agreeing(Purpose.EVENTS), number=3) == 1


def _excused() -> Iterator[Inhabitant]:
    yield agreeing(Purpose.JOBS)
    left = agreeing(Purpose.NEWS)
    left.left_at = NOON + DAY
    yield left
    rests = agreeing(Purpose.NEWS)
    rests.breaks.append((NOON - A_BREAK, NOON))
    yield rests
    changes = agreeing(Purpose.NEWS)
    changes.agreed.append((NOON + DAY, frozenset()))
    yield changes


def test_whoever_may_not_have_it_all_the_time_is_not_forgotten() -> None:
    assert [forgotten(who) for who in _excused()] == [0, 0, 0, 0]


def test_whoever_had_too_much_else_is_not_forgotten() -> None:
    others = [letter(2, NOON - HOUR), letter(2, NOON + 20 * HOUR)]

    assert forgotten(agreeing(Purpose.EVENTS), *others, number=3) == 0
    assert forgotten(agreeing(Purpose.EVENTS), *others[:1], number=3) == 1


def test_whoever_had_news_lately_is_not_forgotten() -> None:
    assert forgotten(agreeing(Purpose.NEWS), letter(2, NOON - 3 * WEEK)) == 1
    had = Delivery(NOON - 3 * WEEK, ANNA, "1", False, False, False, carries=(4,))
    letters = {**LETTERS, 4: Writing(4, NOON - 4 * WEEK, Purpose.NEWS)}
    who = agreeing(Purpose.NEWS)

    found = to_many.forgotten([had], {1: Sent(NOON)}, letters, [who], SCHOOL, NOON + WEEK)

    assert found == 0


@pytest.mark.parametrize(
    ("often", "days", "found"),
    [
        (Frequency.NEEDED, 90, 0),
        (Frequency.MONTHLY, 30, 0),
        (Frequency.MONTHLY, 32, 1),
        (Frequency.WEEKLY, 3, 0),
        (Frequency.WEEKLY, 4, 1),
        (Frequency.ANY_TIME, 1, 1),
    ],
)
def test_what_can_wait_comes_as_often_as_its_reader_has_chosen(
    often: Frequency, days: int, found: int
) -> None:
    who = agreeing(Purpose.NEWS)
    who.reads.append((NOON - DAY, often))

    assert forgotten(who, end=NOON + days * DAY) == found


def test_whoever_chooses_another_time_meanwhile_is_not_forgotten() -> None:
    who = agreeing(Purpose.NEWS)
    who.reads.append((NOON + DAY, Frequency.NEEDED))

    assert forgotten(who) == 0


def test_a_digest_without_it_is_no_excuse() -> None:
    thursday = NOON + 3 * DAY + 4 * HOUR
    without_it = Delivery(thursday, ANNA, "1", False, False, False, is_digest=True)
    others = delivery(thursday - HOUR, is_reminder=True)

    assert forgotten(agreeing(Purpose.NEWS), without_it, end=NOON + WEEK) == 1
    assert forgotten(agreeing(Purpose.NEWS), others, end=NOON + WEEK) == 0


def test_what_nobody_knows_about_is_not_sent_again() -> None:
    assert forgotten(agreeing(Purpose.NEWS), sent=Sent(NOON, {ANNA: NOON})) == 0


def test_what_could_not_leave_before_the_end_is_not_forgotten() -> None:
    friday_evening = NOON + 4 * DAY + 8 * HOUR + timedelta(minutes=50)

    found = forgotten(agreeing(Purpose.NEWS), sent=Sent(friday_evening), end=NOON + 6 * DAY)

    assert found == 0
