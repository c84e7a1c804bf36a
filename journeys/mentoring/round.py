"""Many wishes matched at once: a round gathers them, or those who wait are taken together (domain 3.7, P1)."""

from dataclasses import replace
from datetime import timedelta
from typing import Literal

from bot.conversation.case import Case, To
from bot.conversation.effects import Effect
from bot.conversation.expectations import Deadline, Nudge, Open, Tap, do, wait
from bot.conversation.lifecycle import Lifecycle, Phase, StatesOf
from bot.conversation.messages import msg
from bot.domain.mentoring.round import (
    AskPairs,
    GatheringOver,
    LetGo,
    MatchAsked,
    Matched,
    MatchMany,
    PairsApproved,
    PreviewOver,
    SentBack,
)
from bot.domain.people import Cancelled, Suspended, Withdrawn
from bot.domain.times import WorkingDays
from journeys.mentoring.plan import OWNER, ROUND, Round, Rounding
from journeys.mentoring.preview import PreviewPairs

HOUR = timedelta(hours=1)

state = StatesOf(Round, Rounding)
Matching = Case[Round, Rounding]

MATCH = Tap(msg("Match now"), MatchAsked())
CALL_OFF = Tap(msg("Call the round off"), Cancelled())


class MentoringRound(Lifecycle[Round, Rounding]):
    """Wishes are gathered until a day, matched together, seen by staff, and then mentors are asked."""

    name = ROUND

    gathering = state(
        Phase.AWARENESS,
        expects={
            OWNER: wait(
                msg("A round gathers requests until {gathers_until:date}. You need do nothing."),
                MATCH,
                CALL_OFF,
                letter=msg(
                    "The round is open.\nRequests until: {gathers_until:date}\nProgrammes: {for_whom}\n"
                    "Pairs at most: {most}\nThen you see who would be matched with whom, and decide."
                ),
            )
        },
        deadlines=(Deadline(lambda round_: round_.gathers_until, GatheringOver()),),
    )
    matching = state(
        Phase.PREPARATION,
        expects={OWNER: wait(msg("Wait: other proposed pairs have to be decided on first."))},
        deadlines=(Deadline(6 * HOUR, MatchAsked()),),
    )
    previewed = state(
        Phase.PREPARATION,
        expects={
            OWNER: do(
                msg("Decide on the pairs that are proposed."),
                Open(msg("See the pairs"), PreviewPairs, PairsApproved),
                Tap(msg("Send it back"), SentBack()),
                letter=msg(
                    "Proposed pairs are ready for you. Nobody has been asked yet.\nPairs: {pairs}\nLeft over: {left}"
                ),
            )
        },
        nudges=(
            Nudge(
                OWNER,
                WorkingDays(2),
                msg("A reminder: the proposed pairs wait for your decision. Pairs: {pairs}"),
            ),
        ),
        deadlines=(Deadline(WorkingDays(4), PreviewOver(), at_once=True),),
    )
    sent_back = state(
        Phase.PREPARATION,
        expects={
            OWNER: do(
                msg("Match again when something has changed, or let everybody go on."),
                Tap(msg("Match again"), MatchAsked()),
                Tap(msg("Let everybody go on"), Cancelled()),
                letter=msg(
                    "Sent back; nobody has been asked. When something has changed, you can match again."
                    " Or everybody goes on looking, one after the other."
                ),
            )
        },
        nudges=(
            Nudge(
                OWNER,
                WorkingDays(2),
                msg("A reminder: the students of a round wait to be matched."),
            ),
        ),
        deadlines=(Deadline(WorkingDays(4), PreviewOver(), at_once=True),),
    )
    matched = state.final(Phase.PREPARATION)
    called_off = state.final(Phase.FOLLOW_UP)

    undecided = state.among(previewed, sent_back)
    unmatched = state.among(gathering, matching, sent_back)
    anywhere = state.anywhere({OWNER: (Withdrawn, Cancelled, Suspended)})

    @state.opening
    def opened(self, case: Matching) -> To[Literal["gathering", "matching"]]:
        if case.facts.gathers_until is None:
            return self.to("matching", case, self._match(case))
        return self.to("gathering", case)

    @gathering.on(GatheringOver)
    def gathered(self, case: Matching, event: GatheringOver) -> To[Literal["matching"]]:
        return self.to("matching", case, self._match(case))

    @unmatched.on(MatchAsked)
    def match_asked(self, case: Matching, event: MatchAsked) -> To[Literal["matching"]]:
        return self.to("matching", case, self._match(case))

    @matching.on(Matched)
    def found(self, case: Matching, event: Matched) -> To[Literal["previewed", "matched"]]:
        case = case.knowing(replace(case.facts, proposed=event.proposed, alone=event.alone))
        if not event.proposed and not event.alone:
            word = msg("There is nobody to match: no student waits.")
            return self.to("matched", case, *case.tell(OWNER, word))
        return self.to("previewed", case)

    @previewed.on(PairsApproved)
    def approved(self, case: Matching, event: PairsApproved) -> To[Literal["matched"]]:
        yes = tuple(one for one in case.facts.proposed if one.search in event.searches)
        no = tuple(one for one in case.facts.proposed if one.search not in event.searches)
        return self.to("matched", case, AskPairs(yes), LetGo(case.facts.gathered, no))

    @previewed.on(SentBack)
    def not_like_this(
        self, case: Matching, event: SentBack
    ) -> To[Literal["sent_back", "called_off"]]:
        if case.facts.gathers_until is None:
            word = msg("Sent back; nobody has been asked, and everybody goes on looking.")
            return self.to("called_off", case, *case.tell(OWNER, word))
        return self.to("sent_back", case)

    @undecided.on(PreviewOver)
    def nobody_decided(self, case: Matching, event: PreviewOver) -> To[Literal["called_off"]]:
        word = msg(
            "The proposed pairs were not decided on for days, so the students no longer wait for them:"
            " mentors are asked one after the other. To match again: /mentor"
        )
        return self._over(case, *case.tell(OWNER, word))

    @anywhere.on(Withdrawn, Cancelled, Suspended)
    def broken_off(
        self, case: Matching, event: Withdrawn | Cancelled | Suspended
    ) -> To[Literal["called_off"]]:
        word = msg("Called off. The students look for a mentor one after the other.")
        return self._over(case, *case.tell(OWNER, word))

    def _match(self, case: Matching) -> MatchMany:
        return MatchMany(case.facts.gathered, case.facts.places)

    def _over(self, case: Matching, *effects: Effect) -> To[Literal["called_off"]]:
        return self.to("called_off", case, *effects, LetGo(case.facts.gathered))
