"""One open question in sight: what is asked again below asks no more above."""

from collections.abc import Sequence

import pytest

from bot.gateways.port import Delivered
from bot.texts.sheets import Row, Settled, Sheet, Style
from tests.web.visits import Visitor, visiting
from tests.web.world import QUESTION, World, address_of


def asks(key: str, *options: str, style: Style = Style.QUESTION) -> Sheet:
    """Return a sheet that asks, with a row for each option."""
    rows = tuple(Row(option, f"{key.removesuffix(':/n')}:{option}") for option in options)
    return Sheet(f"About {key}", "en", style, rows=rows, key=key)


async def open_ones(visitor: Visitor) -> list[int]:
    """Return the numbers of the lines in which something can be pressed, oldest first."""
    lines = await visitor.read()
    return sorted(line["number"] for line in lines if line["rows"] and "settled" not in line)


QUESTION_1, QUESTION_2 = asks("q:5:1", "yes", "no"), asks("q:5:2", "yes", "no")
OF_ANOTHER_TALK = asks("q:6:1", "yes", "no")
REMINDER = asks("q:5:2:/n", "/go", "/drop", style=Style.NUDGE)
OF_ANOTHER = asks("q:4:9:/n", "/go", "/drop", style=Style.NUDGE)
INVITATION = asks("c:1:1", "Accepted", "Declined", style=Style.LETTER)
REMINDED = asks("c:1:1", "Accepted", "Declined", style=Style.NUDGE)
IN_ANOTHER_PART = asks("c:1:1", "Cancelled", style=Style.LETTER)
LATER = asks("c:1:2", "Held", style=Style.LETTER)
NEWS = Sheet("You have met.", "en", over=("c:1:1",))
LATER_NEWS = Sheet("It has ended.", "en", over=("c:1:3",))
OF_ANOTHER_CASE = asks("c:2:1", "Accepted", style=Style.LETTER)


@pytest.mark.parametrize(
    ("said", "still_open"),
    [
        pytest.param([QUESTION_1, QUESTION_1], [2], id="a question asked again"),
        pytest.param([QUESTION_1, OF_ANOTHER_TALK], [2], id="a question asked in between"),
        pytest.param([QUESTION_2, REMINDER], [2], id="a reminder of the question"),
        pytest.param([QUESTION_2, REMINDER, REMINDER], [3], id="a second reminder"),
        pytest.param([QUESTION_2, REMINDER, QUESTION_2], [3], id="a question gone on with"),
        pytest.param([OF_ANOTHER, QUESTION_2], [1, 2], id="a reminder of something earlier"),
        pytest.param([QUESTION_2, OF_ANOTHER], [1, 2], id="the same in the other order"),
        pytest.param([INVITATION, QUESTION_2], [1, 2], id="a letter and a question"),
        pytest.param([INVITATION, REMINDED], [2], id="a reminder of a letter"),
        pytest.param([INVITATION, IN_ANOTHER_PART], [1, 2], id="letters to one in two parts"),
        pytest.param([INVITATION, LATER], [2], id="what the case expects next"),
        pytest.param([INVITATION, OF_ANOTHER_CASE], [1, 2], id="letters of two cases"),
        pytest.param([INVITATION, REMINDED, NEWS], [], id="news after which all that is over"),
        pytest.param([INVITATION, LATER_NEWS], [], id="news after which what came before is over"),
        pytest.param([LATER, NEWS], [1], id="news of an entry before"),
        pytest.param([QUESTION_1, OF_ANOTHER_CASE, NEWS], [1, 2], id="news of something else"),
    ],
)
async def test_of_what_is_asked_the_latest_copy_alone_is_open(
    said: Sequence[Sheet], still_open: list[int]
) -> None:
    world = World()
    async with visiting(world) as visitor:
        for sheet in said:
            await world.gateway.deliver(address_of(world), sheet)

        assert await open_ones(visitor) == still_open


async def test_what_asks_no_more_keeps_its_words_and_is_not_called_settled() -> None:
    world = World()
    async with visiting(world) as visitor:
        for _ in range(2):
            await world.gateway.deliver(address_of(world), QUESTION)
        settles = Settled("q:1:1", ("q:1:1:staff",))
        await world.gateway.deliver(address_of(world), Sheet("Thank you.", "en", settles=settles))
        before, asked = sorted(await visitor.read(), key=lambda line: line["number"])[:2]

    assert (before["text"], before["retired"], before["rows"], before["hint"]) == (
        "Who are you?",
        True,
        [],
        None,
    )
    assert ("settled" in before, asked["settled"]["chosen"]) == (False, ["q:1:1:staff"])


async def test_a_reminder_asks_no_more_once_its_question_is_answered() -> None:
    world = World()
    async with visiting(world) as visitor:
        for sheet in (QUESTION_2, REMINDER):
            await world.gateway.deliver(address_of(world), sheet)
        await world.gateway.deliver(
            address_of(world), Sheet("Thank you.", "en", settles=Settled("q:5:2"))
        )

        assert await open_ones(visitor) == []


async def test_a_question_redrawn_where_it_stands_closes_nothing_of_its_own() -> None:
    world = World()
    async with visiting(world) as visitor:
        await world.gateway.deliver(address_of(world), QUESTION)
        outcome = await world.gateway.edit(address_of(world), "1", QUESTION)

        assert (outcome, await open_ones(visitor)) == (Delivered("1"), [1])


async def test_a_question_redrawn_after_its_reminder_is_said_anew_below() -> None:
    world = World()
    async with visiting(world) as visitor:
        for sheet in (QUESTION_2, REMINDER):
            await world.gateway.deliver(address_of(world), sheet)
        outcome = await world.gateway.edit(address_of(world), "1", QUESTION_2)

        assert (outcome, await open_ones(visitor)) == (Delivered("3"), [3])


async def test_a_press_on_what_asks_no_more_is_heard_but_says_nothing_in_the_chat() -> None:
    world = World()
    async with visiting(world) as visitor:
        for _ in range(2):
            await world.gateway.deliver(address_of(world), QUESTION)
        await visitor.press("q:1:1:staff", 1)

        assert (len(world.heard), len(await visitor.read())) == (1, 2)
