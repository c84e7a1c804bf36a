"""Staff plan an event: what it is, when, where, for how many, its words in each language, and who is invited."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, assert_never

from typing_extensions import override

from bot.conversation.audiences import by_language, left_out, sentence
from bot.conversation.dialogue import AT_EASE, Done, Goto, Revisit, StepsOf, known
from bot.conversation.effects import OpenCase
from bot.conversation.messages import Message, Place, msg, msgs, with_picture
from bot.conversation.moment import Moment
from bot.conversation.prompts import Choice, MaySkip, Option, Prompt, Review
from bot.conversation.to_many.draft import Written
from bot.conversation.to_many.last_look import LastLook
from bot.conversation.typed import Number, Shown, Words
from bot.domain.broadcasts.reach import Reach
from bot.domain.consent import Purpose
from bot.domain.events.desk import EventDesk
from bot.domain.events.occasion import Occasion
from bot.domain.events.places import lacks_link
from bot.domain.people import PersonId
from journeys.events.changing import AHEAD, MOST_OF_A_PLACE, MOST_PLACES, NO_LINK, SOONEST
from journeys.events.facts import OWNER, SECOND, Plan
from journeys.events.hosting import INVITATION, Occasions
from journeys.events.occasion_facts import span

LONGEST = 72
"""Hours that an event lasts at most."""
MOST_BROUGHT = 9


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
Line = Literal["whom", "words", "show", "when", "place", "places", "companions", "picture", "test"]


@dataclass(frozen=True, slots=True)
class Draft(Written):
    """What is planned so far."""

    starts_at: datetime | None = None
    hours: int = 0
    place: str = field(default="", repr=False)
    places: int | None = None
    companions: int = 0
    picture: int | None = None
    """Its number."""

    @property
    def occasion(self) -> Occasion:
        """The event, as far as guests are concerned."""
        starts_at = known(self.starts_at)
        ends_at = starts_at + timedelta(hours=self.hours)
        return Occasion(
            self.titles, self.mine, starts_at, ends_at, self.place, self.places, self.companions
        )


step = StepsOf(Draft)


class PlanEvent(LastLook[Draft]):
    """An event is described, its guests are chosen, and it is looked at once more."""

    name = "events.plan"
    opens_at = "kind"
    patience = AT_EASE
    left_word = msg("All right, nobody is invited. To begin again: /calendar")

    def __init__(self, desk: EventDesk) -> None:
        super().__init__(desk)
        self._events = desk

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
    def kind(self, draft: Draft, kind: Kind | None) -> Goto[Literal["when"]] | Done:
        if kind is None:
            return Done(msg("All right. To see your events at any time: /calendar"))
        # To help is another thing to have agreed to than to be invited.
        purpose = Purpose.VOLUNTEERING if kind is Kind.VOLUNTEERS else Purpose.EVENTS
        return self.goto("when", replace(draft, purpose=purpose))

    def _when(self, draft: Draft) -> Prompt[datetime]:
        now = self._desk.now
        return Moment(
            msg("When does it begin?"),
            now=now,
            earliest=now + SOONEST,
            latest=now + AHEAD,
            zone=self._events.zone,
        )

    @step(_when)
    def when(self, draft: Draft, at: datetime) -> Goto[Literal["hours"]]:
        return self.goto("hours", replace(draft, starts_at=at))

    @step(Number(msg("How many hours does it last?"), 1, LONGEST))
    def hours(self, draft: Draft, hours: int) -> Goto[Literal["place", "check"]]:
        draft = replace(draft, hours=hours)
        return self.goto("check" if draft.is_chosen else "place", draft)

    @step(
        Words(
            msg(
                "Where is it? With a street and a town, people get a map. For a call, write its link."
            ),
            MOST_OF_A_PLACE,
        )
    )
    def place(self, draft: Draft, place: str) -> Goto[Literal["place", "places"]]:
        if lacks_link(place):
            return self.goto("place", draft, first=NO_LINK)
        return self.goto("places", replace(draft, place=place))

    @step(
        MaySkip.over(
            Number(msg("For how many people is there room?"), 1, MOST_PLACES), msg("Any number")
        )
    )
    def places(self, draft: Draft, places: int | None) -> Goto[Literal["companions"]]:
        return self.goto("companions", replace(draft, places=places))

    @step(Number(msg("How many people may somebody bring? If nobody, write 0."), 0, MOST_BROUGHT))
    def companions(self, draft: Draft, companions: int) -> Goto[Literal["picture"]]:
        return self.goto("picture", replace(draft, companions=companions))

    @step(
        MaySkip.over(
            Shown(
                msg(
                    "Would you like a picture in the invitation? If so, please send it here: JPEG or PNG, at"
                    " most 5 MB. Where and when it was taken is deleted from the file."
                )
            ),
            msg("No picture"),
        )
    )
    def picture(self, draft: Draft, picture: int | None) -> Goto[Literal["title"]]:
        return self.goto("title", replace(draft, picture=picture))

    def _check(self, draft: Draft) -> Prompt[Line | Literal["/done"]]:
        one, reach = draft.occasion, self.reach(draft)
        question = msg(
            "{title}\n\n{text}\n\nWhen: {when}\nWhere: {place}\nRoom for: {room}\n"
            "Each may bring: {companions}\n\nTo: {whom}\nPeople: {n}\nLanguages: {languages}\n"
            "Not written to: {left_out}",
            title=draft.titles[draft.mine],
            text=draft.texts[draft.mine],
            when=span(one),
            place=Place(one.place),
            room=msg("any number") if one.places is None else msg("{n}", n=one.places),
            companions=one.companions,
            whom=sentence(draft.audience, draft.earlier),
            n=reach.people,
            languages=by_language(reach.by_language, draft.texts, draft.instead, draft.mine),
            left_out=left_out(reach),
        )
        lines: dict[Line, Option] = {
            "whom": Option(msg("Whom it is for")),
            "words": Option(msg("The words")),
            "show": Option(msg("Show it as it is read")),
            "test": Option(msg("Send a test to me")),
            "when": Option(msg("When")),
            "place": Option(msg("Where")),
            "places": Option(msg("How many places")),
            "companions": Option(msg("How many may be brought")),
            "picture": Option(msg("The picture")),
        }
        return Review(with_picture(question, draft.picture), lines, msg("Go on"))

    @step(_check)
    def check(
        self, draft: Draft, line: Line | Literal["/done"]
    ) -> (
        Goto[Literal["whom", "words", "show", "when", "check", "instead", "confirm"]]
        | Revisit[Literal["place", "places", "companions", "picture"]]
    ):
        match line:
            case "whom" | "words" | "when":
                return self.goto(line, draft)
            case "show":
                return self.goto("show", replace(draft, now_in=self.read_in(draft)[0]))
            case "test":
                return self.goto("check", draft, self.preview(draft))
            case "place" | "places" | "companions" | "picture":
                return self.revisit(line, draft)
            case "/done":
                return self._last_look(draft)
            case _:
                assert_never(line)

    @override
    def body(self, draft: Draft) -> Message:
        one = draft.occasion
        return INVITATION.filled(
            {
                "text": with_picture(super().body(draft), draft.picture),
                "when": span(one),
                "place": Place(one.place),
            }
        )

    def _last_look(self, draft: Draft) -> Goto[Literal["when", "check", "instead", "confirm"]]:
        if known(draft.starts_at) < self._desk.now + SOONEST:
            past = msg("That time is past, or too soon. Please choose another.")
            return self.goto("when", draft, first=past)
        return self.held_up(draft) or self.goto("confirm", draft)

    @override
    def question_of_number(self, draft: Draft, people: int) -> Message:
        question = msgs(
            "This invites {n} person. To send it, please write the number.",
            "This invites {n} people. To send it, please write the number.",
            people,
        )
        if any(self._is_same(draft, one) for one in self._events.planned()):
            twice = msg("There is an event of that title at that time already.")
            question = msg("{twice}\n{question}", twice=twice, question=question)
        return question

    def _is_same(self, draft: Draft, one: Occasion) -> bool:
        return one.starts_at == draft.starts_at and bool(
            set(one.titles.values()) & set(draft.titles.values())
        )

    @override
    def opened(self, draft: Draft, reach: Reach, second: PersonId | None) -> OpenCase:
        plan = Plan(
            draft.occasion,
            draft.texts,
            draft.audience,
            known(draft.purpose),
            reach.people,
            readers=reach.by_language,
            earlier=draft.earlier,
            picture=draft.picture,
        )
        return Occasions.open(plan, {SECOND: second} if second else {}, mine=OWNER)
