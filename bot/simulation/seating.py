"""People who have come in before anything begins: they are in the tables as the sign-up would have left them."""

from dataclasses import dataclass

from bot.domain.consent import Purpose
from bot.domain.people import PersonId, Role
from bot.runtime.work import Work
from bot.storage import people


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who comes in, and where they are reached."""

    name: str
    born: int
    language: str
    network: str
    address: str


def seat_student(work: Work, who: Newcomer, class_key: str | None) -> PersonId:
    """Let a student have come in with the code of a class."""
    return _meet(work, who, Role.STUDENT, class_key)


def seat_alumna(
    work: Work, who: Newcomer, programme: str, agreed: tuple[Purpose, ...] = ()
) -> PersonId:
    """Let somebody who left the school have signed up, and *agreed* to some purposes."""
    person = _meet(work, who, Role.ALUMNI, None)
    profile = {"programme": programme, "left_in": 2015, "how_left": None, "doing": "working"}
    told = {"town": None, "offers": "[]"}
    work.run(people.KEEP_PROFILE, {**profile, **told}, person_id=person)
    if agreed:
        proof = {"text_version": 1, "language": who.language, "network": who.network}
        given = {"person_id": person, "given_at": work.now, **proof}
        work.run(people.GIVE_CONSENT, [{**given, "purpose": one} for one in agreed])
    return person


def _meet(work: Work, who: Newcomer, role: Role, class_key: str | None) -> PersonId:
    where = {"network": who.network, "address": who.address}
    person = work.run(
        people.MEET,
        language=who.language,
        name=who.name,
        born=who.born,
        class_key=class_key,
        created_at=work.now,
        seen_at=work.now,
        **where,
    ).scalar_one()
    work.run(people.ADDRESS, where, person_id=person, unreachable_at=None)
    work.run(people.ADD_ROLE, person_id=person, role=role, since=work.now)
    return PersonId(person)
