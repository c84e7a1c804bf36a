"""How an open case of mentoring stands, in words for staff, and what they may do about it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.conversation.lifecycle import Lifecycle
from bot.conversation.messages import Message, Who, msg
from bot.domain.mentoring.pair import Faded, TheyGoOn
from bot.domain.mentoring.round import MatchAsked, SentBack
from bot.domain.mentoring.search import (
    AskedElsewhere,
    LookedAgain,
    NobodyFound,
    PairApproved,
    PairRefused,
)
from bot.domain.mentoring.staff import Resting, Running
from bot.domain.people import Cancelled, CaseEvent, Suspended
from journeys.mentoring.mentorship import Mentorship
from journeys.mentoring.pair import Pair
from journeys.mentoring.plan import ROUND, Round
from journeys.mentoring.round import MentoringRound
from journeys.mentoring.search import MentorSearch
from journeys.mentoring.wish import SEARCH, Search

PAIR = Mentorship.name
STUDENT, MENTOR, OWNER = "student", "mentor", "owner"
LIFECYCLES: Mapping[str, type[Lifecycle[Any, Any]]] = {
    one.name: one for one in (MentorSearch, Mentorship, MentoringRound)
}
SEE, PROPOSE = "see", "propose"
NOW: Mapping[tuple[str, str], Message] = {
    (SEARCH, "mentor_asked"): msg("the mentor is to answer"),
    (SEARCH, "student_asked"): msg("the student is to answer the mentor’s question"),
    (SEARCH, "answered"): msg("the mentor is to answer"),
    (SEARCH, "waiting"): msg("nobody who fits is free"),
    (SEARCH, "with_school"): msg("the school is to talk to the student"),
    (SEARCH, "to_approve"): msg("the school is to approve the pair"),
    (SEARCH, "gathered"): msg("waits for the round"),
    (SEARCH, "in_line"): msg("the request waits for its turn"),
    (PAIR, "introduced"): msg("the two agree on their first meeting"),
    (PAIR, "active"): msg("the mentoring goes on"),
    (PAIR, "deciding"): msg("the student is to say how to go on"),
    (PAIR, "quiet"): msg("quiet; both have been asked"),
    (PAIR, "with_school"): msg("the school is to talk to both"),
    (PAIR, "on_hold"): msg("on hold"),
    (ROUND, "gathering"): msg("requests are gathered"),
    (ROUND, "matching"): msg("waits until other proposed pairs are decided on"),
    (ROUND, "previewed"): msg("the school is to decide on the pairs"),
    (ROUND, "sent_back"): msg("sent back; the students wait to be matched"),
}
"""What is shown: whoever parts with thanks needs nobody."""
WELL = frozenset({(PAIR, "introduced"), (PAIR, "active"), (PAIR, "deciding")})
"""Pairs that need nobody."""
MATCHES: Mapping[str, Message] = {
    "gathering": msg("A round"),
    "sent_back": msg("A round"),
    "matching": msg("The next pairs"),
}
"""What a match is called, by its state."""
SINCE_THE_WISH = frozenset({"waiting", "gathered"})
"""States that are entered again and again: a student waits since the wish was made."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that staff may do about a case."""

    key: str
    label: Message
    event: CaseEvent | None = None
    """What it lets happen; None if it leads to another question."""


DEEDS: Mapping[str, tuple[Deed, ...]] = {
    SEARCH: (
        Deed("again", msg("Look again"), LookedAgain()),
        Deed("now", msg("Look now, without the round"), LookedAgain()),
        Deed("approve", msg("Approve"), PairApproved()),
        Deed("refuse", msg("Rather not"), PairRefused()),
        Deed("elsewhere", msg("Ask somebody else"), AskedElsewhere()),
        Deed("nobody", msg("There is nobody"), NobodyFound()),
        Deed("end", msg("End the search"), Cancelled()),
    ),
    PAIR: (
        Deed("on", msg("They go on"), TheyGoOn()),
        Deed("hold", msg("Put on hold"), Suspended()),
        Deed("elsewhere", msg("Find somebody else"), AskedElsewhere()),
        Deed("end", msg("End it kindly"), Faded()),
    ),
    ROUND: (
        Deed("match", msg("Match now"), MatchAsked()),
        Deed("back", msg("Send it back"), SentBack()),
        Deed("off", msg("Call the matching off"), Cancelled()),
    ),
}
PROPOSE_MENTOR = Deed(PROPOSE, msg("Propose a mentor"))
SEE_PAIRS = Deed(SEE, msg("See the pairs"))
MAY_PROPOSE = frozenset({"waiting", "with_school", "gathered"})
NEVER = frozenset(
    {
        (PAIR, "on_hold", "hold"),
        (SEARCH, "waiting", "end"),
        (SEARCH, "waiting", "now"),
        (SEARCH, "with_school", "end"),
        (SEARCH, "with_school", "now"),
        (SEARCH, "gathered", "again"),
    }
)
"""What the lifecycle allows, and is said otherwise there."""


def deeds_of(one: Running) -> tuple[Deed, ...]:
    """Return what staff may do about a case: what its lifecycle lets the owner raise in this state."""
    lifecycle = LIFECYCLES[one.lifecycle]
    owner = next(part for part in lifecycle.parts if part == OWNER)
    first: tuple[Deed, ...] = ()
    if (one.lifecycle, one.state) == (ROUND, "previewed"):
        first = (SEE_PAIRS,)
    elif one.lifecycle == SEARCH and one.state in MAY_PROPOSE:
        first = (PROPOSE_MENTOR,)
    return (
        *first,
        *(
            deed
            for deed in DEEDS[one.lifecycle]
            if deed.event
            and (one.state, type(deed.event)) in lifecycle.transitions
            and lifecycle.can(one.state, owner, type(deed.event))
            and (one.lifecycle, one.state, deed.key) not in NEVER
        ),
    )


def is_shown(one: Running) -> bool:
    """Return whether staff see it on the board."""
    return (one.lifecycle, one.state) in NOW


def is_well(one: Running) -> bool:
    """Return whether it is a pair that needs nobody."""
    return (one.lifecycle, one.state) in WELL


def since_of(one: Running) -> datetime:
    """Return since when somebody waits."""
    is_wish = one.lifecycle == SEARCH and one.state in SINCE_THE_WISH
    return one.opened_at if is_wish else one.entered_at


def named(one: Running) -> Message:
    """Return whom a case is about."""
    student, mentor = one.people.get(STUDENT), one.people.get(MENTOR)
    if student is None:
        return MATCHES.get(one.state, msg("Proposed pairs"))
    if mentor is None:
        return msg("{student}", student=Who(student))
    # Translators: two names, a student's and a mentor's.
    return msg("{student}, {mentor}", student=Who(student), mentor=Who(mentor))


def standing_of(one: Running) -> Message:
    """Return who waits for whom in a case, and since when."""
    now = NOW[one.lifecycle, one.state]
    # Translators: {now} is what somebody waits for.
    return msg("{now}, since {since:date}", now=now, since=since_of(one))


def resting_since(one: Resting) -> Message:
    """Return how long a mentor has been asked no more."""
    return msg("did not answer; asked last on {at:date}", at=one.asked_at)


def told_of(one: Running, facts: Search | Pair | Round) -> Message:
    """Return what staff may know of a case: never what two people write to each other, nor their goal."""
    now = standing_of(one)
    match facts:
        case Pair():
            return msg(
                "A pair\nStudent: {student}\nMentor: {mentor}\nProgramme: {studies}\nHelp with: {help_with}\n"
                "Introduced: {began_at:date}\nMeetings held: {met}\nNow: {now}",
                student=Who(one.people[STUDENT]),
                mentor=Who(one.people[MENTOR]),
                studies=facts.studies,
                help_with=facts.help_with,
                began_at=facts.began_at,
                met=facts.met,
                now=now,
            )
        case Search():
            mentor = one.people.get(MENTOR)
            return msg(
                "A search\nStudent: {student}\nMentor: {mentor}\nProgramme: {studies}\nHelp with: {help_with}\n"
                "Now: {now}",
                student=Who(one.people[STUDENT]),
                mentor=Who(mentor) if mentor else msg("nobody yet"),
                studies=facts.studies,
                help_with=facts.help_with,
                now=now,
            )
        case Round(gathers_until=None):
            return msg(
                "Proposed pairs for those who wait\nPairs: {pairs}\nLeft over: {left}\nNow: {now}",
                pairs=facts.pairs,
                left=facts.left,
                now=now,
            )
        case _:
            return msg(
                "A round\nRequests until: {until:date}\nProgrammes: {for_whom}\nPairs at most: {most}\nNow: {now}",
                until=facts.gathers_until,
                for_whom=facts.for_whom,
                most=facts.most,
                now=now,
            )


def counted(running: Iterable[Running], resting: int) -> Message:
    """Return how much of what is open; what there is none of is not named."""
    at = Counter((one.lifecycle, NOW[one.lifecycle, one.state].id) for one in running)
    return msg(
        "Students who look: {searches}\nPairs: {pairs}\nMentors who rest because they did not answer: {resting}",
        searches=_how_many(SEARCH, at),
        pairs=_how_many(PAIR, at),
        resting=resting,
    )


def _how_many(lifecycle: str, at: Counter[tuple[str, str]]) -> Message:
    """Return how many cases of a lifecycle there are, and how many of them stand how."""
    words = {now.id: now for (of, _), now in NOW.items() if of == lifecycle}
    found = {id_: at[lifecycle, id_] for id_ in words if at[lifecycle, id_]}
    if not found:
        return msg("none")
    # Translators: {now} is what somebody waits for, {n} how many do.
    each = tuple(msg("{now}: {n}", now=words[id_], n=n) for id_, n in found.items())
    return msg("{n} ({each})", n=sum(found.values()), each=each)
