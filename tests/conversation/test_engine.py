from dataclasses import replace
from functools import reduce
from typing import Any

import pytest

from bot.conversation.declaring import JourneyError
from bot.conversation.dialogue import AT_EASE, known
from bot.conversation.engine import (
    Chose,
    Conversation,
    Expired,
    Frame,
    GaveUp,
    Turn,
    WentBack,
    Wrote,
    advance,
    ask,
    begin,
    restore,
    snapshot,
    step_of,
)
from bot.conversation.prompts import Marks
from tests.conversation.visiting import (
    ANSWERS,
    BookVisit,
    ForgetVisit,
    Visit,
    VisitBooking,
    speak,
)

BOOKING = VisitBooking(None)


def at(turn: Turn) -> Conversation[Visit]:
    assert turn.conversation is not None
    return turn.conversation


def said(turn: Turn) -> tuple[str, ...]:
    return tuple(speak(message) for message in turn.says)


def question(turn: Turn) -> str:
    assert turn.prompt is not None
    return speak(turn.prompt.question)


def type_in(now: Conversation[Any], *answers: str) -> Turn:
    first = Turn(now)
    return reduce(
        lambda turn, words: advance(BOOKING, at(turn), Wrote(words, speak)), answers, first
    )


def test_a_conversation_begins_with_the_first_question() -> None:
    turn = begin(BOOKING, Visit())

    assert (question(turn), at(turn)) == (
        "Which workshop would you like to see?",
        Conversation("trade", Visit()),
    )


def test_answers_lead_to_the_review_and_are_remembered() -> None:
    turn = type_in(at(begin(BOOKING, Visit())), *ANSWERS)

    assert question(turn) == "Is everything right?"
    assert at(turn).draft == Visit(
        "Liis", "Baking", ("Monday", "Thursday"), 2005, "Tartu", is_new=True
    )


def test_what_was_answered_decides_what_is_asked_next() -> None:
    now = at(type_in(at(begin(BOOKING, Visit())), *ANSWERS[:4]))

    asked = [question(type_in(now, year)) for year in ("2005", "2015")]

    assert asked == ["Where do you live?", "Is it your first visit?"]


def test_sending_ends_the_conversation_with_a_last_word_and_an_effect() -> None:
    now = at(type_in(at(begin(BOOKING, Visit())), *ANSWERS))

    turn = advance(BOOKING, now, Chose("/done"))

    assert (turn.conversation, turn.prompt, said(turn)) == (None, None, ("See you soon.",))
    assert turn.effects == (BookVisit(now.draft),)
    assert turn.chosen == ("/done",)


def test_a_step_may_have_effects_before_the_end() -> None:
    turn = type_in(at(begin(BOOKING, Visit())), "Baking", "Monday", "done")

    assert turn.effects == (BookVisit(Visit(trade="Baking")),)


def test_a_question_that_is_asked_again_says_why_and_forgets_nothing() -> None:
    now = at(type_in(at(begin(BOOKING, Visit())), "Baking"))

    turn = advance(BOOKING, now, Chose("/done"))

    assert (said(turn), at(turn)) == (("One day at least.",), now)


def test_an_answer_that_cannot_be_read_changes_nothing_and_hears_a_hint() -> None:
    now = at(begin(BOOKING, Visit()))

    turn = type_in(now, "a spaceship")

    assert (turn.conversation, turn.chosen) == (now, None)
    assert turn.gentle is not None
    assert speak(turn.gentle).startswith("I did not understand that.")


def test_a_switch_only_changes_how_the_question_looks() -> None:
    now = at(type_in(at(begin(BOOKING, Visit())), "Baking"))

    turn = advance(BOOKING, now, Chose("monday"))

    assert turn.redraws
    assert at(turn).marks == Marks(("monday",))
    assert (at(turn).draft, turn.chosen) == (now.draft, None)


def test_the_options_that_settled_a_question_are_shown_as_chosen() -> None:
    start = at(begin(BOOKING, Visit()))

    one = type_in(start, "baking")
    several = type_in(at(one), "Monday, Thursday", "done")
    typed = type_in(at(several), "Liis")

    assert [one.chosen, several.chosen, typed.chosen] == [("baking",), ("monday", "thursday"), ()]


def test_going_back_at_the_first_question_asks_it_again() -> None:
    now = at(begin(BOOKING, Visit()))

    turn = advance(BOOKING, now, WentBack())

    assert (said(turn), question(turn)) == (
        ("You can go back no further here.",),
        "Which workshop would you like to see?",
    )
    assert turn.conversation == now


def test_going_back_asks_the_question_before_with_its_switches_as_they_were_answered() -> None:
    now = at(type_in(at(begin(BOOKING, Visit(days=("Tuesday",)))), "Baking"))
    left_alone = at(type_in(now, "done"))
    later = at(type_in(now, "Monday", "done"))

    turn = advance(BOOKING, later, WentBack())

    assert at(advance(BOOKING, left_alone, WentBack())) == now
    assert (at(turn), turn.chosen) == (replace(now, marks=Marks(("monday", "tuesday"))), ())


def test_changing_a_line_of_the_review_comes_back_to_the_review() -> None:
    now = at(type_in(at(begin(BOOKING, Visit())), *ANSWERS))

    changing = advance(BOOKING, now, Chose("trade"))
    changed = type_in(at(changing), "Welding")

    assert question(changing) == "Which workshop would you like to see?"
    assert question(changed) == "Is everything right?"
    assert (at(changed).draft.trade, at(changed).past) == ("Welding", now.past)


def test_a_line_of_the_review_is_asked_until_it_has_an_answer() -> None:
    now = at(type_in(at(begin(BOOKING, Visit())), *ANSWERS))
    changing = at(advance(BOOKING, at(advance(BOOKING, now, Chose("days"))), Chose("monday")))

    unanswered = type_in(at(advance(BOOKING, changing, Chose("thursday"))), "done")
    answered = type_in(at(unanswered), "Tuesday", "done")

    assert (said(unanswered), question(unanswered)) == (("One day at least.",), "On which days?")
    assert (question(answered), at(answered).past) == ("Is everything right?", now.past)


def test_going_back_from_a_line_of_the_review_changes_nothing() -> None:
    now = at(type_in(at(begin(BOOKING, Visit())), *ANSWERS))

    turn = advance(BOOKING, at(advance(BOOKING, now, Chose("who"))), WentBack())

    assert at(turn) == now


def test_coming_again_to_an_earlier_question_forgets_what_came_after_it() -> None:
    past = (Frame("trade", Visit()), Frame("days", Visit(trade="Baking")))
    now = Conversation("review", Visit(trade="Baking"), past=past, then="days")

    turn = advance(
        BOOKING, Conversation("trade", now.draft, past=past, then="days"), Chose("welding")
    )

    assert at(turn) == Conversation("days", Visit(trade="Welding"), past=past[:1])


def test_who_gives_up_hears_that_nothing_was_saved() -> None:
    turn = advance(BOOKING, at(begin(BOOKING, Visit())), GaveUp())

    assert (turn.conversation, said(turn)) == (None, ("Nothing is planned.",))
    assert turn.effects == (ForgetVisit(),)


def test_a_conversation_that_nobody_answers_ends_with_a_word_of_its_own() -> None:
    turn = advance(BOOKING, at(begin(BOOKING, Visit())), Expired())

    assert (turn.conversation, said(turn)) == (None, ("Another day.",))
    assert turn.effects == (ForgetVisit(),)


def test_a_conversation_that_nobody_waits_for_ends_without_a_word() -> None:
    class Unhurried(VisitBooking):
        name = "test.unhurried"
        patience = AT_EASE

    turn = advance(Unhurried(None), at(begin(BOOKING, Visit())), Expired())

    assert (turn.conversation, turn.says) == (None, ())


def test_a_question_can_be_put_again_with_a_word_before_it() -> None:
    now = at(type_in(at(begin(BOOKING, Visit())), "Baking", "Monday"))

    turn = ask(BOOKING, now, VisitBooking.left_word)

    assert (turn.conversation, said(turn), question(turn)) == (
        now,
        ("Nothing is planned.",),
        "On which days?",
    )


def test_a_conversation_is_stored_as_little_as_possible() -> None:
    assert snapshot(BOOKING, at(begin(BOOKING, Visit()))) == '{"step":"trade","draft":{}}'


def test_where_a_stored_conversation_is_can_be_told_without_reading_the_answers() -> None:
    assert step_of('{"step":"town","draft":{"a field of long ago":1}}') == "town"


def test_a_conversation_that_an_older_release_stored_goes_on() -> None:
    stored = (
        '{"step":"left_in","draft":{"full_name":"Liis"},'
        '"past":[{"step":"who","draft":{"full_name":""}}]}'
    )

    read = restore(BOOKING, stored, version=1)

    assert read == Conversation("left_in", Visit("Liis"), past=(Frame("who", Visit()),))


def test_what_is_known_beforehand_opens_the_draft() -> None:
    assert BOOKING.opens_with({"name": "Liis", "left_in": "2005"}) == Visit("Liis", left_in=2005)


def test_an_answer_that_must_have_been_given_is_missed_loudly() -> None:
    with pytest.raises(JourneyError, match="this comes before the answer it needs"):
        known(None)
