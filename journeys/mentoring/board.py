"""The board: who waits for whom, since when, and what whoever looks after mentoring can do about it."""

from dataclasses import dataclass
from typing import Any, Literal

from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Goto, StepsOf, known
from bot.conversation.effects import Start
from bot.conversation.messages import Message, Who, msg, msgs
from bot.conversation.prompts import Choice, Option, Prompt
from bot.domain.mentoring.desk import OpenMentoring
from bot.domain.mentoring.fitting import MentorCard
from bot.domain.mentoring.staff import (
    DecideOn,
    ProposeMentor,
    Resting,
    Running,
    StaffDesk,
    WakeMentor,
)
from bot.domain.people import CaseId, PersonId
from journeys.mentoring.checks import NOT_YOURS, RecordChecks
from journeys.mentoring.plan import OWNER, ROUND, Round
from journeys.mentoring.preview import BOARD, SETTLED, PreviewPairs
from journeys.mentoring.request import described
from journeys.mentoring.round import MentoringRound
from journeys.mentoring.standing import (
    PROPOSE,
    SEE,
    counted,
    deeds_of,
    is_shown,
    is_well,
    named,
    resting_since,
    since_of,
    standing_of,
    told_of,
)
from journeys.mentoring.wish import SEARCH
from journeys.mentoring.words import studies

MOST_PROPOSED = 3
"""Mentors that are offered for a search."""
MATCH, GATHER, WELL, CHECKS, MINE, ENOUGH, BACK, WAKE, GONE = (
    "match",
    "gather",
    "well",
    "checks",
    "mine",
    "enough",
    "board",
    "wake",
    "gone",
)
"""What a row means that is not about one case or one person."""
CASE, PERSON = "c", "p"
"""Before the numbers of a case and its entry, or of a person, in the id of a row."""
WAITS = frozenset({"waiting", "with_school"})
"""States of a search that can be matched without a round."""
TO_BOARD = Option(msg("To the board"))
HEAD = msg("Mentoring as it stands:")
MOVED_ON = msg("Something has changed here meanwhile.")
OFFERS = {
    MATCH: Done(None, MentoringRound.open(Round(), {}, mine=OWNER)),
    GATHER: Done(None, Start("mentoring.round")),
    CHECKS: Done(None, Start(RecordChecks.name)),
    MINE: Done(None, OpenMentoring(for_oneself=True)),
    ENOUGH: Done(msg("All right. To see the board again: /mentor")),
}
"""What follows from a row that is not about one of those shown."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is looked at."""

    has_decided: bool = False
    """Whether it is shown again after something was done."""
    case: CaseId | None = None
    entry: int = 0
    mentor: PersonId | None = None
    """Somebody who rests."""


step = StepsOf(Draft)


class Board(Dialogue[Draft]):
    """Everything that is open, the oldest first; each with what can be done."""

    name = BOARD
    patience = AT_EASE
    left_word = msg("All right. To see the board again: /mentor")

    def __init__(self, desk: StaffDesk) -> None:
        self._desk = desk

    def _board(self, draft: Draft) -> Prompt[str]:
        if not self._desk.looks_after_mentoring:
            # Whoever was told so a moment ago may still have the board before them.
            return _choice(NOT_YOURS, {ENOUGH: Option(msg("All right"))})
        running, resting = self._running(), self._desk.resting()
        open_ = tuple(one for one in running if not is_well(one))
        head = msg("Done. Mentoring as it stands now:") if draft.has_decided else HEAD
        leave = {ENOUGH: Option(msg("That is all"))}
        rows = {**self._offers(running), **_rows(open_, resting), **leave}
        counts = counted(running, len(resting))
        return _choice(msg("{head}\n{counts}", head=head, counts=counts), rows)

    @step(_board)
    def board(
        self, draft: Draft, answer: str
    ) -> Goto[Literal["board", "well", "case", "resting"]] | Done:
        if not self._desk.looks_after_mentoring:
            return Done(NOT_YOURS)
        if answer in OFFERS:
            return OFFERS[answer]
        if answer == GONE:
            return self._back(answer)
        if answer == WELL:
            return self.goto("well", Draft())
        if answer.startswith(PERSON):
            return self.goto("resting", Draft(mentor=PersonId(int(answer[1:]))))
        return self.goto("case", _looking_at(answer))

    def _well(self, draft: Draft) -> Prompt[str]:
        pairs = tuple(one for one in self._running() if is_well(one))
        return _choice(
            msg("Pairs that go well: you need do nothing."),
            {**_rows(pairs, ()), BACK: TO_BOARD},
        )

    @step(_well)
    def well(self, draft: Draft, answer: str) -> Goto[Literal["board", "case"]]:
        if answer in {BACK, GONE}:
            return self._back(answer)
        return self.goto("case", _looking_at(answer))

    def _case(self, draft: Draft) -> Prompt[str]:
        running, facts = self._looked_at(draft)
        if running is None:
            return _choice(MOVED_ON, {BACK: TO_BOARD})
        rows = {deed.key: Option(deed.label) for deed in deeds_of(running)}
        return _choice(told_of(running, facts), {**rows, BACK: TO_BOARD})

    @step(_case)
    def case(self, draft: Draft, answer: str) -> Goto[Literal["board", "mentor"]] | Done:
        running, _ = self._looked_at(draft)
        if running is None or answer in {BACK, GONE}:
            return self._back(answer)
        if answer == PROPOSE:
            return self.goto("mentor", draft)
        if answer == SEE:
            seen = {"case": str(running.case), "entry": str(running.entry)}
            return Done(None, Start(PreviewPairs.name, seen))
        event = next(one.event for one in deeds_of(running) if one.key == answer)
        return Done(None, DecideOn(running.case, running.entry, known(event)))

    def _mentors(self, draft: Draft) -> Prompt[str]:
        running, _ = self._looked_at(draft)
        if running is None:
            return _choice(MOVED_ON, {BACK: TO_BOARD})
        cards = self._desk.candidates_for(running.case, MOST_PROPOSED)
        rows = {f"{PERSON}{card.person}": Option(*_for_staff(card)) for card in cards}
        question = (
            msg("Whom should the school ask? Student and mentor hear of it at once.")
            if cards
            else msg("Nobody else who fits has a place at the moment.")
        )
        return _choice(question, {**rows, BACK: TO_BOARD})

    @step(_mentors)
    def mentor(self, draft: Draft, answer: str) -> Goto[Literal["board", "mentor"]] | Done:
        if answer == BACK:
            return self._back(answer)
        if answer == GONE:
            word = msg("That is no longer possible. This is how it stands now:")
            return self.goto("mentor", draft, first=word)
        mentor = PersonId(int(answer[1:]))
        return Done(None, ProposeMentor(known(draft.case), draft.entry, mentor))

    def _rests(self, draft: Draft) -> Prompt[str]:
        one = next((one for one in self._desk.resting() if one.mentor == draft.mentor), None)
        if one is None:
            return _choice(MOVED_ON, {BACK: TO_BOARD})
        question = msg(
            "{mentor} did not answer two requests in a row, and was told that no others come for now."
            " Asked last on: {at:date}. You could ask in person how things are.",
            mentor=Who(one.mentor),
            at=one.asked_at,
        )
        return _choice(question, {WAKE: Option(msg("Ask again")), BACK: TO_BOARD})

    @step(_rests)
    def resting(self, draft: Draft, answer: str) -> Goto[Literal["board"]] | Done:
        if answer in {BACK, GONE}:
            return self._back(answer)
        return Done(None, WakeMentor(known(draft.mentor)))

    def _back(self, answer: str) -> Goto[Literal["board"]]:
        return self.goto("board", Draft(), first=SETTLED if answer == GONE else None)

    def _running(self) -> tuple[Running, ...]:
        return tuple(one for one in self._desk.running() if is_shown(one))

    def _looked_at(self, draft: Draft) -> tuple[Running | None, Any]:
        """Return the case that is looked at, and what is known about it; None once it has moved on."""
        running = next(
            (one for one in self._running() if (one.case, one.entry) == (draft.case, draft.entry)),
            None,
        )
        if running is None or not self._desk.looks_after_mentoring:
            return None, None
        return running, self._desk.facts_of(running.case)

    def _offers(self, running: tuple[Running, ...]) -> dict[str, Option]:
        """Return what can be done that is not about one of those shown."""
        waits = sum(one.lifecycle == SEARCH and one.state in WAITS for one in running)
        well = sum(is_well(one) for one in running)
        is_previewed = any((one.lifecycle, one.state) == (ROUND, "previewed") for one in running)
        rows: dict[str, Option] = {}
        if waits and not is_previewed:
            rows[MATCH] = Option(msgs("Match {n} who waits", "Match all {n} who wait", waits))
        rows[GATHER] = Option(msg("Open a round"))
        if well:
            rows[WELL] = Option(msgs("{n} pair that goes well", "{n} pairs that go well", well))
        if self._desk.mentors():
            rows[CHECKS] = Option(msg("Record checks"))
        if self._desk.takes_part_too:
            rows[MINE] = Option(msg("My own mentoring"))
        return rows


def _choice(question: Message, rows: dict[str, Option]) -> Choice[str]:
    """Ask for a row by its id; one that is there no longer means that things have moved on."""
    return Choice(question, {key: (row, key) for key, row in rows.items()}, gone=GONE)


def _rows(running: tuple[Running, ...], resting: tuple[Resting, ...]) -> dict[str, Option]:
    """Return what is open, the oldest first, each with who waits for whom and since when."""
    cases = [
        (since_of(one), f"{CASE}{one.case}.{one.entry}", Option(named(one), standing_of(one)))
        for one in running
    ]
    rests = [
        (
            one.asked_at,
            f"{PERSON}{one.mentor}",
            Option(msg("{mentor}", mentor=Who(one.mentor)), resting_since(one)),
        )
        for one in resting
    ]
    return {key: row for _, key, row in sorted([*cases, *rests], key=lambda one: one[0])}


def _for_staff(card: MentorCard) -> tuple[Message, Message]:
    """Return a mentor's whole name, and why this one."""
    _, because = described(card)
    # Translators: a name, and what this person has learned.
    label = msg("{mentor}, {studies}", mentor=Who(card.person), studies=studies(card.programme))
    return label, because


def _looking_at(row: str) -> Draft:
    """Return what the row of a case is about."""
    case, entry = row.removeprefix(CASE).split(".")
    return Draft(case=CaseId(int(case)), entry=int(entry))
