import pytest

from bot.conversation.consents import SWITCHES, consent_switches, named
from bot.conversation.messages import msg, verbatim
from bot.conversation.prompts import (
    BACK_A_PAGE,
    DONE,
    ON_A_PAGE,
    SKIP,
    Answer,
    Choice,
    Look,
    Marks,
    MaySkip,
    Option,
    Review,
    Several,
    UnreadableAnswer,
)
from bot.conversation.typed import Number, Shown, Words, Year
from bot.domain.consent import Purpose
from tests.conversation.visiting import TRADES, speak

TRADE = Choice(
    msg("Which trade?"), {trade.lower(): (Option(verbatim(trade)), trade) for trade in TRADES}
)
SURE = Choice(
    msg("Sure?"),
    {"yes": (Option(msg("Yes")), True), "no": (Option(msg("No")), False)},
    side_by_side=True,
)
DAYS = Several(
    msg("On which days?"),
    {day.lower(): (Option(verbatim(day)), day) for day in ("Monday", "Tuesday", "Thursday")},
    msg("Done"),
    ("tuesday",),
)
GOAL = Words(msg("What would you like to learn?"), max_chars=20)
LEFT = Year(msg("When did you leave?"), 1950, 2026)
TOWN = MaySkip.over(Words(msg("Where do you live?"), max_chars=20), msg("Skip"))
LINES = Review(
    msg("Is everything right?"),
    {"trade": Option(msg("Trade"), msg("Welding")), "days": Option(msg("Days"))},
    msg("Send"),
)


def hint(error: pytest.ExceptionInfo[UnreadableAnswer]) -> str:
    return speak(error.value.hint)


@pytest.mark.parametrize(
    ("words", "meant"),
    [("Baking", "Baking"), ("baikng", "Baking"), ("3", "Carpentry"), ("tail", "Tailoring")],
)
def test_a_choice_takes_a_label_a_slip_a_number_or_a_beginning(words: str, meant: str) -> None:
    assert TRADE.read(words, Marks(), speak) == Answer(meant, meant.lower())


def test_a_choice_does_not_guess() -> None:
    with pytest.raises(UnreadableAnswer) as error:
        TRADE.read("a spaceship", Marks(), speak)

    assert hint(error).startswith("I did not understand that.")


def test_a_button_of_a_choice_is_its_answer() -> None:
    assert SURE.choose("no", Marks()) == Answer(value=False, option="no")


def test_a_forged_button_of_a_choice_is_not_understood() -> None:
    with pytest.raises(UnreadableAnswer):
        SURE.choose("maybe", Marks())


def test_pages_turn_no_further_than_the_first_and_the_last() -> None:
    there = [TRADE.choose(ON_A_PAGE, Marks(page=page)) for page in (0, 1)]
    back = [TRADE.choose(BACK_A_PAGE, Marks(page=page)) for page in (1, 0)]

    assert there == [Marks(page=1), Marks(page=1)]
    assert back == [Marks(page=0), Marks(page=0)]


def test_switches_are_on_only_where_the_person_had_them_on() -> None:
    assert DAYS.first_marks() == Marks(("tuesday",))


def test_a_switch_turns_on_and_off_and_keeps_the_order_of_the_question() -> None:
    on = DAYS.choose("monday", Marks(("thursday",), page=1))
    off = DAYS.choose("thursday", Marks(("monday", "thursday")))

    assert (on, off) == (Marks(("monday", "thursday"), page=1), Marks(("monday",)))


def test_what_is_typed_is_switched_on_and_never_off() -> None:
    assert DAYS.read("monday, 3", Marks(("tuesday",)), speak) == Marks(
        ("monday", "tuesday", "thursday")
    )


@pytest.mark.parametrize("words", ["Done", "done.", "DÓNE"])
def test_switches_end_with_the_word_on_their_button(words: str) -> None:
    assert DAYS.read(words, Marks(("monday",)), speak) == Answer(("Monday",))


@pytest.mark.parametrize("words", ["1", "1.", " 1) "])
def test_a_number_names_a_switch_and_never_the_end(words: str) -> None:
    assert DAYS.read(words, Marks(), speak) == Marks(("monday",))


def test_switches_turn_pages() -> None:
    assert DAYS.choose(ON_A_PAGE, Marks(("monday",))) == Marks(("monday",), page=0)


def test_all_switches_off_is_an_answer() -> None:
    assert DAYS.choose(DONE, Marks()) == Answer(())


def test_a_text_that_names_no_switch_changes_nothing() -> None:
    with pytest.raises(UnreadableAnswer):
        DAYS.read("monday and never", Marks(), speak)


def test_a_forged_switch_is_not_understood() -> None:
    with pytest.raises(UnreadableAnswer):
        DAYS.choose("sunday", Marks())


def test_a_picture_is_an_answer_only_where_one_is_asked_for() -> None:
    asked = Shown(msg("A picture?"))
    may_skip = MaySkip.over(asked, msg("None"))

    assert (asked.takes_picture, may_skip.takes_picture, TRADE.takes_picture) == (
        True,
        True,
        False,
    )
    assert asked.show(7) == may_skip.show(7) == Answer(7)
    with pytest.raises(UnreadableAnswer):
        TRADE.show(7)
    with pytest.raises(UnreadableAnswer):
        asked.read("here it is", Marks(), speak)


def test_words_are_tidied_and_keep_their_lines() -> None:
    assert GOAL.read("  TIG   welding \n in\tMay\u200b ", Marks(), speak) == Answer(
        "TIG welding\nin May"
    )


@pytest.mark.parametrize("words", ["", "  ", "…", "👍", "\u200b\u202e"])
def test_words_without_a_letter_are_asked_for_in_words(words: str) -> None:
    with pytest.raises(UnreadableAnswer) as error:
        GOAL.read(words, Marks(), speak)

    assert hint(error) == "Please write it in words."


def test_words_that_are_too_many_are_counted() -> None:
    with pytest.raises(UnreadableAnswer) as error:
        GOAL.read("a" * 21, Marks(), speak)

    assert hint(error).startswith("Your text has 21 characters; there is room for 20.")


def test_a_typed_question_has_no_button_to_press() -> None:
    with pytest.raises(UnreadableAnswer) as error:
        GOAL.choose("1", Marks())

    assert hint(error) == "Please write your answer."


@pytest.mark.parametrize("words", ["2019", " 2019. ", "٢٠١٩"])
def test_a_year_is_four_digits(words: str) -> None:
    assert LEFT.read(words, Marks(), speak) == Answer(2019)


@pytest.mark.parametrize("words", ["1949", "2027", "19", "nineteen", "20190", "²⁰¹⁹", "-2019", ""])
def test_a_year_out_of_range_hears_the_range(words: str) -> None:
    with pytest.raises(UnreadableAnswer) as error:
        LEFT.read(words, Marks(), speak)

    assert hint(error) == "Please write a year from 1950 to 2026."


@pytest.mark.parametrize("words", ["Skip", "skip", "SKIP."])
def test_a_question_may_be_skipped_in_words(words: str) -> None:
    assert TOWN.read(words, Marks(), speak) == Answer(None, SKIP)


def test_a_question_may_be_skipped_by_the_number_of_the_last_row() -> None:
    assert MaySkip.over(TRADE, msg("Skip")).read("11", Marks(), speak) == Answer(None, SKIP)


def test_a_number_that_is_asked_for_is_not_taken_for_that_of_the_row_that_skips() -> None:
    pairs = MaySkip.over(Number(msg("How many?"), 1, 9), msg("Any"))

    assert pairs.read("1", Marks(), speak) == Answer(1)
    assert pairs.read("any", Marks(), speak) == Answer(None, SKIP)


def test_a_question_shows_the_page_of_a_certain_option() -> None:
    rows = {str(n): (Option(msg("{n}", n=n)), n) for n in range(20)}

    assert Choice(msg("Which?"), rows, shown="17").first_marks() == Marks(page=2)
    assert Choice(msg("Which?"), rows, shown="21").first_marks() == Marks()


def test_an_option_that_has_gone_may_mean_something() -> None:
    rows = {"a": (Option(msg("A")), "a")}

    assert Choice(msg("Which?"), rows, gone="none").choose("b", Marks()) == Answer("none")
    with pytest.raises(UnreadableAnswer):
        Choice(msg("Which?"), rows).choose("b", Marks())


@pytest.mark.parametrize("words", ["12", "11."])
def test_no_other_number_skips_a_question(words: str) -> None:
    with pytest.raises(UnreadableAnswer):
        MaySkip.over(TRADE, msg("Skip")).read(words, Marks(), speak)


def test_switches_that_may_be_skipped_keep_their_end_and_their_marks() -> None:
    skippable = MaySkip.over(DAYS, msg("Skip"))

    assert (skippable.end, skippable.first_marks()) == (DAYS.end, DAYS.first_marks())
    assert skippable.choose(SKIP, Marks(("monday",))) == Answer(None, SKIP)


def test_a_question_may_be_skipped_with_its_button() -> None:
    assert TOWN.choose(SKIP, Marks()) == Answer(None, SKIP)


def test_a_question_that_may_be_skipped_hears_what_its_own_question_hears() -> None:
    choice = MaySkip.over(TRADE, msg("Skip"))

    assert TOWN.read("Tartu", Marks(), speak) == Answer("Tartu", None)
    assert choice.choose("baking", Marks()) == Answer("Baking", "baking")
    assert choice.choose(ON_A_PAGE, Marks()) == Marks(page=1)
    assert choice.read("3", Marks(), speak) == Answer("Carpentry", "carpentry")


def test_a_line_of_a_review_is_named_by_its_number_or_label() -> None:
    assert [LINES.read(words, Marks(), speak) for words in ("2", "days")] == [
        Answer("days", "days")
    ] * 2


def test_a_review_is_sent_with_its_button_or_its_word() -> None:
    assert [LINES.read("send", Marks(), speak), LINES.choose(DONE, Marks())] == [
        Answer(DONE, DONE)
    ] * 2


@pytest.mark.parametrize("words", ["everything", "no", "3", "3."])
def test_a_review_does_not_guess_a_line(words: str) -> None:
    with pytest.raises(UnreadableAnswer):
        LINES.read(words, Marks(), speak)


def test_each_kind_of_question_has_its_look_its_buttons_and_its_end() -> None:
    shown = [(p.look, tuple(p.options), p.end) for p in (SURE, DAYS, GOAL, LEFT, TOWN, LINES)]

    assert shown == [
        (Look.SPLIT, ("yes", "no"), None),
        (Look.SWITCHES, ("monday", "tuesday", "thursday"), Option(msg("Done"))),
        (Look.OPEN, (), None),
        (Look.OPEN, (), None),
        (Look.OPEN, (SKIP,), None),
        (Look.REVIEW, ("trade", "days"), Option(msg("Send"))),
    ]
    assert TRADE.look == Look.LIST


def test_every_consent_is_a_switch_that_is_off_unless_agreed_to_earlier() -> None:
    switches = consent_switches(msg("What may we write?"), (Purpose.JOBS,))

    assert tuple(switches.options) == tuple(Purpose)
    assert switches.first_marks() == Marks(("jobs",))
    assert switches.choose(DONE, Marks(("news", "jobs"))) == Answer((Purpose.NEWS, Purpose.JOBS))


def test_every_consent_has_a_name_and_an_explanation() -> None:
    assert named(tuple(Purpose)) == tuple(option.label for option in SWITCHES.values())
    assert all(option.detail for option in SWITCHES.values())


PAY = Number(msg("What does it pay?"), least=0, most=20_000)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("1500", 1500),
        (" 1 500 ", 1500),
        ("1.500", 1500),
        ("1’500", 1500),
        ("€1500", 1500),
        ("1500\u00a0€", 1500),
        ("0", 0),
        ("20\u202f000", 20_000),
    ],
)
def test_a_number_is_read_with_spaces_dots_and_signs_of_money(words: str, number: int) -> None:
    assert PAY.read(words, Marks(), speak) == Answer(number)


@pytest.mark.parametrize("words", ["", "much", "-5", "1500,50", "20001", "9" * 5_000, "1e3", "€"])
def test_what_is_no_number_in_reach_is_asked_again(words: str) -> None:
    with pytest.raises(UnreadableAnswer) as slip:
        PAY.read(words, Marks(), speak)

    assert slip.value.hint.params == {"min": 0, "max": 20_000}
