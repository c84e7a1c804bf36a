from pathlib import Path

import pytest

import journeys
from bot.conversation.declaring import JourneyError
from bot.conversation.journey import Journey
from bot.conversation.messages import msg
from bot.runtime.registry import every_journey, registry_of
from tests.conversation.hosting import Asking, Hosting
from tests.conversation.visiting import VisitBooking

VISITS = Journey("visits", msg("Visits"), msg("Guests come."), (VisitBooking,), (Hosting, Asking))


def test_declarations_are_found_by_the_names_they_are_stored_with() -> None:
    registry = registry_of(VISITS)

    assert registry.dialogues == {"test.visit": VisitBooking}
    assert {name: type(one) for name, one in registry.lifecycles.items()} == {
        "test.hosting": Hosting,
        "test.asking": Asking,
    }
    assert set(registry.journey_of.items()) == {
        ("test.visit", "visits"),
        ("test.hosting", "visits"),
        ("test.asking", "visits"),
    }


@pytest.mark.parametrize("other", ["visits", "events"])
def test_two_declarations_do_not_share_a_name(other: str) -> None:
    copy = Journey(other, msg("Events"), msg("People meet."), (VisitBooking,))

    with pytest.raises(JourneyError, match=r"^two declarations are called test\.visit$"):
        registry_of(VISITS, copy)


def test_every_folder_of_a_journey_is_one() -> None:
    folders = [path.parent.name for path in Path(journeys.__path__[0]).glob("*/__init__.py")]

    assert [journey.name for journey in every_journey().journeys] == sorted(folders)
