"""What a story needs besides its people: the school's list, codes and invitations, and a look at what is kept."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from bot.app import House
from bot.domain.broadcasts.audience import Audience
from bot.domain.broadcasts.desk import ALONE_UP_TO
from bot.domain.consent import Purpose
from bot.domain.events.occasion import Occasion
from bot.domain.leavers import NameKeys, parts_of
from bot.domain.mentoring.offers import Day, Format, KeepOffer, KeepWish, MentorOffer, Topic, Wish
from bot.domain.people import PersonId, Role
from bot.domain.school import StaffKey
from bot.runtime.audiences import another, reach
from bot.runtime.classes import make_code
from bot.runtime.commands.mentoring import keep_offer
from bot.runtime.orders import finish
from bot.runtime.outbox import put
from bot.runtime.staff import invite, remove
from bot.runtime.work import Here, Ordered, Work
from bot.simulation.seating import Newcomer, seat_alumna, seat_student
from bot.storage import conversations, leavers_added, people
from bot.storage.database import Transaction
from bot.storage.tables import metadata
from journeys.events.facts import OWNER as HOST, SECOND, Plan
from journeys.events.hosting import Occasions
from journeys.mentoring.offer import NEEDED
from journeys.mentoring.search import MentorSearch
from journeys.mentoring.wish import OWNER, STUDENT, Search
from tests.pairing import arrange_pair
from tests.paper import OTHERS, Actor

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
            await house.database.run(lambda tx: leavers_added.add_leavers(tx, school.key, [row]))
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
        case [who, deed] if who in actors and await arrange_pair(house, actors, who, deed):
            pass
        case [who, deed] if who in actors and deed.startswith("plans: "):
            await house.database.run(partial(_plan, house, actors[who], deed.partition(": ")[2]))
            await house.relay.deliver_all()
        case [who, deed] if who in actors:
            await house.database.run(partial(_seat, house, actors, who, deed))
            await house.relay.deliver_all()
        case [number, "others have agreed to events"]:
            await house.database.run(partial(_seat_others, house, actors, int(number)))
        case ["clean"]:
            await house.ticks.clean()
            await house.relay.deliver_all()
        case _:
            raise AssertionError(f"nobody knows how to arrange: {wish}")
    return {}


def _seat(
    house: House, actors: Mapping[str, Actor], name: str, deed: str, tx: Transaction
) -> None:
    """Let somebody have come in before the story begins, be a mentor already, or look for one."""
    actor, work = actors[name], Work(tx, house.setting, house.clock())
    what, _, told = deed.partition(": ")
    parts = [part.strip() for part in told.split(";")]
    if what == "looks for a mentor":
        _look(work, actors, actor, parts)
        return
    if what == "tells":
        _tell(work, actor, *parts)
        return
    if what == "mentors":
        topics, languages, formats, days, capacity = parts
        offer = MentorOffer(
            tuple(Topic(one) for one in topics.split()),
            tuple(languages.split()),
            tuple(Format(one) for one in formats.split()),
            tuple(Day(one) for one in days.split()),
            capacity=int(capacity),
        )
        mentor = work.run(conversations.HERE, _where(actor)).one().person_id
        keep_offer(work, PersonId(mentor), KeepOffer(offer))
        finish(work, None)
        put(work)
        return
    name, place, born, *agreed = parts
    who = Newcomer(name, int(born), actor.language, actor.network, actor.address)
    if what == "is a student":
        seat_student(work, who, place)
    else:
        also = tuple(Purpose(one) for part in agreed for one in part.split())
        seat_alumna(work, who, place, (*NEEDED, *also))


def _tell(work: Work, actor: Actor, town: str, how_left: str, offers: str) -> None:
    """Let an alumna have told more of herself."""
    person = work.run(conversations.HERE, _where(actor)).one().person_id
    known = work.run(people.PROFILE, person_id=person).one()._asdict()
    told = {"town": town, "how_left": how_left, "offers": json.dumps(offers.split())}
    work.run(people.KEEP_PROFILE, {**known, **told})


def _plan(house: House, actor: Actor, told: str, tx: Transaction) -> None:
    """Let somebody of the staff have planned an event, to which everybody is invited who has agreed to that."""
    work = Work(tx, house.setting, house.clock())
    title, day, hours, place, places, companions = (part.strip() for part in told.split(";"))
    starts_at = datetime.fromisoformat(day).replace(tzinfo=house.setting.school.zone)
    occasion = Occasion(
        {actor.language: title},
        actor.language,
        starts_at,
        starts_at + timedelta(hours=int(hours)),
        place,
        int(places) if places != "any" else None,
        int(companions),
    )
    owner = PersonId(work.run(conversations.HERE, _where(actor)).one().person_id)
    reached = reach(work, Audience(), Purpose.EVENTS)
    texts = {actor.language: "Everybody is welcome."}
    people, readers = reached.people, reached.by_language
    plan = Plan(occasion, texts, Audience(), Purpose.EVENTS, people, readers)
    second = another(work, owner)
    seats = {SECOND: second} if second and people > ALONE_UP_TO else {}
    work.order(Ordered(Occasions.open(plan, seats, mine=HOST), owner))
    finish(work, owner)
    put(work)


def _seat_others(house: House, actors: Mapping[str, Actor], number: int, tx: Transaction) -> None:
    """Let many have signed up of whom nothing else is told; what they get stands in no story."""
    work = Work(tx, house.setting, house.clock())
    network = next(iter(actors.values())).network
    for at in range(number):
        who = Newcomer(f"Nobody {at}", 1990, "en", network, f"{OTHERS}{at}")
        seat_alumna(work, who, "welding", (Purpose.EVENTS,))


def _look(work: Work, actors: Mapping[str, Actor], actor: Actor, parts: list[str]) -> None:
    """Let a student have said whom they look for; the last part names whom to ask first, and next."""
    topic, languages, formats, goal, *more = parts
    row = work.run(conversations.HERE, _where(actor)).one()
    work.here = Here(PersonId(row.person_id), row.language, actor.network, actor.address)
    named = [actors[one] for part in more for one in part.split()]
    chosen = tuple(
        PersonId(work.run(conversations.HERE, _where(one)).one().person_id) for one in named
    )
    ways = tuple(Format(one) for one in formats.split())
    wish = Wish(Topic(topic), goal, tuple(languages.split()), ways)
    desk = work.setting.look(work)
    owner = desk.owner("mentoring")
    search = Search(
        wish.topic,
        goal,
        desk.programme,
        choices=chosen,
        needs_approval=desk.pairs_need_approval,
        gathered_until=desk.gathers_until(),
    )
    seated = {} if owner is None else {OWNER: owner}
    opened = MentorSearch.open(search, seated, mine=STUDENT)
    work.order(*(Ordered(one, work.here.person) for one in (KeepWish(wish), opened)))
    finish(work, work.here.person)
    put(work)


def _where(actor: Actor) -> dict[str, str]:
    return {"network": actor.network, "address": actor.address}


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
