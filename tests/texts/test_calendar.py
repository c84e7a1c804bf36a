"""An appointment becomes a file that a calendar understands: made new, changed, and taken out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st
from icalendar import Calendar, Component

from bot.conversation.effects import Appointment
from bot.conversation.messages import msg
from bot.domain.people import PersonId
from bot.runtime.letters import CalendarEntry, Letter, LetterKind
from bot.texts.calendar import MIME, calendar_file
from bot.texts.render import Texts
from tests.texts.school import SCHOOL

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
STARTS = datetime(2026, 5, 9, 8, tzinfo=UTC)
UID = "8@three-shores"


def entry(
    place: str = "Room 104", sequence: int = 0, *, is_cancelled: bool = False
) -> CalendarEntry:
    one = Appointment(
        msg("Mentoring, {school}"), STARTS, timedelta(hours=1), place, sequence, is_cancelled
    )
    return CalendarEntry(UID, one)


def read(written: bytes) -> tuple[Calendar, Component]:
    calendar = Calendar.from_ical(written)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def said(of: Component, name: str) -> str:
    return str(of[name])


def test_a_calendar_reads_when_and_where_and_what() -> None:
    calendar, event = read(calendar_file(entry(), "Mentoring, Three Shores", NOW))

    assert said(calendar, "METHOD") == "PUBLISH"
    assert said(calendar, "VERSION") == "2.0"
    assert said(event, "UID") == UID
    assert said(event, "SEQUENCE") == "0"
    assert said(event, "STATUS") == "CONFIRMED"
    assert said(event, "SUMMARY") == "Mentoring, Three Shores"
    assert said(event, "LOCATION") == "Room 104"
    assert event.decoded("DTSTAMP") == NOW
    assert event.decoded("DTSTART") == STARTS
    assert event.decoded("DTEND") == STARTS + timedelta(hours=1)


def test_a_place_that_a_map_finds_leads_there() -> None:
    one = replace(entry().appointment, place="Viru 3, Tartu", link="https://map.example/?q=Viru")

    _, event = read(calendar_file(CalendarEntry(UID, one), "Mentoring", NOW))

    assert said(event, "LOCATION") == "Viru 3, Tartu"
    assert said(event, "URL") == "https://map.example/?q=Viru"
    assert "URL" not in read(calendar_file(entry(), "Mentoring", NOW))[1]


def test_a_change_is_the_same_entry_with_a_greater_number() -> None:
    _, first = read(calendar_file(entry(), "Mentoring", NOW))
    _, second = read(calendar_file(entry(sequence=2), "Mentoring", NOW))

    assert said(first, "UID") == said(second, "UID")
    assert int(said(first, "SEQUENCE")) < int(said(second, "SEQUENCE"))


def test_what_is_called_off_is_taken_out() -> None:
    calendar, event = read(calendar_file(entry(sequence=1, is_cancelled=True), "Mentoring", NOW))

    assert said(calendar, "METHOD") == "CANCEL"
    assert [said(event, one) for one in ("UID", "STATUS", "SEQUENCE")] == [UID, "CANCELLED", "1"]


printable = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp"], include_characters="\n"), max_size=120
)


@given(printable.map(str.strip))
def test_the_place_arrives_as_it_was_written(place: str) -> None:
    _, event = read(calendar_file(entry(place), "Mentoring", NOW))

    assert said(event, "LOCATION") == place


@pytest.mark.parametrize("language", SCHOOL.languages)
def test_a_letter_brings_the_file_in_its_readers_language(language: str) -> None:
    letter = Letter(PersonId(1), LetterKind.NEWS, (msg("{school}"),), file=entry())

    attached = Texts(SCHOOL, lambda: NOW).sheet(letter, language, {}).attachment

    assert attached is not None
    assert (attached.name, attached.mime) == ("kutse.ics", MIME)
    _, event = read(attached.content)
    assert SCHOOL.name_in(language) in said(event, "SUMMARY")
