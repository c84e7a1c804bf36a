"""Mentors and who looks for one, read from their rows; places are kept, taken and given back here."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz

from bot.conversation.declaring import adapter
from bot.conversation.understanding import plain
from bot.domain.mentoring.fitting import Mentor, MentorCard, Reason, Seeker, Why
from bot.domain.mentoring.offers import MentorOffer, Openness, Wish
from bot.domain.people import PersonId
from bot.domain.school import ADULT_AGE
from bot.matching.rolling import best_for
from bot.matching.score import Fit, reasons
from bot.runtime.work import Work
from bot.storage import mentoring as rows

LATELY = timedelta(days=90)
MONTH = timedelta(days=30)
SHOWN = 4
"""Reasons on a card: two to four."""
ALIKE = 85
"""So like each other, of a hundred, are a name and how somebody writes it."""
FAIRNESS = frozenset({Why.RESTED, Why.LONG_FREE})
"""Reasons for the order of mentors, which say nothing about the two."""


def offer_read(stored: str) -> MentorOffer:
    """Read what `stored_offer` wrote."""
    offer: MentorOffer = adapter(MentorOffer).validate_json(stored)
    return offer


def wish_read(stored: str) -> Wish:
    """Read what `stored_wish` wrote."""
    wish: Wish = adapter(Wish).validate_json(stored)
    return wish


def stored(told: MentorOffer | Wish) -> str:
    """Return an offer or a wish as a row keeps it."""
    return adapter(MentorOffer if isinstance(told, MentorOffer) else Wish).dump_json(told).decode()


def grown_at(born: int, zone: ZoneInfo) -> datetime:
    """Return when somebody born in `born` is 18 for sure: the new year after the one they turn 18 in."""
    return datetime(born + ADULT_AGE + 1, 1, 1, tzinfo=zone).astimezone(UTC)


def is_adult(born: int | None, now: datetime, zone: ZoneInfo) -> bool:
    """Return whether somebody is 18 for sure: only the year of birth is known (domain 5.3)."""
    return born is not None and grown_at(born, zone) <= now


def capacity_of(offer: MentorOffer) -> int:
    """Return how many students at a time somebody takes, as things stand."""
    match offer.openness:
        case Openness.OPEN:
            return offer.capacity
        case Openness.LIMITED:
            return 1
        case Openness.CLOSED:
            return 0


def mentors(work: Work) -> dict[PersonId, tuple[Mentor, Any]]:
    """Read all who may be asked now, each with the row of what is shown of them."""
    places: dict[int, list[Any]] = {}
    for place in work.run(rows.PLACES):
        places.setdefault(place.mentor_id, []).append(place)
    asks = {row.mentor_id: row for row in work.run(rows.ASKS, since=work.now - LATELY)}
    found: dict[PersonId, tuple[Mentor, Any]] = {}
    for row in work.run(rows.MENTORS, moment=work.now):
        offer, mine, ask = (
            offer_read(row.offer),
            places.get(row.person_id, ()),
            asks.get(row.person_id),
        )
        waits = any(place.taken_at is None for place in mine)
        last = ask.last if ask else None
        is_over = offer.monthly and last is not None and last > work.now - MONTH
        free = 0 if waits or is_over else max(capacity_of(offer) - len(mine), 0)
        accepted = ask.accepted if ask else None
        who = PersonId(row.person_id)
        mentor = Mentor(
            who,
            row.programme,
            offer,
            free,
            ask.lately if ask else 0,
            (work.now - accepted).days if accepted else None,
            is_adult(row.born, work.now, work.school.zone),
        )
        found[who] = mentor, row
    return found


def fields(work: Work) -> dict[str, str]:
    """Return the ISCED-F field of each programme of the school."""
    return {one.code: one.isced for one in work.school.programmes}


def programme_of(work: Work, class_key: str | None) -> str | None:
    """Return what a class learns; None for somebody without one."""
    known = work.school.class_called(class_key) if class_key else None
    return known.programme if known else None


def seeker(work: Work, student: PersonId, wish: Wish) -> Seeker:
    """Return a student as matching sees one."""
    row = work.run(rows.STUDENT, person_id=student).one()
    return seeker_of(work, student, wish, row)


def seeker_of(work: Work, student: PersonId, wish: Wish, row: Any) -> Seeker:
    """Return a student as matching sees one, whose year of birth and class *row* has.

    Names to avoid are compared anew each time: somebody of that name may have come since.
    """
    grown = is_adult(row.born, work.now, work.school.zone)
    named = (who for name in wish.avoid_named for who in called(work, name))
    wish = replace(wish, avoid=tuple(dict.fromkeys((*wish.avoid, *named))))
    return Seeker(student, programme_of(work, row.class_key), wish, work.now, grown)


def wish_of(work: Work, student: PersonId) -> Wish | None:
    """Return what a student looked for last."""
    row = work.run(rows.WISH, person_id=student).first()
    return wish_read(row.wish) if row else None


def cards(
    work: Work,
    student: PersonId,
    wish: Wish,
    limit: int,
    passed_over: tuple[PersonId, ...] = (),
) -> tuple[MentorCard, ...]:
    """Return the mentors who fit best and have a place, as the student is to see them."""
    found = {one: known for one, known in mentors(work).items() if one not in passed_over}
    fits = best_for(
        seeker(work, student, wish), (one for one, _ in found.values()), fields(work), limit=limit
    )
    answers = _answers_in(work, [fit.mentor.person for fit in fits])
    return tuple(_card(fit, found[fit.mentor.person][1], answers) for fit in fits)


def _card(fit: Fit, row: Any, answers: dict[PersonId, int]) -> MentorCard:
    who = fit.mentor.person
    shown = tuple(one for one in fit.reasons if one.why not in FAIRNESS)[:SHOWN]
    return MentorCard(who, row.programme, row.doing, shown, answers.get(who))


def _answers_in(work: Work, who: list[PersonId]) -> dict[PersonId, int]:
    """Return in how many days each usually answers: the middle of what is known, rounded up."""
    took: dict[PersonId, list[timedelta]] = {}
    for row in work.run(rows.ANSWERS_OF, mentor_ids=who) if who else ():
        took.setdefault(PersonId(row.mentor_id), []).append(row.answered_at - row.asked_at)
    return {
        one: max(1, -(-sorted(all_)[len(all_) // 2] // timedelta(days=1)))
        for one, all_ in took.items()
    }


def one_at_a_time(work: Work) -> None:
    """Let nobody else of the school look for mentors until this turn ends."""
    if work.tx.dialect.name == "postgresql":
        work.run(rows.ONE_AT_A_TIME)


def keep_place(
    work: Work, student: PersonId, choices: tuple[PersonId, ...], passed_over: tuple[PersonId, ...]
) -> tuple[PersonId, tuple[Reason, ...]] | None:
    """Keep a place with the first mentor who has one: of `choices` in order, then of all who fit, best first."""
    one_at_a_time(work)
    wish = wish_of(work, student)
    if wish is None:
        return None
    looks, found, known = seeker(work, student, wish), mentors(work), fields(work)
    fits = {
        one: why
        for one, (mentor, _) in found.items()
        if one not in passed_over and (why := reasons(looks, mentor, known)) is not None
    }
    others = best_for(looks, (found[one][0] for one in fits), known, limit=len(fits))
    ranked = dict.fromkeys(
        (*(one for one in choices if one in fits), *(f.mentor.person for f in others))
    )
    for one in ranked:
        if keep(work, one, student, capacity_of(found[one][0].offer)):
            note_request(work, one, student)
            return one, fits[one]
    return None


def note_request(work: Work, mentor: PersonId, student: PersonId) -> None:
    """Write down that a mentor is asked, so that nobody is asked too often."""
    work.run(
        rows.ASK,
        mentor_id=mentor,
        student_id=student,
        asked_at=work.now,
        answered_at=None,
        accepted_at=None,
    )


def keep(
    work: Work,
    mentor: PersonId,
    student: PersonId,
    capacity: int,
    taken_at: datetime | None = None,
) -> bool:
    """Keep one of the mentor's places; whoever else wants the same place at this moment does not get it.

    With *taken_at* it is kept for later, and not asked for yet.
    """
    places = work.run(rows.PLACES_OF, of_mentor=mentor).all()
    taken = {row.place for row in places}
    for place in (one for one in range(1, capacity + 1) if one not in taken):
        kept = work.run(
            rows.KEEP_PLACE,
            mentor_id=mentor,
            place=place,
            student_id=student,
            since=work.now,
            taken_at=taken_at,
        ).first()
        if kept:
            return True
    return False


def called(work: Work, name: str) -> tuple[PersonId, ...]:
    """Return the mentors whose name is like `name`, small misspellings and order aside."""
    wanted = plain(name)
    return tuple(
        PersonId(row.person_id)
        for row in work.run(rows.EVERY_MENTOR)
        if row.name and fuzz.token_set_ratio(wanted, plain(row.name)) >= ALIKE
    )
