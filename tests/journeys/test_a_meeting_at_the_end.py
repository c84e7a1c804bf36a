"""A pair that has agreed on a meeting parts after it, also while the student is to say how to go on."""

from datetime import timedelta

from bot.conversation.case import Case, Stay, To
from bot.domain.mentoring.meeting import MeetingHeld
from bot.domain.mentoring.offers import Topic
from bot.domain.people import PersonId
from journeys.mentoring.mentorship import Mentorship
from journeys.mentoring.pair import LENGTH, Pair, Pairing
from tests.story import NOON

PEOPLE = {part: PersonId(number) for number, part in enumerate(Pairing, start=1)}


def after(lasted: timedelta) -> Case[Pair, Pairing]:
    """Return a pair that has met, so long after they were introduced."""
    pair = Pair(Topic.TRADE, "To learn.", began_at=NOON - lasted, last_contact=NOON)
    return Case(pair, PEOPLE, NOON)


def test_a_meeting_held_past_the_agreed_end_closes_the_pair() -> None:
    move = Mentorship().react("deciding", after(LENGTH), MeetingHeld())

    assert isinstance(move, To)
    assert move.state == "closing"


def test_a_meeting_held_before_it_leaves_the_question_open() -> None:
    move = Mentorship().react("deciding", after(LENGTH - timedelta(days=1)), MeetingHeld())

    assert isinstance(move, Stay)
