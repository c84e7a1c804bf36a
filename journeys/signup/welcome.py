"""The first words: language, the notice, who somebody is, and how old."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from bot.conversation.dialogue import Dialogue, Done, Goto, StepsOf, known
from bot.conversation.effects import Start
from bot.conversation.messages import Term, TermKind, msg, msgs
from bot.conversation.prompts import Choice, Option, Prompt
from bot.conversation.typed import Words
from bot.domain.rights import ChooseLanguage, Erase
from bot.domain.signup import SignupDesk
from journeys.signup.ages import (
    ask_a_guardian,
    go_to_the_page,
    guardian_decides,
    not_on_this_network,
    year_of_birth,
)
from journeys.signup.leaving import LEFT, NOTHING_KEPT, unfinished

MOST_TRIES = 3
"""So often a class code may be wrong before a person helps (domain 3.1)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the newcomer has told us so far."""

    code: str = ""
    """What came with the link; empty for none."""
    class_key: str | None = None
    tries: int = 0


step = StepsOf(Draft)

LANGUAGE_CHOSEN = msg("English it is. You can change the language at any time: /language")


class Welcome(Dialogue[Draft]):
    """Somebody comes in for the first time."""

    name = "signup.welcome"
    patience = unfinished(timedelta(days=1))
    left, left_word = LEFT, NOTHING_KEPT

    def __init__(self, desk: SignupDesk) -> None:
        self._desk = desk

    def _languages(self, draft: Draft) -> Prompt[str]:
        hello = msg(
            "Hello. This is {school}.\n"
            "This chat helps people who studied here, and people who study here now, to stay in touch."
            " The answers are automatic; when a person is needed, somebody at the school takes over.\n"
            "Which language would you like?"
        )
        if draft.code and self._desk.class_of(draft.code) is None:
            hello = msg(
                "Hello. This is {school}.\n"
                "The code in your link is not known, or no longer valid. You can go on without it,"
                " or ask your teacher for a new one.\n"
                "This chat helps people who studied here, and people who study here now, to stay in touch."
                " The answers are automatic; when a person is needed, somebody at the school takes over.\n"
                "Which language would you like?"
            )
        return Choice(
            hello,
            {
                code: (Option(msg("{language}", language=Term(TermKind.LANGUAGE, code))), code)
                for code in self._desk.languages
            },
        )

    @step(_languages)
    def language(self, draft: Draft, language: str) -> Goto[Literal["notice"]]:
        found = replace(draft, code="", class_key=self._desk.class_of(draft.code))
        return self.goto("notice", found, ChooseLanguage(language), first=LANGUAGE_CHOSEN)

    def _notice(self, draft: Draft) -> Prompt[bool]:
        agree = {"go": (Option(msg("Continue")), True), "stop": (Option(msg("Stop here")), False)}
        five_lines = msgs(
            "Before you begin, five lines about your data.\n"
            "1. Who: {school} is responsible. Contact: {privacy_contact}\n"
            "2. What for: to stay in touch with you, and only for what you choose.\n"
            "3. Who sees it: the staff who run this service. Nobody else unless you agree.\n"
            "4. How long: until you delete it; after {n} year without news from you it is deleted.\n"
            "5. Your rights: see, correct, delete or take away your data at any time: /privacy /mydata /delete\n"
            "Full text: {privacy_url}",
            "Before you begin, five lines about your data.\n"
            "1. Who: {school} is responsible. Contact: {privacy_contact}\n"
            "2. What for: to stay in touch with you, and only for what you choose.\n"
            "3. Who sees it: the staff who run this service. Nobody else unless you agree.\n"
            "4. How long: until you delete it; after {n} years without news from you it is deleted.\n"
            "5. Your rights: see, correct, delete or take away your data at any time: /privacy /mydata /delete\n"
            "Full text: {privacy_url}",
            self._desk.retention_years,
        )
        if self._desk.platform_age is None:
            return Choice(five_lines, agree, side_by_side=True)
        return Choice(
            msg(
                "{notice}\n\nTelegram carries these messages and has rules of its own."
                " Please do not send health data, marks or identity documents here.",
                notice=five_lines,
            ),
            agree,
            side_by_side=True,
        )

    @step(_notice)
    def notice(self, draft: Draft, goes_on: bool) -> Goto[Literal["role", "born"]] | Done:
        if not goes_on:
            return Done(NOTHING_KEPT, Erase())
        return self.goto("born" if draft.class_key else "role", draft)

    @step(
        Choice(
            msg("What is your link with the school?"),
            {
                "alumni": (Option(msg("I studied here")), "alumni"),
                "student": (Option(msg("I study here now")), "student"),
                "firm": (Option(msg("I come from a firm")), "firm"),
                "staff": (Option(msg("I work at the school")), "staff"),
            },
        )
    )
    def role(self, draft: Draft, role: str) -> Goto[Literal["code", "born"]] | Done:
        match role:
            case "student":
                return self.goto("code", replace(draft, class_key=None))
            case "firm":
                return Done(
                    msg(
                        "Thank you. Firms talk to the school in person for now. Contact: {contact}."
                        " Nothing you wrote has been kept."
                    ),
                    Erase(),
                )
            case "staff":
                return Done(
                    msg(
                        "Staff come in by a personal invitation. Please ask whoever runs this chat at the school"
                        " for your link. Nothing you wrote has been kept."
                    ),
                    Erase(),
                )
            case _:
                return self.goto("born", replace(draft, class_key=None))

    @step(Words(msg("Which code did your class get? Your teacher has it."), max_chars=40))
    def code(self, draft: Draft, code: str) -> Goto[Literal["code", "born"]] | Done:
        if class_key := self._desk.class_of(code):
            return self.goto("born", replace(draft, class_key=class_key))
        tries = draft.tries + 1
        if tries == MOST_TRIES:
            return Done(
                msg(
                    "That code is not known either. Somebody at the school can help. Contact: {contact}."
                    " Nothing you wrote has been kept. To begin again: /start"
                ),
                Erase(),
            )
        return self.goto(
            "code",
            replace(draft, tries=tries),
            first=msg("That code is not known, or no longer valid."),
        )

    def _born(self, draft: Draft) -> Prompt[int]:
        return year_of_birth(self._desk.year)

    @step(_born)
    def born(self, draft: Draft, born: int) -> Done:
        if not_on_this_network(self._desk, born):
            return Done(go_to_the_page(self._desk), Erase())
        if draft.class_key:
            opening = {"born": str(born), "class_key": known(draft.class_key)}
            return Done(None, Start("signup.student", opening))
        if guardian_decides(self._desk, born):
            return Done(ask_a_guardian(self._desk), Erase())
        return Done(None, Start("signup.alumni", {"born": str(born)}))
