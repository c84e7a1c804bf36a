"""Messages that have not been put into a language yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from string import Formatter
from typing import TypeAlias, Union

from bot.domain.people import PersonId

SCHOOL_SLOTS = frozenset(
    {
        "school",
        "privacy_contact",
        "privacy_url",
        "contact",
        "lead",
        "helpline",
    }
)
"""Slots that the school's configuration fills in every text, so that no message need carry them."""
UNTIL = "until"
"""The slot of a state's texts for the moment of its first deadline, as the school has set it."""


@dataclass(frozen=True, slots=True)
class Who:
    """A person, named only when the message is rendered, so that no row keeps a name."""

    who: PersonId


class TermKind(StrEnum):
    """Lists that the school's configuration names in every language."""

    PROGRAMME = "programme"
    CLASS = "class"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of one of the school's lists, called by its name in the reader's language."""

    kind: TermKind
    code: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is, as somebody wrote it: a letter that says so leads to a map, too, if one finds it."""

    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that goes with a message: any letter that says it shows it, too; the text itself has no slot for it."""

    picture: int
    """Its number."""


@dataclass(frozen=True, slots=True)
class ByLanguage:
    """What somebody wrote in several languages: shown in the reader's, or in `instead` if that is missing."""

    texts: Mapping[str, str] = field(repr=False, hash=False)
    instead: str


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A message as others read it, in their language: for whoever looks at what many will get."""

    language: str
    message: "Message"


@dataclass(frozen=True, slots=True)
class FirstSentence:
    """The beginning of a longer text, for a reminder that quotes it."""

    of: "Message"


Param: TypeAlias = Union[
    str,
    int,
    date,
    datetime,
    Who,
    Term,
    Place,
    Picture,
    ByLanguage,
    InLanguage,
    FirstSentence,
    "Message",
    tuple[Union["Message", Term], ...],
    None,
]
"""What fills a slot. A tuple becomes a list with commas; a slot may say `{at:date}` or `{at:time}`."""


@dataclass(frozen=True, slots=True)
class Message:
    """A text and its parameters, translated only when its reader is known."""

    id: str
    """The English sentence; it is the key of the catalogues."""
    params: Mapping[str, Param] = field(default_factory=dict, repr=False)
    many: str | None = None
    """The English sentence for any number but one; the number is the parameter `n`."""

    @property
    def fields(self) -> frozenset[str]:
        """Names of the slots."""
        texts = (self.id, self.many or "")
        return frozenset(
            name for text in texts for _, name, _, _ in Formatter().parse(text) if name
        )

    def filled(self, known: Mapping[str, Param]) -> "Message":
        """Return the message with its empty slots filled from `known`, as far as it knows them."""
        if "{" not in self.id:
            return self
        slots = {name: known[name] for name in self.fields - self.params.keys() if name in known}
        return Message(self.id, {**self.params, **slots}, self.many) if slots else self


def msg(id_: str, /, **params: Param) -> Message:
    """Mark `id_` for translation; the catalogue tool collects it."""
    return Message(id_, params)


def msgs(one: str, many: str, n: int, /, **params: Param) -> Message:
    """Mark a text that depends on the number `n`, which fills the slot `{n}`."""
    return Message(one, {**params, "n": n}, many)


def with_picture(message: Message, picture: int | None) -> Message:
    """Return `message` with a picture, if there is one."""
    if picture is None:
        return message
    return Message(message.id, {**message.params, "picture": Picture(picture)}, message.many)


def verbatim(text: str) -> Message:
    """Show what a person wrote, or what a school named, as it stands."""
    return Message("{text}", {"text": text})


Speak: TypeAlias = Callable[[Message], str]
"""Puts a message into the language of the person who is answering."""
