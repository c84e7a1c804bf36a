"""What holds for every match, whoever the people are."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from random import Random

from hypothesis import given, settings, strategies as st

from bench.matchmaking.rivals import greedy
from bot.domain.mentoring.fitting import Mentor, Seeker
from bot.domain.mentoring.offers import Openness
from bot.domain.people import PersonId
from bot.matching.arrays import Pairs
from bot.matching.batch import pairs
from bot.matching.fairness import after, fair_points
from bot.matching.musts import room
from bot.matching.optimum import EXACT, Worth
from bot.matching.rolling import best_for
from bot.matching.score import Fit, Search, reasons
from bot.matching.weights import MOST_POINTS
from tests.matching.drawn import MENTOR, MENTORS, SEEKER, SEEKERS
from tests.matching.people import FIELDS

THOUSANDS = st.integers(1, 5_000)


def is_allowed(seeker: Seeker, mentor: Mentor) -> bool:
    """Return whether the two may be matched, by the rules written down once more."""
    return (
        seeker.is_adult
        and mentor.is_adult
        and bool({*seeker.wish.languages} & {*mentor.offer.languages})
        and bool({*seeker.wish.formats} & {*mentor.offer.formats})
        and mentor.person not in seeker.wish.avoid
        and mentor.person != seeker.person
        and mentor.offer.openness is not Openness.CLOSED
        and mentor.free > 0
    )


def served_and_total(fits: Iterable[Fit]) -> tuple[int, int]:
    """Return how many students are served, and the total of their scores."""
    scores = [fit.score for fit in fits]
    return len(scores), sum(scores)


@given(SEEKER, MENTOR)
def test_there_are_reasons_if_and_only_if_every_must_is_met(
    seeker: Seeker, mentor: Mentor
) -> None:
    assert (reasons(seeker, mentor, FIELDS) is not None) == is_allowed(seeker, mentor)


@given(SEEKER, MENTOR)
def test_reasons_add_up_to_the_score(seeker: Seeker, mentor: Mentor) -> None:
    search = Search(seeker, FIELDS)
    found = search.reasons(mentor)

    assert sum(reason.points for reason in found) == search.score(mentor)
    assert all(reason.points >= 0 for reason in found)
    assert len({reason.why for reason in found}) == len(found)
    assert search.score(mentor) - fair_points(mentor) <= MOST_POINTS


@given(SEEKERS, MENTORS)
def test_all_pairs_at_once_are_scored_as_one_by_one(
    seekers: list[Seeker], mentors: list[Mentor]
) -> None:
    every, rows = Pairs(seekers, mentors, FIELDS), slice(0, len(seekers))
    admitted, points = every.admitted(rows).tolist(), every.points(rows).tolist()

    for row, seeker in enumerate(seekers):
        search = Search(seeker, FIELDS)
        for column, mentor in enumerate(mentors):
            alone = seeker.is_adult and room(mentor) > 0
            assert (alone and admitted[row][column]) == search.admits(mentor)
            assert points[row][column] + fair_points(mentor) == search.score(mentor)


@given(SEEKERS, MENTORS)
def test_a_batch_keeps_every_must_and_every_capacity(
    seekers: list[Seeker], mentors: list[Mentor]
) -> None:
    found = pairs(seekers, mentors, FIELDS)
    students = Counter(fit.mentor.person for fit in found.fits)

    assert all(is_allowed(fit.seeker, fit.mentor) for fit in found.fits)
    assert all(students[mentor.person] <= max(0, mentor.free) for mentor in mentors)
    assert all(
        students[mentor.person] <= 1
        for mentor in mentors
        if mentor.offer.monthly or mentor.offer.openness is Openness.LIMITED
    )


@given(SEEKERS, MENTORS)
def test_every_student_is_proposed_to_somebody_or_told_why_not(
    seekers: list[Seeker], mentors: list[Mentor]
) -> None:
    found = pairs(seekers, mentors, FIELDS)
    told = [fit.seeker for fit in found.fits] + [seeker for seeker, _ in found.left_over]

    assert sorted(seeker.person for seeker in told) == sorted(seeker.person for seeker in seekers)


@given(SEEKERS, MENTORS)
def test_the_reasons_of_a_batch_are_those_of_its_pairs(
    seekers: list[Seeker], mentors: list[Mentor]
) -> None:
    students = Counter[PersonId]()
    for fit in pairs(seekers, mentors, FIELDS).fits:
        found = after(students[fit.mentor.person], fit.mentor)
        assert fit.reasons == reasons(fit.seeker, found, FIELDS)
        students[fit.mentor.person] += 1


@given(SEEKERS, MENTORS)
def test_a_batch_is_never_below_what_comes_of_taking_the_best_in_turn(
    seekers: list[Seeker], mentors: list[Mentor]
) -> None:
    batch = served_and_total(pairs(seekers, mentors, FIELDS).fits)

    assert batch >= served_and_total(greedy(seekers, mentors, FIELDS))


def every_choice(
    seekers: Sequence[Seeker], mentors: Sequence[Mentor], taken: Counter[PersonId]
) -> Iterator[tuple[int, int, int]]:
    """Yield how many are served, the total and the sum of places in the queue, of every choice of pairs."""
    if not seekers:
        yield 0, 0, 0
        return
    seeker, *others = seekers
    yield from every_choice(others, mentors, taken)
    for mentor in mentors:
        students = taken[mentor.person]
        if students < room(mentor) and is_allowed(seeker, mentor):
            score = Search(seeker, FIELDS).score(after(students, mentor))
            for served, total, places in every_choice(
                others, mentors, taken + Counter([mentor.person])
            ):
                yield served + 1, total + score, places + len(others)


@given(
    st.lists(SEEKER, unique_by=lambda seeker: seeker.person, max_size=4),
    st.lists(MENTOR, unique_by=lambda mentor: mentor.person, max_size=3),
)
def test_no_other_choice_is_better_than_a_batch(
    seekers: list[Seeker], mentors: list[Mentor]
) -> None:
    fits = pairs(seekers, mentors, FIELDS).fits
    queue = sorted(
        (seeker for seeker in seekers if seeker.is_adult),
        key=lambda seeker: (seeker.since, seeker.person),
    )
    places = sum(len(queue) - 1 - queue.index(fit.seeker) for fit in fits)

    assert (*served_and_total(fits), places) == max(every_choice(queue, mentors, Counter()))


@given(SEEKERS, MENTORS, st.randoms(use_true_random=False))
def test_the_order_in_which_people_are_given_changes_nothing(
    seekers: list[Seeker], mentors: list[Mentor], draw: Random
) -> None:
    other_seekers = draw.sample(seekers, len(seekers))
    other_mentors = draw.sample(mentors, len(mentors))

    assert pairs(seekers, mentors, FIELDS) == pairs(other_seekers, other_mentors, FIELDS)
    for seeker in seekers:
        assert best_for(seeker, mentors, FIELDS) == best_for(seeker, other_mentors, FIELDS)


@given(SEEKER, MENTORS)
def test_nobody_who_fits_better_is_missing_from_the_best(
    seeker: Seeker, mentors: list[Mentor]
) -> None:
    best = best_for(seeker, mentors, FIELDS)
    scores = sorted(
        (
            sum(reason.points for reason in found)
            for mentor in mentors
            if (found := reasons(seeker, mentor, FIELDS)) is not None
        ),
        reverse=True,
    )

    assert [fit.score for fit in best] == scores[:3]


@settings(max_examples=50)
@given(THOUSANDS, THOUSANDS)
def test_one_more_served_beats_all_points_and_one_point_beats_all_places(
    waiting: int, seats: int
) -> None:
    served = min(waiting, seats)
    worth = Worth(served, waiting)
    all_places = served * int(worth.places.max())
    all_points = served * (MOST_POINTS + 3) * worth.point

    assert worth.point > all_places
    assert worth.served > all_points + all_places
    assert 4 * served * (worth.served + all_points // served + all_places) <= EXACT


@given(THOUSANDS)
def test_nobody_has_a_better_place_than_who_has_waited_longer(waiting: int) -> None:
    places = Worth(waiting, waiting).places.tolist()

    assert places == sorted(places, reverse=True)
    assert all(place.is_integer() for place in places)
    assert places[-1] == 0
