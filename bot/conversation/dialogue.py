"""How a dialogue is declared: the decorator asks, the method hears, the return says what happens."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar, get_args

from bot.conversation.declaring import (
    MOST_NUDGES,
    JourneyError,
    adapter,
    moves_returned,
    named_in_return,
    reach,
)
from bot.conversation.effects import Effect
from bot.conversation.messages import Message, msg
from bot.conversation.prompts import Prompt

DraftT = TypeVar("DraftT")
ValueT = TypeVar("ValueT")
AnswerT = TypeVar("AnswerT")
StepT_co = TypeVar("StepT_co", bound=str, covariant=True)
NextT = TypeVar("NextT", bound=str)
DialogueT = TypeVar("DialogueT", bound="Dialogue[Any]")
Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Goto(Generic[StepT_co]):
    """Ask the question of another step."""

    step: StepT_co
    draft: object
    effects: tuple[Effect, ...] = ()
    first: Message | None = None
    """A word before the question."""


@dataclass(frozen=True, slots=True)
class Revisit(Generic[StepT_co]):
    """Ask an earlier question once more, and come back here whatever other step its step says next."""

    step: StepT_co
    draft: object


class Done:
    """End the conversation with a last word, or with none if the effects speak."""

    __match_args__ = ("farewell", "effects")

    def __init__(self, farewell: Message | None, *effects: Effect) -> None:
        self.farewell, self.effects = farewell, effects


Move: TypeAlias = Goto[str] | Revisit[str] | Done


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a dialogue waits for an answer: reminders, then the end. Counted from the last answer.

    A school can change both, and the number of reminders.
    """

    nudge_after: tuple[timedelta, ...] = (timedelta(days=1),)
    expire_after: timedelta = timedelta(days=7)
    remind: Message = msg(
        "A reminder: there is a question without an answer: “{question}”. You can go on until {until:date}."
    )
    """May name the question and the moment it is given up."""
    give_up: Message | None = msg("This question is closed. You can begin again at any time.")
    """What is said when it is given up; None if nothing is: nobody waits for an answer."""


AT_EASE = Patience((), timedelta(days=1), give_up=None)
"""For what people begin by themselves and nobody waits for: no reminder, and no word at its end."""


def known(value: ValueT | None) -> ValueT:
    """Return an answer given earlier."""
    if value is None:
        raise JourneyError("this comes before the answer it needs")
    return value


@dataclass(frozen=True)
class Step(Generic[DialogueT, DraftT, AnswerT]):
    """A question and what follows from its answer."""

    prompt: Prompt[AnswerT] | Callable[[DialogueT, DraftT], Prompt[AnswerT]]
    hear: Callable[[DialogueT, DraftT, AnswerT], Move]

    def ask(self, dialogue: DialogueT, draft: DraftT) -> Prompt[AnswerT]:
        """Return the question to put to a person who told us `draft`."""
        return self.prompt if isinstance(self.prompt, Prompt) else self.prompt(dialogue, draft)


class StepsOf(Generic[DraftT]):
    """Makes the step decorator of one dialogue, so that its draft type is known."""

    def __init__(self, draft: type[DraftT]) -> None:
        self.draft = draft

    def __call__(
        self, prompt: Prompt[AnswerT] | Callable[[DialogueT, DraftT], Prompt[AnswerT]]
    ) -> Callable[
        [Callable[[DialogueT, DraftT, AnswerT], Move]], Step[DialogueT, DraftT, AnswerT]
    ]:
        """Put `prompt` to the person before the decorated method hears the answer."""
        return lambda hear: Step(prompt, hear)


def part_step(
    prompt: Prompt[AnswerT] | Callable[[DialogueT, DraftT], Prompt[AnswerT]],
) -> Callable[[Callable[[DialogueT, DraftT, AnswerT], Move]], Step[DialogueT, DraftT, AnswerT]]:
    """Put `prompt` to the person, in a part that dialogues take over whose drafts differ."""
    return lambda hear: Step(prompt, hear)


@dataclass(frozen=True, slots=True)
class Nothing:
    """The draft of a dialogue that need remember nothing, as of one question."""


class Dialogue(Generic[DraftT]):
    """A conversation with a purpose; a dialogue may take over the steps of another by inheriting from it.

    One that is too long to read at once is written in parts, each inheriting from the one before: only the last
    need be whole, and the others say that they are a part (`is_part=True`). Several dialogues may share a part:
    its draft is a type variable then, and its steps are made with `part_step`.

    It is made anew for every turn. Its `__init__` takes the port through which its steps look things up.
    """

    name: ClassVar[str]
    """Stored with every conversation; never change it."""
    version: ClassVar[int] = 1
    """Raise it, and add to `upgrades`, when stored drafts would no longer load."""
    patience: ClassVar[Patience] = Patience()
    upgrades: ClassVar[Mapping[int, Callable[[Json], Json]]] = {}
    left: ClassVar[tuple[Effect, ...]] = ()
    """What follows when the person cancels, or never answers."""
    left_word: ClassVar[Message] = msg("All right. Nothing was saved.")
    """What the person who cancels is told."""
    opens_at: ClassVar[str]
    """The step that opens it; the first one declared unless said otherwise."""
    draft_type: ClassVar[type]
    steps: ClassVar[Mapping[str, Step[Any, Any, Any]]]

    def __init__(self, desk: object) -> None:
        """Take the port through which steps look things up; a dialogue that needs none ignores it."""

    def goto(
        self, step: NextT, draft: DraftT, *effects: Effect, first: Message | None = None
    ) -> Goto[NextT]:
        """Ask `step` next, remembering `draft`."""
        return Goto(step, draft, effects, first)

    def revisit(self, step: NextT, draft: DraftT) -> Revisit[NextT]:
        """Ask `step` again, then come back to the present one."""
        return Revisit(step, draft)

    def opens_with(self, opening: Mapping[str, str]) -> DraftT:
        """Return the first draft, with what is known already."""
        draft: DraftT = adapter(self.draft_type).validate_python(dict(opening))
        return draft

    def __init_subclass__(cls, *, is_part: bool = False) -> None:
        if bases := vars(cls).get("__orig_bases__"):
            cls.draft_type = get_args(bases[0])[0]
        own = {k: v for k, v in vars(cls).items() if isinstance(v, Step)}
        cls.steps = {**getattr(cls, "steps", {}), **own}
        if cls.steps and "opens_at" not in vars(cls):
            cls.opens_at = next(iter(cls.steps))
        if not is_part and (problems := _problems(cls)):
            raise JourneyError("; ".join(f"{cls.__name__}: {problem}" for problem in problems))


DONE_MARK = "[Done]"


def leads_to(dialogue: type[Dialogue[Any]]) -> dict[str, set[str]]:
    """Return the transition table: the steps, or `DONE_MARK`, that can follow each step."""
    return {
        name: {
            *named_in_return(step.hear, Goto),
            *named_in_return(step.hear, Revisit),
            *((DONE_MARK,) if Done in moves_returned(step.hear) else ()),
        }
        for name, step in dialogue.steps.items()
    }


def _problems(cls: type[Dialogue[Any]]) -> list[str]:
    if not cls.steps:
        return ["it has no steps"]
    table = leads_to(cls)
    problems: list[str] = []
    if not isinstance(vars(cls).get("name"), str):
        problems.append("it has no name of its own")
    if hidden := cls.steps.keys() & {*vars(Dialogue), *Dialogue.__annotations__}:
        problems.append(f"every dialogue has something else called {sorted(hidden)}")
    if missing := set[str]().union(*table.values()) - cls.steps.keys() - {DONE_MARK}:
        problems.append(f"no step called {sorted(missing)}")
    if lost := cls.steps.keys() - reach(cls.opens_at, table):
        problems.append(f"nothing leads to {sorted(lost)}")
    if endless := {name for name in cls.steps if DONE_MARK not in reach(name, table)}:
        problems.append(f"no way out of {sorted(endless)}")
    if stale := set(range(1, cls.version)) - cls.upgrades.keys():
        problems.append(f"no upgrade from version {sorted(stale)}")
    return problems + list(patience_problems(cls.patience))


def patience_problems(patience: Patience) -> Iterator[str]:
    """Name what is wrong with how long a dialogue waits."""
    waits = (*patience.nudge_after, patience.expire_after)
    if list(waits) != sorted(set(waits)):
        yield "its nudges do not come one after the other, before it expires"
    if len(patience.nudge_after) > MOST_NUDGES:
        yield "it nudges more than three times"
