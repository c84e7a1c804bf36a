"""What a person gets to see: words in their own language, and what can be pressed.

A sheet is the last thing before a network. It has been translated, so a gateway neither knows the
catalogues nor the school; it has not been laid out, so it knows neither HTML nor a keyboard.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Style(StrEnum):
    """How a sheet is meant; a network that has one look for everything may ignore it."""

    WORDS = "words"
    """Something is said; nothing need be answered."""
    QUESTION = "question"
    """An answer is asked for, by a row or by typing."""
    SPLIT = "split"
    """A question whose few answers weigh the same and stand side by side."""
    SEVERAL = "several"
    """A question with switches, any number of which may be on."""
    LETTER = "letter"
    """Somebody is asked to act; it has a title."""
    NUDGE = "nudge"
    """A reminder."""
    GENTLE = "gentle"
    """An answer could not be used; says what to do, and that nothing is lost."""


@dataclass(frozen=True, slots=True)
class Row:
    """Something that can be pressed."""

    label: str
    """At most 40 characters."""
    data: str
    """What a press sends back: at most 64 bytes, ASCII."""
    detail: str | None = None
    """A second line that explains the label."""
    is_on: bool | None = None
    """Whether the switch is on; None for a row that is not a switch."""


@dataclass(frozen=True, slots=True)
class Pager:
    """The foot of a list that has more rows than fit; a missing row is a page that is not there."""

    where: str
    """Which rows are shown, as "4-6 of 11" in the reader's language."""
    back: Row | None
    on: Row | None
    first: int = 1
    """The number of the first row shown, counted over all pages."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that comes with a sheet."""

    name: str
    mime: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Link:
    """What leads out of the chat; stands below the text."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """One thing of several that a sheet tells, under a title of its own."""

    title: str | None = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settled:
    """An earlier sheet that this one makes a thing of the past."""

    key: str
    """The `Sheet.key` of the earlier one."""
    chosen: tuple[str, ...] = ()
    """The `Row.data` of what was chosen there; empty if the answer was typed freely."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One message, ready for any network."""

    text: str = field(repr=False)
    """Plain text: nothing in it is markup, and line breaks are kept. At most 4,096 UTF-16 units."""
    language: str
    """The language the text is in, as an IETF tag."""
    style: Style = Style.WORDS
    title: str | None = field(default=None, repr=False)
    """Stands above the text, in bold where the network can."""
    sections: tuple[Section, ...] = ()
    """What stands below the text, one after the other."""
    foot: str | None = None
    """The last words: why it is written, and how to get no more."""
    rows: tuple[Row, ...] = ()
    done: Row | None = None
    """The row that ends a question with switches."""
    pager: Pager | None = None
    hint: str | None = None
    """A short note on other ways to answer."""
    attachment: Attachment | None = None
    links: tuple[Link, ...] = ()
    picture: int | None = None
    """The number of a picture that is shown with it."""
    takes_picture: bool = False
    """Whether a picture is an answer."""
    key: str | None = None
    """The question or the case entry that the rows belong to; None if nothing can be pressed."""
    settles: Settled | None = None
    over: tuple[str, ...] = ()
    """Keys of case entries: no sheet asks for them any more, nor for those before; nothing was answered there."""
    named: tuple[int, ...] = ()
    """Numbers of the people whose names are in it: whoever keeps a sheet forgets it with any of them."""
