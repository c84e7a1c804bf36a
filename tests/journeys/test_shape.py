"""Nothing is declared that no story plays, and what was stored by an earlier version still loads."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Connection

from bot.app import House, build
from bot.conversation.case import Case, To
from bot.conversation.declaring import adapter, named_in_return
from bot.conversation.engine import ask, restore
from bot.conversation.lifecycle import Lifecycle
from bot.conversation.times import named_nudges
from bot.domain.people import FromAbove, PersonId, Released, Report, Result, Suspended, Withdrawn
from bot.runtime.registry import every_journey
from bot.runtime.work import Here, Work
from bot.school import load_school
from bot.settings import Settings
from bot.storage.database import Database
from tests.journeys.played import Played, Records
from tests.stories import SCHOOL, STORIES, school_of
from tests.story import NOON

STORED = Path(__file__).parent / "stored"


def declared() -> Played:
    """Return all that a story can make happen."""
    all_of = Played()
    for dialogue in every_journey().dialogues.values():
        all_of.steps |= {(dialogue.name, step) for step in dialogue.steps}
    for lifecycle in every_journey().lifecycles.values():
        places = {name: state for name, state in lifecycle.states.items() if state.phase}
        all_of.states |= {(lifecycle.name, name) for name in _within_reach(lifecycle)}
        all_of.events |= {
            (lifecycle.name, state, event.__name__)
            for state, event in lifecycle.transitions
            if not _comes_from_outside(lifecycle, state, event)
        }
        for name, state in places.items():
            all_of.deadlines |= {
                (lifecycle.name, name, one.raises.__name__) for one in state.deadlines
            }
            all_of.nudges |= {(lifecycle.name, name, nudge) for nudge in named_nudges(state)}
    return all_of


async def test_all_that_is_declared_is_played_in_some_story(records: Records) -> None:
    wanted, played = declared(), Played()

    for story in STORIES:
        played.add(await records.of(story, school_of(story)))

    assert {
        "steps that nobody answers": sorted(wanted.steps - played.steps),
        "states that no case enters": sorted(wanted.states - played.states),
        "events that never happen there": sorted(wanted.events - played.events),
        "deadlines that never pass": sorted(wanted.deadlines - played.deadlines),
        "reminders that are never sent": sorted(wanted.nudges - played.nudges),
    } == {
        "steps that nobody answers": [],
        "states that no case enters": [],
        "events that never happen there": [],
        "deadlines that never pass": [],
        "reminders that are never sent": [],
    }


def _within_reach(lifecycle: Lifecycle[Any, Any]) -> set[str]:
    """Return the states that people and time can lead a case to."""
    reached = set(named_in_return(lifecycle.opened.react, To))
    for (state, event), transition in lifecycle.transitions.items():
        if not _comes_from_outside(lifecycle, state, event):
            reached |= set(named_in_return(transition.react, To))
    return reached


def _comes_from_outside(lifecycle: Lifecycle[Any, Any], state: str, event: type[Any]) -> bool:
    """Return whether no person can bring `event` about in a chat: it ends a case for another reason.

    Staff who leave only give up their seats, so `Withdrawn` is played where anybody else takes part. What a
    command comes to, or a case above or below tells, people have brought about.
    """
    if issubclass(event, Report | Result) or (
        issubclass(event, FromAbove) and event is not Released
    ):
        return False
    raised = {a.raises for e in lifecycle.states[state].expects.values() for a in e.actions}
    raised |= {deadline.raises for deadline in lifecycle.states[state].deadlines}
    if event is Withdrawn:
        return all(part.side == "staff" for part in lifecycle.parts)
    return event not in raised


@pytest.mark.parametrize(
    ("name", "state", "event"),
    [
        pytest.param(name, state, event, id=f"{name}-{state}-{event.__name__}")
        for name, lifecycle in every_journey().lifecycles.items()
        for state, event in lifecycle.transitions
        if _comes_from_outside(lifecycle, state, event)
    ],
)
def test_what_comes_from_outside_ends_the_case_or_holds_it(
    name: str, state: str, event: type[Any]
) -> None:
    lifecycle = every_journey().lifecycles[name]
    people = {part: PersonId(number) for number, part in enumerate(lifecycle.parts, start=1)}

    move = lifecycle.react(state, Case(_newest_facts(lifecycle), people, NOON), event())

    assert isinstance(move, To)
    assert lifecycle.states[move.state].is_final or event is Suspended


def _newest_facts(lifecycle: Lifecycle[Any, Any]) -> Any:
    path = STORED / lifecycle.name / f"v{lifecycle.version}_facts.json"
    return adapter(lifecycle.facts_type).validate_json(path.read_text())


SAMPLES = sorted(STORED.glob("*/v*_*.json"))


def test_there_is_a_sample_of_everything_that_is_stored() -> None:
    journeys = every_journey()
    wanted = {(one.name, one.version) for one in journeys.dialogues.values()}
    wanted |= {(one.name, one.version) for one in journeys.lifecycles.values()}

    assert wanted - {(sample.parent.name, _version(sample)) for sample in SAMPLES} == set()


@pytest.mark.parametrize(
    "sample",
    [one for one in SAMPLES if one.parent.name in every_journey().dialogues],
    ids=lambda one: f"{one.parent.name}-{one.stem}",
)
def test_a_stored_conversation_still_asks_its_question(
    sample: Path, database: Database, tmp_path: Path
) -> None:
    settings = Settings(secret_key=SecretStr("k" * 32), data_folder=tmp_path)
    house = build(settings, load_school(SCHOOL), database, lambda: NOON)

    question = database.run_here(lambda tx: _question(tx, house, sample))

    assert question.strip() not in {"", "-"}


def _question(tx: Connection, house: House, sample: Path) -> str:
    """Return what the stored conversation asks somebody who speaks Estonian."""
    here = Here(PersonId(1), "et", "web", "somewhere")
    desk = house.setting.look(Work(tx, house.setting, NOON, here))
    dialogue = every_journey().dialogues[sample.parent.name](desk)
    prompt = ask(dialogue, restore(dialogue, sample.read_text(), _version(sample))).prompt
    assert prompt is not None
    return house.setting.speak("et")(prompt.question)


@pytest.mark.parametrize(
    "sample",
    [one for one in SAMPLES if one.parent.name in every_journey().lifecycles],
    ids=lambda one: f"{one.parent.name}-{one.stem}",
)
def test_stored_facts_of_a_case_still_load(sample: Path) -> None:
    lifecycle = every_journey().lifecycles[sample.parent.name]
    kept = json.loads(sample.read_text())
    for version in range(_version(sample), lifecycle.version):
        kept = lifecycle.upgrades[version](kept)

    facts = adapter(lifecycle.facts_type).validate_python(kept)

    assert isinstance(facts, lifecycle.facts_type)


def _version(sample: Path) -> int:
    """Return the version that wrote a sample, as in `v1_review.json`."""
    return int(sample.stem.partition("_")[0].removeprefix("v"))
