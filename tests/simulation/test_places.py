"""How it is reckoned how full an event was, and whether anybody waited for nothing."""

from datetime import datetime, timedelta

from bot.simulation import places
from bot.simulation.clock import DAY
from bot.simulation.habits import End
from bot.simulation.places import Change, Fullness
from tests.simulation.people import ANNA, anna
from tests.simulation.test_reckoning import HOUR, NOON

MART = ANNA + 1
ENDS = {1: NOON + 30 * DAY}


def kept(who: int, number: int, at: datetime = NOON) -> Change:
    return Change(at, who=who, kept=number)


def guest(case: int, state: str, at: datetime = NOON) -> Change:
    return Change(at, guest=case, state=state)


def fullness(*changes: Change) -> Fullness:
    return places.fullness({1: changes}, ENDS)


def test_as_many_as_there_are_places_is_right_and_one_more_is_not() -> None:
    two = Change(NOON, places=2)

    assert fullness(two, kept(ANNA, 1), kept(MART, 1)).over == 0
    assert fullness(two, kept(ANNA, 2), kept(MART, 1, NOON + HOUR)).over == 1


def test_whoever_gives_a_place_back_makes_room_at_that_moment() -> None:
    later = NOON + DAY
    changes = (Change(NOON, places=1), kept(ANNA, 1), kept(MART, 1, later), kept(ANNA, 0, later))

    assert fullness(*changes).over == 0


def test_more_places_are_more_places() -> None:
    more = Change(NOON + HOUR, places=2)
    second = kept(MART, 1, NOON + 2 * HOUR)

    assert fullness(Change(NOON, places=1), kept(ANNA, 1), more, second).over == 0


def test_whoever_waits_beside_a_place_waits_until_it_is_offered() -> None:
    waits, free = guest(9, "waiting"), kept(ANNA, 0, NOON + HOUR)
    offered = guest(9, "offered", NOON + 4 * HOUR)

    found = fullness(Change(NOON, places=1), kept(ANNA, 1), waits, free, offered)

    assert found.waited == 3 * HOUR


def test_whoever_waits_while_all_is_kept_or_offered_waits_for_something() -> None:
    changes = (
        Change(NOON, places=2),
        kept(ANNA, 1),
        guest(8, "offered"),
        guest(9, "waiting"),
        guest(9, "offered", NOON + DAY),
        kept(ANNA, 0, NOON + DAY),
    )

    assert fullness(*changes).waited == timedelta()


def test_where_there_is_room_for_any_number_nobody_waits() -> None:
    found = fullness(Change(NOON, places=-1), guest(9, "waiting"), guest(9, "coming", NOON + HOUR))

    assert found == Fullness(0, HOUR)


def test_once_it_begins_nobody_waits_any_more() -> None:
    late = guest(9, "waiting", ENDS[1])

    assert (
        fullness(Change(NOON, places=1), late, guest(9, "away", ENDS[1] + DAY)).waited == 0 * DAY
    )


def test_whoever_leaves_for_good_keeps_no_place() -> None:
    who = anna(End.DELETES)
    who.places.append((NOON, 1, 2))
    who.left_at = NOON + DAY

    found = places.by_event(places.told([who]), places.made([(NOON, 1, None), (NOON, 2, 5)]))

    assert found == {
        1: [kept(ANNA, 2), kept(ANNA, 0, NOON + DAY), Change(NOON, places=-1)],
        2: [Change(NOON, places=5)],
    }
