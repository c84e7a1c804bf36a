"""Students and mentors drawn at random, few enough alike that everything happens."""

from datetime import timedelta

from hypothesis import strategies as st

from bot.domain.mentoring.fitting import Mentor, Seeker
from bot.domain.mentoring.offers import (
    MOST_STUDENTS,
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
from tests.matching.people import FIELDS, MONDAY

PROGRAMMES = st.none() | st.sampled_from([*FIELDS, "no longer taught"])
LANGUAGES = st.lists(st.sampled_from(["et", "ru", "en"]), unique=True, min_size=1, max_size=3).map(
    tuple
)
FORMATS = st.lists(st.sampled_from(Format), unique=True, min_size=1, max_size=2).map(tuple)
DAYS = st.lists(st.sampled_from(list(Day)[:3]), unique=True, max_size=3).map(tuple)
VALUES = st.lists(st.sampled_from(list(Value)[:3]), unique=True, max_size=2).map(tuple)
TOPICS = list(Topic)[:3]

ID = st.integers(1, 12).map(PersonId)
"""So few that somebody may look for a mentor and be one."""
WISHES = st.builds(
    Wish,
    st.sampled_from(TOPICS),
    st.just("To find my first job."),
    LANGUAGES,
    FORMATS,
    DAYS,
    VALUES,
    st.sampled_from(Criterion),
    st.lists(ID, max_size=3).map(tuple),
)
OFFERS = st.builds(
    MentorOffer,
    st.lists(st.sampled_from(TOPICS), unique=True, max_size=3).map(tuple),
    LANGUAGES,
    FORMATS,
    DAYS,
    VALUES,
    st.just(MOST_STUDENTS),
    st.booleans(),
    st.sampled_from(Openness),
)
MOSTLY = st.integers(0, 9).map(bool)
SEEKER = st.builds(
    Seeker,
    ID,
    PROGRAMMES,
    WISHES,
    st.integers(0, 3).map(lambda days: MONDAY + timedelta(days)),
    MOSTLY,
)
MENTOR = st.builds(
    Mentor,
    ID,
    PROGRAMMES,
    OFFERS,
    st.integers(-1, MOST_STUDENTS),
    st.integers(0, 4),
    st.none() | st.sampled_from([0, 30, 89, 90, 400]),
    MOSTLY,
)


def _person(one: Seeker | Mentor) -> PersonId:
    return one.person


SEEKERS = st.lists(SEEKER, unique_by=_person, max_size=8)
MENTORS = st.lists(MENTOR, unique_by=_person, max_size=8)
