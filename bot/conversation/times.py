"""The times that journeys declare: what each is called, and how a school changes it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from bot.conversation.checks import time_problems
from bot.conversation.declaring import JourneyError
from bot.conversation.dialogue import Dialogue, Patience, patience_problems
from bot.conversation.expectations import Deadline, Nudge
from bot.conversation.journey import Journey
from bot.conversation.lifecycle import Lifecycle, State
from bot.domain.times import Length, Times, WorkingDays

Declared: TypeAlias = type[Lifecycle[Any, Any]] | type[Dialogue[Any]]
FIXED = "it is the same in every school"
FOLLOWS = "it follows from what is known about the case"
REMIND, GIVE_UP = "remind", "give_up"
OF_FACTS = "moment"
"""How the name of a reminder begins whose moment follows from the facts of its case."""


@dataclass(frozen=True, slots=True)
class Time:
    """One time of a declaration, as it is unless a school says otherwise."""

    key: str
    """Stable, and unique in its declaration: "to_check.remind_owner", "to_check.overdue", "give_up"."""
    lengths: tuple[Length, ...]
    is_several: bool = False
    """Whether it is when reminders come, one after another; a school may want more or fewer of them."""
    why_not: str | None = None
    """Why a school cannot change it, if it cannot."""


@dataclass(frozen=True, slots=True)
class NamedTime:
    """A time, and where it is declared."""

    declared: Declared
    time: Time


def named_times(journey: Journey) -> dict[str, NamedTime]:
    """Return all times of a journey, by what a school's file calls them in the journey's table.

    The case of the journey's own name needs no name in it: "to_check.overdue" is that of the sign-up's
    case, "alumni.give_up" that of its dialogue.

    Raises:
        JourneyError: two are called the same.
    """
    found: dict[str, NamedTime] = {}
    every: tuple[Declared, ...] = (*journey.lifecycles, *journey.dialogues)
    for declared in every:
        for time in times_of(declared):
            name = f"{prefix_of(journey.name, declared.name)}{time.key}"
            if name in found:
                raise JourneyError(f"{journey.name}: two times are called {name}")
            found[name] = NamedTime(declared, time)
    return found


def times_of(declared: Declared) -> Iterator[Time]:
    """Yield the times of a lifecycle or of a dialogue."""
    if issubclass(declared, Dialogue):
        patience = declared.patience
        if patience.nudge_after:
            yield Time(REMIND, patience.nudge_after, is_several=True)
        yield Time(GIVE_UP, (patience.expire_after,))
        return
    for name, state in declared.states.items():
        for part in dict.fromkeys(nudge.to for nudge in state.nudges):
            mine = (nudge.when for nudge in state.nudges if nudge.to == part)
            lengths = tuple(when for when in mine if not callable(when))
            why_not = None if lengths else FOLLOWS
            yield Time(_reminding(name, part), lengths, is_several=True, why_not=why_not)
        for deadline in state.deadlines:
            when = deadline.when
            lengths = () if callable(when) else (when,)
            why_not = FIXED if deadline.is_fixed else None if lengths else FOLLOWS
            yield Time(_ending(name, deadline), lengths, why_not=why_not)


def state_in(
    lifecycle: Lifecycle[Any, Any] | type[Lifecycle[Any, Any]], name: str, times: Times
) -> State[Any, Any]:
    """Return a state with the times of a school."""
    state, mine = lifecycle.states[name], times.get(lifecycle.name)
    if not mine:
        return state
    deadlines = tuple(
        replace(one, when=mine[key][0]) if (key := _ending(name, one)) in mine else one
        for one in state.deadlines
    )
    return replace(state, nudges=tuple(_nudges(name, state, mine)), deadlines=deadlines)


def patience_in(dialogue: Dialogue[Any] | type[Dialogue[Any]], times: Times) -> Patience:
    """Return the patience of a dialogue with the times of a school."""
    patience, mine = dialogue.patience, times.get(dialogue.name)
    if not mine:
        return patience
    expire_after = mine.get(GIVE_UP, (patience.expire_after,))[0]
    nudge_after = mine.get(REMIND, patience.nudge_after)
    return replace(
        patience,
        nudge_after=tuple(one for one in nudge_after if not isinstance(one, WorkingDays)),
        expire_after=patience.expire_after
        if isinstance(expire_after, WorkingDays)
        else expire_after,
    )


def problems_in(declared: Declared, times: Times) -> Iterator[str]:
    """Name what is wrong with a declaration as a school has changed it, as importing it would."""
    mine = times.get(declared.name, {})
    if issubclass(declared, Dialogue):
        if any(isinstance(one, WorkingDays) for lengths in mine.values() for one in lengths):
            yield "a question waits for hours, days or weeks, and not for working days"
        yield from patience_problems(patience_in(declared, times))
        return
    changed = {key.partition(".")[0] for key in mine}
    for name in (name for name in declared.states if name in changed):
        yield from time_problems(name, state_in(declared, name, times))


def named_nudges(state: State[Any, Any]) -> dict[str, Nudge[Any, Any]]:
    """Return the nudges by the names with which their timers are stored.

    Each part has its own numbers, and what follows from facts has its own again: so a name means the
    same reminder before and after a school changes how many there are.
    """
    counts = Counter[str]()
    found: dict[str, Nudge[Any, Any]] = {}
    for nudge in state.nudges:
        kind = f"{OF_FACTS if callable(nudge.when) else 'nudge'}.{nudge.to.value}"
        found[f"{kind}.{counts[kind]}"] = nudge
        counts[kind] += 1
    return found


def _nudges(
    name: str, state: State[Any, Any], mine: Mapping[str, tuple[Length, ...]]
) -> Iterator[Nudge[Any, Any]]:
    """Yield the nudges of a state; what is said more often than declared is said in the last words."""
    for part in dict.fromkeys(nudge.to for nudge in state.nudges):
        own = [nudge for nudge in state.nudges if nudge.to == part]
        declared = [nudge for nudge in own if not callable(nudge.when)]
        yield from (nudge for nudge in own if callable(nudge.when))
        lengths = mine.get(_reminding(name, part))
        if lengths is None:
            yield from declared
            continue
        for number, when in enumerate(lengths):
            yield replace(declared[min(number, len(declared) - 1)], when=when)


def prefix_of(journey: str, declared: str) -> str:
    """Return what stands before the keys of a declaration in the table of its journey."""
    short = declared.removeprefix(f"{journey}.")
    return "" if short == journey else f"{short}."


def _reminding(state: str, part: str) -> str:
    return f"{state}.remind_{part}"


def _ending(state: str, deadline: Deadline[Any]) -> str:
    return f"{state}.{re.sub('(?<=[a-z0-9])(?=[A-Z])', '_', deadline.raises.__name__).lower()}"
