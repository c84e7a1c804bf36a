"""Somebody who works here takes up a personal invitation."""

from dataclasses import dataclass, field
from typing import Literal

from bot.conversation.dialogue import Dialogue, Done, Goto, StepsOf
from bot.conversation.messages import Term, TermKind, msg, verbatim
from bot.conversation.prompts import Choice, Option, Prompt
from bot.domain.rights import ChooseLanguage
from bot.domain.signup import JoinStaff, SignupDesk


@dataclass(frozen=True, slots=True)
class Draft:
    """Which invitation this is about."""

    token: str = field(repr=False)
    """Its hash, in hex: the token itself is not kept."""


step = StepsOf(Draft)


WORTHLESS = msg("This invitation has been used, or is too old. Please ask for a new one.")


class StaffJoin(Dialogue[Draft]):
    """Links get forwarded, so the invitation names whom it is for, and asks."""

    name = "signup.staff"

    def __init__(self, desk: SignupDesk) -> None:
        self._desk = desk

    def _languages(self, draft: Draft) -> Prompt[str]:
        return Choice(
            msg("Hello. This is {school}, with your invitation. Which language would you like?"),
            {
                code: (Option(msg("{language}", language=Term(TermKind.LANGUAGE, code))), code)
                for code in self._desk.languages
            },
        )

    @step(_languages)
    def language(self, draft: Draft, language: str) -> Goto[Literal["agree"]] | Done:
        if self._desk.invited(draft.token) is None:
            return Done(WORTHLESS, ChooseLanguage(language))
        return self.goto("agree", draft, ChooseLanguage(language))

    def _whom(self, draft: Draft) -> Prompt[bool]:
        invited = self._desk.invited(draft.token)
        name = verbatim(invited[0]) if invited else msg("somebody else")
        return Choice(
            msg("This invitation is for one person.\nName: {name}\nIs that you?", name=name),
            {
                "yes": (Option(msg("Yes, that is me")), True),
                "no": (Option(msg("No, somebody else")), False),
            },
            side_by_side=True,
        )

    @step(_whom)
    def agree(self, draft: Draft, yes: bool) -> Done:
        if self._desk.invited(draft.token) is None:
            return Done(WORTHLESS)
        if yes:
            return Done(None, JoinStaff(draft.token))
        return Done(
            msg(
                "Thank you for telling us. The invitation stays as it is. You can close this chat."
            )
        )
