"""A message becomes text."""

from datetime import UTC, date, datetime

import pytest

from bot.conversation.messages import (
    FirstSentence,
    InLanguage,
    Message,
    Term,
    TermKind,
    Who,
    msg,
    msgs,
    verbatim,
)
from bot.texts.speaker import EmptySlot
from tests.texts.school import ANA, MARI, NAMES, texts

TALK = datetime(2026, 5, 3, 15, 30, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 1, 1, 8, tzinfo=UTC)


def said(message: Message, language: str = "en") -> str:
    return texts().speak(language, NAMES)(message)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "18:30 on Sunday 3 May"),
        ("es", "18:30 on domingo, 3 de mayo"),
        ("it", "18:30 on domenica 3 maggio"),
        ("et", "18.30 on pühapäev, 3. mai"),
    ],
)
def test_days_and_hours_are_written_as_the_language_does(language: str, expected: str) -> None:
    assert said(msg("{at:time} on {at:date}", at=TALK), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "When: Sunday 3 May, 18:30"),
        ("es", "When: domingo, 3 de mayo, 18:30"),
        ("it", "When: domenica 3 maggio, ore 18:30"),
        ("et", "When: pühapäev, 3. mai kell 18.30"),
    ],
)
def test_a_moment_that_stands_alone_has_day_and_hour(language: str, expected: str) -> None:
    assert said(msg("When: {at}", at=TALK), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Friday 1 January 2027"),
        ("es", "viernes, 1 de enero de 2027"),
        ("it", "venerdì 1 gennaio 2027"),
        ("et", "reede, 1. jaanuar 2027"),
    ],
)
def test_a_day_of_another_year_has_its_year(language: str, expected: str) -> None:
    assert said(msg("{at:date}", at=NEXT_YEAR), language) == expected


def test_the_year_changes_when_it_changes_at_the_school() -> None:
    new_year_in_tallinn = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)

    assert said(msg("{at:date}", at=new_year_in_tallinn)) == "Friday 1 January 2027"


def test_the_hour_that_comes_twice_is_written_alike() -> None:
    summer, winter = (
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    )

    assert (said(msg("{at:time}", at=summer)), said(msg("{at:time}", at=winter))) == (
        "03:30",
        "03:30",
    )


def test_a_day_without_an_hour_shows_none() -> None:
    assert said(msg("Last day: {day}", day=date(2026, 5, 3))) == "Last day: Sunday 3 May"


def test_people_are_named_when_the_message_is_read() -> None:
    message = msg("{student} asks {mentor}.", student=Who(ANA), mentor=Who(MARI))

    assert said(message) == "Ana Ruiz asks Mari Kask."


@pytest.mark.parametrize("language", ["en", "es", "it", "et"])
def test_a_slot_may_ask_for_the_first_name_alone(language: str) -> None:
    names = {ANA: "Ana María López", MARI: " "}
    speak = texts().speak(language, names)

    assert speak(msg("{who:first}", who=Who(ANA))) == "Ana"
    assert speak(msg("{who}", who=Who(ANA))) == "Ana María López"
    assert speak(msg("{who:first}", who=Who(MARI))).strip() == ""


def test_a_person_without_a_name_is_somebody() -> None:
    assert texts().speak("et")(msg("Mentor: {mentor}", mentor=Who(MARI))) == "Mentor: keegi"


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (Term(TermKind.PROGRAMME, "welding"), "Keevitaja"),
        (Term(TermKind.PROGRAMME, "closed-long-ago"), "closed-long-ago"),
        (Term(TermKind.CLASS, "ke-24"), "KE-24"),
        (Term(TermKind.CLASS, "KE-99"), "KE-99"),
        (Term(TermKind.LANGUAGE, "es"), "Español"),
        (Term(TermKind.LANGUAGE, "tlh"), "tlh"),
    ],
)
def test_entries_of_the_schools_lists_have_names(term: Term, expected: str) -> None:
    assert said(msg("{term}", term=term), "et") == expected


def test_several_things_stand_with_commas() -> None:
    offers = (msg("Give a talk"), Term(TermKind.PROGRAMME, "welding"))

    assert said(msg("You offer: {offers}", offers=offers)) == "You offer: Give a talk, Welding"


def test_nothing_chosen_and_no_answer_have_words() -> None:
    message = msg("{offers}; {town}", offers=(), town=None)

    assert (said(message), said(message, "et")) == (
        "nothing chosen; no answer",
        "valimata; vastamata",
    )


def test_the_school_fills_its_own_slots() -> None:
    message = msg("{school}, {contact}, {lead}, {helpline}")

    assert said(message, "es") == "CIFP La Orilla, room 104, Kersti Pärn, 116 111"


def test_a_message_may_fill_a_slot_of_the_school_otherwise() -> None:
    assert said(msg("{contact}", contact="room 5")) == "room 5"


def test_a_slot_that_nothing_fills_is_named() -> None:
    with pytest.raises(EmptySlot, match="mentor"):
        said(msg("Mentor: {mentor}"))


def test_a_text_without_words_says_nothing() -> None:
    assert said(msg(""), "et") == ""


@pytest.mark.parametrize(
    ("n", "expected"),
    [(0, "Sind ootab 0 asja."), (1, "Sind ootab 1 asi."), (21, "Sind ootab 21 asja.")],
)
def test_numbers_choose_the_form_of_the_language(n: int, expected: str) -> None:
    waiting = msgs("{n} thing is waiting for you.", "{n} things are waiting for you.", n)

    assert said(waiting, "et") == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "2019 12,040"),
        ("es", "2019 12.040"),
        ("it", "2019 12.040"),
        ("et", "2019 12\xa0040"),
    ],
)
def test_large_numbers_are_set_apart_and_years_are_not(language: str, expected: str) -> None:
    assert said(msg("{year} {people}", year=2019, people=12040), language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is your name? Please write it in full.", "What is your name?"),
        ("Please check.\nName: Ana", "Please check"),
        ("Tule 3. mail kell 18.30. Kus: saal", "Tule 3. mail kell 18.30"),
        ("1. Who: the school.", "1. Who: the school"),
        ("¿Vienes? ¿Con quién?", "¿Vienes?"),
        ("", ""),
        ("word " * 40, ("word " * 17).strip() + "…"),
    ],
)
def test_a_reminder_quotes_the_first_sentence(text: str, expected: str) -> None:
    assert said(msg("{question}", question=FirstSentence(verbatim(text)))) == expected


def test_what_people_wrote_is_no_format() -> None:
    assert said(verbatim("{school} {0} {x!r:>99} }{ %s")) == "{school} {0} {x!r:>99} }{ %s"


def test_what_others_read_is_in_their_language() -> None:
    inner = msg("{town}", town=None)

    assert said(msg("Town: {town}", town=InLanguage("et", inner)), "en") == "Town: vastamata"


def test_a_message_within_a_message_is_in_the_same_language() -> None:
    inner = msg("{town}", town=None)

    assert said(msg("Town: {town}", town=inner), "et") == "Town: vastamata"
