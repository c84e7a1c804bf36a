"""A letter to many: what it is about, how it leaves, and whether the same was sent before."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, assert_never

from typing_extensions import override

from bot.conversation.audiences import by_language, in_any, left_out, sentence
from bot.conversation.consents import SWITCHES
from bot.conversation.dialogue import AT_EASE, Goto, StepsOf, known
from bot.conversation.effects import OpenCase
from bot.conversation.messages import InLanguage, Message, msg
from bot.conversation.prompts import Choice, Option, Prompt, Review
from bot.conversation.to_many.last_look import LastLook
from bot.conversation.typed import Number
from bot.domain.broadcasts.audience import Audience
from bot.domain.broadcasts.reach import Reach
from bot.domain.consent import Purpose
from bot.domain.people import CaseId, PersonId
from journeys.broadcasts.draft import Draft, Kind
from journeys.broadcasts.facts import OWNER, SECOND, Planned
from journeys.broadcasts.lifecycle import ToMany
from journeys.broadcasts.repeated import same_before
from journeys.broadcasts.words import pace

PURPOSES = (Purpose.NEWS, Purpose.EVENTS, Purpose.VOLUNTEERING, Purpose.JOBS)
"""What can be written about to many; surveys and stories have journeys of their own."""
CAN_WAIT = (Purpose.NEWS, Purpose.JOBS)
"""What need not be read at once, unless whoever writes it says so."""
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
MOST_COMPARED = 50
"""Letters written before that are compared with a new one."""
MOST_HOURS = 24
"""So that it is over before it would be too late: at night and on weekends time stands still."""
Line = Literal["whom", "words", "show", "test", "when"]
When = Literal["summary", "at_once", "spread"]
Again = Literal["rest", "all", "change"]
Passed = Goto[Literal["check", "instead", "again", "confirm"]]

step = StepsOf(Draft)


class Compose(LastLook[Draft]):
    """A letter to many is written, its people are chosen, and it is looked at once more."""

    name = "broadcasts.compose"
    opens_at = "purpose"
    patience = AT_EASE
    left_word = msg("All right, nothing is sent. To begin again: /broadcast")

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
            earlier=first.facts.letter.titles,
        )

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
        can_wait = kind is Kind.NEW and purpose in CAN_WAIT
        return self.goto("title", replace(draft, purpose=purpose, kind=kind, can_wait=can_wait))

    @override
    def question_of_text(self, draft: Draft) -> Message:
        question = super().question_of_text(draft)
        if example := EXAMPLES.get(draft.kind):
            in_their_words = InLanguage(draft.language, example)
            question = msg(
                "{question}\n\nFor example: {example}", question=question, example=in_their_words
            )
        return question

    def _check(self, draft: Draft) -> Prompt[Line | Literal["/done"]]:
        reach = self.reach(draft)
        question = msg(
            "{title}\n\n{text}\n\nTo: {whom}\nPeople: {n}\nLanguages: {languages}\n"
            "Not written to: {left_out}\nLeaves: {pace}",
            title=draft.titles[draft.mine],
            text=draft.texts[draft.mine],
            whom=sentence(draft.audience, draft.earlier),
            n=reach.people,
            languages=by_language(reach.by_language, draft.texts, draft.instead, draft.mine),
            left_out=left_out(reach),
            pace=pace(draft.over_hours, can_wait=draft.can_wait),
        )
        lines: dict[Line, Option] = {
            "whom": Option(msg("Whom it is for")),
            "words": Option(msg("The words")),
            "show": Option(msg("Show it as it is read")),
            "test": Option(msg("Send a test to me")),
            "when": Option(msg("When it leaves")),
        }
        if draft.audience.got is not None:
            # Whoever got the first letter gets what corrects it, and nobody else.
            del lines["whom"]
        return Review(question, lines, msg("Go on"))

    @step(_check)
    def check(
        self, draft: Draft, line: Line | Literal["/done"]
    ) -> Goto[Literal["whom", "words", "show", "when", "check", "instead", "again", "confirm"]]:
        match line:
            case "whom" | "words" | "when":
                return self.goto(line, draft)
            case "show":
                return self.goto("show", replace(draft, now_in=self.read_in(draft)[0]))
            case "test":
                return self.goto("check", draft, self.preview(draft))
            case "/done":
                return self._last_look(draft)
            case _:
                assert_never(line)

    def _when(self, draft: Draft) -> Prompt[When]:
        rows: dict[When, Option] = {
            "summary": Option(msg("With each person’s summary"), msg("weekly, or as they chose")),
            "at_once": Option(msg("As fast as it can")),
            "spread": Option(msg("Evenly over some hours")),
        }
        if draft.kind is not Kind.NEW:
            del rows["summary"]  # what is wrong is put right at once
        return Choice(
            msg("When does it leave?"), {id_: (option, id_) for id_, option in rows.items()}
        )

    @step(_when)
    def when(self, draft: Draft, when: When) -> Goto[Literal["check", "pace"]]:
        draft = replace(draft, can_wait=when == "summary", over_hours=0)
        return self.goto("pace" if when == "spread" else "check", draft)

    @step(
        Number(
            msg(
                "Over how many hours is it to leave, evenly? At night and on weekends time stands still."
            ),
            1,
            MOST_HOURS,
        )
    )
    def pace(self, draft: Draft, hours: int) -> Goto[Literal["check"]]:
        return self.goto("check", replace(draft, over_hours=hours))

    def _last_look(self, draft: Draft) -> Passed:
        if first := self.held_up(draft):
            return first
        same = same_before(draft, self._desk.sent(MOST_COMPARED), self._desk.now)
        if same and not draft.is_meant:
            return self.goto("again", replace(draft, same=same))
        return self.goto("confirm", draft)

    def _again(self, draft: Draft) -> Prompt[Again]:
        same = known(draft.same)
        question = msg(
            "The same has been written before, on {day:date}: “{title}”. Is it meant once more?",
            day=same.written_at,
            title=in_any(same.titles),
        )
        rows: dict[Again, Option] = {
            "rest": Option(msg("Only who has not got it")),
            "all": Option(msg("Yes, to all of them again")),
            "change": Option(msg("I would like to change it")),
        }
        return Choice(question, {id_: (option, id_) for id_, option in rows.items()})

    @step(_again)
    def again(self, draft: Draft, answer: Again) -> Goto[Literal["check", "confirm"]]:
        same = known(draft.same)
        match answer:
            case "rest":
                audience = replace(draft.audience, but_not=same.case)
                return self.goto("check", replace(draft, audience=audience, earlier=same.titles))
            case "all":
                return self.goto("confirm", replace(draft, is_meant=True))
            case "change":
                return self.goto("check", draft)
            case _:
                assert_never(answer)

    @override
    def opened(self, draft: Draft, reach: Reach, second: PersonId | None) -> OpenCase:
        planned = Planned(
            known(draft.purpose),
            draft.audience,
            draft.titles,
            draft.texts,
            draft.mine,
            reach.people,
            readers=reach.by_language,
            earlier=draft.earlier,
            over_hours=draft.over_hours,
            can_wait=draft.can_wait,
        )
        return ToMany.open(planned, {SECOND: second} if second else {}, mine=OWNER)
