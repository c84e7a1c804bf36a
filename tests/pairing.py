"""What a story of a pair begins with, and what staff or the school's year bring about in it."""

from collections.abc import Callable, Mapping
from functools import partial

from bot.app import House
from bot.domain.mentoring.offers import Format, KeepWish, Topic, Wish
from bot.domain.people import Cancelled, CaseEvent, PersonId, Role, Suspended
from bot.runtime import cases
from bot.runtime.commands.mentoring import keep_wish
from bot.runtime.orders import finish
from bot.runtime.outbox import put
from bot.runtime.work import Here, Ordered, Work
from bot.storage import conversations, mentoring, people
from bot.storage.database import Transaction
from journeys.mentoring.mentorship import Mentorship
from journeys.mentoring.pair import Pair, Pairing
from tests.paper import Actor

EVENTS: Mapping[str, CaseEvent] = {"holds": Suspended(), "cancels": Cancelled()}


async def arrange_pair(house: House, actors: Mapping[str, Actor], name: str, deed: str) -> bool:
    """Do what a line of a story says about somebody of a pair; return whether it says anything of that kind.

    anna has a mentor: marta; first_job; Find work
    maite holds anna                                  puts the newest pair of anna on hold; or cancels it
    anna leaves the school                            is a student no longer, but alumni
    """
    verb, _, rest = deed.partition(" ")
    act: Callable[[Work], None]
    if deed.startswith("has a mentor: "):
        mentor, topic, goal = (one.strip() for one in deed.partition(": ")[2].split(";"))
        act = partial(_introduce, actors[name], actors[mentor], Topic(topic), goal)
    elif verb in EVENTS and rest in actors:
        act = partial(_decide, actors[name], actors[rest], EVENTS[verb])
    elif deed == "leaves the school":
        act = partial(_leave_school, actors[name])
    else:
        return False

    def acted(tx: Transaction) -> None:
        work = Work(tx, house.setting, house.clock())
        act(work)
        put(work)

    await house.database.run(acted)
    await house.relay.deliver_all()
    return True


def _person(work: Work, actor: Actor) -> PersonId:
    where = {"network": actor.network, "address": actor.address}
    return PersonId(work.run(conversations.HERE, where).one().person_id)


def _introduce(student: Actor, mentor: Actor, topic: Topic, goal: str, work: Work) -> None:
    """Let the two have found each other a moment ago."""
    who, whom = _person(work, student), _person(work, mentor)
    kept = {"mentor_id": whom, "student_id": who, "place": 1, "since": work.now}
    work.run(mentoring.KEEP_PLACE, kept, taken_at=work.now)
    work.here = Here(who, student.language, student.network, student.address)
    desk = work.setting.look(work)
    owner, pair = desk.owner("mentoring"), Pair(topic, goal, desk.programme)
    seated = {Pairing.STUDENT: who, Pairing.MENTOR: whom}
    seated |= {Pairing.OWNER: owner} if owner else {}
    work.here = None
    wish = Wish(topic, goal, ("en", "et"), tuple(Format))
    keep_wish(work, who, KeepWish(wish))
    work.order(Ordered(Mentorship.open(pair, seated), None))
    finish(work, None)


def _decide(staff: Actor, student: Actor, event: CaseEvent, work: Work) -> None:
    """Let staff decide about the newest pair of a student."""
    by = _person(work, staff)
    pairs = [
        at
        for at in cases.open_cases(work, _person(work, student))
        if at.lifecycle.name == Mentorship.name
    ]
    assert cases.happen(work, pairs[-1], event, by), "staff may not decide that"
    finish(work, by)


def _leave_school(actor: Actor, work: Work) -> None:
    """Let a student have become alumni."""
    who = _person(work, actor)
    work.run(people.DROP_ROLE, person_id=who, role=Role.STUDENT)
    work.run(people.ADD_ROLE, person_id=who, role=Role.ALUMNI, since=work.now)
