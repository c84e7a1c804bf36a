"""Pairs of mentoring in which somebody takes part who goes, or at whom nothing arrives any more."""

from collections.abc import Iterator

from bot.domain.mentoring import ChatClosed
from bot.domain.people import PersonId, Withdrawn
from bot.runtime import cases
from bot.runtime.work import Work

PAIR, MENTOR = "mentoring.pair", "mentor"


def leave_pairs(work: Work, mentor: PersonId) -> None:
    """Let a mentor who no longer agrees to be one go; each student is told kindly, and looked after."""
    for at in _pairs_of(work, mentor):
        if at.case.people.get(MENTOR) == mentor:
            cases.happen(work, at, Withdrawn(), mentor, as_of_right=True)


def chat_closed(work: Work, person: PersonId) -> None:
    """Let somebody at school look after the pairs of a person at whom nothing arrives any more."""
    for at in _pairs_of(work, person):
        cases.happen(work, at, ChatClosed(), None, as_of_right=True)


def _pairs_of(work: Work, person: PersonId) -> Iterator[cases.Standing]:
    return (at for at in cases.open_cases(work, person) if at.lifecycle.name == PAIR)
