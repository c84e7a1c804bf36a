"""Letters put into the words of their reader: the last thing before a network."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import assert_never

from bot.conversation.messages import Message, Speak, msg, msgs
from bot.domain.events.places import map_link
from bot.domain.people import PersonId
from bot.domain.school import School
from bot.runtime import letters
from bot.runtime.letters import Button, CalendarEntry, File, Letter, LetterLook, Pages, QrCode
from bot.texts import qr
from bot.texts.calendar import MIME, calendar_file
from bot.texts.catalogues import catalogue
from bot.texts.sheets import Attachment, Link, Pager, Row, Section, Settled, Sheet, Style
from bot.texts.speaker import Speaker
from bot.texts.written_by_people import shortened

MOST_IN_LABEL = 40
"""Characters of a button's label."""
_SWITCHED = frozenset({LetterLook.SEVERAL, LetterLook.GENTLE})
"""Looks of a letter whose rows can be switches."""
WAYS_TO_ANSWER = msg("You can also write the number or the name.")
# Translators: a link to a map, below an address.
ON_THE_MAP = msg("On the map")
BACK, ON = msg("Previous page"), msg("Next page")
NOBODY: Mapping[PersonId, str] = {}


class Texts:
    """Puts a school's messages into any of its languages."""

    def __init__(self, school: School, clock: Callable[[], datetime]) -> None:
        """Take the clock that says which year is this one and which day is today; aware."""
        self.school = school
        self._clock = clock
        self._speakers = {language: Speaker(school, language) for language in school.languages}

    def speak(self, language: str, names: Mapping[PersonId, str] = NOBODY) -> Speak:
        """Return what puts messages into `language`; people not in `names` are "somebody"."""
        speaker, now = self._speaker(language), self._clock()
        return lambda message: speaker.words(message, names, now)

    def sheet(self, letter: Letter, language: str, names: Mapping[PersonId, str]) -> Sheet:
        """Return `letter` in `language`; `names` are those of `letter.people()`.

        Raises:
            EmptySlot: a text has a slot that nothing fills; its writer forgot it.
        """
        speak = self.speak(language, names)
        rows = tuple(_row(button, speak) for button in letter.buttons)
        return Sheet(
            text=_paragraphs(letter.parts, speak),
            language=self.school.language_for(language),
            style=Style(letter.look.value),
            title=speak(letter.title) if letter.title else None,
            sections=tuple(_section(one, speak) for one in letter.sections),
            foot=speak(letter.foot) if letter.foot else None,
            rows=rows,
            done=_done(letter, rows, speak),
            pager=_pager(letter.pages, speak) if letter.pages else None,
            hint=speak(WAYS_TO_ANSWER) if _takes_names(letter) else None,
            attachment=_attachment(letter, speak, self._clock()),
            links=tuple(
                Link(speak(ON_THE_MAP), link)
                for place in letter.places()
                if (link := map_link(place.words))
            ),
            picture=letter.picture(),
            takes_picture=letter.takes_picture,
            key=letter.key,
            settles=Settled(letter.settles, letter.chosen) if letter.settles else None,
            over=letter.over,
            named=tuple(sorted(letter.people() - {letter.to})),
        )

    def menu(
        self, language: str, commands: Sequence[tuple[str, Message]]
    ) -> tuple[tuple[str, str], ...]:
        """Return commands with what they do, for the menu of a network."""
        speak = self.speak(language)
        return tuple((command, speak(does)) for command, does in commands)

    def word(self, language: str, word: str) -> str:
        """Return one of a page's own words in `language`, its slots left for the page to fill."""
        return catalogue(self.school.language_for(language)).gettext(word)

    def when(self, language: str, at: datetime) -> tuple[str, str]:
        """Return the hour and the day of `at`, as "09:00" and "Today, 15 May"."""
        speaker, now = self._speaker(language), self._clock()
        moments = speaker.moments
        day, today = moments.local(at), moments.local(now)
        if day != today:
            return moments.time(at), moments.day(day, today)
        # Translators: above what was said today; {day} is a day and a month.
        short = msg("Today, {day}", day=moments.short_day(day))
        return moments.time(at), speaker.words(short, NOBODY, now)

    def _speaker(self, language: str) -> Speaker:
        return self._speakers[self.school.language_for(language)]


def _paragraphs(parts: Sequence[Message], speak: Speak) -> str:
    return "\n\n".join(text for text in map(speak, parts) if text)


def _section(section: letters.Section, speak: Speak) -> Section:
    title = speak(section.title) if section.title else None
    return Section(title, _paragraphs(section.parts, speak))


def _row(button: Button, speak: Speak) -> Row:
    detail = speak(button.detail) if button.detail else None
    return Row(shortened(speak(button.label), MOST_IN_LABEL), button.data, detail, button.is_on)


def _done(letter: Letter, rows: tuple[Row, ...], speak: Speak) -> Row | None:
    """Return the row that ends a question; it counts the switches that are on if all are shown."""
    if letter.end is None:
        return None
    chosen = sum(1 for row in rows if row.is_on)
    if letter.look not in _SWITCHED or letter.pages or not chosen:
        return _row(letter.end, speak)
    # Translators: on the button that ends a question with several answers; {ready} is its label.
    counted = msgs("{ready}, {n} chosen", "{ready}, {n} chosen", chosen, ready=letter.end.label)
    return Row(shortened(speak(counted), MOST_IN_LABEL), letter.end.data)


def _pager(pages: Pages, speak: Speak) -> Pager:
    # Translators: which rows of a longer list are shown.
    where = msg("{first}–{last} of {total}", first=pages.first, last=pages.last, total=pages.total)
    return Pager(
        speak(where),
        Row(speak(BACK), pages.back) if pages.back else None,
        Row(speak(ON), pages.on) if pages.on else None,
        pages.first,
    )


def _takes_names(letter: Letter) -> bool:
    """Return whether the letter asks a question whose rows may be typed, too."""
    return letter.look in {LetterLook.QUESTION, LetterLook.SEVERAL} and len(letter.buttons) > 1


def _attachment(letter: Letter, speak: Speak, now: datetime) -> Attachment | None:
    match letter.file:
        case None:
            return None
        case QrCode(name, link):
            return Attachment(name, qr.MIME, qr.qr_code(link))
        case File(name, mime, content):
            return Attachment(name, mime, content.encode())
        case CalendarEntry(appointment=appointment):
            title = speak(appointment.title)
            return Attachment(letter.file.name, MIME, calendar_file(letter.file, title, now))
        case _:
            assert_never(letter.file)
