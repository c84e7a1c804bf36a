"""The last look at what is written to many: as its readers get it, whether it can go, and the number of them."""

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Literal

from bot.conversation.consents import why_you_get_it
from bot.conversation.dialogue import Done, Goto, part_step
from bot.conversation.effects import OpenCase, Preview
from bot.conversation.messages import ByLanguage, InLanguage, Message, msg, msgs
from bot.conversation.prompts import Choice, Option, Prompt
from bot.conversation.to_many.draft import WrittenT
from bot.conversation.to_many.to_whom import ToWhom
from bot.conversation.to_many.wording import called
from bot.conversation.typed import Number
from bot.domain.broadcasts.desk import ALONE_UP_TO
from bot.domain.broadcasts.reach import Excluded, Reach
from bot.domain.people import PersonId

NOBODY_ELSE = msg(
    "To write to more than 50 people, a second member of staff must agree, and there is nobody yet."
    " Please invite a second coordinator, or choose fewer people."
)


class LastLook(ToWhom[WrittenT], ABC, is_part=True):
    """How it is read, and the number that sends it; the journey adds the step `check`, to which all comes back."""

    def read_in(self, draft: WrittenT) -> tuple[str, ...]:
        """Return the languages in which somebody gets it; the first one if nobody does."""
        read = self.reach(draft).by_language
        return tuple(one for one in draft.languages if one in read) or (draft.mine,)

    def body(self, draft: WrittenT) -> Message:
        """Return what stands below the title, as each reader gets it."""
        return msg("{text}", text=ByLanguage(draft.texts, draft.mine))

    def preview(self, draft: WrittenT) -> Preview:
        """Return a test to whoever writes it: what they will get who read it, in each language."""
        title = msg("{title}", title=ByLanguage(draft.titles, draft.mine))
        text, why = self.body(draft), why_you_get_it(draft.letter.purpose)
        return Preview(
            tuple(
                (
                    msg(
                        "Test, {language}: {title}",
                        language=called(one),
                        title=InLanguage(one, title),
                    ),
                    msg("{read}", read=InLanguage(one, text)),
                    msg("{read}", read=InLanguage(one, why)),
                )
                for one in self.read_in(draft)
            )
        )

    def _show(self, draft: WrittenT) -> Prompt[str]:
        others = [one for one in self.read_in(draft) if one != draft.language]
        rows = {
            one: (Option(msg("In this language: {language}", language=called(one))), one)
            for one in others
        }
        back = {"back": (Option(msg("Enough seen")), "")}
        return Choice(self._as_read(draft), {**rows, **back}, gone="")

    def _as_read(self, draft: WrittenT) -> Message:
        read = msg(
            "{title}\n\n{text}\n\n{why}",
            title=ByLanguage(draft.titles, draft.mine),
            text=self.body(draft),
            why=why_you_get_it(draft.letter.purpose),
        )
        return msgs(
            "As {n} person reads it. Language: {language}\n\n{letter}",
            "As {n} people read it. Language: {language}\n\n{letter}",
            self.reach(draft).by_language.get(draft.language, 0),
            language=called(draft.language),
            letter=InLanguage(draft.language, read),
        )

    @part_step(_show)
    def show(self, draft: WrittenT, language: str) -> Goto[Literal["show", "check"]]:
        return self.goto("show" if language else "check", replace(draft, now_in=language))

    def held_up(self, draft: WrittenT) -> Goto[Literal["check", "instead"]] | None:
        """Return where to go first if it cannot be sent as it stands; None if it can."""
        reach = self.reach(draft)
        if not reach.people:
            return self.goto("check", draft, first=_why_nobody(reach))
        if reach.people > ALONE_UP_TO and self._desk.second() is None:
            return self.goto("check", draft, first=NOBODY_ELSE)
        if language := self.missing(draft):
            return self.goto("instead", replace(draft, now_in=language))
        return None

    def question_of_number(self, draft: WrittenT, people: int) -> Message:
        """Return what asks for the number of people, so that nobody sends by a slip of the finger."""
        return msgs(
            "This goes to {n} person. To send it, please write the number.",
            "This goes to {n} people. To send it, please write the number.",
            people,
        )

    def _confirm(self, draft: WrittenT) -> Prompt[int]:
        question = self.question_of_number(draft, self.reach(draft).people)
        return Number(question, 0, 10_000_000)

    @part_step(_confirm)
    def confirm(self, draft: WrittenT, number: int) -> Goto[Literal["check", "confirm"]] | Done:
        if not self._desk.may_broadcast:
            return Done(msg("You can no longer write to many."))
        reach = self.reach(draft)
        if number != reach.people:
            return self.goto("confirm", draft, first=msg("That is another number."))
        second = self._desk.second() if reach.people > ALONE_UP_TO else None
        if reach.people > ALONE_UP_TO and second is None:
            return self.goto("check", draft, first=NOBODY_ELSE)
        return Done(None, self.opened(draft, reach, second))

    @abstractmethod
    def opened(self, draft: WrittenT, reach: Reach, second: PersonId | None) -> OpenCase:
        """Return the case that begins now, with the second member of staff who is to agree, if there must be one."""


def _why_nobody(reach: Reach) -> Message:
    """Return why nobody is left: nobody is meant, or nobody of them has agreed."""
    if set(reach.excluded) == {Excluded.NO_CONSENT}:
        return msg(
            "Nobody of these people has agreed to such messages, so nobody can get it. Please choose others."
        )
    return msg("Nobody is left to write to. Please choose more people.")
