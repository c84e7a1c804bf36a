"""A day and an hour are understood as people write them, and none is guessed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from bot.conversation.messages import Message, Speak, msg
from bot.conversation.moment import HOW, NEAR, WEEKDAYS, Moment, in_zone, suggestions
from bot.conversation.prompts import Answer, Look, Marks, UnreadableAnswer
from bot.texts.moments import Moments

TALLINN = ZoneInfo("Europe/Tallinn")
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
"""A Monday, at noon in Tallinn."""
CALLED = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "et": "esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev",
}
NEARBY = {
    "en": ("today", "tomorrow", "the day after tomorrow"),
    "es": ("hoy", "mañana", "pasado mañana"),
    "it": ("oggi", "domani", "dopodomani"),
    "et": ("täna", "homme", "ülehomme"),
}


def speaking(language: str, now: datetime = NOW) -> Speak:
    """Return what speaks of days in a language, whatever its catalogue says by now."""
    days = (one.id for one in (*WEEKDAYS, *NEAR))
    texts = dict(zip(days, (*CALLED[language].split(), *NEARBY[language]), strict=True))
    moments = Moments(language, TALLINN)

    def speak(message: Message) -> str:
        at = next((one for one in message.params.values() if isinstance(one, date)), None)
        if at is not None and message.id in {"{at}", "{day}"}:
            return moments.moment(at, now, "")
        return texts.get(message.id, message.id)

    return speak


def asked(now: datetime = NOW, *suggested: datetime) -> Moment:
    return Moment(
        msg("When?"),
        now=now,
        earliest=now + timedelta(hours=12),
        latest=now + timedelta(days=60),
        zone=TALLINN,
        suggested=suggested,
    )


def there(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=TALLINN).astimezone(UTC)


def refused(words: str, now: datetime = NOW) -> Message:
    with pytest.raises(UnreadableAnswer) as slip:
        asked(now).read(words, Marks(), speaking("en", now))
    return slip.value.hint


@pytest.mark.parametrize(
    ("language", "words", "month", "day", "hour", "minute"),
    [
        ("en", "Saturday 11:00", 5, 9, 11, 0),
        ("en", "on saturday at 11", 5, 9, 11, 0),
        ("en", "Satrday, 11.30", 5, 9, 11, 30),
        ("en", "Monday 17:00", 5, 11, 17, 0),
        ("en", "tomorrow 18:00", 5, 5, 18, 0),
        ("en", "the day after tomorrow 9", 5, 6, 9, 0),
        ("en", "9 May 17:00", 5, 9, 17, 0),
        ("en", "Saturday 9 May, 11:00", 5, 9, 11, 0),
        ("en", "2026-05-12 17:00", 5, 12, 17, 0),
        ("en", "2026-05-12T17:00", 5, 12, 17, 0),
        ("en", "12.5. 17:00", 5, 12, 17, 0),
        ("en", "12/5/2026, 17h", 5, 12, 17, 0),
        ("en", "Tuesday 12.5. 17:00", 5, 12, 17, 0),
        ("es", "sábado a las 11:00", 5, 9, 11, 0),
        ("es", "el sabado 11", 5, 9, 11, 0),
        ("es", "mañana a las 18.30", 5, 5, 18, 30),
        ("es", "pasado mañana 18:30", 5, 6, 18, 30),
        ("es", "9 de mayo a las 17:00", 5, 9, 17, 0),
        ("es", "12/5 17:00", 5, 12, 17, 0),
        ("it", "sabato alle 11", 5, 9, 11, 0),
        ("it", "domani alle ore 18", 5, 5, 18, 0),
        ("it", "lunedi ore 9.15", 5, 11, 9, 15),
        ("it", "9 maggio alle 17:00", 5, 9, 17, 0),
        ("et", "laupäev kell 11", 5, 9, 11, 0),
        ("et", "laupäeval kell 11.00", 5, 9, 11, 0),
        ("et", "reedel kl 18", 5, 8, 18, 0),
        ("et", "homme kell 18.30", 5, 5, 18, 30),
        ("et", "9. mai kell 17", 5, 9, 17, 0),
        ("et", "teisipäev, 12.5 kell 17", 5, 12, 17, 0),
        ("et", "12.5 kell 17.00", 5, 12, 17, 0),
    ],
)
def test_a_time_is_read_as_people_write_it(
    language: str, words: str, month: int, day: int, hour: int, minute: int
) -> None:
    heard = asked().read(words, Marks(), speaking(language))

    assert heard == Answer(there(month, day, hour, minute))


@pytest.mark.parametrize("language", CALLED)
@pytest.mark.parametrize("number", range(7))
def test_a_day_of_the_week_is_the_next_of_that_name(language: str, number: int) -> None:
    name = CALLED[language].split()[number]

    heard = asked().read(f"{name} 17:00", Marks(), speaking(language))

    day = 4 + (number or 7)
    assert heard == Answer(there(5, day, 17))


@pytest.mark.parametrize(
    "words",
    [
        "after work",
        "Saturday",
        "someday 17:00",
        "31.6. 17:00",
        "29.2. 17:00",
        "12.5. 24:00",
        "12.5. 17:60",
        "Monday 12.5. 17:00",
        "someday 12.5. 17:00",
        "9 de 17:00",
        "9 9 17:00",
        "9 March 17:00",
        "99",
        "17:00",
        "-, 17:00",
        " " * 9_000 + "x",
        "9" * 9_000,
    ],
)
def test_what_is_no_time_is_not_guessed(words: str) -> None:
    assert refused(words) == HOW


def test_a_time_that_is_past_or_too_soon_says_from_when_on() -> None:
    soon = refused("today 18:00")

    assert soon.params == {"earliest": NOW + timedelta(hours=12)}
    assert refused("1.5. 17:00").id == refused("1.5.2025 17:00").id == soon.id


def test_a_time_that_is_far_away_says_until_when() -> None:
    assert refused("4.7. 17:00").params == {"latest": NOW + timedelta(days=60)}


def test_the_last_day_counts_to_its_end() -> None:
    heard = asked().read("3.7. 23:59", Marks(), speaking("en"))

    assert heard == Answer(there(7, 3, 23, 59))


def test_a_day_of_january_named_in_december_is_one_of_next_year() -> None:
    december = datetime(2026, 12, 10, 9, tzinfo=UTC)

    heard = asked(december).read("8.1. 17:00", Marks(), speaking("en", december))
    spelled = asked(december).read("8 January 17:00", Marks(), speaking("en", december))

    assert heard == spelled == Answer(there(1, 8, 17, year=2027))


def test_the_29th_of_february_is_a_day_of_leap_years_only() -> None:
    late = datetime(2028, 12, 30, 9, tzinfo=UTC)

    assert refused("29.2. 17:00", late) == HOW


def test_an_hour_that_does_not_exist_is_not_taken() -> None:
    march = datetime(2027, 3, 20, 9, tzinfo=UTC)

    assert "does not exist" in refused("28.3. 3:30", march).id
    assert asked(march).read("28.3. 4:00", Marks(), speaking("en", march)) == Answer(
        datetime(2027, 3, 28, 1, tzinfo=UTC)
    )


def test_an_hour_that_comes_twice_is_not_taken() -> None:
    october = datetime(2026, 10, 20, 9, tzinfo=UTC)

    assert "comes twice" in refused("25.10. 3:30", october).id
    assert asked(october).read("25.10. 4:00", Marks(), speaking("en", october)) == Answer(
        datetime(2026, 10, 25, 2, tzinfo=UTC)
    )


FIRST, SECOND = there(5, 9, 11), there(5, 16, 11)


@pytest.mark.parametrize("words", ["2", "Saturday 16 May, 11:00", " saturday 16 may 11.00 "])
def test_a_suggestion_is_taken_by_its_number_or_as_it_stands(words: str) -> None:
    heard = asked(NOW, FIRST, SECOND).read(words, Marks(), speaking("en"))

    assert heard == Answer(SECOND, "1")


def test_a_time_like_a_suggestion_is_another_time() -> None:
    heard = asked(NOW, FIRST, SECOND).read("Saturday 16 May, 12:00", Marks(), speaking("en"))

    assert heard == Answer(there(5, 16, 12))


def test_a_suggestion_is_taken_by_a_tap_as_long_as_it_is_not_past() -> None:
    prompt = asked(NOW, NOW, SECOND)

    assert prompt.look is Look.LIST
    assert list(prompt.options) == ["0", "1"]
    assert prompt.choose("1", Marks()) == Answer(SECOND, "1")
    for gone in ("0", "2", "x"):
        with pytest.raises(UnreadableAnswer):
            prompt.choose(gone, Marks())


every_minute = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31))  # noqa: DTZ001  # by the clock on the wall


@given(every_minute)
def test_what_the_clock_on_the_wall_shows_is_one_moment_or_none(wall: datetime) -> None:
    wall = wall.replace(fold=0)
    try:
        at = in_zone(wall, TALLINN)
    except UnreadableAnswer:
        assert wall.date() in {
            date(2026, 3, 29),
            date(2026, 10, 25),
            date(2027, 3, 28),
            date(2027, 10, 31),
        }
    else:
        assert at.astimezone(TALLINN).replace(tzinfo=None) == wall


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001  # st adds the zone
    st.frozensets(st.integers(0, 6)),
    st.integers(1, 12),
)
def test_suggestions_are_on_the_days_that_suit_and_none_is_tomorrow(
    now: datetime, days: frozenset[int], count: int
) -> None:
    found = suggestions(now, TALLINN, days, count)

    wall = [one.astimezone(TALLINN) for one in found]
    assert len(found) == count
    assert list(found) == sorted(set(found))
    assert not days or {one.weekday() for one in wall} <= days
    assert {(one.weekday() > 4, one.hour) for one in wall} <= {(True, 11), (False, 17)}
    assert wall[0].date() >= now.astimezone(TALLINN).date() + timedelta(days=2)


@given(st.text(max_size=80), st.sampled_from(sorted(CALLED)))
def test_whatever_is_typed_gets_a_time_or_a_kind_word(words: str, language: str) -> None:
    try:
        heard = asked().read(words, Marks(), speaking(language))
    except UnreadableAnswer:
        return
    assert isinstance(heard, Answer)
