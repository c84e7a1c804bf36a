"""The people of a simulated school, drawn from a seed."""

from collections.abc import Iterator
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from bot.domain.school import School
from bot.gateways.port import Network
from bot.runtime.work import Work
from bot.simulation.habits import (
    AGES_OF_STUDENTS,
    FIRST_NAMES,
    LAST_NAMES,
    Habits,
    Tastes,
    mentors_habits,
    seconds_habits,
    sociable,
    staffs_habits,
    students_habits,
    tastes,
)
from bot.simulation.inhabitants import Inhabitant
from bot.simulation.member import Member
from bot.simulation.seating import Newcomer, seat_alumna, seat_student
from bot.simulation.writing import plans

OFFERING = 0.35
"""Share of alumni who offer to be a mentor."""
BORN = (1970, 2003)
TOPICS = 4
"""At most so many topics does a mentor offer."""


class Population:
    """Everybody of one school, and how they are seated."""

    def __init__(
        self, school: School, seed: int, alumni: int, students: int, start: datetime, days: int
    ) -> None:
        self._school, self._seed, self._start, self._days = school, seed, start, days
        self.staff = self._member(0, staffs_habits())
        self.second = self._member(alumni + students + 1, seconds_habits())
        """Whoever else is on the staff: above fifty people it takes two."""
        self.alumni = tuple(self._alumna(number) for number in range(1, alumni + 1))
        self.students = tuple(
            self._student(number) for number in range(alumni + 1, alumni + students + 1)
        )
        self.writings = tuple(plans(start, days, school.zone, alumni))
        self.staff.plan(self.writings)
        self.staff.who_is_there = self._who_is_there

    def __iter__(self) -> Iterator[Inhabitant]:
        """Yield everybody, staff first."""
        yield self.staff
        yield self.second
        yield from self.alumni
        yield from self.students

    def seat(self, work: Work) -> None:
        """Let alumni and students have come in already."""
        draw = self._draw("seats")
        for one in self.alumni:
            programme = draw.choice(self._school.programmes).code
            newcomer = self._newcomer(one, draw.randint(*BORN))
            seat_alumna(work, newcomer, programme, tuple(sorted(one.habits.agrees)))
            one.agreed.append((work.now, one.habits.agrees))
        for one in self.students:
            born = self._start.year - draw.choice(AGES_OF_STUDENTS)
            classes = self._school.classes
            seat_student(
                work, self._newcomer(one, born), draw.choice(classes).key if classes else None
            )

    def _draw(self, of: object) -> Random:
        return Random(f"{self._seed}:{of}")

    def _newcomer(self, one: Inhabitant, born: int) -> Newcomer:
        return Newcomer(one.name, born, one.language, one.network, one.address)

    def _alumna(self, number: int) -> Inhabitant:
        draw = self._draw(f"habits {number}")
        offers = draw.random() < OFFERING
        habits = mentors_habits(draw, self._start, self._days, offers=offers)
        habits = sociable(self._draw(f"society {number}"), self._start, self._days, habits)
        return self._somebody(number, habits, draw.randint(1, TOPICS))

    def _who_is_there(self, event: int) -> list[str]:
        codes = (one.comes_to(event) for one in (*self.alumni, *self.students))
        return [code for code in codes if code]

    def _student(self, number: int) -> Inhabitant:
        habits = students_habits(self._draw(f"habits {number}"), self._start, self._days)
        return self._somebody(number, habits, 1)

    def _somebody(self, number: int, habits: Habits, topics: int) -> Inhabitant:
        return Inhabitant(*self._drawn(number, habits, topics))

    def _member(self, number: int, habits: Habits) -> Member:
        return Member(*self._drawn(number, habits, 1))

    def _drawn(
        self, number: int, habits: Habits, topics: int
    ) -> tuple[int, str, Network, str, Habits, Tastes, Random, ZoneInfo]:
        draw = self._draw(number)
        languages = self._school.languages
        own = draw.choice((self._school.languages[0], *languages))
        name = f"{draw.choice(FIRST_NAMES)} {draw.choice(LAST_NAMES)}"
        network = draw.choice((Network.TELEGRAM, Network.TELEGRAM, Network.WEB))
        liked = tastes(draw, languages, own, topics)
        return number, name, network, own, habits, liked, draw, self._school.zone
