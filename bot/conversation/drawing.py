"""Draws dialogues and lifecycles as Mermaid diagrams, in words that staff understand."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any, Final

from bot.conversation.case import Stay, To, slots_of
from bot.conversation.declaring import moves_returned, named_in_return
from bot.conversation.dialogue import Dialogue, Done, Goto, Revisit, Step
from bot.conversation.expectations import Deadline, Open, When
from bot.conversation.lifecycle import Lifecycle, State, Transition
from bot.conversation.messages import Message
from bot.conversation.prompts import Prompt
from bot.conversation.times import state_in
from bot.domain.people import CaseEvent, FromAbove, Part, Report
from bot.domain.times import NO_TIMES, Times, in_time

OUTSIDE: Final = "[*]"
ANYWHERE: Final = "at_any_time"
MOST_CHARS = 60
"""Of a question in a box; longer ones are cut between two words."""
MERMAIDS_OWN = frozenset(
    {"as", "class", "classdef", "click", "default", "direction", "end", "note", "state", "style"}
)


def in_words(name: str) -> str:
    """Return a name of the code in words: "guardian asked" of `guardian_asked` and `GuardianAsked`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").lower()


def moment(when: When[Any], facts: type) -> str:
    """Return in words when something is due that is declared as `when`."""
    if not callable(when):
        return f"after {in_time(when)}"
    return f"at a moment that follows from: {', '.join(_facts_named(when, facts)) or 'the case'}"


def ending(deadline: Deadline[Any], facts: type) -> str:
    """Return in words when a deadline ends a state."""
    when, told = moment(deadline.when, facts), deadline.but_not_before
    return f"{when}, but not before: {', '.join(_facts_named(told, facts))}" if told else when


def text_of(message: Message, parts: type[Part] | None = None) -> str:
    """Return the English text; "the mentor" stands for a person, [date] for a fact."""
    seated = {part.value for part in parts or ()}

    def filled(slot: str) -> str:
        match message.params.get(slot):
            case Message() as part:
                return text_of(part, parts)
            case str() | int() as value:
                return str(value)
            case _:
                return f"the {in_words(slot)}" if slot in seated else f"[{in_words(slot)}]"

    pieces = Formatter().parse(message.id)
    return "".join(text + (filled(slot) if slot else "") for text, slot, _, _ in pieces)


def who_can(
    lifecycle: type[Lifecycle[Any, Any]],
    state: str,
    event: type[CaseEvent],
    times: Times = NO_TIMES,
) -> tuple[str, ...]:
    """Return who or what can raise `event` in `state`: the parts, then the moment of a deadline."""
    declared = state_in(lifecycle, state, times)
    found = [
        in_words(part)
        for part, expected in declared.expects.items()
        if any(action.raises is event for action in expected.actions)
    ]
    found += [
        ending(deadline, lifecycle.facts_type)
        for deadline in declared.deadlines
        if deadline.raises is event
    ]
    if issubclass(event, Report):
        found.append("a case below")
    if issubclass(event, FromAbove):
        found.append("the case above")
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Way:
    """From one state to another, and what leads there."""

    start: str
    """A state, or `OUTSIDE` or `ANYWHERE`."""
    end: str | None
    """A state; None if the case stays where it is."""
    event: type[CaseEvent] | None
    """None where a case is opened."""
    by: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The event in words, and who or what brings it."""
        if self.event is None:
            return ""
        name = in_words(self.event.__name__)
        return f"{name} ({', '.join(self.by)})" if self.by else name


def ways(lifecycle: type[Lifecycle[Any, Any]], times: Times = NO_TIMES) -> Iterator[Way]:
    """Yield all that leads from state to state; what can happen in every state comes once, from `ANYWHERE`."""
    for end in named_in_return(lifecycle.opened.react, To):
        yield Way(OUTSIDE, end, None)
    everywhere = [name for name, state in lifecycle.states.items() if state.phase is None]
    drawn: set[tuple[str, type[CaseEvent]]] = set()
    for (name, event), transition in lifecycle.transitions.items():
        at = everywhere[0] if transition.is_anywhere else name
        if (at, event) not in drawn:
            drawn.add((at, event))
            start = ANYWHERE if transition.is_anywhere else name
            by = who_can(lifecycle, at, event, times)
            yield from (Way(start, end, event, by) for end in _ends(transition))


def lifecycle_diagram(lifecycle: type[Lifecycle[Any, Any]], times: Times = NO_TIMES) -> str:
    """Return the states: each with its phase and who is to act, what leads on, and what can happen anywhere.

    Moments are those of the school whose `times` are given, and else those of the journey.
    """
    lines = ["stateDiagram-v2"]
    labels: dict[tuple[str, str | None], list[str]] = {}
    for way in ways(lifecycle, times):
        labels.setdefault((way.start, way.end), []).append(way.label)
    for name, state in lifecycle.states.items():
        if state.phase:
            lines.append(f'    state "{in_words(name)}" as {_id(name)}')
            lines.append(f"    {_id(name)}: {_shown(_below_the_name(state))}")
            stays = labels.pop((name, None), ())
            lines += [f"    {_id(name)}: {_shown(label)}, and stays" for label in stays]
    if any(start == ANYWHERE for start, _ in labels):
        lines.append(f'    state "at any time" as {ANYWHERE}')
    for (start, end), those in labels.items():
        label = _shown("<br>".join(filter(None, those)))
        arrow = f"    {_id(start)} --> {_id(end or start)}"
        lines.append(f"{arrow}: {label}" if label else arrow)
    finals = [name for name, state in lifecycle.states.items() if state.is_final]
    lines += [f"    {_id(name)} --> [*]" for name in finals]
    return "\n".join(lines)


def dialogue_diagram(dialogue: type[Dialogue[Any]]) -> str:
    """Return the questions, and which can follow which."""
    lines = ["stateDiagram-v2"]
    lines += [
        f'    state "{_shown(_question(name, step))}" as {_id(name)}'
        for name, step in dialogue.steps.items()
    ]
    lines.append(f"    [*] --> {_id(dialogue.opens_at)}")
    for name, step in dialogue.steps.items():
        following = dict.fromkeys(named_in_return(step.hear, Goto))
        lines += [f"    {_id(name)} --> {_id(after)}" for after in following]
        if changed := named_in_return(step.hear, Revisit):
            lines.append(f"    note right of {_id(name)}")
            lines.append(f"        Can be changed from here: {', '.join(map(in_words, changed))}")
            lines.append("    end note")
        if Done in moves_returned(step.hear):
            lines.append(f"    {_id(name)} --> [*]")
    return "\n".join(lines)


def opens(lifecycle: type[Lifecycle[Any, Any]]) -> Mapping[type[Dialogue[Any]], tuple[str, ...]]:
    """Return the dialogues that a button of the lifecycle opens, with the parts that have the button."""
    found: dict[type[Dialogue[Any]], dict[str, None]] = {}
    for state in lifecycle.states.values():
        for part, expected in state.expects.items():
            for action in expected.actions:
                if isinstance(action, Open) and state.phase:
                    found.setdefault(action.dialogue, {})[in_words(part)] = None
    return {dialogue: tuple(parts) for dialogue, parts in found.items()}


def _id(name: str) -> str:
    """Return what a state is called within the drawing: never by a word of Mermaid's own."""
    return f"{name}_" if name.lower() in MERMAIDS_OWN else name


def _facts_named(when: Callable[..., Any], facts: type) -> list[str]:
    """Return the facts that a function reads, as far as its code says."""
    code = getattr(when, "__code__", None)
    return [in_words(name) for name in getattr(code, "co_names", ()) if name in slots_of(facts)]


def _ends(transition: Transition[Any, Any]) -> tuple[str | None, ...]:
    stays = any(issubclass(move, Stay) for move in moves_returned(transition.react))
    return (*dict.fromkeys(named_in_return(transition.react, To)), *((None,) if stays else ()))


def _below_the_name(state: State[Any, Any]) -> str:
    acting = [in_words(part) for part, expected in state.expects.items() if expected.is_due]
    if state.is_final:
        return f"{state.phase}, the end"
    return f"{state.phase}, {' and '.join(acting) or 'nobody'} to act"


def _question(name: str, step: Step[Any, Any, Any]) -> str:
    """Return the question, or what it is about where that depends on what was said before."""
    if not isinstance(step.prompt, Prompt):
        return in_words(name)
    sentences = re.split(r"(?<=[.?])\s+", " ".join(text_of(step.prompt.question).split()))
    text = next((one for one in sentences if one.endswith("?")), sentences[0])
    return text if len(text) <= MOST_CHARS else f"{text[:MOST_CHARS].rsplit(' ', 1)[0]} …"


def _shown(text: str) -> str:
    """Return a text without what Mermaid would take for its own."""
    return text.translate({ord('"'): "”", ord(";"): ",", ord("#"): "№", ord(":"): " –"})
