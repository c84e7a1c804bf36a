"""Whoever looks after mentoring has seen a mentor's record check, and says until when it is valid."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.conversation.day import Day
from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Goto, StepsOf, known
from bot.conversation.effects import Start
from bot.conversation.messages import Message, Who, msg
from bot.conversation.prompts import Choice, Option, Prompt
from bot.domain.mentoring.protection import CheckSeen
from bot.domain.mentoring.staff import DecideOn, Running, StaffDesk
from bot.domain.people import PersonId
from journeys.mentoring.check import LONGEST, MENTOR, OWNER, Check, RecordCheck
from journeys.mentoring.preview import BOARD

BACK = "board"
NOT_YOURS = msg("You can no longer see the board of mentoring.")
NONE_SEEN = msg("no record check seen")


@dataclass(frozen=True, slots=True)
class Draft:
    """Whose record check was seen."""

    mentor: PersonId | None = None


step = StepsOf(Draft)


class RecordChecks(Dialogue[Draft]):
    """Every mentor with their record check; a new one is noted with its last day."""

    name = "mentoring.checks"
    patience = AT_EASE

    def __init__(self, desk: StaffDesk) -> None:
        self._desk = desk

    def _mentors(self, draft: Draft) -> Prompt[PersonId | Literal["board"]]:
        if not self._desk.looks_after_mentoring:
            # Whoever was told so a moment ago may still have the list before them.
            return Choice(NOT_YOURS, {BACK: (Option(msg("All right")), "board")})
        kept = self._kept()
        rows: dict[str, tuple[Option, PersonId | Literal["board"]]] = {
            str(one): (
                Option(msg("{mentor}", mentor=Who(one)), self._standing(kept.get(one))),
                one,
            )
            for one in self._desk.mentors()
        }
        rows[BACK] = (Option(msg("To the board")), "board")
        return Choice(msg("Whose record check have you seen? You can also write the name."), rows)

    @step(_mentors)
    def mentor(
        self, draft: Draft, mentor: PersonId | Literal["board"]
    ) -> Goto[Literal["until"]] | Done:
        if not self._desk.looks_after_mentoring:
            return Done(NOT_YOURS)
        if mentor == "board":
            return Done(None, Start(BOARD))
        return self.goto("until", Draft(mentor))

    def _until(self, draft: Draft) -> Prompt[datetime]:
        desk = self._desk
        question = msg(
            "Until which day is the record check of {mentor} valid?"
            " Only that you have seen it and this day are kept, never the document.",
            mentor=Who(known(draft.mentor)),
        )
        return Day(question, desk.now, desk.now + LONGEST, desk.zone)

    @step(_until)
    def until(self, draft: Draft, at: datetime) -> Done:
        if not self._desk.looks_after_mentoring:
            return Done(NOT_YOURS)
        mentor = known(draft.mentor)
        if kept := self._kept().get(mentor):
            return Done(None, DecideOn(kept.case, kept.entry, CheckSeen(at)))
        owner = self._desk.owner("mentoring")
        seated = {MENTOR: mentor} if owner is None else {MENTOR: mentor, OWNER: owner}
        noted = Start(BOARD, {"has_decided": "true"})
        return Done(None, RecordCheck.open(Check(at), seated), noted)

    def _kept(self) -> dict[PersonId, Running]:
        """Return the record checks that are known, by mentor."""
        return {
            one.people[MENTOR.value]: one
            for one in self._desk.running()
            if one.lifecycle == RecordCheck.name
        }

    def _standing(self, kept: Running | None) -> Message:
        if kept is None:
            return NONE_SEEN
        check: Check = self._desk.facts_of(kept.case)
        if kept.state == "expired":
            return msg("ran out on {until:date}", until=check.valid_until)
        return msg("valid until {until:date}", until=check.valid_until)
