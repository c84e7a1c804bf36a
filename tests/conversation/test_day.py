"""A day as people write it: its last minute counts, where the school is."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.day import Day
from bot.conversation.messages import Message, msg
from bot.conversation.prompts import Answer, Marks, UnreadableAnswer

NOON = datetime(2026, 5, 4, 9, tzinfo=UTC)
"""A Monday, at noon in Tallinn."""
TALLINN = ZoneInfo("Europe/Tallinn")
DAY = Day(msg("Until when?"), NOON, NOON + timedelta(days=400), TALLINN)


def speak(message: Message) -> str:
    return message.id


def read(words: str, day: Day = DAY) -> datetime:
    answer = day.read(words, Marks(), speak)
    assert isinstance(answer, Answer)
    return answer.value


def hint(words: str) -> str:
    with pytest.raises(UnreadableAnswer) as refused:
        read(words)
    return refused.value.hint.id


@pytest.mark.parametrize(
    "words",
    [
        "12.5.2027",
        "12.05.2027",
        "12. 5. 2027.",
        "12/5/2027",
        "12 5 2027",
        "2027-05-12",
        " 2027-5-12 ",
    ],
)
def test_a_day_is_read_in_every_way_that_people_write_it(words: str) -> None:
    assert read(words) == datetime(2027, 5, 12, 20, 59, tzinfo=UTC)


def test_a_day_in_winter_ends_an_hour_later_in_the_worlds_time() -> None:
    assert read("1.12.2026") == datetime(2026, 12, 1, 21, 59, tzinfo=UTC)


def test_days_on_which_the_clocks_change_end_like_all_others() -> None:
    assert read("25.10.2026") == datetime(2026, 10, 25, 21, 59, tzinfo=UTC)
    assert read("28.3.2027") == datetime(2027, 3, 28, 20, 59, tzinfo=UTC)


def test_today_is_not_past() -> None:
    assert read("4.5.2026") == datetime(2026, 5, 4, 20, 59, tzinfo=UTC)


def test_yesterday_is_past() -> None:
    assert hint("3.5.2026") == "That day is past. Please write a day from now on."


def test_a_day_too_far_ahead_is_told_with_the_last_that_can_be() -> None:
    with pytest.raises(UnreadableAnswer) as refused:
        read("9.6.2027")

    assert refused.value.hint.id == "That is far away. Please write a day until {latest:date}."
    assert refused.value.hint.params == {"latest": NOON + timedelta(days=400)}


@pytest.mark.parametrize(
    "words", ["31.2.2027", "0.5.2027", "12.13.2027", "12.5.", "tomorrow", "", "12.5.20271", "2027"]
)
def test_what_is_no_day_with_its_year_is_asked_for_again(words: str) -> None:
    assert hint(words) == "Please write a day with its year, as in “12.5.2027”."


@pytest.mark.parametrize("words", ["1.1.0001", "31.12.9999"])
def test_the_ends_of_the_calendar_are_no_fault_of_ours(words: str) -> None:
    assert hint(words)
