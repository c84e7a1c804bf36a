"""One transaction's tools: what the parts of a turn share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeAlias

from sqlalchemy import Connection, CursorResult, Delete, Insert, Select, Update

from bot.conversation.dialogue import Dialogue
from bot.conversation.effects import Effect
from bot.conversation.messages import Speak
from bot.domain.people import CaseId, Command, PersonId
from bot.domain.school import School
from bot.runtime.hands import Hands, InHand
from bot.runtime.letters import Letter
from bot.runtime.registry import Registry


@dataclass(frozen=True, slots=True)
class Here:
    """Whoever acts in a turn, and how they came."""

    person: PersonId
    language: str
    network: str
    address: str
    is_too_young: bool = False
    """Whether the network does not want people of their age: only their rights go on there."""


Carry: TypeAlias = Callable[["Work", PersonId | None, Any], tuple[Effect, ...]]
"""Carries out a command of a person, or of time; may refuse; returns what is to follow."""


@dataclass(frozen=True, slots=True)
class Written:
    """What others need to know of a turn that was written."""

    earliest: datetime | None = None
    """The soonest moment for which it has planned something."""
    in_hand: tuple[InHand, ...] = ()
    """Letters that can leave at once."""
    has_letters: bool = True
    """Whether there may be letters that wait in the outbox."""
    has_broadcasts: bool = False
    """Whether a broadcast has begun, or goes on."""
    written_to: frozenset[PersonId] = frozenset()
    """To whom letters wait in the outbox that may leave at once, as far as is known."""


OnCommit: TypeAlias = Callable[[Written], None]
"""Told after every turn."""


NONE: Mapping[str, Any] = {}
NOBODY: Mapping[PersonId, str] = {}


class Setting(Protocol):
    """What stays the same from turn to turn."""

    @property
    def school(self) -> School:
        """The school whose bot this is."""
        ...

    @property
    def registry(self) -> Registry:
        """Every journey there is."""
        ...

    @property
    def carries(self) -> Mapping[type[Command], Carry]:
        """Who carries out which command."""
        ...

    @property
    def secret(self) -> bytes:
        """The school's key for hashes of what must not be readable."""
        ...

    @property
    def page(self) -> str:
        """Where the school's own chat page is; only this machine may find it."""
        ...

    def way_in(self, code: str, network: str | None) -> str:
        """Return a link that says `code` to the bot: on a network if it is connected, else on the school's page."""
        ...

    def speak(self, language: str, names: Mapping[PersonId, str] = NOBODY) -> Speak:
        """Return what puts messages into `language`; people not in `names` are "somebody"."""
        ...

    def look(self, work: "Work") -> Any:
        """Return the port through which dialogues look things up in this turn."""
        ...


@dataclass(frozen=True, slots=True)
class About:
    """The case that an effect belongs to, at the entry it was at."""

    case: CaseId
    entry: int
    above: CaseId | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask whoever is to act in a state just entered; what was set off by entering it comes first."""

    about: About
    is_told: bool = True
    """Whether letters are written: not if somebody was asked before the case began."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """Something to be done before the turn ends."""

    what: Effect | Ask
    by: PersonId | None
    """Whose turn it is; None if time acts."""
    about: About | None = None
    as_of_right: bool = False
    """Whether the domain speaks, and may raise any event of a case."""


class Work:
    """The open transaction, its moment, what is still to be done in it, and the letters written at its end."""

    def __init__(
        self, tx: Connection, setting: Setting, now: datetime, here: Here | None = None
    ) -> None:
        self.tx, self.setting, self.now, self.here = tx, setting, now, here
        self.school = setting.school
        self.letters: list[Letter] = []
        self.left_conversation = False
        """Whether a conversation ended in this turn and no other began: an earlier question may come back."""
        self.settled: tuple[str, tuple[str, ...]] | None = None
        """The key of a letter that was answered, and what its pressed buttons carry."""
        self.left_entries: list[tuple[str, tuple[PersonId, ...], frozenset[PersonId]]] = []
        """The keys of what was expected of people in states of cases that this turn has left.

        And for whom of them something lasts of it.
        """
        self.is_told_on_any_day = False
        """Whether what time brings is told on weekends, too, at a polite hour: else it waits for a working day."""
        self.earliest: datetime | None = None
        """The soonest moment for which this turn has planned something."""
        self.hands: Hands | None = None
        """Who is being written to by this process; None where others may write to the same people."""
        self.has_taken = False
        """Whether this turn has taken whoever acts in hand."""
        self.in_hand: list[InHand] = []
        """Letters that leave as soon as the turn is written."""
        self.has_letters = False
        """Whether letters of this turn wait in the outbox."""
        self.written_to: set[PersonId] = set()
        """To whom letters of this turn wait in the outbox and may leave at once."""
        self.about: About | None = None
        """The case that what is looked up, or the command being carried out, belongs to; None if to none."""
        self.has_broadcasts = False
        """Whether this turn has let a broadcast begin, or go on."""
        self._orders: list[Ordered] = []

    @property
    def written(self) -> Written:
        """What is to be told when this turn has been written."""
        return Written(
            self.earliest,
            tuple(self.in_hand),
            self.has_letters,
            self.has_broadcasts,
            frozenset(self.written_to),
        )

    def order(self, *orders: Ordered) -> None:
        """Have `orders` done in this order, before whatever was ordered earlier."""
        self._orders.extend(reversed(orders))

    def next_order(self) -> Ordered | None:
        """Return what is to be done next; None when all is done."""
        return self._orders.pop() if self._orders else None

    def let_go(self) -> None:
        """Let go of whoever was to be written to: the turn was not written."""
        if self.hands and self.here and self.has_taken:
            self.hands.free(self.here.person)

    def planned(self, at: datetime) -> None:
        """Note that something is to happen at `at`."""
        if self.earliest is None or at < self.earliest:
            self.earliest = at

    def settle(self, key: str, *options: str) -> None:
        """Let the next letter to whoever acts show what was chosen on an earlier one."""
        self.settled = key, tuple(f"{key}:{option}" for option in options)

    def run(
        self,
        statement: Select[Any] | Insert | Update | Delete,
        values: Mapping[str, Any] | Sequence[Mapping[str, Any]] = NONE,
        /,
        **more: Any,
    ) -> CursorResult[Any]:
        """Execute `statement` for this school, once, or once for each of a sequence of values."""
        # An insert of values names the column; anything else must not, or the column would be written.
        is_of_values = isinstance(statement, Insert) and statement.select is None
        mine = {"school_id" if is_of_values else "of_school": self.school.key}
        if isinstance(values, Mapping):
            return self.tx.execute(statement, {**mine, **values, **more})
        return self.tx.execute(statement, [{**mine, **value, **more} for value in values])

    def dialogue(self, name: str) -> Dialogue[Any]:
        """Return the dialogue of that name, looking things up in this transaction."""
        return self.setting.registry.dialogues[name](self.setting.look(self))
