"""What is wrong with a lifecycle: every sentence here keeps one from being imported."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from bot.conversation.case import To, slots_of
from bot.conversation.declaring import MOST_NUDGES, named_in_return, reach
from bot.conversation.expectations import Reminder
from bot.conversation.lifecycle import Lifecycle, Opening, State, Transition
from bot.conversation.messages import SCHOOL_SLOTS, UNTIL
from bot.domain.people import (
    Cancelled,
    FromAbove,
    Released,
    Report,
    Result,
    Side,
    Suspended,
    Withdrawn,
)
from bot.domain.times import surely_reaches


def lifecycle_problems(cls: type[Lifecycle[Any, Any]]) -> Iterator[str]:
    """Name all that is wrong with a lifecycle."""
    if not isinstance(vars(cls).get("name"), str):
        yield "name: it has none of its own"
    declared = {k for k, v in vars(cls).items() if isinstance(v, State | Transition | Opening)}
    if hidden := declared & {*vars(Lifecycle), *Lifecycle.__annotations__} - {"opened"}:
        yield f"{sorted(hidden)}: every lifecycle has something else of that name"
    yield from _ways(cls)
    for name, state in cls.states.items():
        if state.phase and not state.is_final:
            yield from _expectations(cls, name, state)
            yield from _buttons(cls, name, state)
            yield from time_problems(name, state)
    handled = {event for _, event in cls.transitions}
    needed = {Withdrawn} if Released in handled else {Withdrawn, Suspended, Cancelled}
    if missing := needed - handled:
        yield f"anywhere: says nothing about {sorted(e.__name__ for e in missing)}"
    if stale := set(range(1, cls.version)) - cls.upgrades.keys():
        yield f"upgrades: none from version {sorted(stale)}"


def _ways(cls: type[Lifecycle[Any, Any]]) -> Iterator[str]:
    """Check that every state can be reached, and left without anybody outside ending it."""
    places = {name: state for name, state in cls.states.items() if state.phase}
    everywhere = (state for state in cls.states.values() if not state.phase)
    outside = {a.raises for s in everywhere for e in s.expects.values() for a in e.actions}
    starts = set(named_in_return(cls.opened.react, To))
    own: dict[str, set[str]] = {}
    every: dict[str, set[str]] = {"": starts}
    if unknown := starts - places.keys():
        yield f"{cls.opened.react.__name__}: no state called {sorted(unknown)}"
    for (name, event), transition in cls.transitions.items():
        names = set(named_in_return(transition.react, To))
        if unknown := names - places.keys():
            yield f"{transition.react.__name__}: no state called {sorted(unknown)}"
        every.setdefault(name, set()).update(names)
        if places[name].is_final:
            yield f"{name}: is final, and has a way out"
        if not transition.is_anywhere:
            # What can come from outside at any time is no way out, also where a state answers it itself.
            own.setdefault(name, set()).update(set() if event in outside else names)
            raised = {a.raises for e in places[name].expects.values() for a in e.actions} | outside
            raised |= {d.raises for d in places[name].deadlines}
            if event not in raised and not issubclass(event, Report | FromAbove | Result):
                yield f"{name}: nobody can raise {event.__name__}"
    for name in sorted(places.keys() - reach("", every)):
        yield f"{name}: nothing leads here"
    finals = {name for name, state in places.items() if state.is_final}
    for name, state in places.items():
        if not state.is_final and not finals & reach(name, own):
            yield f"{name}: no way out but being ended from outside"


def _expectations(
    cls: type[Lifecycle[Any, Any]], name: str, state: State[Any, Any]
) -> Iterator[str]:
    if not state.deadlines and not any(e.is_due for e in state.expects.values()):
        yield f"{name}: nobody is to act, and no deadline ends it"
    for part in cls.parts:
        if part not in state.expects:
            yield f"{name}: says nothing about the {part}"
    until = {UNTIL} if state.deadlines else set()
    slots = frozenset(cls.parts) | slots_of(cls.facts_type) | SCHOOL_SLOTS | until
    texts = [m for e in state.expects.values() for m in (e.text, e.letter) if m]
    labels = [a.label for e in state.expects.values() for a in e.actions]
    yield from _names_of_staff(name, state)
    for message in (*texts, *(n.say for n in state.nudges), *labels):
        if wrong := message.fields - message.params.keys() - slots:
            yield f"{name}: {message.id!r} names {sorted(wrong)}"


def _names_of_staff(name: str, state: State[Any, Any]) -> Iterator[str]:
    """Check that nobody reads the name of a member of staff: they come and go, and then it would be "somebody"."""
    staff = {part for part in state.expects if part.side is Side.STAFF}
    for part, expected in state.expects.items():
        letter = expected.letter if expected.letter is not expected.text else None
        texts = [expected.text, letter, *(a.label for a in expected.actions)]
        texts += [nudge.say for nudge in state.nudges if nudge.to == part]
        for message in filter(None, texts):
            # Whoever reads it as this part has the seat.
            if named := message.fields - message.params.keys() & {
                one.value for one in staff - {part}
            }:
                yield f"{name}: {message.id!r} names the {', '.join(sorted(named))}, whose seat may be empty"


def _buttons(cls: type[Lifecycle[Any, Any]], name: str, state: State[Any, Any]) -> Iterator[str]:
    accepts = {event for at, event in cls.transitions if at == name}
    actions = [a for e in state.expects.values() for a in e.actions]
    for unheard in sorted({a.raises.__name__ for a in actions if a.raises not in accepts}):
        yield f"{name}: has a button for {unheard}, which leads nowhere"
    if any(len({a.key for a in e.actions}) < len(e.actions) for e in state.expects.values()):
        yield f"{name}: has two buttons that carry the same"
    if len({deadline.raises for deadline in state.deadlines}) < len(state.deadlines):
        yield f"{name}: has two deadlines that raise the same"
    for deadline in state.deadlines:
        if deadline.raises not in accepts:
            yield f"{name}: the deadline {deadline.raises.__name__} leads nowhere"


def time_problems(name: str, state: State[Any, Any]) -> Iterator[str]:
    """Name what is wrong with the times of the state called `name`."""
    ends = [d.when for d in state.deadlines]
    for part in dict.fromkeys(n.to for n in state.nudges):
        mine = [n for n in state.nudges if n.to == part]
        asks = any(not isinstance(nudge, Reminder) for nudge in mine)
        if asks and part in state.expects and not state.expects[part].is_due:
            yield f"{name}: nudges the {part}, who has nothing to do"
        if len(mine) > MOST_NUDGES:
            yield f"{name}: nudges the {part} more than three times"
        if any(_comes_after(one.when, next_.when) for one, next_ in pairwise(mine)):
            yield f"{name}: the nudges of the {part} do not come one after the other"
        if any(_comes_after(nudge.when, end) for nudge in mine for end in ends):
            yield f"{name}: nudges the {part} after the deadline"


def _comes_after(one: Any, other: Any) -> bool:
    """Return whether one moment surely comes no sooner than another, as far as facts do not decide."""
    return not callable(one) and not callable(other) and surely_reaches(one, other)
