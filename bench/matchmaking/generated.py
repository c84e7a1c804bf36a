"""A school made up from a seed: alumni who offer to mentor, and students who look for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from random import Random
from typing import TypeVar

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

FIELDS = {
    "welding": "0715",
    "machining": "0715",
    "cars": "0716",
    "electrics": "0713",
    "electronics": "0714",
    "bricklaying": "0732",
    "plumbing": "0732",
    "joinery": "0722",
    "cooking": "1013",
    "hotels": "1013",
    "hairdressing": "1012",
    "care": "0921",
    "software": "0613",
    "networks": "0612",
    "accounting": "0411",
    "sales": "0416",
}
PROGRAMMES = list(FIELDS)
"""Those with most students first."""
CROWDED = [1 / place**0.7 for place in range(1, len(PROGRAMMES) + 1)]
LANGUAGES = {"et": 8, "en": 6, "ru": 4, "uk": 1, "es": 1}
"""How many of ten or so speak each."""
MONDAY = datetime(2026, 9, 7, tzinfo=UTC)

Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class School:
    """Everybody whom a match is about."""

    seekers: list[Seeker]
    mentors: list[Mentor]


class Drawing:
    """Draws people, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self._draw = Random(seed)

    def school(self, alumni: int, students: int, *, capacity: int | None = None) -> School:
        """Draw a school; of a given capacity each, or as people are."""
        mentors = [self._mentor(PersonId(at), capacity) for at in range(1, alumni + 1)]
        seekers = [self._seeker(PersonId(alumni + at), mentors) for at in range(1, students + 1)]
        return School(seekers, mentors)

    def _mentor(self, person: PersonId, capacity: int | None) -> Mentor:
        draw = self._draw
        most = capacity or draw.choices([1, 2, MOST_STUDENTS], [6, 3, 1])[0]
        offer = MentorOffer(
            topics=self._some(list(Topic), 1, 4),
            languages=self._languages(),
            formats=self._some(list(Format), 1, 2),
            days=self._some(list(Day), 1, 4),
            values=self._some(list(Value), 1, 2),
            capacity=most,
            monthly=capacity is None and draw.random() < 0.2,
            openness=Openness.OPEN if capacity else draw.choices(list(Openness), [8, 1, 1])[0],
        )
        busy = 0 if capacity else draw.choices([0, 1, most], [7, 2, 1])[0]
        return Mentor(
            person,
            self._programme(),
            offer,
            free=most - busy,
            # Few are asked often, most hardly ever.
            asked=min(12, int(draw.paretovariate(1.2)) - 1),
            days_free=None if draw.random() < 0.5 else draw.randrange(400),
        )

    def _seeker(self, person: PersonId, mentors: Sequence[Mentor]) -> Seeker:
        draw = self._draw
        wish = Wish(
            topic=draw.choice(list(Topic)),
            goal="To know what my first year of work will be like.",
            languages=self._languages(),
            formats=self._some(list(Format), 1, 2),
            days=self._some(list(Day), 0, 3),
            values=self._some(list(Value), 0, 2),
            first=draw.choice(list(Criterion)),
            avoid=(draw.choice(mentors).person,) if draw.random() < 0.1 else (),
        )
        since = MONDAY + timedelta(minutes=draw.randrange(30 * 24 * 60))
        return Seeker(person, self._programme(), wish, since)

    def _programme(self) -> str:
        return self._draw.choices(PROGRAMMES, CROWDED)[0]

    def _languages(self) -> tuple[str, ...]:
        wanted = self._draw.choice([1, 2, 2, 3])
        drawn = self._draw.choices(list(LANGUAGES), list(LANGUAGES.values()), k=wanted)
        return tuple(dict.fromkeys(drawn))

    def _some(self, kinds: list[Kind], least: int, most: int) -> tuple[Kind, ...]:
        return tuple(self._draw.sample(kinds, self._draw.randint(least, most)))
