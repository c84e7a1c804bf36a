"""Staff write to many: what it is about, the words in each language, to whom, and a last look."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, assert_never

from typing_extensions import override

from bot.conversation.consents import SWITCHES
from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Goto, StepsOf, known
from bot.conversation.messages import Term, TermKind, msg, msgs
from bot.conversation.prompts import (
    Choice,
    MaySkip,
    Number,
    Option,
    Prompt,
    Review,
    Several,
    Words,
    Year,
)
from bot.domain.broadcasts.audience import INVITABLE, Audience, Contact
from bot.domain.broadcasts.desk import ALONE_UP_TO, BroadcastDesk
from bot.domain.broadcasts.reach import Reach
from bot.domain.consent import Purpose
from bot.domain.people import Role
from journeys.broadcasts.facts import OWNER, SECOND, Planned
from journeys.broadcasts.lifecycle import ToMany
from journeys.broadcasts.words import CONTACTS, ROLES, by_language, left_out, sentence

PURPOSES = (Purpose.NEWS, Purpose.EVENTS, Purpose.VOLUNTEERING, Purpose.JOBS)
"""What can be written about to many; surveys and stories have journeys of their own."""
MOST_OF_TITLE, MOST_OF_TEXT = 80, 1200
EARLIEST_YEAR = 1950
EVERYBODY = Audience()
NOBODY_ELSE = msg(
    "To write to more than 50 people, a second member of staff must agree, and there is nobody yet."
    " Please invite a second coordinator, or choose fewer people."
)
Line = Literal["roles", "programmes", "years", "reads", "contact"]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is written so far."""

    languages: tuple[str, ...] = ()
    """The school's, that of whoever writes first."""
    purpose: Purpose | None = None
    titles: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    texts: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    instead: tuple[str, ...] = ()
    """Languages whose readers get it in the first one."""
    audience: Audience = EVERYBODY

    @property
    def mine(self) -> str:
        """The language it is written in first."""
        return self.languages[0]

    @property
    def now_in(self) -> str:
        """The language whose words are asked for."""
        missing = [one for one in self.languages if one not in self.texts]
        return next((one for one in missing if one not in self.instead), self.mine)

    @property
    def is_worded(self) -> bool:
        """Whether there is something for the readers of every language."""
        return set(self.languages) <= {*self.texts, *self.instead}


step = StepsOf(Draft)


def _called(language: str) -> Term:
    return Term(TermKind.LANGUAGE, language)


class Compose(Dialogue[Draft]):
    """A letter to many is written, its people are chosen, and it is looked at once more."""

    name = "broadcasts.compose"
    patience = AT_EASE
    left_word = msg("All right, nothing is sent. To begin again: /broadcast")

    def __init__(self, desk: BroadcastDesk) -> None:
        self._desk = desk

    @override
    def opens_with(self, opening: Mapping[str, str]) -> Draft:
        return Draft(self._desk.languages)

    @step(
        Choice(
            msg(
                "What would you like to write about? It goes only to people who have agreed to such messages."
            ),
            {one.value: (SWITCHES[one], one) for one in PURPOSES},
        )
    )
    def purpose(self, draft: Draft, purpose: Purpose) -> Goto[Literal["title"]]:
        return self.goto("title", replace(draft, purpose=purpose))

    def _title(self, draft: Draft) -> Prompt[str]:
        question = msg("The title, in this language: {language}", language=_called(draft.now_in))
        return Words(question, MOST_OF_TITLE)

    @step(_title)
    def title(self, draft: Draft, title: str) -> Goto[Literal["text"]]:
        return self.goto("text", replace(draft, titles={**draft.titles, draft.now_in: title}))

    def _text(self, draft: Draft) -> Prompt[str]:
        question = msg("The text, in this language: {language}", language=_called(draft.now_in))
        return Words(question, MOST_OF_TEXT)

    @step(_text)
    def text(self, draft: Draft, text: str) -> Goto[Literal["instead", "roles"]]:
        return self._on(replace(draft, texts={**draft.texts, draft.now_in: text}))

    def _instead(self, draft: Draft) -> Prompt[bool]:
        return Choice(
            msg(
                "Some people read another language: {language}. What do they get?",
                language=_called(draft.now_in),
            ),
            {
                "write": (Option(msg("I write it in their language")), False),
                "instead": (
                    Option(
                        msg("The same as I have written: {language}", language=_called(draft.mine))
                    ),
                    True,
                ),
            },
        )

    @step(_instead)
    def instead(
        self, draft: Draft, is_instead: bool
    ) -> Goto[Literal["title", "instead", "roles"]]:
        if not is_instead:
            return self.goto("title", draft)
        return self._on(replace(draft, instead=(*draft.instead, draft.now_in)))

    def _on(self, draft: Draft) -> Goto[Literal["instead", "roles"]]:
        return self.goto("roles" if draft.is_worded else "instead", draft)

    def _roles(self, draft: Draft) -> Prompt[tuple[Role, ...]]:
        rows = {one.value: (Option(ROLES[one]), one) for one in INVITABLE}
        on = (
            tuple(one.value for one in draft.audience.roles) if draft.audience != EVERYBODY else ()
        )
        return Several(
            msg("Who is it for? Choose some, or none for everybody."), rows, msg("Done"), on
        )

    @step(_roles)
    def roles(self, draft: Draft, roles: tuple[Role, ...]) -> Goto[Literal["check"]]:
        return self._narrowed(draft, replace(draft.audience, roles=roles or INVITABLE))

    def _programmes(self, draft: Draft) -> Prompt[tuple[str, ...]]:
        rows = {
            one: (Option(msg("{programme}", programme=Term(TermKind.PROGRAMME, one))), one)
            for one in self._desk.programmes
        }
        question = msg("Of which programmes? Choose some, or none for all.")
        return Several(question, rows, msg("Done"), draft.audience.programmes)

    @step(_programmes)
    def programmes(self, draft: Draft, programmes: tuple[str, ...]) -> Goto[Literal["check"]]:
        return self._narrowed(draft, replace(draft.audience, programmes=programmes))

    def _left_from(self, draft: Draft) -> Prompt[int | None]:
        asked = Year(msg("From which year of leaving on?"), EARLIEST_YEAR, self._desk.year)
        return MaySkip.over(asked, msg("From any year"))

    @step(_left_from)
    def left_from(self, draft: Draft, year: int | None) -> Goto[Literal["left_until"]]:
        return self.goto(
            "left_until", replace(draft, audience=replace(draft.audience, left_from=year))
        )

    def _left_until(self, draft: Draft) -> Prompt[int | None]:
        first = draft.audience.left_from or EARLIEST_YEAR
        asked = Year(msg("Up to which year of leaving?"), first, self._desk.year)
        return MaySkip.over(asked, msg("Up to now"))

    @step(_left_until)
    def left_until(self, draft: Draft, year: int | None) -> Goto[Literal["check"]]:
        return self._narrowed(draft, replace(draft.audience, left_until=year))

    def _reads(self, draft: Draft) -> Prompt[tuple[str, ...]]:
        rows = {
            one: (Option(msg("{language}", language=_called(one))), one) for one in draft.languages
        }
        question = msg("Readers of which languages? Choose some, or none for all.")
        return Several(question, rows, msg("Done"), draft.audience.languages)

    @step(_reads)
    def reads(self, draft: Draft, languages: tuple[str, ...]) -> Goto[Literal["check"]]:
        return self._narrowed(draft, replace(draft.audience, languages=languages))

    @step(
        MaySkip.over(
            Choice(
                msg("How long ago have they been heard from?"),
                {one.value: (Option(CONTACTS[one]), one) for one in Contact},
            ),
            msg("It does not matter"),
        )
    )
    def contact(self, draft: Draft, contact: Contact | None) -> Goto[Literal["check"]]:
        return self._narrowed(draft, replace(draft.audience, contact=contact))

    def _narrowed(self, draft: Draft, audience: Audience) -> Goto[Literal["check"]]:
        return self.goto("check", replace(draft, audience=audience))

    def _reach(self, draft: Draft) -> Reach:
        return self._desk.reach(draft.audience, known(draft.purpose))

    def _check(self, draft: Draft) -> Prompt[Line | Literal["/done"]]:
        reach, audience = self._reach(draft), draft.audience
        question = msg(
            "{title}\n\n{text}\n\nTo: {whom}\nPeople: {n}\nLanguages: {languages}\nNot written to: {left_out}",
            title=draft.titles[draft.mine],
            text=draft.texts[draft.mine],
            whom=sentence(audience),
            n=reach.people,
            languages=by_language(reach),
            left_out=left_out(reach),
        )
        lines: dict[Line, Option] = {
            "roles": Option(msg("Who")),
            "programmes": Option(msg("Programmes")),
            "years": Option(msg("Years of leaving")),
            "reads": Option(msg("Languages of the readers")),
            "contact": Option(msg("In touch or silent")),
        }
        return Review(question, lines, msg("Go on"))

    @step(_check)
    def check(
        self, draft: Draft, line: Line | Literal["/done"]
    ) -> Goto[Literal["roles", "programmes", "left_from", "reads", "contact", "check", "confirm"]]:
        match line:
            case "roles":
                return self.goto("roles", draft)
            case "programmes":
                return self.goto("programmes", draft)
            case "years":
                return self.goto("left_from", draft)
            case "reads":
                return self.goto("reads", draft)
            case "contact":
                return self.goto("contact", draft)
            case "/done":
                return self._last_look(draft)
            case _:
                assert_never(line)

    def _last_look(self, draft: Draft) -> Goto[Literal["check", "confirm"]]:
        reach = self._reach(draft)
        if not reach.people:
            nobody = msg("Nobody is left to write to. Please choose more people.")
            return self.goto("check", draft, first=nobody)
        if reach.people > ALONE_UP_TO and self._desk.second() is None:
            return self.goto("check", draft, first=NOBODY_ELSE)
        return self.goto("confirm", draft)

    def _confirm(self, draft: Draft) -> Prompt[int]:
        n = self._reach(draft).people
        question = msgs(
            "This goes to {n} person. To send it, please write the number.",
            "This goes to {n} people. To send it, please write the number.",
            n,
        )
        return Number(question, 0, 10_000_000)

    @step(_confirm)
    def confirm(self, draft: Draft, number: int) -> Goto[Literal["check", "confirm"]] | Done:
        people = self._reach(draft).people
        if not self._desk.may_broadcast:
            return Done(msg("You can no longer write to many."))
        if number != people:
            return self.goto("confirm", draft, first=msg("That is another number."))
        if people > ALONE_UP_TO and self._desk.second() is None:
            return self.goto("check", draft, first=NOBODY_ELSE)
        planned = Planned(
            known(draft.purpose), draft.audience, draft.titles, draft.texts, draft.mine, people
        )
        second = self._desk.second() if people > ALONE_UP_TO else None
        seats = {SECOND: second} if second else {}
        return Done(None, ToMany.open(planned, seats, mine=OWNER))
