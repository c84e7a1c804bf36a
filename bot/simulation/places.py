"""Reckons how full events were at every moment, and whether anybody waited beside a free place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from bot.simulation.inhabitants import Inhabitant

COMING, OFFERED, WAITING = "coming", "offered", "waiting"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that has changed about an event at a moment."""

    at: datetime
    places: int | None = None
    """How many there are from now on; -1 for any number."""
    who: int | None = None
    kept: int | None = None
    """For how many places somebody was told that they are kept."""
    guest: int | None = None
    """The case of a guest."""
    state: str = ""


@dataclass
class Event:
    """How an event stands at a moment."""

    places: int | None = None
    kept: dict[int, int] = field(default_factory=dict)
    """By person, as they were told."""
    states: dict[int, str] = field(default_factory=dict)
    """By case."""

    @property
    def over(self) -> int:
        """How many more places people were told of than there are."""
        return 0 if self.places is None else sum(self.kept.values()) - self.places

    @property
    def waits_beside_a_place(self) -> bool:
        """Whether somebody waits though a place is neither kept nor offered."""
        offered = sum(state == OFFERED for state in self.states.values())
        is_full = self.places is not None and sum(self.kept.values()) + offered >= self.places
        return not is_full and WAITING in self.states.values()

    def take(self, change: Change) -> None:
        """Let something change."""
        if change.places is not None:
            self.places = None if change.places < 0 else change.places
        if change.who is not None and change.kept is not None:
            self.kept[change.who] = change.kept
        if change.guest is not None:
            self.states[change.guest] = change.state


@dataclass(frozen=True, slots=True)
class Fullness:
    """What the events of a year have shown."""

    over: int = 0
    """The most that more places were promised than there were, at any moment."""
    waited: timedelta = timedelta()
    """The longest that somebody waited though there was a place."""


def fullness(changes: Mapping[int, Iterable[Change]], ends: Mapping[int, datetime]) -> Fullness:
    """Return how full events were: whatever happens at one moment is over before anybody looks."""
    over, waited = 0, timedelta()
    for number, mine in changes.items():
        event, since = Event(), None
        in_order = sorted(mine, key=lambda one: one.at)
        for at, together in groupby(in_order, key=lambda one: one.at):
            if at >= ends[number]:
                break
            if since:
                waited = max(waited, at - since)
            for one in together:
                event.take(one)
            over = max(over, event.over)
            since = (since or at) if event.waits_beside_a_place else None
    return Fullness(over, waited)


def told(people: Iterable[Inhabitant]) -> Iterator[tuple[int, Change]]:
    """Yield for how many places people were told that they are kept; who leaves for good keeps none."""
    for who in people:
        for at, event, kept in who.places:
            yield event, Change(at, who=who.number, kept=kept)
        if who.left_at and who.wants_nothing(who.left_at):
            for event in {event for _, event, _ in who.places}:
                yield event, Change(who.left_at, who=who.number, kept=0)


def made(room: Iterable[tuple[datetime, int, int | None]]) -> Iterator[tuple[int, Change]]:
    """Yield how many places staff have made."""
    for at, event, places in room:
        yield event, Change(at, places=-1 if places is None else places)


def by_event(*all_: Iterable[tuple[int, Change]]) -> Mapping[int, Sequence[Change]]:
    """Return what has changed, event by event."""
    found: dict[int, list[Change]] = defaultdict(list)
    for some in all_:
        for event, change in some:
            found[event].append(change)
    return found
