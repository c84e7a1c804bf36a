"""The best pairs of all students who wait and all mentors who are free: a round, or a waiting list."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.mentoring.fitting import Mentor, Seeker
from bot.matching.fairness import after
from bot.matching.musts import FORMATS, LANGUAGES, Fields, room, takes_students
from bot.matching.score import Fit, Search


class LeftOver(StrEnum):
    """Why nobody is proposed to a student: the first of these that is true."""

    UNDER_AGE = "under_age"
    NO_MENTORS = "no_mentors"
    """Nobody takes students at all."""
    NO_LANGUAGE = "no_language"
    """Nobody who takes students speaks a language of theirs."""
    NO_FORMAT = "no_format"
    """Nobody who speaks their language meets in a way they can."""
    NO_PLACE = "no_place"
    """Nobody of the others has a place left for them. Whom they avoid stays their secret."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a batch comes to: every student is in one of the two, who has waited longest first."""

    fits: tuple[Fit, ...]
    left_over: tuple[tuple[Seeker, LeftOver], ...]


def pairs(seekers: Iterable[Seeker], mentors: Iterable[Mentor], fields: Fields) -> Proposals:
    """Return the best pairs of all.

    As many students are served as can be: nobody is left out for the sake of others' points. Of all
    ways to do so it is the one with the greatest total of scores, and of these the one that serves those
    who have waited longest. So (served, total) is never below that of other pairs; the total alone
    may be, as leaving out who is hard to place can bring more points to the rest.

    A mentor's second student in a batch finds them asked once more and no longer free for long, and the
    scores say so: work is spread. The order of `seekers` and `mentors` does not matter; nobody is
    among either twice. Memory peaks at eight bytes for every student and free place.
    """
    queue = sorted(seekers, key=lambda seeker: (seeker.since, seeker.person))
    everybody = list(mentors)
    fits = {fit.seeker.person: fit for fit in _fits(queue, everybody, fields)}
    why_not = _WhyNot(everybody, fields)
    return Proposals(
        tuple(fits[seeker.person] for seeker in queue if seeker.person in fits),
        tuple((seeker, why_not(seeker)) for seeker in queue if seeker.person not in fits),
    )


def _fits(queue: Sequence[Seeker], mentors: Sequence[Mentor], fields: Fields) -> Iterator[Fit]:
    adults = [seeker for seeker in queue if seeker.is_adult]
    with_room = sorted(
        (mentor for mentor in mentors if room(mentor)),
        key=lambda mentor: (-room(mentor), mentor.person),
    )
    if not adults or not with_room:
        return
    # numpy and scipy would weigh on the memory of a server that is at rest.
    from bot.matching.optimum import best_pairs  # noqa: PLC0415  # loaded only to match a batch

    students = Counter[int]()
    for seeker_at, mentor_at in best_pairs(adults, with_room, fields):
        seeker, mentor = adults[seeker_at], with_room[mentor_at]
        reasons = Search(seeker, fields).reasons(after(students[mentor_at], mentor))
        students[mentor_at] += 1
        yield Fit(seeker, mentor, reasons)


class _WhyNot:
    """Tells why students found nobody, by what all mentors together offer."""

    def __init__(self, mentors: Iterable[Mentor], fields: Fields) -> None:
        self._fields = fields
        self._formats: dict[str, set[str]] = defaultdict(set)
        """By language: how those who speak it meet."""
        self._takes = [mentor for mentor in mentors if takes_students(mentor)]
        for mentor in self._takes:
            for language in LANGUAGES.offered(mentor, fields):
                self._formats[language].update(FORMATS.offered(mentor, fields))

    def __call__(self, seeker: Seeker) -> LeftOver:
        if not seeker.is_adult:
            return LeftOver.UNDER_AGE
        if not self._takes:
            return LeftOver.NO_MENTORS
        spoken = [
            language
            for language in LANGUAGES.sought(seeker, self._fields)
            if language in self._formats
        ]
        if not spoken:
            return LeftOver.NO_LANGUAGE
        formats = set[str]().union(*(self._formats[language] for language in spoken))
        if formats.isdisjoint(FORMATS.sought(seeker, self._fields)):
            return LeftOver.NO_FORMAT
        return LeftOver.NO_PLACE
