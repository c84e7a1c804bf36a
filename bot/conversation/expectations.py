"""What is expected of whom in a state: what can be done, who is reminded, and what silence means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeAlias, TypeVar

from bot.conversation.dialogue import Dialogue
from bot.conversation.messages import Message, msg
from bot.domain.people import CaseEvent, Command, Part
from bot.domain.times import WorkingDays

FactsT = TypeVar("FactsT")
PartT = TypeVar("PartT", bound=Part)

When: TypeAlias = timedelta | WorkingDays | Callable[[FactsT], datetime | None]
"""After the state was entered; or a moment in the facts, None for never."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A button that is an event."""

    label: Message
    event: CaseEvent
    lasts: bool = False
    """Whether it counts on an older letter, too, while the case offers it to the same person.

    That is for what means the same whatever has happened since, in a case whose people stay the same.
    """

    @property
    def key(self) -> str:
        """What the button carries."""
        return ".".join(
            filter(None, (type(self.event).__name__, getattr(self.event, "reason", None)))
        )

    @property
    def raises(self) -> type[CaseEvent]:
        """The event it is about."""
        return type(self.event)


@dataclass(frozen=True, slots=True)
class Open:
    """A button that opens a dialogue which brings an event."""

    label: Message
    dialogue: type[Dialogue[Any]]
    raises: type[CaseEvent]
    opening: Callable[[Any], Mapping[str, str]] = lambda _: {}
    """What the dialogue opens with, from the facts of the case."""
    lasts: bool = False
    """As that of a `Tap`."""

    @property
    def key(self) -> str:
        """What the button carries."""
        return self.raises.__name__


Action: TypeAlias = Tap | Open


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a part is expected to do in a state; made by `do`, `wait` and `absent`."""

    text: Message
    """What is to be done, for `/now` and the matrix."""
    actions: tuple[Action, ...] = ()
    letter: Message | None = None
    """What is written on entry, if anything."""
    is_due: bool = False
    """Whether the part is to act; only then may it be reminded."""
    is_seated: bool = True


def do(text: Message, *actions: Action, letter: Message | None = None) -> Expectation:
    """Expect one of `actions`, and ask for it as soon as the state is entered."""
    return Expectation(text, actions, letter or text, is_due=True)


def wait(text: Message, *actions: Action, letter: Message | None = None) -> Expectation:
    """Expect nothing; `actions` are possible. The letter tells what has happened."""
    return Expectation(text, actions, letter)


absent = Expectation(msg("-"), is_seated=False)
"""Nobody plays the part yet, or any longer."""


@dataclass(frozen=True, slots=True)
class Nudge(Generic[FactsT, PartT]):
    """Remind somebody who is to act, with the same buttons.

    A school can change when, and how often; its text says nothing of either.
    """

    to: PartT
    when: When[FactsT]
    say: Message


@dataclass(frozen=True, slots=True)
class Reminder(Nudge[FactsT, PartT]):
    """Remind somebody of an appointment they have agreed to; worthless once that is past.

    It may go to who only waits for the day, leaves on weekends, too, and on the day itself counts under no
    limit (domain 3.0, rule 3).
    """

    of: Callable[[FactsT], datetime | None]
    """When it takes place."""
    brings: Command | None = None
    """What is carried out with it: it finds the reminder as the last letter, and adds what comes along."""


@dataclass(frozen=True, slots=True)
class Deadline(Generic[FactsT]):
    """The moment at which silence becomes `event`.

    A school can change it, so texts do not name it.
    """

    when: When[FactsT]
    event: CaseEvent
    at_once: bool = False
    """Whether what follows is told on any day: it belongs to a day, or to what somebody has just done, or
    from then on the time runs in which somebody is to answer.
    """
    is_fixed: bool = False
    """Whether it is the same in every school: a text names it, or it is promised to people."""
    but_not_before: Callable[[FactsT], datetime | None] | None = None
    """A moment in the facts before which it never comes, as they are on entry: people were told it earlier."""

    @property
    def raises(self) -> type[CaseEvent]:
        """The event it is about."""
        return type(self.event)
