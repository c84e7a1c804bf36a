"""The journeys as staff read them: what is expected of whom, what leads where, and who is reminded when."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from bot.conversation.dialogue import Dialogue, Patience
from bot.conversation.drawing import (
    ANYWHERE,
    dialogue_diagram,
    ending,
    in_words,
    lifecycle_diagram,
    moment,
    opens,
    text_of,
    ways,
)
from bot.conversation.expectations import Deadline, Nudge, When
from bot.conversation.journey import Journey
from bot.conversation.lifecycle import Lifecycle, Phase
from bot.conversation.times import NamedTime, named_times, patience_in, state_in
from bot.domain.people import CaseEvent, Side
from bot.domain.school import School
from bot.domain.times import NO_TIMES, Length, Times, WorkingDays, in_time
from bot.runtime.registry import Registry, every_journey

HEAD = """\
# The journeys

What is expected of whom, as the program itself declares it. This page is written by `make docs`.

**Bold** is what the chat asks people to do, and reminds them of. What is not bold is waited for, possible, or
done outside the chat. *Words in italics* say which part somebody plays, where several of one side take part.
[Square brackets] stand for what differs from case to case. Unless a case is urgent, nobody is written to
unasked in the school’s quiet hours, or reminded on a weekend.
"""
DEFAULT = """\
Times are those that hold unless a school’s file says otherwise: *Times in the school’s file* says how each is called.
"""
CHANGED = """\
Times are those of {school}; what differs from the default is marked under *Times in the school’s file*.
"""


def document(
    name: str | None, registry: Registry | None = None, school: School | None = None
) -> str:
    """Return all journeys, or the one called `name`, as Markdown with diagrams in Mermaid.

    Times are those of the school, if there is one, and else those of the journeys.

    Raises:
        KeyError: there is no journey of that name; whoever asks knows the names beforehand.
    """
    known = {journey.name: journey for journey in (registry or every_journey()).journeys}
    times = school.times if school else NO_TIMES
    if name is not None:
        return "\n".join(_journey(known[name], times))
    lines = [HEAD, CHANGED.format(school=school.name_in("en")) if school else DEFAULT]
    lines += [
        f"- [{_cell(text_of(j.title))}](#{_anchor(text_of(j.title))})" for j in known.values()
    ]
    lines.append("")
    for journey in known.values():
        lines += _journey(journey, times)
    return "\n".join(lines)


def _journey(journey: Journey, times: Times) -> Iterator[str]:
    yield f"## {text_of(journey.title)}"
    yield ""
    yield f"{text_of(journey.purpose)}"
    yield ""
    yield f"The school’s file names whoever answers for it as `{journey.name}`."
    yield ""
    yield from _matrix(journey)
    opened_by: dict[type[Dialogue[Any]], list[str]] = {}
    for lifecycle in journey.lifecycles:
        yield from _lifecycle(lifecycle, times)
        for dialogue, parts in opens(lifecycle).items():
            opened_by.setdefault(dialogue, []).extend(parts)
    for dialogue in journey.dialogues:
        yield from _dialogue(dialogue, opened_by.get(dialogue, ()), times)
    yield from _in_the_file(journey, times)


def _matrix(journey: Journey) -> Iterator[str]:
    """Yield the guide's matrix: phase by side; who is to act is in bold."""
    cells = {
        (phase, side): list(_expected(journey, phase, side)) for phase in Phase for side in Side
    }
    sides = [s for s in Side if s is not Side.FIRMS or any(cells[phase, s] for phase in Phase)]
    yield from _table(
        ("Phase", *(side.capitalize() for side in sides)),
        (
            (phase.capitalize(), *("<br>".join(cells[phase, side]) for side in sides))
            for phase in Phase
            if any(cells[phase, side] for side in sides)
        ),
    )


def _expected(journey: Journey, phase: Phase, side: Side) -> Iterator[str]:
    """Yield what is expected of a side in a phase: outside the chat first, then to be done, each once."""
    if also := journey.also_expected.get((phase, side)):
        yield _cell(text_of(also))
    texts: dict[tuple[bool, str], dict[str, None]] = {}
    for lifecycle in journey.lifecycles:
        mine = [part for part in lifecycle.parts if part.side is side]
        for state in (s for s in lifecycle.states.values() if s.phase is phase):
            for part in (p for p in mine if p in state.expects and state.expects[p].is_seated):
                expected = state.expects[part]
                text = text_of(expected.text, lifecycle.parts)
                who = texts.setdefault((not expected.is_due, _cell(text)), {})
                who.update({in_words(part): None} if len(mine) > 1 else {})
    for (only_waits, text), who in sorted(texts.items(), key=lambda item: item[0][0]):
        said = text if only_waits else f"**{text}**"
        yield f"*{', '.join(who)}:* {said}" if who else said


def _lifecycle(lifecycle: type[Lifecycle[Any, Any]], all_times: Times) -> Iterator[str]:
    yield f"### Case: {in_words(lifecycle.__name__)}"
    yield ""
    yield _first_line(lifecycle)
    if lifecycle.is_urgent:
        yield "Urgent: its letters leave at any hour of any day."
    yield ""
    yield from _mermaid(lifecycle_diagram(lifecycle, all_times))
    times = [row for name in lifecycle.states for row in _times(lifecycle, name, all_times)]
    if times:
        yield "Reminders and deadlines, counted from when the state is entered:"
        yield ""
        yield from _table(("State", "When", "Who", "What is said, or follows"), times)
    yield "What can happen:"
    yield ""
    yield from _table(("Event", "Brought by", "What it means"), _events(lifecycle, all_times))


def _times(
    lifecycle: type[Lifecycle[Any, Any]], name: str, times: Times
) -> Iterator[tuple[str, ...]]:
    """Yield the nudges and deadlines of a state, the soonest first as far as that is known."""
    state = state_in(lifecycle, name, times)
    declared: list[Nudge[Any, Any] | Deadline[Any]] = [*state.nudges, *state.deadlines]
    for one in sorted(declared, key=lambda one: _length(one.when)):
        if isinstance(one, Nudge):
            when = moment(one.when, lifecycle.facts_type)
            said = text_of(one.say, lifecycle.parts)
            yield in_words(name), when, in_words(one.to), f"“{_cell(said)}”"
        else:
            ends = [
                in_words(way.end)
                for way in ways(lifecycle)
                if way.end and way.start in {name, ANYWHERE} and way.event is one.raises
            ]
            when = ending(one, lifecycle.facts_type)
            then = f" → {' or '.join(ends)}" if ends else ""
            yield in_words(name), when, "–", f"**{in_words(one.raises.__name__)}**{then}"


def _length(when: When[Any]) -> timedelta:
    """Return how far off a moment is; what follows from facts comes last."""
    if isinstance(when, timedelta):
        return when
    return timedelta(days=when.days) if isinstance(when, WorkingDays) else timedelta.max


def _events(lifecycle: type[Lifecycle[Any, Any]], times: Times) -> Iterator[tuple[str, ...]]:
    """Yield each event once, with all who or what can bring it."""
    brought: dict[type[CaseEvent], dict[str, None]] = {}
    for way in ways(lifecycle, times):
        if way.event:
            brought.setdefault(way.event, {}).update(dict.fromkeys(way.by))
    for event, by in brought.items():
        yield in_words(event.__name__), _cell(", ".join(by)), _cell(_first_line(event))


def _dialogue(
    dialogue: type[Dialogue[Any]], opened_by: Iterable[str], times: Times
) -> Iterator[str]:
    yield f"### Dialogue: {in_words(dialogue.__name__)}"
    yield ""
    yield _first_line(dialogue)
    if parts := " and ".join(dict.fromkeys(opened_by)):
        yield f"Opened with a button by: {parts}."
    yield _patience(patience_in(dialogue, times))
    yield ""
    yield from _mermaid(dialogue_diagram(dialogue))


def _patience(patience: Patience) -> str:
    given_up = f"after {in_time(patience.expire_after)} it is given up"
    if not patience.nudge_after:
        return f"A question without an answer is not reminded of; {given_up}."
    after = " and ".join(in_time(length) for length in patience.nudge_after)
    return f"A question without an answer is reminded of after {after}; {given_up}."


def _in_the_file(journey: Journey, times: Times) -> Iterator[str]:
    """Yield the table of a school's file in which the times of the journey stand, ready to be copied."""
    named = named_times(journey)
    if not named:
        return
    yield "### Times in the school’s file"
    yield ""
    yield "```toml"
    yield f"[times.{journey.name}]"
    shown: type | None = None
    for name, one in named.items():
        if one.declared is not shown:
            shown = one.declared
            kind = "Dialogue" if issubclass(shown, Dialogue) else "Case"
            yield f"# {kind}: {in_words(shown.__name__)}"
        yield _line(name, one, times)
    yield from ("```", "")


def _line(name: str, one: NamedTime, times: Times) -> str:
    time = one.time
    if time.why_not:
        length = f" {in_time(time.lengths[0])};" if time.lengths else ""
        return f"# {name}:{length} {time.why_not}"
    now = times.get(one.declared.name, {}).get(time.key)
    by_default = _value(time.lengths, several=time.is_several)
    if now in {None, time.lengths}:
        return f"{name} = {by_default}"
    return f"{name} = {_value(now, several=time.is_several)}  # by default {by_default}"


def _value(lengths: tuple[Length, ...], *, several: bool) -> str:
    quoted = ", ".join(f'"{in_time(length)}"' for length in lengths)
    return f"[{quoted}]" if several else quoted


def _mermaid(diagram: str) -> tuple[str, ...]:
    return "```mermaid", diagram, "```", ""


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _cell(text: str) -> str:
    """Return a text that stands in a cell of a table as it is."""
    return "<br>".join(
        "".join(f"\\{sign}" if sign in r"\|*`<" else sign for sign in line)
        for line in text.splitlines()
    )


def _first_line(declared: type) -> str:
    """Return what a declaration says of itself, without where its rule comes from."""
    line = (declared.__doc__ or "").strip().partition("\n")[0]
    return re.sub(r" \(domain [^)]*\)", "", line)


def _anchor(title: str) -> str:
    """Return what a heading is called in a link, as GitHub and GitLab name it."""
    return "".join(c for c in title.lower().replace(" ", "-") if c.isalnum() or c == "-")
