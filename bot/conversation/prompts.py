"""Questions, and how an answer to each is read."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, Literal, TypeVar

from typing_extensions import override

from bot.conversation.messages import Message, Speak, msg
from bot.conversation.understanding import option_meant, option_named, options_meant

AnswerT = TypeVar("AnswerT")
OneT = TypeVar("OneT")
LineT = TypeVar("LineT", bound=str)

CONJUNCTIONS = frozenset({"and", "or", "y", "e", "o", "u", "ja", "voi", "ning"})
"""Words that stand between two answers, in any of the languages, without accents."""
DONE: Final = "/done"
SKIP: Final = "/skip"
BACK_A_PAGE: Final = "/back"
ON_A_PAGE: Final = "/on"
"""Options every prompt of their kind has; a slash keeps them apart from a prompt's own."""
PAGE = 8
"""Options on one page; more than this many do not fit a phone."""


ONLY_TEXT = msg(
    "Only text can be read here. Please write it, or tap a button. Nothing you answered before is lost."
)
ONLY_PICTURE = msg("Please send the picture itself, or tap the button.")
NO_PICTURE = msg(
    "That is no picture that can be shown everywhere. Please send one as JPEG or PNG. Nothing you answered"
    " before is lost."
)


class UnreadableAnswer(Exception):  # named after what happened
    """An answer cannot be read; `hint` tells the person what to do instead."""

    def __init__(self, hint: Message) -> None:
        super().__init__(hint.id)
        self.hint = hint


class Look(StrEnum):
    """What kind of question it is, for those who draw it."""

    OPEN = "open"
    """Typed; at most a few buttons beside."""
    LIST = "list"
    SPLIT = "split"
    SWITCHES = "switches"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Option:
    """A button."""

    label: Message
    """At most 40 characters in every language."""
    detail: Message | None = None
    """A line that explains it."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[AnswerT]):
    """The person has answered."""

    value: AnswerT
    option: str | None = None
    """The option that was meant, if it was one of those offered."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The person is not done with this question: which switches are on, and which page is shown."""

    on: tuple[str, ...] = ()
    page: int = 0


@dataclass(frozen=True, slots=True)
class Prompt(ABC, Generic[AnswerT]):
    """A question whose answer is an `AnswerT`."""

    question: Message

    @property
    def look(self) -> Look:
        """How it is drawn."""
        return Look.OPEN

    @property
    def options(self) -> Mapping[str, Option]:
        """Buttons by option id; empty if the answer is typed."""
        return {}

    @property
    def end(self) -> Option | None:
        """The button that ends the question as it stands, carrying `DONE`."""
        return None

    def first_marks(self) -> Marks:
        """Return how the question looks when it is asked."""
        return Marks()

    @abstractmethod
    def read(self, words: str, marks: Marks, speak: Speak) -> "Answer[AnswerT] | Marks":
        """Return what `words` mean, or raise `UnreadableAnswer`."""

    def choose(self, option: str, marks: Marks) -> "Answer[AnswerT] | Marks":  # noqa: ARG002  # most prompts do
        """Return what pressing the button of `option` means, or raise `UnreadableAnswer`."""
        raise UnreadableAnswer(msg("Please write your answer."))

    @property
    def takes_picture(self) -> bool:
        """Whether the answer may be a picture."""
        return False

    def show(self, picture: int) -> "Answer[AnswerT]":  # noqa: ARG002  # most prompts take none
        """Return what the picture of this number means, or raise `UnreadableAnswer`."""
        raise UnreadableAnswer(ONLY_TEXT)

    def _turned(self, option: str, marks: Marks) -> Marks | None:
        """Return the marks on another page, if `option` turns one."""
        last = (len(self.options) - 1) // PAGE
        match option:
            case "/back":
                return Marks(marks.on, max(marks.page - 1, 0))
            case "/on":
                return Marks(marks.on, min(marks.page + 1, last))
            case _:
                return None


def _not_understood() -> UnreadableAnswer:
    return UnreadableAnswer(
        msg(
            "I did not understand that. You can tap a button, or write its number or name. Help: /help"
        )
    )


@dataclass(frozen=True, slots=True)
class Choice(Prompt[AnswerT]):
    """One of several options, by a tap, its number or its name."""

    choices: Mapping[str, tuple[Option, AnswerT]]
    """Button and value of each option, by the id its button carries (at most 30 ASCII characters)."""
    side_by_side: bool = False
    """Whether the answers weigh the same, as yes and no do."""
    shown: str | None = None
    """An option on the page that is shown first; None for the first page."""
    gone: AnswerT | None = None
    """What an option means that is there no longer, as things have moved on; None: it cannot be understood."""

    @property
    @override
    def look(self) -> Look:
        return Look.SPLIT if self.side_by_side else Look.LIST

    @override
    def first_marks(self) -> Marks:
        rows = list(self.choices)
        return Marks(page=rows.index(self.shown) // PAGE) if self.shown in rows else Marks()

    @property
    @override
    def options(self) -> Mapping[str, Option]:
        return {id_: option for id_, (option, _) in self.choices.items()}

    @override
    def read(self, words: str, marks: Marks, speak: Speak) -> Answer[AnswerT] | Marks:
        labels = {id_: speak(one.label) for id_, one in self.options.items()}
        meant = option_meant(words, labels)
        if meant is None:
            raise _not_understood()
        return Answer(self.choices[meant][1], meant)

    @override
    def choose(self, option: str, marks: Marks) -> Answer[AnswerT] | Marks:
        if turned := self._turned(option, marks):
            return turned
        if option not in self.choices and self.gone is not None:
            return Answer(self.gone)
        if option not in self.choices:
            raise _not_understood()
        return Answer(self.choices[option][1], option)


@dataclass(frozen=True, slots=True)
class Several(Prompt[tuple[OneT, ...]]):
    """Any number of options, each a switch; what is typed is switched on."""

    choices: Mapping[str, tuple[Option, OneT]]
    ready: Message
    """The label of the button that ends it."""
    on: tuple[str, ...] = ()
    """Which are on when it is asked; none unless the person switched them on earlier."""

    @property
    @override
    def look(self) -> Look:
        return Look.SWITCHES

    @property
    @override
    def options(self) -> Mapping[str, Option]:
        return {id_: option for id_, (option, _) in self.choices.items()}

    @property
    @override
    def end(self) -> Option | None:
        return Option(self.ready)

    @override
    def first_marks(self) -> Marks:
        return Marks(self.on)

    @override
    def read(self, words: str, marks: Marks, speak: Speak) -> Answer[tuple[OneT, ...]] | Marks:
        if option_named(words, {DONE: speak(self.ready)}):
            return self.choose(DONE, marks)
        labels = {id_: speak(option.label) for id_, option in self.options.items()}
        meant = options_meant(words, labels, CONJUNCTIONS)
        if not meant:
            raise _not_understood()
        return Marks(tuple(id_ for id_ in self.choices if id_ in {*marks.on, *meant}), marks.page)

    @override
    def choose(self, option: str, marks: Marks) -> Answer[tuple[OneT, ...]] | Marks:
        if turned := self._turned(option, marks):
            return turned
        if option == DONE:
            return Answer(
                tuple(value for id_, (_, value) in self.choices.items() if id_ in marks.on)
            )
        if option not in self.choices:
            raise _not_understood()
        switched = set(marks.on) ^ {option}
        return Marks(tuple(id_ for id_ in self.choices if id_ in switched), marks.page)


@dataclass(frozen=True, slots=True)
class MaySkip(Prompt[AnswerT | None]):
    """A question that may be left for another day; None if it was."""

    asked: Prompt[AnswerT]
    skip: Message

    @classmethod
    def over(cls, asked: Prompt[AnswerT], skip: Message) -> "MaySkip[AnswerT]":
        """Let people skip the question of `asked`."""
        return MaySkip(asked.question, asked, skip)

    @property
    @override
    def look(self) -> Look:
        return self.asked.look

    @property
    @override
    def options(self) -> Mapping[str, Option]:
        return {**self.asked.options, SKIP: Option(self.skip)}

    @property
    @override
    def end(self) -> Option | None:
        return self.asked.end

    @override
    def first_marks(self) -> Marks:
        return self.asked.first_marks()

    @override
    def read(self, words: str, marks: Marks, speak: Speak) -> Answer[AnswerT | None] | Marks:
        labels = {id_: speak(one.label) for id_, one in self.options.items()}
        # Its row has a number where rows have numbers, and it is the last; beside what is typed, it has none.
        is_number = bool(self.asked.options) and words.strip() == str(len(labels))
        if option_named(words, labels) == SKIP or is_number:
            return Answer(None, SKIP)
        return self._passed_on(self.asked.read(words, marks, speak))

    @override
    def choose(self, option: str, marks: Marks) -> Answer[AnswerT | None] | Marks:
        if option == SKIP:
            return Answer(None, SKIP)
        return self._passed_on(self.asked.choose(option, marks))

    @property
    @override
    def takes_picture(self) -> bool:
        return self.asked.takes_picture

    @override
    def show(self, picture: int) -> Answer[AnswerT | None]:
        shown = self.asked.show(picture)
        return Answer(shown.value, shown.option)

    def _passed_on(self, heard: Answer[AnswerT] | Marks) -> Answer[AnswerT | None] | Marks:
        return heard if isinstance(heard, Marks) else Answer(heard.value, heard.option)


@dataclass(frozen=True, slots=True)
class Review(Prompt[LineT | Literal["/done"]]):
    """All answers at a glance, never on pages; each line can be changed, and the end sends them.

    The answer is the id of the line to change, or `DONE`.
    """

    lines: Mapping[LineT, Option]
    send: Message

    @property
    @override
    def look(self) -> Look:
        return Look.REVIEW

    @property
    @override
    def options(self) -> Mapping[str, Option]:
        return {str(id_): option for id_, option in self.lines.items()}

    @property
    @override
    def end(self) -> Option | None:
        return Option(self.send)

    @override
    def read(
        self, words: str, marks: Marks, speak: Speak
    ) -> Answer[LineT | Literal["/done"]] | Marks:
        labels = {id_: speak(one.label) for id_, one in self.options.items()}
        meant = option_named(words, {**labels, DONE: speak(self.send)})
        return self.choose(meant or option_meant(words, labels) or "", marks)

    @override
    def choose(self, option: str, marks: Marks) -> Answer[LineT | Literal["/done"]] | Marks:
        if option == DONE:
            return Answer(DONE, DONE)
        for line in self.lines:
            if line == option:
                return Answer(line, line)
        raise _not_understood()
