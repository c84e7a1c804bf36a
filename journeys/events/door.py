"""Staff note who is there: by the code that a guest shows, or by name, also afterwards from a list on paper."""

from dataclasses import dataclass, field, replace
from typing import Literal

from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Goto, Nothing, StepsOf
from bot.conversation.messages import Message, msg, msgs
from bot.conversation.prompts import Choice, MaySkip, Option, Prompt
from bot.conversation.typed import Number, Words
from bot.domain.events.desk import EventDesk, OnList
from bot.domain.events.hosting import NoteGuest, WalkInsCame, WhoCame

MOST_OF_A_NAME = 80
NONE_OF_THEM = "none"
MOST_WALK_INS = 100_000


@dataclass(frozen=True, slots=True)
class Draft:
    """Whom it is about."""

    words: str = field(default="", repr=False)
    """What several people of the list are meant by."""


step = StepsOf(Draft)


class NoteWhoCame(Dialogue[Draft]):
    """One after the other, until that is all."""

    name = "events.door"
    patience = AT_EASE
    left_word = msg("All right. Whoever was noted stays noted. To go on: /now")

    def __init__(self, desk: EventDesk) -> None:
        self._desk = desk

    @step(
        MaySkip.over(
            Words(msg("Who is there? Write a code or a name."), MOST_OF_A_NAME), msg("That is all")
        )
    )
    def who(self, draft: Draft, words: str | None) -> Goto[Literal["who", "which"]] | Done:
        if words is None:
            return Done(None, WhoCame())
        match self._desk.called(words):
            case ():
                nobody = msg("Nobody on the list has that code or name.")
                return self.goto("who", draft, first=nobody)
            case (one,):
                return self._noted(draft, one)
            case _:
                return self.goto("which", replace(draft, words=words))

    def _which(self, draft: Draft) -> Prompt[OnList | None]:
        found = self._desk.called(draft.words)
        rows: dict[str, tuple[Option, OnList | None]] = {
            str(one.who): (Option(_shown(one)), one) for one in found
        }
        rows[NONE_OF_THEM] = (Option(msg("None of these")), None)
        return Choice(msg("Several people are called so. Who is it?"), rows)

    @step(_which)
    def which(self, draft: Draft, one: OnList | None) -> Goto[Literal["who"]]:
        draft = replace(draft, words="")
        return self._noted(draft, one) if one else self.goto("who", draft)

    def _noted(self, draft: Draft, one: OnList) -> Goto[Literal["who"]]:
        if one.is_there:
            already = msg("Noted before: {who}", who=_shown(one))
            return self.goto("who", draft, first=already)
        noted = msg("Noted: {who}", who=_shown(one))
        return self.goto("who", draft, NoteGuest(one.who), first=noted)


plain_step = StepsOf(Nothing)


class CountWalkIns(Dialogue[Nothing]):
    """How many came who are not in this chat; nobody is asked for their names."""

    name = "events.walk_ins"
    patience = AT_EASE
    left_word = msg("All right. Nothing has changed.")

    def __init__(self, desk: EventDesk) -> None:
        self._desk = desk

    def _number(self, draft: Nothing) -> Prompt[int]:
        question = msg(
            "How many people are there, or were there, who are not in this chat? Noted so far: {n}."
            " What you write takes its place.",
            n=self._desk.walk_ins(),
        )
        return Number(question, 0, MOST_WALK_INS)

    @plain_step(_number)
    def number(self, draft: Nothing, number: int) -> Done:
        return Done(None, WalkInsCame(number))


def _shown(one: OnList) -> Message:
    if not one.has_answered:
        return msg("{name}, no answer before", name=one.name)
    places = msgs("{n} place", "{n} places", one.people)
    return msg("{name}, {places}", name=one.name, places=places)
