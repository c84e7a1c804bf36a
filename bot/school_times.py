"""What a school's file says about the times of its journeys, and what is wrong with it."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from bot.conversation.dialogue import Dialogue
from bot.conversation.journey import Journey
from bot.conversation.times import NamedTime, named_times, prefix_of, problems_in
from bot.domain.times import LONGEST, WORKING_DAY, WRITTEN, Length, Times, in_time, length_of
from bot.misconfigured import did_you_mean, nearest

Journeys = Callable[[], Collection[Journey]]
"""Returns the declarations; asked only if the file says something about times."""
EXAMPLE = '"3 working days"'


def read_times(
    tables: Mapping[str, Mapping[str, Any]], journeys: Collection[str], declared: Journeys
) -> tuple[Times, list[str]]:
    """Return the times that the tables change, and a sentence for each fault in them.

    There is one table for each journey. Names with dots and tables within tables are the same.
    """
    faults: list[str] = []
    times: dict[str, dict[str, tuple[Length, ...]]] = {}
    for name, table in tables.items():
        if name not in journeys:
            faults.append(f'times: there is no journey "{name}"; {did_you_mean(name, journeys)}')
            continue
        journey = next(one for one in declared() if one.name == name)
        mine, wrong = _read(table, named_times(journey))
        times |= mine
        wrong = wrong or [f", {problem}." for problem in _problems(journey, mine)]
        faults += (f"times.{name}{fault}" for fault in wrong)
    return times, faults


def _read(
    table: Mapping[str, Any], named: Mapping[str, NamedTime]
) -> tuple[dict[str, dict[str, tuple[Length, ...]]], list[str]]:
    """Return the times of one journey, and how a sentence goes on for each fault among them."""
    times: dict[str, dict[str, tuple[Length, ...]]] = {}
    faults: list[str] = []
    for key, value in _leaves(table):
        one = named.get(key)
        if one is None:
            faults.append(f': there is no time "{key}"; {_nearest(key, named)}')
        elif one.time.why_not:
            faults.append(f", {key}: cannot be changed; {one.time.why_not}.")
        elif isinstance(value, list) and not one.time.is_several:
            example = in_time(one.time.lengths[0])
            faults.append(f', {key}: cannot be a list; it is one time, for example "{example}".')
        else:
            said = value if isinstance(value, list) else [value]
            lengths = [_length(one) for one in said]
            faults += (
                f", {key}: {_not_a_length(words)}"
                for words, length in zip(said, lengths, strict=True)
                if length is None
            )
            of_this = times.setdefault(one.declared.name, {})
            of_this[one.time.key] = tuple(length for length in lengths if length)
    return times, faults


def _leaves(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def _nearest(key: str, named: Collection[str]) -> str:
    """Return what to say about a name that is none: what begins so, the nearest, or where all stand."""
    if begins := [name for name in named if name.startswith(f"{key}.")]:
        return did_you_mean("", begins) if len(begins) > 1 else f'did you mean "{begins[0]}"?'
    near = nearest(key, named)
    return f'did you mean "{near}"?' if near else "kutse journeys prints them all."


def _length(value: object) -> Length | None:
    return length_of(value) if isinstance(value, str) else None


def _not_a_length(value: object) -> str:
    said = f'"{value[:60]}"' if isinstance(value, str) else str(value)
    return f"cannot be {said}; {_guess(str(value))}"


def _guess(said: str) -> str:
    """Return what to say about what is no length: what was meant, as far as that can be seen."""
    found = re.fullmatch(r"\s*([0-9]+)\s*([^0-9]*)", said)
    if found:
        number, unit = int(found[1]), " ".join(found[2].split()).lower()
        units = (WORKING_DAY, *WRITTEN)
        begun = [one for one in units if unit and f"{one}s".startswith(unit)]
        alike = nearest(unit.removesuffix("s"), units) if unit else "day"
        near = begun[0] if begun else alike
        meant = f"{number} {near}{'' if number == 1 else 's'}"
        if near and length_of(meant):
            return f'did you mean "{meant}"?'
        if near:
            return f"it is at least 1 minute and at most {in_time(LONGEST)}."
    *most, last = (f"{unit}s" for unit in (*WRITTEN, WORKING_DAY))
    return f"it is a number of {', '.join(most)} or {last}, for example {EXAMPLE}."


def _problems(journey: Journey, times: Times) -> Iterator[str]:
    """Yield what breaks a rule of the journey, in the words with which it would not be imported."""
    for name, one in {one.declared.name: one for one in named_times(journey).values()}.items():
        if name in times:
            prefix = prefix_of(journey.name, name)
            is_talk = prefix and issubclass(one.declared, Dialogue)
            at = f"{prefix.removesuffix('.')}: " if is_talk else prefix
            yield from (f"{at}{problem}" for problem in problems_in(one.declared, times))
