"""The last look at a letter to many: how it is read, by how many, whether it was sent before, and the number."""

from dataclasses import replace
from typing import Literal, assert_never

from bot.conversation.consents import why_you_get_it
from bot.conversation.dialogue import AT_EASE, Done, Goto, known
from bot.conversation.messages import ByLanguage, InLanguage, Message, msg, msgs
from bot.conversation.prompts import Choice, MaySkip, Number, Option, Prompt, Review
from bot.domain.broadcasts.desk import ALONE_UP_TO
from bot.domain.broadcasts.reach import Excluded, Reach
from bot.domain.broadcasts.worded import ShowLetter
from journeys.broadcasts.draft import Draft
from journeys.broadcasts.facts import OWNER, SECOND, Planned
from journeys.broadcasts.lifecycle import ToMany
from journeys.broadcasts.repeated import same_before
from journeys.broadcasts.to_whom import ToWhom
from journeys.broadcasts.wording import called, step
from journeys.broadcasts.words import by_language, in_any, left_out, pace, sentence

NOBODY_ELSE = msg(
    "To write to more than 50 people, a second member of staff must agree, and there is nobody yet."
    " Please invite a second coordinator, or choose fewer people."
)
MOST_COMPARED = 50
"""Letters written before that are compared with a new one."""
MOST_HOURS = 24
"""So that it is over before it would be too late: at night and on weekends time stands still."""
Line = Literal["whom", "words", "show", "test", "pace"]
Again = Literal["rest", "all", "change"]
Passed = Goto[Literal["check", "instead", "again", "confirm"]]


class Compose(ToWhom):
    """A letter to many is written, its people are chosen, and it is looked at once more."""

    name = "broadcasts.compose"
    patience = AT_EASE
    left_word = msg("All right, nothing is sent. To begin again: /broadcast")

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
            pace=pace(draft.over_hours),
        )
        lines: dict[Line, Option] = {
            "whom": Option(msg("Whom it is for")),
            "words": Option(msg("The words")),
            "show": Option(msg("Show it as it is read")),
            "test": Option(msg("Send a test to me")),
            "pace": Option(msg("Spread it over hours")),
        }
        if draft.audience.got is not None:
            # Whoever got the first letter gets what corrects it, and nobody else.
            del lines["whom"]
        return Review(question, lines, msg("Go on"))

    @step(_check)
    def check(
        self, draft: Draft, line: Line | Literal["/done"]
    ) -> Goto[Literal["whom", "words", "show", "pace", "check", "instead", "again", "confirm"]]:
        match line:
            case "whom" | "words" | "pace":
                return self.goto(line, draft)
            case "show":
                return self.goto("show", replace(draft, now_in=self._read_in(draft)[0]))
            case "test":
                return self.goto("check", draft, ShowLetter(draft.letter, self._read_in(draft)))
            case "/done":
                return self._last_look(draft)
            case _:
                assert_never(line)

    def _read_in(self, draft: Draft) -> tuple[str, ...]:
        """Return the languages in which somebody gets it; the first one if nobody does."""
        read = self.reach(draft).by_language
        return tuple(one for one in draft.languages if one in read) or (draft.mine,)

    def _show(self, draft: Draft) -> Prompt[str]:
        others = [one for one in self._read_in(draft) if one != draft.language]
        rows = {
            one: (Option(msg("In this language: {language}", language=called(one))), one)
            for one in others
        }
        back = {"back": (Option(msg("Enough seen")), "")}
        return Choice(self._as_read(draft), {**rows, **back}, gone="")

    def _as_read(self, draft: Draft) -> Message:
        letter = draft.letter
        read = msg(
            "{title}\n\n{text}\n\n{why}",
            title=ByLanguage(letter.titles, letter.instead),
            text=ByLanguage(letter.texts, letter.instead),
            why=why_you_get_it(letter.purpose),
        )
        return msgs(
            "As {n} person reads it. Language: {language}\n\n{letter}",
            "As {n} people read it. Language: {language}\n\n{letter}",
            self.reach(draft).by_language.get(draft.language, 0),
            language=called(draft.language),
            letter=InLanguage(draft.language, read),
        )

    @step(_show)
    def show(self, draft: Draft, language: str) -> Goto[Literal["show", "check"]]:
        return self.goto("show" if language else "check", replace(draft, now_in=language))

    @step(
        MaySkip.over(
            Number(
                msg(
                    "Over how many hours is it to leave, evenly? At night and on weekends time stands still."
                ),
                1,
                MOST_HOURS,
            ),
            msg("As fast as it can"),
        )
    )
    def pace(self, draft: Draft, hours: int | None) -> Goto[Literal["check"]]:
        return self.goto("check", replace(draft, over_hours=hours or 0))

    def _last_look(self, draft: Draft) -> Passed:
        reach = self.reach(draft)
        if not reach.people:
            return self.goto("check", draft, first=_why_nobody(reach))
        if reach.people > ALONE_UP_TO and self._desk.second() is None:
            return self.goto("check", draft, first=NOBODY_ELSE)
        if language := self.missing(draft):
            return self.goto("instead", replace(draft, now_in=language))
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

    def _confirm(self, draft: Draft) -> Prompt[int]:
        n = self.reach(draft).people
        question = msgs(
            "This goes to {n} person. To send it, please write the number.",
            "This goes to {n} people. To send it, please write the number.",
            n,
        )
        return Number(question, 0, 10_000_000)

    @step(_confirm)
    def confirm(self, draft: Draft, number: int) -> Goto[Literal["check", "confirm"]] | Done:
        if not self._desk.may_broadcast:
            return Done(msg("You can no longer write to many."))
        reach = self.reach(draft)
        if number != reach.people:
            return self.goto("confirm", draft, first=msg("That is another number."))
        second = self._desk.second() if reach.people > ALONE_UP_TO else None
        if reach.people > ALONE_UP_TO and second is None:
            return self.goto("check", draft, first=NOBODY_ELSE)
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
        )
        return Done(None, ToMany.open(planned, {SECOND: second} if second else {}, mine=OWNER))


def _why_nobody(reach: Reach) -> Message:
    """Return why nobody is left: nobody is meant, or nobody of them has agreed."""
    if set(reach.excluded) == {Excluded.NO_CONSENT}:
        return msg(
            "Nobody of these people has agreed to such messages, so nobody can get it. Please choose others."
        )
    return msg("Nobody is left to write to. Please choose more people.")
