"""A dialogue that is declared wrongly cannot be imported, and the reason is a sentence."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, TypeVar

import pytest

from bot.conversation.declaring import JourneyError, moves_returned, named_in_return
from bot.conversation.dialogue import (
    DONE_MARK,
    Dialogue,
    Done,
    Goto,
    Patience,
    Revisit,
    StepsOf,
    leads_to,
    part_step,
)
from bot.conversation.messages import msg
from bot.conversation.typed import Words
from tests.conversation.visiting import VisitBooking

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing need be remembered."""


@dataclass(frozen=True, slots=True)
class Little(Nothing):
    """One thing is remembered."""

    words: str = ""


NothingT = TypeVar("NothingT", bound=Nothing)
step = StepsOf(Nothing)
WORDS = Words(msg("What is it?"), max_chars=10)


def ends(self: Any, draft: Nothing, words: str) -> Done:
    return Done(None)


def asks_second(self: Any, draft: Nothing, words: str) -> Goto[Literal["second"]]:
    return Goto("second", draft)


def asks_first(self: Any, draft: Nothing, words: str) -> Goto[Literal["first"]]:
    return Goto("first", draft)


def declare(**declared: Any) -> type[Dialogue[Nothing]]:
    """Declare a dialogue called `Wrong` as if a module did."""
    steps = {name: step(WORDS)(one) if callable(one) else one for name, one in declared.items()}

    class Base(Dialogue[Nothing]):
        name = "test.base"
        first = step(WORDS)(ends)

    return type("Wrong", (Base,), {"name": "test.wrong", **steps})


def refusal(**declared: Any) -> str:
    with pytest.raises(JourneyError) as error:
        declare(**declared)
    return str(error.value)


def test_a_dialogue_that_is_right_is_accepted() -> None:
    declared = declare(first=asks_second, second=ends)

    assert leads_to(declared) == {"first": {"second"}, "second": {DONE_MARK}}


def test_a_dialogue_has_steps() -> None:
    with pytest.raises(JourneyError, match=r"^Empty: it has no steps$"):

        class Empty(Dialogue[Nothing]):
            name = "test.empty"


def test_a_dialogue_has_a_name() -> None:
    with pytest.raises(JourneyError, match=r"^Nameless: it has no name of its own$"):

        class Nameless(Dialogue[Nothing]):
            first = step(WORDS)(ends)


def test_a_dialogue_does_not_go_by_the_name_of_the_one_it_takes_steps_from() -> None:
    assert refusal(name=None) == "Wrong: it has no name of its own"


def test_a_step_called_name_does_not_hide_the_name_of_its_dialogue() -> None:
    assert refusal(name=ends, first=ends).startswith("Wrong: it has no name of its own")


def test_a_step_does_not_hide_what_every_dialogue_has() -> None:
    assert refusal(first=step(WORDS)(ends), left=step(WORDS)(ends)).startswith(
        "Wrong: every dialogue has something else called ['left']"
    )


def test_a_step_leads_only_to_steps_there_are() -> None:
    assert "Wrong: no step called ['second']" in refusal(first=asks_second)


def test_every_step_can_be_reached() -> None:
    assert refusal(second=ends) == "Wrong: nothing leads to ['second']"


def test_every_step_has_a_way_out() -> None:
    assert refusal(first=asks_second, second=asks_first) == (
        "Wrong: no way out of ['first', 'second']"
    )


def test_every_stored_version_can_be_upgraded() -> None:
    assert refusal(version=3, upgrades={2: dict}) == "Wrong: no upgrade from version [1]"


@pytest.mark.parametrize(
    "patience",
    [
        Patience((2 * HOUR, HOUR), 3 * HOUR),
        Patience((HOUR, HOUR), 3 * HOUR),
        Patience((3 * HOUR,), 3 * HOUR),
    ],
)
def test_reminders_come_one_after_the_other_and_before_the_end(patience: Patience) -> None:
    assert refusal(patience=patience) == (
        "Wrong: its nudges do not come one after the other, before it expires"
    )


def test_nobody_is_reminded_a_fourth_time() -> None:
    patience = Patience(tuple(i * HOUR for i in range(1, 5)), 5 * HOUR)

    assert refusal(patience=patience) == "Wrong: it nudges more than three times"


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert refusal(second=ends, version=2) == (
        "Wrong: nothing leads to ['second']; Wrong: no upgrade from version [1]"
    )


def test_a_step_says_what_it_returns() -> None:
    def silent(self: Any, draft: Nothing, words: str):  # type: ignore[no-untyped-def]  # noqa: ANN202  # the fault
        return Done(None)

    assert refusal(first=silent).endswith("silent: annotate what it returns")


def test_a_step_returns_moves_only() -> None:
    def wordy(self: Any, draft: Nothing, words: str) -> str:
        return words

    assert refusal(first=wordy).endswith("wordy: <class 'str'> is not a move")


def test_a_step_returns_moves_only_also_among_others() -> None:
    def either(self: Any, draft: Nothing, words: str) -> Done | str:
        return words

    assert refusal(first=either).endswith("either: <class 'str'> is not a move")


def test_a_step_names_where_it_leads() -> None:
    def vague(self: Any, draft: Nothing, words: str) -> Goto[str] | Done:
        return Done(None)

    assert refusal(first=vague).endswith("vague: annotate Goto with a Literal")


def test_a_step_that_names_nowhere_is_not_taken_for_one_that_leads_nowhere() -> None:
    def bare(self: Any, draft: Nothing, words: str) -> Goto:  # type: ignore[type-arg]  # the fault
        return Goto("first", draft)

    assert refusal(first=bare).endswith("bare: annotate Goto with a Literal")


def test_the_annotations_of_steps_are_the_table_of_what_follows() -> None:
    assert leads_to(VisitBooking) == {
        "trade": {"days"},
        "days": {"days", "who"},
        "who": {"left_in"},
        "left_in": {"town", "sure"},
        "town": {"sure"},
        "sure": {"review"},
        "review": {"trade", "days", "who", DONE_MARK},
    }


def test_a_return_of_several_moves_is_read_move_by_move() -> None:
    hear = VisitBooking.steps["review"].hear

    assert named_in_return(hear, Revisit) == ("trade", "days", "who")
    assert moves_returned(hear) == {Revisit, Done}


def test_a_dialogue_takes_over_the_steps_of_another() -> None:
    class Later(VisitBooking):
        name = "test.later"
        opens_at = "review"

    assert (Later.opens_at, list(Later.steps)) == ("review", list(VisitBooking.steps))
    assert (Later.draft_type, VisitBooking.opens_at) == (VisitBooking.draft_type, "trade")


def test_only_the_last_part_of_a_dialogue_need_be_whole() -> None:
    class Beginning(Dialogue[Nothing], is_part=True):
        first = step(WORDS)(asks_second)

    class Whole(Beginning):
        name = "test.whole"
        second = step(WORDS)(ends)

    assert (Whole.opens_at, list(Whole.steps)) == ("first", ["first", "second"])
    with pytest.raises(JourneyError, match="no step called"):

        class Half(Beginning):
            name = "test.half"


def test_dialogues_whose_drafts_differ_share_a_part() -> None:
    class Beginning(Dialogue[NothingT], is_part=True):
        @part_step(WORDS)
        def first(self, draft: NothingT, words: str) -> Goto[Literal["second"]]:
            return self.goto("second", draft)

    class Plain(Beginning[Nothing]):
        name = "test.plain"
        second = step(WORDS)(ends)

    class Other(Beginning[Little]):
        name = "test.other"
        second = step(WORDS)(ends)

    assert Plain.steps["first"] is Other.steps["first"]
    assert (Plain.draft_type, Other.draft_type) == (Nothing, Little)
