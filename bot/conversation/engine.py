"""Runs dialogues: one event in, one turn out, nothing else touched."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeAlias, TypeVar, assert_never

from bot.conversation.declaring import adapter
from bot.conversation.dialogue import Dialogue, Done, Goto, Revisit
from bot.conversation.effects import Effect
from bot.conversation.messages import Message, Speak, msg
from bot.conversation.prompts import Answer, Marks, Prompt, UnreadableAnswer

DraftT = TypeVar("DraftT")


@dataclass(frozen=True, slots=True)
class Wrote:
    """The person typed `words`; labels are compared in the language that `speak` speaks."""

    words: str = field(repr=False)
    speak: Speak


@dataclass(frozen=True, slots=True)
class Chose:
    """The person pressed the button of `option`."""

    option: str


@dataclass(frozen=True, slots=True)
class Showed:
    """The person sent a picture, which is kept under this number."""

    picture: int


@dataclass(frozen=True, slots=True)
class WentBack:
    """The person wants to change the previous answer."""


@dataclass(frozen=True, slots=True)
class GaveUp:
    """The person no longer wants this."""


@dataclass(frozen=True, slots=True)
class Expired:
    """Nobody answered for as long as the dialogue's patience lasts."""


Event: TypeAlias = Wrote | Chose | Showed | WentBack | GaveUp | Expired


@dataclass(frozen=True, slots=True)
class Frame(Generic[DraftT]):
    """A step already answered, with the draft as it was before the answer."""

    step: str
    draft: DraftT
    marks: Marks | None = None
    """How the question looked when it was answered; None if as it had been asked."""


@dataclass(frozen=True, slots=True)
class Conversation(Generic[DraftT]):
    """Where one person is in one dialogue."""

    step: str
    draft: DraftT
    marks: Marks = Marks()
    past: tuple[Frame[DraftT], ...] = ()
    then: str | None = None
    """The step to come back to after a revisit."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The outcome of one event."""

    conversation: Conversation[Any] | None
    """What to store; None once the conversation is over."""
    says: tuple[Message, ...] = ()
    prompt: Prompt[Any] | None = None
    effects: tuple[Effect, ...] = ()
    chosen: tuple[str, ...] | None = None
    """The options that settled the question; None if it is open still."""
    redraws: bool = False
    """Whether the question only looks different: it is changed in place."""
    gentle: Message | None = None
    """Why the answer could not be used."""


def begin(dialogue: Dialogue[Any], draft: object) -> Turn:
    """Open a conversation with the dialogue's first question."""
    return _arrive(dialogue, Conversation(dialogue.opens_at, draft))


def ask(dialogue: Dialogue[Any], now: Conversation[Any], *says: Message) -> Turn:
    """Put the question of the present step."""
    return Turn(now, says, dialogue.steps[now.step].ask(dialogue, now.draft))


def advance(dialogue: Dialogue[Any], now: Conversation[Any], event: Event) -> Turn:
    """Return what follows from `event`."""
    match event:
        case Wrote(words, speak):
            return _hear(dialogue, now, lambda prompt: prompt.read(words, now.marks, speak))
        case Chose(option):
            return _hear(dialogue, now, lambda prompt: prompt.choose(option, now.marks))
        case Showed(picture):
            return _hear(dialogue, now, lambda prompt: prompt.show(picture))
        case WentBack():
            if not now.past:
                return ask(dialogue, now, msg("You can go back no further here."))
            *past, last = now.past
            back = _arrive(
                dialogue, Conversation(last.step, last.draft, past=tuple(past)), last.marks
            )
            return replace(back, chosen=())
        case GaveUp():
            return Turn(None, (dialogue.left_word,), effects=dialogue.left, chosen=())
        case Expired():
            word = dialogue.patience.give_up
            return Turn(None, (word,) if word else (), effects=dialogue.left, chosen=())
        case _:
            assert_never(event)


def _arrive(dialogue: Dialogue[Any], at: Conversation[Any], marks: Marks | None = None) -> Turn:
    prompt = dialogue.steps[at.step].ask(dialogue, at.draft)
    return Turn(replace(at, marks=marks or prompt.first_marks()), prompt=prompt)


def _hear(
    dialogue: Dialogue[Any],
    now: Conversation[Any],
    reading: Callable[[Prompt[Any]], Answer[Any] | Marks],
) -> Turn:
    step = dialogue.steps[now.step]
    prompt = step.ask(dialogue, now.draft)
    try:
        heard = reading(prompt)
    except UnreadableAnswer as unreadable:
        return Turn(now, prompt=prompt, gentle=unreadable.hint)
    if isinstance(heard, Marks):
        return Turn(replace(now, marks=heard), prompt=prompt, redraws=True)
    chosen = now.marks.on or ((heard.option,) if heard.option else ())
    move = step.hear(dialogue, now.draft, heard.value)
    match move:
        case Done(farewell, effects):
            return Turn(None, (farewell,) if farewell else (), effects=effects, chosen=chosen)
        case Revisit(name, draft):
            past = (*now.past, Frame(now.step, draft))
            turn = _arrive(dialogue, Conversation(name, draft, past=past, then=now.step))
            return replace(turn, chosen=chosen)
        case Goto(name, draft, effects, first):
            marks = now.marks if now.marks != prompt.first_marks() else None
            turn = _arrive(dialogue, _moved(now, name, draft, marks))
            says = (first,) if first else ()
            return replace(turn, says=says, effects=effects, chosen=chosen)
        case _:
            assert_never(move)


def _moved(
    now: Conversation[Any], name: str, draft: object, marks: Marks | None
) -> Conversation[Any]:
    """Return the conversation at step `name`; coming to a step of the past forgets what came after it."""
    if name == now.step:  # asked once more: a revisit is not over before it has its answer
        return replace(now, draft=draft)
    name = now.then or name
    past = (*now.past, Frame(now.step, now.draft, marks))
    passed = [frame.step for frame in past]
    return Conversation(name, draft, past=past[: passed.index(name)] if name in passed else past)


def snapshot(dialogue: Dialogue[Any], conversation: Conversation[Any]) -> str:
    """Return `conversation` as JSON."""
    stored: bytes = _kept(dialogue).dump_json(conversation, exclude_defaults=True)
    return stored.decode()


def step_of(stored: str) -> str | None:
    """Return the step that a stored conversation is at, without reading what was answered.

    None if it cannot be told: whoever asks is already telling of a failure.
    """
    try:
        step: str = json.loads(stored)["step"]
    except (LookupError, TypeError, ValueError):
        return None
    return step


def restore(dialogue: Dialogue[Any], stored: str, version: int) -> Conversation[Any]:
    """Read what `snapshot` wrote, upgrading it from the version that wrote it."""
    if version < dialogue.version:
        old = json.loads(stored)
        for step in range(version, dialogue.version):
            old = dialogue.upgrades[step](old)
        stored = json.dumps(old)
    read: Conversation[Any] = _kept(dialogue).validate_json(stored)
    return read


def _kept(dialogue: Dialogue[Any]) -> Any:
    of_a_draft: Any = Conversation
    return adapter(of_a_draft[dialogue.draft_type])
