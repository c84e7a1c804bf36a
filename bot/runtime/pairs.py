"""Pairs of mentoring, also those that are to be one: somebody goes, or nothing arrives any more at one of the two."""

from collections.abc import Iterator

from bot.domain.mentoring.pair import ChatClosed
from bot.domain.people import PersonId, Withdrawn
from bot.runtime import cases
from bot.runtime.work import Work

SEARCH, PAIR = "mentoring.search", "mentoring.pair"
MENTOR, OWNER = "mentor", "owner"


def leave_pairs(work: Work, mentor: PersonId) -> None:
    """Let a mentor who no longer agrees to be one go; each student is told kindly, and looked after.

    That is also whoever waits for the school's approval, or for their turn.
    """
    for at in _cases_of(work, mentor, SEARCH, PAIR):
        if at.case.people.get(MENTOR) == mentor:
            cases.happen(work, at, Withdrawn(), mentor, as_of_right=True)


def chat_closed(work: Work, person: PersonId) -> frozenset[PersonId]:
    """Let somebody at school look after the pairs of a person at whom nothing arrives any more; return who does."""
    return frozenset(
        at.case.people[OWNER]
        for at in list(_cases_of(work, person, PAIR))
        if cases.happen(work, at, ChatClosed(person), None, as_of_right=True)
        and OWNER in at.case.people
    )


def _cases_of(work: Work, person: PersonId, *names: str) -> Iterator[cases.Standing]:
    return (at for at in cases.open_cases(work, person) if at.lifecycle.name in names)
