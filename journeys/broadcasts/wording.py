"""What a letter to many says: what it is about, and its words in each language."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from typing_extensions import override

from bot.conversation.consents import SWITCHES
from bot.conversation.dialogue import Dialogue, Goto, StepsOf, known
from bot.conversation.messages import InLanguage, Term, TermKind, msg, msgs
from bot.conversation.prompts import Choice, Option, Prompt, Words
from bot.domain.broadcasts.audience import Audience
from bot.domain.broadcasts.desk import BroadcastDesk
from bot.domain.broadcasts.reach import Reach
from bot.domain.consent import Purpose
from bot.domain.people import CaseId
from journeys.broadcasts.draft import Draft, Kind
from journeys.broadcasts.words import in_any

PURPOSES = (Purpose.NEWS, Purpose.EVENTS, Purpose.VOLUNTEERING, Purpose.JOBS)
"""What can be written about to many; surveys and stories have journeys of their own."""
KINDS = {
    Kind.CORRECTION: msg("A correction"),
    Kind.APOLOGY: msg("An apology"),
}
EXAMPLES = {
    Kind.CORRECTION: msg("There was a mistake in our last message. This is right: …"),
    Kind.APOLOGY: msg(
        "Our last message went to you by mistake. Please excuse us. You need do nothing."
    ),
}
"""How one might begin; shown in the language that is to be written."""
MOST_OF_TITLE, MOST_OF_TEXT = 80, 1200

step = StepsOf(Draft)


def called(language: str) -> Term:
    """Return a language, to be called by its own name."""
    return Term(TermKind.LANGUAGE, language)


class Wording(Dialogue[Draft], is_part=True):
    """The words of a letter to many."""

    def __init__(self, desk: BroadcastDesk) -> None:
        self._desk = desk

    @override
    def opens_with(self, opening: Mapping[str, str]) -> Draft:
        draft = Draft(self._desk.languages)
        if "got" not in opening:
            return draft
        first = known(self._desk.sent_before(CaseId(int(opening["got"]))))
        return replace(
            draft,
            purpose=first.facts.purpose,
            audience=Audience(got=first.case),
            is_chosen=True,
            earlier=first.facts.titles,
        )

    def reach(self, draft: Draft) -> Reach:
        """Return how many people it is for as it stands."""
        return self._desk.reach(draft.audience, known(draft.purpose))

    def _purpose(self, draft: Draft) -> Prompt[tuple[Purpose, Kind]]:
        if draft.purpose:
            question = msg(
                "This goes to those who got “{title}”, and to nobody else. Whoever no longer wants such"
                " messages gets none. What is it?",
                title=in_any(draft.earlier),
            )
            return Choice(
                question,
                {kind: (Option(label), (draft.purpose, kind)) for kind, label in KINDS.items()},
            )
        question = msg(
            "What would you like to write about? It goes only to people who have agreed to such messages."
        )
        return Choice(question, {one: (SWITCHES[one], (one, Kind.NEW)) for one in PURPOSES})

    @step(_purpose)
    def purpose(self, draft: Draft, chosen: tuple[Purpose, Kind]) -> Goto[Literal["title"]]:
        purpose, kind = chosen
        return self.goto("title", replace(draft, purpose=purpose, kind=kind))

    def _title(self, draft: Draft) -> Prompt[str]:
        question = msg("The title, in this language: {language}", language=called(draft.language))
        return Words(question, MOST_OF_TITLE)

    @step(_title)
    def title(self, draft: Draft, title: str) -> Goto[Literal["text"]]:
        titles = {**draft.titles, draft.language: title}
        return self.goto("text", replace(draft, titles=titles, is_meant=False))

    def _text(self, draft: Draft) -> Prompt[str]:
        question = msg("The text, in this language: {language}", language=called(draft.language))
        if example := EXAMPLES.get(draft.kind):
            in_their_words = InLanguage(draft.language, example)
            question = msg(
                "{question}\n\nFor example: {example}", question=question, example=in_their_words
            )
        return Words(question, MOST_OF_TEXT)

    @step(_text)
    def text(self, draft: Draft, text: str) -> Goto[Literal["instead", "roles", "check"]]:
        texts = {**draft.texts, draft.language: text}
        instead = tuple(one for one in draft.instead if one != draft.language)
        draft = replace(draft, texts=texts, instead=instead)
        return self.ask_for_more(draft) if draft.is_chosen else self.goto("roles", draft)

    def _words(self, draft: Draft) -> Prompt[str]:
        rows = {
            one: (Option(msg("{language}", language=called(one))), one) for one in draft.languages
        }
        return Choice(msg("Which language do you want to write, or write anew?"), rows)

    @step(_words)
    def words(self, draft: Draft, language: str) -> Goto[Literal["title"]]:
        return self.goto("title", replace(draft, now_in=language))

    def _instead(self, draft: Draft) -> Prompt[bool]:
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

    @step(_instead)
    def instead(
        self, draft: Draft, is_instead: bool
    ) -> Goto[Literal["title", "instead", "check"]]:
        if not is_instead:
            return self.goto("title", draft)
        return self.ask_for_more(replace(draft, instead=(*draft.instead, draft.language)))

    def missing(self, draft: Draft) -> str | None:
        """Return a language that somebody reads for whom there are no words yet; None if there is none."""
        read = self.reach(draft).by_language
        return next((one for one in draft.languages if one in read and draft.lacks(one)), None)

    def ask_for_more(self, draft: Draft) -> Goto[Literal["instead", "check"]]:
        """Ask for the next language that is missing; or look at it all again."""
        if more := self.missing(draft):
            return self.goto("instead", replace(draft, now_in=more))
        return self.goto("check", replace(draft, now_in=""))
