"""Whatever people write, press and change, in any order."""

from hypothesis import given, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.conversation.engine import (
    Chose,
    Conversation,
    Event,
    Expired,
    GaveUp,
    Turn,
    WentBack,
    Wrote,
    advance,
    begin,
    restore,
    snapshot,
)
from bot.conversation.prompts import BACK_A_PAGE, DONE, ON_A_PAGE, PAGE, SKIP
from tests.conversation.visiting import ANSWERS, DAYS, TRADES, Visit, VisitBooking, speak

BOOKING = VisitBooking(None)
OPTIONS = (
    *(name.lower() for name in (*TRADES, *DAYS)),
    *("yes", "no", "trade", "days", "who", DONE, SKIP, BACK_A_PAGE, ON_A_PAGE),
)
SAYABLE = (*ANSWERS, *TRADES, *DAYS, "send", "skip", "no", "2", "99", "1, 2", "monday and tuesday")


def kept(now: Conversation[Visit]) -> Conversation[Visit]:
    """Return a conversation as it comes back from the database."""
    return restore(BOOKING, snapshot(BOOKING, now), BOOKING.version)


class AnyConversation(RuleBasedStateMachine):
    """Somebody who does anything at any time, until the conversation is over; then another one begins."""

    def __init__(self) -> None:
        super().__init__()
        self.turn = begin(BOOKING, Visit())

    @property
    def now(self) -> Conversation[Visit]:
        assert self.turn.conversation is not None
        return self.turn.conversation

    def hear(self, event: Event) -> None:
        before = self.now
        self.turn = advance(BOOKING, before, event)
        if self.turn.gentle is not None:
            assert self.turn.conversation == before
        elif self.turn.redraws:
            assert (self.now.step, self.now.draft, self.now.past) == (
                before.step,
                before.draft,
                before.past,
            )
        if self.turn.conversation and len(self.now.past) > len(before.past):
            self.can_go_back_to(before)
        if self.turn.conversation is None:
            assert (self.turn.prompt, self.turn.chosen is None) == (None, False)
            self.turn = begin(BOOKING, Visit())

    def can_go_back_to(self, before: Conversation[Visit]) -> None:
        back = advance(BOOKING, self.now, WentBack()).conversation
        assert back is not None
        assert (back.step, back.draft, back.past) == (before.step, before.draft, before.past)

    @rule(words=st.sampled_from(SAYABLE) | st.text(max_size=60))
    def write(self, words: str) -> None:
        self.hear(Wrote(words, speak))

    @rule(option=st.sampled_from(OPTIONS) | st.text(max_size=5))
    def press(self, option: str) -> None:
        self.hear(Chose(option))

    @rule(data=st.data())
    def press_what_is_shown(self, data: st.DataObject) -> None:
        assert self.turn.prompt is not None
        if shown := list(self.turn.prompt.options):
            self.hear(Chose(data.draw(st.sampled_from(shown))))
        else:
            self.hear(Wrote(data.draw(st.sampled_from(ANSWERS)), speak))

    @rule()
    def finish_the_question(self) -> None:
        self.hear(Chose(DONE))

    @rule()
    def go_back(self) -> None:
        self.hear(WentBack())

    @rule(event=st.sampled_from((GaveUp(), Expired())))
    def leave(self, event: Event) -> None:
        self.hear(event)

    @invariant()
    def there_is_always_a_question(self) -> None:
        assert self.turn.prompt is not None
        asked = BOOKING.steps[self.now.step].ask(BOOKING, self.now.draft)
        assert self.turn.prompt == asked

    @invariant()
    def nothing_is_lost_in_the_database(self) -> None:
        assert kept(self.now) == self.now

    @invariant()
    def only_options_of_the_question_are_marked(self) -> None:
        assert self.turn.prompt is not None
        assert set(self.now.marks.on) <= self.turn.prompt.options.keys()
        assert 0 <= self.now.marks.page <= max(0, len(self.turn.prompt.options) - 1) // PAGE

    @invariant()
    def no_question_is_twice_in_the_past(self) -> None:
        steps = [frame.step for frame in self.now.past]
        assert sorted(steps) == sorted(set(steps))


AnyConversation.TestCase.settings = settings(max_examples=60, stateful_step_count=40)
test_a_conversation_stays_sound_whatever_happens = AnyConversation.TestCase


@given(
    trade=st.sampled_from(TRADES),
    day=st.sampled_from(DAYS),
    name=st.text("abcõž ", min_size=1, max_size=40).filter(lambda name: name.strip()),
    year=st.integers(1950, 2030),
    steps=st.integers(0, 6),
)
def test_going_back_as_often_as_answering_leads_to_the_beginning(
    trade: str, day: str, name: str, year: int, steps: int
) -> None:
    start = begin(BOOKING, Visit())
    turn, answered = start, 0

    for words in (trade, day, "done", name, str(year), "no", "no"):
        before = turn.conversation
        assert before is not None
        if answered < steps:
            turn = advance(BOOKING, before, Wrote(words, speak))
            answered += turn.chosen is not None
    for _ in range(answered):
        turn = _back(turn)

    assert (turn.conversation, turn.prompt) == (start.conversation, start.prompt)


def _back(turn: Turn) -> Turn:
    assert turn.conversation is not None
    return advance(BOOKING, turn.conversation, WentBack())
