"""How a case is declared: a state says what is expected of whom, a return says where it leads."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar, get_args, overload

from typing_extensions import override

from bot.conversation.case import Case, Move, To
from bot.conversation.declaring import JourneyError, named_in_return
from bot.conversation.dialogue import Dialogue, Json
from bot.conversation.effects import Effect, OpenCase
from bot.conversation.expectations import Deadline, Expectation, Nudge, Open, wait
from bot.conversation.messages import msg
from bot.domain.people import CaseEvent, Part, PersonId, Report

FactsT = TypeVar("FactsT")
PartT = TypeVar("PartT", bound=Part)
StateT_co = TypeVar("StateT_co", bound=str, covariant=True)
NextT = TypeVar("NextT", bound=str)
LifecycleT = TypeVar("LifecycleT", bound="Lifecycle[Any, Any]")
E1 = TypeVar("E1", bound=CaseEvent)
E2 = TypeVar("E2", bound=CaseEvent)
E3 = TypeVar("E3", bound=CaseEvent)


class Phase(StrEnum):
    """The rows of the guide's matrix."""

    AWARENESS = "awareness"
    SIGN_UP = "sign-up"
    PREPARATION = "preparation"
    DELIVERY = "delivery"
    FOLLOW_UP = "follow-up"
    FEEDBACK = "feedback"


@dataclass(frozen=True)
class Transition(Generic[FactsT, PartT]):
    """What follows from events in a state."""

    states: "tuple[State[FactsT, PartT], ...]"
    events: tuple[type[CaseEvent], ...]
    react: Callable[[Any, Any, Any], Move]

    @property
    def is_anywhere(self) -> bool:
        """Whether it stands for every state that is not final."""
        return any(state.phase is None for state in self.states)


@dataclass(frozen=True)
class Opening(Generic[FactsT, PartT]):
    """What happens at once when a case is opened."""

    react: Callable[[Any, Any], Move]


class Places(ABC, Generic[FactsT, PartT]):
    """One or more states in which something can happen."""

    @property
    @abstractmethod
    def places(self) -> "tuple[State[FactsT, PartT], ...]":
        """The states."""

    @overload
    def on(
        self, a: type[E1], /
    ) -> Callable[
        [Callable[[LifecycleT, Case[FactsT, PartT], E1], Move]], Transition[FactsT, PartT]
    ]: ...
    @overload
    def on(
        self, a: type[E1], b: type[E2], /
    ) -> Callable[
        [Callable[[LifecycleT, Case[FactsT, PartT], E1 | E2], Move]], Transition[FactsT, PartT]
    ]: ...
    @overload
    def on(
        self, a: type[E1], b: type[E2], c: type[E3], /
    ) -> Callable[
        [Callable[[LifecycleT, Case[FactsT, PartT], E1 | E2 | E3], Move]],
        Transition[FactsT, PartT],
    ]: ...
    def on(
        self, *events: type[CaseEvent]
    ) -> Callable[[Callable[..., Move]], Transition[FactsT, PartT]]:
        """Declare what follows when one of `events` happens here."""
        return lambda react: Transition(self.places, events, react)


@dataclass(frozen=True, eq=False)
class State(Places[FactsT, PartT]):
    """Where a case can be; made by `StatesOf`."""

    phase: Phase | None
    """None for the state that stands for all others."""
    expects: Mapping[PartT, Expectation] = field(default_factory=dict)
    nudges: tuple[Nudge[FactsT, PartT], ...] = ()
    deadlines: tuple[Deadline[FactsT], ...] = ()
    is_final: bool = False

    @property
    @override
    def places(self) -> "tuple[State[FactsT, PartT], ...]":
        return (self,)


@dataclass(frozen=True, eq=False)
class Among(Places[FactsT, PartT]):
    """Several states in which the same leads to the same; made by `StatesOf.among`."""

    states: tuple[State[FactsT, PartT], ...]

    @property
    @override
    def places(self) -> tuple[State[FactsT, PartT], ...]:
        return self.states


class StatesOf(Generic[FactsT, PartT]):
    """Makes the states of one lifecycle, so that its facts and parts are known."""

    def __init__(self, facts: type[FactsT], parts: type[PartT]) -> None:
        self.facts, self.parts = facts, parts

    def __call__(
        self,
        phase: Phase,
        *,
        expects: Mapping[PartT, Expectation],
        nudges: tuple[Nudge[FactsT, PartT], ...] = (),
        deadlines: tuple[Deadline[FactsT], ...] = (),
    ) -> State[FactsT, PartT]:
        """Declare a state."""
        return State(phase, expects, nudges, deadlines)

    def final(self, phase: Phase) -> State[FactsT, PartT]:
        """Declare a state in which the case is over."""
        return State(phase, is_final=True)

    def anywhere(self, can: Mapping[PartT, tuple[type[CaseEvent], ...]]) -> State[FactsT, PartT]:
        """Stand for every state that is not final; `can` says who may raise what."""
        return State(
            None,
            {
                p: wait(msg("-"), *(Open(msg("-"), Dialogue, e) for e in es))
                for p, es in can.items()
            },
        )

    def among(self, *states: State[FactsT, PartT]) -> Among[FactsT, PartT]:
        """Stand for several states in which the same leads to the same."""
        return Among(states)

    def opening(
        self, react: Callable[[LifecycleT, Case[FactsT, PartT]], To[str]]
    ) -> Opening[FactsT, PartT]:
        """Declare what happens when a case is opened: into which state, with which effects."""
        return Opening(react)


class Lifecycle(Generic[FactsT, PartT]):
    """The states of a journey's case, and what leads from one to the next."""

    name: ClassVar[str]
    """Stored with every case; never change it."""
    version: ClassVar[int] = 1
    """Raise it, and add to `upgrades`, when stored facts would no longer load."""
    upgrades: ClassVar[Mapping[int, Callable[[Json], Json]]] = {}
    is_urgent: ClassVar[bool] = False
    """Whether somebody may be in danger: then its letters leave at any hour of any day."""
    begins_with_answer: ClassVar[bool] = False
    """Whether its cases begin with the answer to an invitation: where they open, none ever stands."""
    needs_somebody: ClassVar[bool] = False
    """Whether the deputy answers for it while there is no owner: people come on a day, which waits for no successor."""
    facts_type: ClassVar[type]
    parts: ClassVar[type[Part]]
    opened: ClassVar[Opening[Any, Any]]
    states: ClassVar[Mapping[str, State[Any, Any]]]
    transitions: ClassVar[Mapping[tuple[str, type[CaseEvent]], Transition[Any, Any]]]
    has_below: ClassVar[bool]
    """Whether this hears reports of cases below it; spares a query where not."""

    @classmethod
    def open(
        cls, facts: FactsT, people: Mapping[PartT, PersonId], mine: PartT | None = None
    ) -> OpenCase:
        """Begin a case; `mine` is the part of whoever acts."""
        return OpenCase(cls.name, facts, people, mine)

    def to(self, state: NextT, case: Case[FactsT, PartT], *effects: Effect) -> To[NextT]:
        """Enter `state`."""
        return To(state, case, effects)

    def __init_subclass__(cls) -> None:
        from bot.conversation.checks import lifecycle_problems  # noqa: PLC0415  # the checks import this module

        cls.facts_type, cls.parts = get_args(vars(cls)["__orig_bases__"][0])
        cls.states = {k: v for k, v in vars(cls).items() if isinstance(v, State)}
        openings = [v for v in vars(cls).values() if isinstance(v, Opening)]
        if len(openings) != 1:
            raise JourneyError(f"{cls.__name__}: one opening is needed, there are {len(openings)}")
        cls.opened = openings[0]
        cls.transitions = _transitions(cls)
        cls.has_below = any(issubclass(event, Report) for _, event in cls.transitions)
        if problems := list(lifecycle_problems(cls)):
            raise JourneyError("; ".join(f"{cls.__name__}.{problem}" for problem in problems))

    @classmethod
    def can(cls, state: str, part: Part, event: type[CaseEvent]) -> bool:
        """Return whether whoever plays `part` may raise `event` in `state`."""
        anywhere = [s for s in cls.states.values() if s.phase is None]
        rights = [e for s in (cls.states[state], *anywhere) if (e := s.expects.get(part))]
        return any(action.raises is event for e in rights for action in e.actions)

    @classmethod
    def who_goes_on(
        cls,
        was: str,
        people: Mapping[PartT, PersonId],
        state: str,
        seated: Mapping[PartT, PersonId],
    ) -> frozenset[tuple[PersonId, str]]:
        """Return who may go on with which dialogue when a case comes from the state *was* to `state`.

        Whoever is offered the same dialogue there, for the same event. Nobody if somebody new is *seated*: what
        was being written is not meant for them.
        """
        if set(seated.values()) - set(people.values()):
            return frozenset()
        offered = cls._offered(was, people) & cls._offered(state, seated)
        return frozenset((who, dialogue) for who, dialogue, _ in offered)

    @classmethod
    def who_keeps(
        cls,
        was: str,
        people: Mapping[PartT, PersonId],
        state: str,
        seated: Mapping[PartT, PersonId],
    ) -> frozenset[PersonId]:
        """Return for whom something on the letter of the state *was* lasts when a case comes to `state`."""
        return frozenset(
            people[part]
            for part in people.keys() & seated.keys()
            if people[part] == seated[part] and cls._lasting(was, part) & cls._lasting(state, part)
        )

    @classmethod
    def _lasting(cls, state: str, part: PartT) -> set[str]:
        expects = cls.states[state].expects
        actions = expects[part].actions if part in expects else ()
        return {action.key for action in actions if action.lasts}

    @classmethod
    def _offered(
        cls, state: str, people: Mapping[PartT, PersonId]
    ) -> set[tuple[PersonId, str, type[CaseEvent]]]:
        expects = cls.states[state].expects
        return {
            (who, action.dialogue.name, action.raises)
            for part, who in people.items()
            for action in (expects[part].actions if part in expects else ())
            if isinstance(action, Open)
        }

    def react(self, state: str, case: Case[FactsT, PartT], event: CaseEvent) -> Move | None:
        """Return what follows from `event` in `state`; None if it means nothing there."""
        transition = self.transitions.get((state, type(event)))
        return transition.react(self, case, event) if transition else None


def _transitions(
    cls: type[Lifecycle[Any, Any]],
) -> dict[tuple[str, type[CaseEvent]], Transition[Any, Any]]:
    """Return what happens where; what a state says itself goes before what is said for anywhere."""
    names = {id(state): name for name, state in cls.states.items()}
    declared = [v for v in vars(cls).values() if isinstance(v, Transition)]
    found: dict[tuple[str, type[CaseEvent]], Transition[Any, Any]] = {}
    for transition in (t for t in declared if not t.is_anywhere):
        for place in ((names[id(s)], e) for s in transition.states for e in transition.events):
            if found.setdefault(place, transition) is not transition:
                raise JourneyError(
                    f"{cls.__name__}.{place[0]}: two transitions on {place[1].__name__}"
                )
    passed = named_in_return(cls.opened.react, To) if cls.begins_with_answer else ()
    everywhere = [
        name
        for name, state in cls.states.items()
        if state.phase and not state.is_final and name not in passed
    ]
    for transition in (t for t in declared if t.is_anywhere):
        for place in ((name, event) for name in everywhere for event in transition.events):
            found.setdefault(place, transition)
    return found
