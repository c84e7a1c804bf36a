"""Students and mentors to match: ordinary people, but for what a test says of them."""

from datetime import UTC, datetime, timedelta

from bot.domain.mentoring.fitting import Mentor, Seeker
from bot.domain.mentoring.offers import (
    Criterion,
    Day,
    Format,
    MentorOffer,
    Openness,
    Topic,
    Value,
    Wish,
)
from bot.domain.people import PersonId

FIELDS = {
    "welding": "0715",
    "machining": "0715",
    "cars": "0716",
    "cooking": "1013",
    "care": "0921",
}
"""Machining is of welding's detailed field, cars are of its narrow one; the others are far from it."""

MARI, JUKU, OLGA = PersonId(101), PersonId(102), PersonId(103)
"""Students; Mari has waited longest, then Juku."""
ANNE, PEETER, VERA = PersonId(1), PersonId(2), PersonId(3)
"""Mentors."""
MONDAY = datetime(2026, 9, 7, 12, tzinfo=UTC)


def student(
    person: PersonId = MARI,
    *,
    programme: str | None = "welding",
    topic: Topic = Topic.FIRST_JOB,
    languages: tuple[str, ...] = ("et",),
    formats: tuple[Format, ...] = (Format.ONLINE,),
    days: tuple[Day, ...] = (),
    values: tuple[Value, ...] = (),
    first: Criterion = Criterion.TOPIC,
    avoid: tuple[PersonId, ...] = (),
    is_adult: bool = True,
) -> Seeker:
    """Return a student who looks for a mentor, since as many days after Monday as their number says."""
    wish = Wish(topic, "To find my first job.", languages, formats, days, values, first, avoid)
    since = MONDAY + timedelta(days=person)
    return Seeker(person, programme, wish, since, is_adult=is_adult)


def mentor(
    person: PersonId = ANNE,
    *,
    programme: str | None = "cooking",
    topics: tuple[Topic, ...] = (Topic.ABROAD,),
    languages: tuple[str, ...] = ("et",),
    formats: tuple[Format, ...] = (Format.ONLINE,),
    days: tuple[Day, ...] = (),
    values: tuple[Value, ...] = (),
    openness: Openness = Openness.OPEN,
    monthly: bool = False,
    free: int = 1,
    asked: int = 5,
    days_free: int | None = 10,
    is_adult: bool = True,
) -> Mentor:
    """Return a mentor with nothing in common with `student` but how and in what language they talk."""
    offer = MentorOffer(
        topics,
        languages,
        formats,
        days,
        values,
        capacity=3,
        monthly=monthly,
        openness=openness,
    )
    return Mentor(person, programme, offer, free, asked, days_free, is_adult)
