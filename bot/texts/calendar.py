"""An appointment as a file that calendars take in (RFC 5545): made new, changed, or taken out."""

from datetime import datetime

from bot.runtime.letters import CalendarEntry

MIME = "text/calendar"


def calendar_file(entry: CalendarEntry, title: str, now: datetime) -> bytes:
    """Return `entry` as iCalendar, called `title`; written at the moment `now`.

    A calendar takes a file with the same identity and a greater sequence as a change, and one that is
    cancelled as the end of it.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415  # slow to read in, and most processes never send one

    one = entry.appointment
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", now)
    event.add("dtstart", one.starts_at)
    event.add("dtend", one.starts_at + one.lasts)
    event.add("summary", title)
    event.add("location", one.place)
    if one.link:
        event.add("url", one.link)
    event.add("sequence", one.sequence)
    event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Kutse//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if one.is_cancelled else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
