"""One run of a journey, as a transition sees it, and where a transition can lead."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from functools import cache
from typing import Any, Generic, TypeAlias, TypeVar

from bot.conversation.effects import Effect, Tell
from bot.conversation.messages import Message, Param, Who
from bot.domain.people import Part, PersonId

FactsT = TypeVar("FactsT")
PartT = TypeVar("PartT", bound=Part)
StateT_co = TypeVar("StateT_co", bound=str, covariant=True)


NOBODY = PersonId(0)


@dataclass(frozen=True, slots=True)
class Case(Generic[FactsT, PartT]):
    """One run of a journey, as a transition sees it."""

    facts: FactsT
    people: Mapping[PartT, PersonId]
    now: datetime
    actor: PersonId | None = None
    """Who did it; None if time did."""
    below: Mapping[str, int] = field(default_factory=dict)
    """How many cases below this one are in each state."""
    until: datetime | None = None
    """The first deadline of the state it is in, as people were told; None if there is none."""

    def knowing(self, facts: FactsT) -> "Case[FactsT, PartT]":
        """Return the case with other facts."""
        return replace(self, facts=facts)

    def seating(self, part: PartT, person: PersonId) -> "Case[FactsT, PartT]":
        """Return the case with `person` in `part`."""
        return replace(self, people={**self.people, part: person})

    def without(self, part: PartT) -> "Case[FactsT, PartT]":
        """Return the case with nobody in `part`."""
        return replace(self, people={p: who for p, who in self.people.items() if p != part})

    def tell(self, part: PartT, message: Message) -> tuple[Tell, ...]:
        """Tell whoever plays `part`, if anybody does; facts and people fill the slots of `message`."""
        who = self.people.get(part)
        return () if who is None else (Tell(who, message.filled(self.slots())),)

    def note(self, part: PartT, message: Message) -> tuple[Tell, ...]:
        """Tell whoever plays `part` what they need not read today: it comes with their digest.

        It must not be the answer to what they were asked, or take it back.
        """
        return tuple(replace(one, can_wait=True) for one in self.tell(part, message))

    def tell_others(self, message: Message) -> tuple[Tell, ...]:
        """Tell everybody in the case but the one who acted."""
        others = dict.fromkeys(who for who in self.people.values() if who != self.actor)
        return tuple(Tell(who, message.filled(self.slots())) for who in others)

    def slots(self) -> dict[str, Param]:
        """Return what the slots of this case's messages may name; of a part that nobody plays, "somebody".

        Seats are given up at any time, and no letter must be lost for a name in it.
        """
        facts: Any = type(self.facts)
        known = {name: getattr(self.facts, name) for name in slots_of(facts)}
        somebody = {part.value: Who(NOBODY) for seated in self.people for part in type(seated)}
        return {**somebody, **known, **{part.value: Who(who) for part, who in self.people.items()}}


@cache
def slots_of(facts: Any) -> frozenset[str]:
    """Return what texts may name of facts of this type: its fields and its properties, inherited ones too."""
    properties = {
        name
        for kind in facts.__mro__
        for name, value in vars(kind).items()
        if isinstance(value, property)
    }
    return frozenset({field.name for field in fields(facts)} | properties)


@dataclass(frozen=True, slots=True)
class To(Generic[StateT_co]):
    """Enter a state, the same one included: old timers die, new ones start, and it is asked again."""

    state: StateT_co
    case: Case[Any, Any]
    effects: tuple[Effect, ...] = ()
    releases: bool = True
    """Whether the cases below are no longer needed in another state."""


@dataclass(frozen=True, slots=True)
class Stay:
    """Remember new facts; whatever runs goes on."""

    case: Case[Any, Any]
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled(Stay):
    """Stay; the one who acted has done what was expected of them, and is asked no more."""


Move: TypeAlias = To[str] | Stay
