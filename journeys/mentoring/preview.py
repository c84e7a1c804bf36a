"""Staff see who would be matched with whom, and decide pair by pair, or on all at once."""

from dataclasses import dataclass, replace
from typing import Literal

from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Goto, StepsOf, known
from bot.conversation.effects import Start
from bot.conversation.messages import Message, Who, msg, msgs
from bot.conversation.prompts import Choice, Option, Prompt
from bot.domain.mentoring.fitting import Alone, Proposed, WhyAlone
from bot.domain.mentoring.round import PairsApproved, SentBack
from bot.domain.mentoring.staff import DecideOn, Running, StaffDesk
from bot.domain.people import CaseId
from journeys.mentoring.plan import ROUND, Round
from journeys.mentoring.words import in_words

BOARD = "mentoring.board"
APPROVE, SEND_BACK, LATER = "approve", "back", "later"
YES, NO = "yes", "no"
PAIR, ALONE = "p", "a"
"""Before the number of a search, in the id of a row."""
OVER = msg("These pairs have been decided on already.")
SETTLED = msg("That question is already settled. You are here now:")
GONE = "gone"
"""What a row means that is there no longer."""
WHY_ALONE = {
    WhyAlone.UNDER_AGE: msg("under 18: never alone with a mentor"),
    WhyAlone.NO_MENTORS: msg("nobody takes students at all"),
    WhyAlone.NO_LANGUAGE: msg("no mentor speaks a language of theirs"),
    WhyAlone.NO_FORMAT: msg("nobody with the same language meets in the same way"),
    WhyAlone.NO_PLACE: msg("nobody who fits has a place left"),
    WhyAlone.ROUND_FULL: msg("the round has no place left; others waited longer"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been looked at so far."""

    case: CaseId | None = None
    """The round; None for the one whose letter opened this."""
    entry: int = 0
    search: CaseId | None = None
    """Of the pair that was looked at last."""
    refused: tuple[CaseId, ...] = ()
    """Searches of the pairs that are not to be."""


step = StepsOf(Draft)


class PreviewPairs(Dialogue[Draft]):
    """All pairs and all who are left over, on pages; a pair can be left out, the rest is approved at once."""

    name = "mentoring.preview"
    patience = AT_EASE
    left_word = msg("All right: nothing is decided yet. To see it again: /mentor")

    def __init__(self, desk: StaffDesk) -> None:
        self._desk = desk

    def _all(self, draft: Draft) -> Prompt[str]:
        found = self._found(draft)
        if found is None:
            return _choice(OVER, {LATER: Option(msg("To the board"))})
        _, facts = found
        chosen = len(facts.proposed) - len(draft.refused)
        approve = (
            msgs("Approve {n} pair", "Approve {n} pairs", chosen)
            if chosen
            else msg("Let everybody go on looking")
        )
        rows = {APPROVE: Option(approve), SEND_BACK: Option(msg("Send it back"))}
        for pair in facts.proposed:
            why = msg("left out") if pair.search in draft.refused else _because(pair)
            rows[f"{PAIR}{pair.search}"] = Option(_names(pair), why)
        for one in facts.alone:
            rows[f"{ALONE}{one.search}"] = Option(_left_over(one), WHY_ALONE[one.why])
        last = None if draft.search is None else f"{PAIR}{draft.search}"
        return _choice(_counts(facts, chosen), rows, last)

    @step(_all)
    def pairs(self, draft: Draft, answer: str) -> Goto[Literal["pairs", "pair"]] | Done:
        found = self._found(draft)
        if found is None or answer == GONE:
            return Done(SETTLED if answer == GONE else None, Start(BOARD))
        at, facts = found
        if answer == SEND_BACK:
            return Done(None, DecideOn(at.case, at.entry, SentBack()))
        if answer == APPROVE:
            chosen = (one.search for one in facts.proposed if one.search not in draft.refused)
            return Done(None, DecideOn(at.case, at.entry, PairsApproved(tuple(chosen))))
        if answer.startswith(ALONE):
            word = msg("Nobody is asked for this student now; the search goes on.")
            return self.goto("pairs", draft, first=word)
        return self.goto("pair", replace(draft, search=CaseId(int(answer[1:]))))

    def _one(self, draft: Draft) -> Prompt[str]:
        found = self._found(draft)
        if found is None:
            return _choice(OVER, {LATER: Option(msg("To the board"))})
        pair = next(one for one in found[1].proposed if one.search == draft.search)
        question = msg(
            "Student: {student}\nMentor: {mentor}\nWhy these two: {because}\nAre they a pair?",
            student=Who(pair.student),
            mentor=Who(pair.mentor),
            because=in_words(pair.reasons),
        )
        return _choice(question, {YES: Option(msg("Yes")), NO: Option(msg("Rather not"))})

    @step(_one)
    def pair(self, draft: Draft, answer: str) -> Goto[Literal["pairs"]]:
        search = known(draft.search)
        refused = tuple(one for one in draft.refused if one != search)
        if answer == NO:
            refused = (*refused, search)
        return self.goto("pairs", replace(draft, refused=refused))

    def _found(self, draft: Draft) -> tuple[Running, Round] | None:
        """Return the match, while it waits for a decision and whoever speaks may decide.

        There is one at a time; whoever comes from the board has seen a certain one.
        """
        if not self._desk.looks_after_mentoring:
            return None
        waits = (
            one
            for one in self._desk.running()
            if (one.lifecycle, one.state) == (ROUND, "previewed")
        )
        at = next(waits, None)
        if at is None or (draft.case and (at.case, at.entry) != (draft.case, draft.entry)):
            return None
        return at, self._desk.facts_of(at.case)


def _choice(question: Message, rows: dict[str, Option], shown: str | None = None) -> Choice[str]:
    choices = {key: (row, key) for key, row in rows.items()}
    return Choice(question, choices, shown=shown, gone=GONE)


def _names(pair: Proposed) -> Message:
    # Translators: two names, a student's and a mentor's.
    return msg("{student}, {mentor}", student=Who(pair.student), mentor=Who(pair.mentor))


def _left_over(one: Alone) -> Message:
    # Translators: {student} is a name; a match has nobody for this student.
    return msg("Left over: {student}", student=Who(one.student))


def _because(pair: Proposed) -> Message:
    return msg("{because}", because=in_words(pair.reasons))


def _counts(round_: Round, chosen: int) -> Message:
    return msg(
        "Who would be matched with whom, and why. Nobody has been asked yet.\n"
        "Pairs: {pairs}\nChosen: {chosen}\nLeft over: {left}\n"
        "Tap a pair to look at it, or to leave it out.",
        pairs=len(round_.proposed),
        chosen=chosen,
        left=len(round_.alone),
    )
