"""Staff open a round: until when wishes are gathered, how many pairs at most, and whose wishes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from typing_extensions import override

from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Goto, StepsOf, known
from bot.conversation.messages import msg
from bot.conversation.moment import Moment
from bot.conversation.prompts import Choice, MaySkip, Option, Prompt, Several
from bot.conversation.typed import Number
from bot.domain.mentoring.staff import StaffDesk
from journeys.mentoring.plan import OWNER, Round
from journeys.mentoring.round import MentoringRound
from journeys.mentoring.words import studies

SOONEST, LATEST = timedelta(days=1), timedelta(days=60)
WEEKS = (1, 2, 3, 4)
"""From now, of the moments that are offered."""
NOON = 12
MOST_PAIRS = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """What the round is to be."""

    suggested: tuple[datetime, ...] = ()
    """Ends that can be chosen by a tap, as they were when it was asked."""
    until: datetime | None = None
    places: int | None = None
    programmes: tuple[str, ...] = ()

    @property
    def round_(self) -> Round:
        """The round that was described."""
        return Round(known(self.until), self.places, self.programmes)


step = StepsOf(Draft)


class OpenRound(Dialogue[Draft]):
    """Wishes are gathered and matched together, so that as many students as can be find a mentor."""

    name = "mentoring.round"
    patience = AT_EASE
    left_word = msg("All right, no round. The board: /mentor")

    def __init__(self, desk: StaffDesk) -> None:
        self._desk = desk

    @override
    def opens_with(self, opening: Mapping[str, str]) -> Draft:
        there = self._desk.now.astimezone(self._desk.zone)
        noon = there.replace(hour=NOON, minute=0, second=0, microsecond=0)
        return Draft(tuple((noon + timedelta(weeks=one)).astimezone(UTC) for one in WEEKS))

    def _when(self, draft: Draft) -> Prompt[datetime]:
        now = self._desk.now
        return Moment(
            msg(
                "A round gathers requests and then matches them all at once: as many students as can be find a mentor,"
                " and wait until then. Until when are requests gathered?"
            ),
            now=now,
            earliest=now + SOONEST,
            latest=now + LATEST,
            zone=self._desk.zone,
            suggested=draft.suggested,
        )

    @step(_when)
    def until(self, draft: Draft, until: datetime) -> Goto[Literal["places"]]:
        return self.goto("places", replace(draft, until=until))

    @step(
        MaySkip.over(
            Number(msg("How many pairs may there be at most? Write a number."), 1, MOST_PAIRS),
            msg("As many as fit"),
        )
    )
    def places(self, draft: Draft, places: int | None) -> Goto[Literal["programmes"]]:
        return self.goto("programmes", replace(draft, places=places))

    def _whose(self, draft: Draft) -> Prompt[tuple[str, ...]]:
        rows = {
            one: (Option(msg("{programme}", programme=studies(one))), one)
            for one in self._desk.programmes
        }
        question = msg("Whose requests? Choose programmes, or none for all.")
        return Several(question, rows, msg("Done"), on=draft.programmes)

    @step(_whose)
    def programmes(
        self, draft: Draft, programmes: tuple[str, ...]
    ) -> Goto[Literal["programmes", "check"]]:
        draft = replace(draft, programmes=programmes)
        if self._desk.in_a_round(programmes):
            word = msg(
                "There is a round for one of these already; a request waits in one at a time."
            )
            return self.goto("programmes", draft, first=word)
        return self.goto("check", draft)

    def _check(self, draft: Draft) -> Prompt[bool]:
        planned = draft.round_
        return Choice(
            msg(
                "The round\nRequests until: {until:date}, {until:time}\nProgrammes: {for_whom}\nPairs at most: {most}\n"
                "Is it right so?",
                until=planned.gathers_until,
                for_whom=planned.for_whom,
                most=planned.most,
            ),
            {
                "open": (Option(msg("Open the round")), True),
                "no": (Option(msg("Not now")), False),
            },
        )

    @step(_check)
    def check(self, draft: Draft, is_right: bool) -> Goto[Literal["programmes"]] | Done:
        if not is_right:
            return Done(msg("All right, no round. The board: /mentor"))
        if not self._desk.looks_after_mentoring:
            return Done(msg("You can no longer see the board of mentoring."))
        if self._desk.in_a_round(draft.programmes):
            word = msg(
                "There is a round for one of these already; a request waits in one at a time."
            )
            return self.goto("programmes", draft, first=word)
        return Done(None, MentoringRound.open(draft.round_, {}, mine=OWNER))
