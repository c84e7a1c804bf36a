"""Staff plan an event: what, in each language, when, where, for how many, and who is invited."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, assert_never

from typing_extensions import override

from bot.conversation.audiences import ROLES
from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Goto, Revisit, StepsOf, known
from bot.conversation.messages import Message, Term, TermKind, msg, msgs
from bot.conversation.moment import Moment
from bot.conversation.prompts import (
    Choice,
    MaySkip,
    Number,
    Option,
    Prompt,
    Review,
    Several,
    Words,
)
from bot.domain.broadcasts.audience import INVITABLE, Audience
from bot.domain.broadcasts.desk import ALONE_UP_TO
from bot.domain.consent import Purpose
from bot.domain.events.desk import EventDesk
from bot.domain.events.occasion import Occasion
from bot.domain.people import Role
from journeys.events.changing import AHEAD, MOST_OF_A_PLACE, MOST_PLACES, SOONEST
from journeys.events.facts import OWNER, SECOND, Plan
from journeys.events.hosting import Occasions

MOST_OF_TITLE, MOST_OF_TEXT = 80, 1200
LONGEST = 72
"""Hours that an event lasts at most."""
MOST_BROUGHT = 9
NOBODY_ELSE = msg(
    "To invite more than 50 people, a second member of staff must agree, and there is nobody yet."
    " Please invite a second coordinator, or choose fewer people."
)


class Kind(StrEnum):
    """What kind of event it is."""

    REUNION = "reunion"
    OPEN_DAY = "open_day"
    CEREMONY = "ceremony"
    CAREER_FAIR = "career_fair"
    NETWORK_EVENING = "network_evening"
    VOLUNTEERS = "volunteers"


KINDS: Mapping[Kind, Message] = {
    Kind.REUNION: msg("A reunion"),
    Kind.OPEN_DAY: msg("An open day"),
    Kind.CEREMONY: msg("A ceremony"),
    Kind.CAREER_FAIR: msg("A career fair"),
    Kind.NETWORK_EVENING: msg("An evening to meet each other"),
    Kind.VOLUNTEERS: msg("Helpers are needed"),
}
NOTHING = "nothing"
Line = Literal["words", "when", "place", "places", "companions", "roles", "programmes"]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is planned so far."""

    languages: tuple[str, ...] = ()
    """The school's, that of whoever writes first."""
    kind: Kind | None = None
    titles: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    texts: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    instead: tuple[str, ...] = ()
    """Languages whose readers get it in the first one."""
    starts_at: datetime | None = None
    hours: int = 0
    place: str = field(default="", repr=False)
    places: int | None = None
    companions: int = 0
    audience: Audience | None = None

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

    @property
    def purpose(self) -> Purpose:
        """What people have agreed to who are invited."""
        return Purpose.VOLUNTEERING if self.kind is Kind.VOLUNTEERS else Purpose.EVENTS

    @property
    def occasion(self) -> Occasion:
        """The event, as far as guests are concerned."""
        starts_at = known(self.starts_at)
        ends_at = starts_at + timedelta(hours=self.hours)
        return Occasion(
            self.titles, self.mine, starts_at, ends_at, self.place, self.places, self.companions
        )


step = StepsOf(Draft)


def _called(language: str) -> Term:
    return Term(TermKind.LANGUAGE, language)


class PlanEvent(Dialogue[Draft]):
    """An event is described, its guests are chosen, and it is looked at once more."""

    name = "events.plan"
    patience = AT_EASE
    left_word = msg("All right, nobody is invited. To begin again: /calendar")

    def __init__(self, desk: EventDesk) -> None:
        self._desk = desk

    @override
    def opens_with(self, opening: Mapping[str, str]) -> Draft:
        return Draft(self._desk.languages)

    @step(
        Choice(
            msg("Would you like to invite people to an event? What kind of event is it?"),
            {
                **{one.value: (Option(KINDS[one]), one) for one in Kind},
                NOTHING: (Option(msg("Not now")), None),
            },
        )
    )
    def kind(self, draft: Draft, kind: Kind | None) -> Goto[Literal["title"]] | Done:
        if kind is None:
            return Done(msg("All right. To see your events at any time: /calendar"))
        return self.goto("title", replace(draft, kind=kind))

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
    def text(self, draft: Draft, text: str) -> Goto[Literal["instead", "when", "check"]]:
        return self._worded(replace(draft, texts={**draft.texts, draft.now_in: text}))

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
    ) -> Goto[Literal["title", "instead", "when", "check"]]:
        if not is_instead:
            return self.goto("title", draft)
        return self._worded(replace(draft, instead=(*draft.instead, draft.now_in)))

    def _worded(self, draft: Draft) -> Goto[Literal["instead", "when", "check"]]:
        if not draft.is_worded:
            return self.goto("instead", draft)
        return self.goto("check" if draft.audience else "when", draft)

    def _when(self, draft: Draft) -> Prompt[datetime]:
        now = self._desk.now
        return Moment(
            msg("When does it begin?"),
            now=now,
            earliest=now + SOONEST,
            latest=now + AHEAD,
            zone=self._desk.zone,
        )

    @step(_when)
    def when(self, draft: Draft, at: datetime) -> Goto[Literal["hours"]]:
        return self.goto("hours", replace(draft, starts_at=at))

    @step(Number(msg("How many hours does it last?"), 1, LONGEST))
    def hours(self, draft: Draft, hours: int) -> Goto[Literal["place", "check"]]:
        draft = replace(draft, hours=hours)
        return self.goto("check" if draft.audience else "place", draft)

    @step(Words(msg("Where is it? A place, or the link of a call."), MOST_OF_A_PLACE))
    def place(self, draft: Draft, place: str) -> Goto[Literal["places"]]:
        return self.goto("places", replace(draft, place=place))

    @step(
        MaySkip.over(
            Number(msg("For how many people is there room?"), 1, MOST_PLACES), msg("Any number")
        )
    )
    def places(self, draft: Draft, places: int | None) -> Goto[Literal["companions"]]:
        return self.goto("companions", replace(draft, places=places))

    @step(Number(msg("How many people may somebody bring? If nobody, write 0."), 0, MOST_BROUGHT))
    def companions(self, draft: Draft, companions: int) -> Goto[Literal["roles"]]:
        return self.goto("roles", replace(draft, companions=companions))

    def _roles(self, draft: Draft) -> Prompt[tuple[Role, ...]]:
        rows = {one.value: (Option(ROLES[one]), one) for one in INVITABLE}
        on = tuple(one.value for one in draft.audience.roles) if draft.audience else ()
        return Several(
            msg("Who is invited? Choose some, or none for everybody."), rows, msg("Done"), on
        )

    @step(_roles)
    def roles(self, draft: Draft, roles: tuple[Role, ...]) -> Goto[Literal["check"]]:
        audience = replace(draft.audience or Audience(), roles=roles or INVITABLE)
        return self.goto("check", replace(draft, audience=audience))

    def _programmes(self, draft: Draft) -> Prompt[tuple[str, ...]]:
        rows = {
            one: (Option(msg("{programme}", programme=Term(TermKind.PROGRAMME, one))), one)
            for one in self._desk.programmes
        }
        question = msg("Of which programmes? Choose some, or none for all.")
        return Several(question, rows, msg("Done"), known(draft.audience).programmes)

    @step(_programmes)
    def programmes(self, draft: Draft, programmes: tuple[str, ...]) -> Goto[Literal["check"]]:
        audience = replace(known(draft.audience), programmes=programmes)
        return self.goto("check", replace(draft, audience=audience))

    def _people(self, draft: Draft) -> int:
        return self._desk.reach(known(draft.audience), draft.purpose).people

    def _check(self, draft: Draft) -> Prompt[Line | Literal["/done"]]:
        one, audience = draft.occasion, known(draft.audience)
        learned = tuple(Term(TermKind.PROGRAMME, code) for code in audience.programmes)
        question = msg(
            "{title}\n\n{text}\n\nWhen: {at:date}, {at:time} to {ends:time}\nWhere: {place}\nRoom for: {room}\n"
            "Each may bring: {companions}\nInvited: {roles}\nProgrammes: {programmes}\n"
            "People who have agreed to that: {n}",
            title=draft.titles[draft.mine],
            text=draft.texts[draft.mine],
            at=one.starts_at,
            ends=one.ends_at,
            place=one.place,
            room=msg("any number") if one.places is None else msg("{n}", n=one.places),
            companions=one.companions,
            roles=tuple(ROLES[role] for role in audience.roles),
            programmes=learned or msg("all"),
            n=self._people(draft),
        )
        lines: dict[Line, Option] = {
            "words": Option(msg("Title and text")),
            "when": Option(msg("When")),
            "place": Option(msg("Where")),
            "places": Option(msg("How many places")),
            "companions": Option(msg("How many may be brought")),
            "roles": Option(msg("Who is invited")),
            "programmes": Option(msg("Programmes")),
        }
        return Review(question, lines, msg("Go on"))

    @step(_check)
    def check(
        self, draft: Draft, line: Line | Literal["/done"]
    ) -> (
        Goto[Literal["title", "when", "roles", "programmes", "check", "confirm"]]
        | Revisit[Literal["place", "places", "companions"]]
    ):
        match line:
            case "words":
                return self.goto("title", replace(draft, titles={}, texts={}, instead=()))
            case "when":
                return self.goto("when", draft)
            case "roles":
                return self.goto("roles", draft)
            case "programmes":
                return self.goto("programmes", draft)
            case "place":
                return self.revisit("place", draft)
            case "places":
                return self.revisit("places", draft)
            case "companions":
                return self.revisit("companions", draft)
            case "/done":
                return self._last_look(draft)
            case _:
                assert_never(line)

    def _last_look(self, draft: Draft) -> Goto[Literal["when", "check", "confirm"]]:
        people = self._people(draft)
        if known(draft.starts_at) < self._desk.now + SOONEST:
            past = msg("That time is past, or too soon. Please choose another.")
            return self.goto("when", draft, first=past)
        if not people:
            nobody = msg("Nobody is left to invite. Please choose more people.")
            return self.goto("check", draft, first=nobody)
        if people > ALONE_UP_TO and self._desk.second() is None:
            return self.goto("check", draft, first=NOBODY_ELSE)
        return self.goto("confirm", draft)

    def _confirm(self, draft: Draft) -> Prompt[int]:
        n = self._people(draft)
        question = msgs(
            "This invites {n} person. To send it, please write the number.",
            "This invites {n} people. To send it, please write the number.",
            n,
        )
        if any(self._is_same(draft, one) for one in self._desk.planned()):
            twice = msg("People are invited already to an event of that title at that time.")
            question = msg("{twice}\n{question}", twice=twice, question=question)
        return Number(question, 0, 10_000_000)

    def _is_same(self, draft: Draft, one: Occasion) -> bool:
        return one.starts_at == draft.starts_at and bool(
            set(one.titles.values()) & set(draft.titles.values())
        )

    @step(_confirm)
    def confirm(self, draft: Draft, number: int) -> Goto[Literal["check", "confirm"]] | Done:
        people = self._people(draft)
        if not self._desk.may_broadcast:
            return Done(msg("You can no longer write to many."))
        if number != people:
            return self.goto("confirm", draft, first=msg("That is another number."))
        second = self._desk.second() if people > ALONE_UP_TO else None
        if people > ALONE_UP_TO and second is None:
            return self.goto("check", draft, first=NOBODY_ELSE)
        plan = Plan(draft.occasion, draft.texts, known(draft.audience), draft.purpose, people)
        seats = {SECOND: second} if second else {}
        return Done(None, Occasions.open(plan, seats, mine=OWNER))
