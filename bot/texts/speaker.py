"""One language of one school: a message becomes text."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import assert_never

from bot.conversation.messages import (
    ByLanguage,
    FirstSentence,
    InLanguage,
    Message,
    Param,
    Picture,
    Place,
    Term,
    TermKind,
    Who,
    msg,
)
from bot.domain.people import PersonId
from bot.domain.school import School
from bot.texts.catalogues import catalogue
from bot.texts.forms import form_of
from bot.texts.moments import Moments, own_name
from bot.texts.written_by_people import first_sentence, harmless

# Translators: stands where the name of a person is no longer known.
SOMEBODY = msg("somebody")
# Translators: stands after a label and a colon, where several things could be chosen and none was.
NOTHING_CHOSEN = msg("nothing chosen")
# Translators: stands after a label and a colon, where a question was left without an answer.
NO_ANSWER = msg("no answer")


FIRST = "first"
"""What a slot for a person says, as in {mentor:first}, where only the first name may be shown."""


class EmptySlot(LookupError):
    """A text has a slot, and neither its message nor the school fills it."""

    def __init__(self, slot: str, text: str) -> None:
        super().__init__(f"nothing fills the slot {slot} of {text!r}")


class Speaker:
    """Speaks one language, for one school."""

    def __init__(self, school: School, language: str) -> None:
        self.moments = Moments(language, school.zone)
        self._school = school
        self._language = language
        self._texts = catalogue(language)
        self._of_the_school: Mapping[str, Param] = {
            "school": school.name_in(language),
            "contact": school.contact,
            "privacy_contact": school.privacy_contact,
            "privacy_url": school.privacy_url,
            "lead": school.safeguarding.lead_name,
            "helpline": school.safeguarding.helpline,
        }

    def words(self, message: Message, names: Mapping[PersonId, str], now: datetime) -> str:
        """Return `message` in this language, at the moment `now`.

        Raises:
            EmptySlot: nothing fills one of its slots.
        """
        form = form_of(self._text(message))
        if not form.slots:
            return form.tail
        pieces: list[str] = []
        for slot in form.slots:
            filled = message.params if slot.name in message.params else self._of_the_school
            if slot.name not in filled:
                raise EmptySlot(slot.name, message.id)
            pieces += slot.before, self._shown(filled[slot.name], slot.spec, names, now)
        pieces.append(form.tail)
        return "".join(pieces)

    def _text(self, message: Message) -> str:
        match message:
            case Message(many=str(many), params={"n": int(n)}):
                return self._texts.ngettext(message.id, many, n)
            case Message(id=""):
                return ""  # the catalogue's head, to gettext
            case _:
                return self._texts.gettext(message.id)

    def _shown(self, value: Param, spec: str, names: Mapping[PersonId, str], now: datetime) -> str:
        match value:
            case str(words) | Place(words):
                return harmless(words)
            case int():
                return self.moments.number(value)
            case date():
                return self.moments.moment(value, now, spec)
            case Who(who) if who in names:
                return harmless(first_name(names[who]) if spec == FIRST else names[who])
            case Who():
                return self.words(SOMEBODY, names, now)
            case Term():
                return self._called(value)
            case ByLanguage(texts, instead):
                return harmless(texts.get(self._language, texts[instead]))
            case InLanguage(language, message):
                return Speaker(self._school, language).words(message, names, now)
            case FirstSentence(of):
                return first_sentence(self.words(of, names, now))
            case Message():
                return self.words(value, names, now)
            case tuple():
                listed = [self._shown(one, spec, names, now) for one in value]
                return ", ".join(listed) or self.words(NOTHING_CHOSEN, names, now)
            case None | Picture():  # a picture is shown; no text has a slot for it
                return self.words(NO_ANSWER, names, now)
            case _:
                assert_never(value)

    def _called(self, term: Term) -> str:
        """Return what an entry of a list of the school is called; its code if it is gone."""
        match term.kind:
            case TermKind.PROGRAMME:
                return self._school.programme_in(term.code, self._language)
            case TermKind.CLASS:
                known = self._school.class_called(term.code)
                return known.key if known else harmless(term.code)
            case TermKind.LANGUAGE:
                return own_name(term.code)
            case _:
                assert_never(term.kind)


def first_name(name: str) -> str:
    """Return what a person is called: what students and alumni see of each other (the consent's words)."""
    return name.split(maxsplit=1)[0] if name.strip() else name
