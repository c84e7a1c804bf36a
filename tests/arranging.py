"""What a story needs besides its people: the school's list, codes and invitations, and a look at what is kept."""

from collections.abc import Mapping
from functools import partial

from sqlalchemy import select

from bot.app import House
from bot.domain.leavers import NameKeys, parts_of
from bot.domain.mentoring import Day, Format, KeepOffer, MentorOffer, Topic
from bot.domain.people import PersonId, Role
from bot.domain.school import StaffKey
from bot.runtime.classes import make_code
from bot.runtime.commands.mentoring import keep_offer
from bot.runtime.staff import invite, remove
from bot.runtime.work import Work
from bot.storage import conversations, leavers, people
from bot.storage.database import Transaction
from bot.storage.tables import metadata
from journeys.mentoring.offer import NEEDED
from tests.paper import Actor

LEAST_KEPT = 4
"""Characters of a typed text that can be looked for; fewer stand in anything."""


async def arrange(house: House, wish: str, actors: Mapping[str, Actor]) -> dict[str, str]:
    """Do at the school what a line of a story wishes; return what people can then type, by its name."""
    school, secret = house.setting.school, house.setting.secret
    match wish.split(" ", 1):
        case ["list", entry]:
            name, programme, year, *more = (part.strip() for part in entry.split(";"))
            born = int(more[0]) if more else None
            row = NameKeys(secret).leaver(
                parts_of(name), programme, int(year), born=born, ending=None
            )
            await house.database.run(lambda tx: leavers.add_leavers(tx, school.key, [row]))
        case ["code", key]:
            return {"code": make_code(house.database, school, key, house.clock())}
        case ["invite", who]:
            key, role = (part.strip() for part in who.split(","))
            name, now = key.capitalize(), house.clock()
            return {key: invite(house.database, school, StaffKey(key), name, Role(role), now)}
        case ["remove", key]:
            gone = remove(house.database, house.setting, StaffKey(key), house.clock())
            assert gone, f"nobody on the staff is called {key}"
            await house.relay.deliver_all()
        case [who, deed] if who in actors:
            await house.database.run(partial(_seat, house, actors[who], deed))
        case ["clean"]:
            await house.ticks.clean()
            await house.relay.deliver_all()
        case _:
            raise AssertionError(f"nobody knows how to arrange: {wish}")
    return {}


def _seat(house: House, actor: Actor, deed: str, tx: Transaction) -> None:
    """Let somebody have come in before the story begins, or be a mentor already."""
    work = Work(tx, house.setting, house.clock())
    what, _, told = deed.partition(": ")
    parts = [part.strip() for part in told.split(";")]
    where = {"network": actor.network, "address": actor.address}
    if what == "mentors":
        topics, languages, formats, days, capacity = parts
        offer = MentorOffer(
            tuple(Topic(one) for one in topics.split()),
            tuple(languages.split()),
            tuple(Format(one) for one in formats.split()),
            tuple(Day(one) for one in days.split()),
            capacity=int(capacity),
        )
        who = work.run(conversations.HERE, where).first().person_id
        keep_offer(work, PersonId(who), KeepOffer(offer))
        return
    name, place, born = parts
    is_student = what == "is a student"
    person = work.run(
        people.MEET,
        language=actor.language,
        name=name,
        born=int(born),
        class_key=place if is_student else None,
        created_at=work.now,
        seen_at=work.now,
        **where,
    ).scalar_one()
    work.run(people.ADDRESS, where, person_id=person, unreachable_at=None)
    role = Role.STUDENT if is_student else Role.ALUMNI
    work.run(people.ADD_ROLE, person_id=person, role=role, since=work.now)
    if not is_student:
        profile = {"programme": place, "left_in": 2015, "how_left": None, "doing": "working"}
        told_ = {"town": None, "offers": "[]", "frequency": None}
        work.run(people.KEEP_PROFILE, {**profile, **told_}, person_id=person)
        proof = {"text_version": 1, "language": actor.language, "network": actor.network}
        agreed = {"person_id": person, "given_at": work.now, **proof}
        work.run(people.GIVE_CONSENT, [{**agreed, "purpose": one} for one in NEEDED])


async def rows_with(house: House, typed: set[str]) -> list[tuple[str, str]]:
    """Return what of `typed` stands in a row of the school, and in which table.

    Commands, numbers and very short texts are not looked for.
    """
    sought = {
        words
        for words in typed
        if len(words) >= LEAST_KEPT and not words.isdecimal() and words[0] != "/"
    }
    key = house.setting.school.key
    rows = await house.database.run(
        lambda tx: [
            (table.name, str(row))
            for table in metadata.sorted_tables
            for row in tx.execute(select(table).where(table.c.school_id == key))
        ]
    )
    return [(table, words) for table, row in rows for words in sought if words in row]
