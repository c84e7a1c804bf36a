from bot.conversation.messages import Message, Who, msg, msgs, verbatim
from bot.domain.people import PersonId


def test_a_message_knows_its_slots_whatever_is_written_about_them() -> None:
    assert msg("{who} on {at:date}, {at:time}: {{no slot}}").fields == {"who", "at"}


def test_a_message_that_counts_knows_the_slots_of_both_its_forms() -> None:
    counted = msgs("One for {who}.", "{n} for {whom}.", 2, who="Liis")

    assert counted.fields == {"who", "n", "whom"}
    assert counted.params == {"n": 2, "who": "Liis"}


def test_empty_slots_are_filled_as_far_as_they_are_known() -> None:
    greeting = msg("Hello {who} of {town}, in {year}.", year="2019")

    filled = greeting.filled({"who": Who(PersonId(7)), "year": "1900", "trade": "Welding"})

    assert filled == Message(greeting.id, {"year": "2019", "who": Who(PersonId(7))})


def test_a_message_without_slots_stays_itself() -> None:
    plain, told = msg("Hello."), msg("Hello {who}.", who="Liis")

    assert plain.filled({"who": "Liis"}) is plain
    assert told.filled({"who": "Mari"}) is told


def test_the_words_of_people_are_shown_as_they_are() -> None:
    assert verbatim("{who}, 100 %") == Message("{text}", {"text": "{who}, 100 %"})
