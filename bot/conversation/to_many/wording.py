"""What is written to many: its title and its text, in each language that somebody reads."""

from dataclasses import replace
from typing import Literal

from bot.conversation.dialogue import Dialogue, Goto, known, part_step
from bot.conversation.messages import Message, Term, TermKind, msg, msgs
from bot.conversation.prompts import Choice, Option, Prompt
from bot.conversation.to_many.draft import WrittenT
from bot.conversation.typed import Words
from bot.domain.broadcasts.desk import WritingDesk
from bot.domain.broadcasts.reach import Reach

MOST_OF_TITLE, MOST_OF_TEXT = 80, 1200


def called(language: str) -> Term:
    """Return a language, to be called by its own name."""
    return Term(TermKind.LANGUAGE, language)


class Wording(Dialogue[WrittenT], is_part=True):
    """The words."""

    def __init__(self, desk: WritingDesk) -> None:
        self._desk = desk

    def reach(self, draft: WrittenT) -> Reach:
        """Return how many people it is for as it stands."""
        return self._desk.reach(draft.audience, known(draft.purpose), can_wait=draft.can_wait)

    def _title(self, draft: WrittenT) -> Prompt[str]:
        question = msg("The title, in this language: {language}", language=called(draft.language))
        return Words(question, MOST_OF_TITLE)

    @part_step(_title)
    def title(self, draft: WrittenT, title: str) -> Goto[Literal["text"]]:
        titles = {**draft.titles, draft.language: title}
        return self.goto("text", replace(draft.written_anew(), titles=titles))

    def question_of_text(self, draft: WrittenT) -> Message:
        """Return what asks for the text."""
        return msg("The text, in this language: {language}", language=called(draft.language))

    def _text(self, draft: WrittenT) -> Prompt[str]:
        return Words(self.question_of_text(draft), MOST_OF_TEXT)

    @part_step(_text)
    def text(self, draft: WrittenT, text: str) -> Goto[Literal["instead", "roles", "check"]]:
        texts = {**draft.texts, draft.language: text}
        instead = tuple(one for one in draft.instead if one != draft.language)
        draft = replace(draft, texts=texts, instead=instead)
        return self.ask_for_more(draft) if draft.is_chosen else self.goto("roles", draft)

    def _words(self, draft: WrittenT) -> Prompt[str]:
        rows = {
            one: (Option(msg("{language}", language=called(one))), one) for one in draft.languages
        }
        return Choice(msg("Which language do you want to write, or write anew?"), rows)

    @part_step(_words)
    def words(self, draft: WrittenT, language: str) -> Goto[Literal["title"]]:
        return self.goto("title", replace(draft, now_in=language))

    def _instead(self, draft: WrittenT) -> Prompt[bool]:
        readers = self.reach(draft).by_language.get(draft.language, 0)
        question = msgs(
            "There is no text in this language: {language}. {n} person reads it. What do they get?",
            "There is no text in this language: {language}. {n} people read it. What do they get?",
            readers,
            language=called(draft.language),
        )
        same = msg("The same as I have written: {language}", language=called(draft.mine))
        return Choice(
            question,
            {
                "write": (Option(msg("I write it in their language")), False),
                "instead": (Option(same), True),
            },
        )

    @part_step(_instead)
    def instead(
        self, draft: WrittenT, is_instead: bool
    ) -> Goto[Literal["title", "instead", "check"]]:
        if not is_instead:
            return self.goto("title", draft)
        return self.ask_for_more(replace(draft, instead=(*draft.instead, draft.language)))

    def missing(self, draft: WrittenT) -> str | None:
        """Return a language that somebody reads for whom there are no words yet; None if there is none."""
        read = self.reach(draft).by_language
        return next((one for one in draft.languages if one in read and draft.lacks(one)), None)

    def ask_for_more(self, draft: WrittenT) -> Goto[Literal["instead", "check"]]:
        """Ask for the next language that is missing; or look at it all again."""
        if more := self.missing(draft):
            return self.goto("instead", replace(draft, now_in=more))
        return self.goto("check", replace(draft, now_in=""))
