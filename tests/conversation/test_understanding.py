import unicodedata
from itertools import combinations

from hypothesis import assume, example, given, settings, strategies as st
from rapidfuzz.distance import Levenshtein

from bot.conversation.prompts import CONJUNCTIONS
from bot.conversation.understanding import option_meant, option_named, options_meant, plain

TRADES = {
    "1": "Welding",
    "2": "Electrics",
    "3": "Keevitaja, õmbleja",
    "4": "Café y panadería",
    "5": "Working and studying",
    "6": "IT",
}
anything = st.text(st.characters(), max_size=80)
"""Lone surrogates, marks, signs that turn the direction: all that a network may carry."""
words = st.text("abcdefghijklmnopqrstuvwxyzäõöüžšéíñçàèò ", min_size=1, max_size=25)
letters = st.sampled_from("abcdefghijklmnopqrstuvwxyz")


@st.composite
def labels_apart(draw: st.DrawFn) -> dict[str, str]:
    """Draw labels that a person could not mistake for one another."""
    found = [one for one in draw(st.lists(words, min_size=1, max_size=8)) if plain(one)]
    assume(found)
    for one, other in combinations(map(plain, found), 2):
        short, long = sorted((one, other), key=len)
        assume(not long.startswith(short))
        assume(Levenshtein.distance(one, other) > max(len(long) // 2, 4))
    return {f"o{i}": one for i, one in enumerate(found)}


@given(labels_apart())
def test_every_label_means_itself(labels: dict[str, str]) -> None:
    assert [option_meant(label, labels) for label in labels.values()] == list(labels)


@given(labels_apart())
def test_every_label_means_itself_without_accents_and_case(labels: dict[str, str]) -> None:
    shouted = [
        "".join(
            sign
            for sign in unicodedata.normalize("NFKD", f" {label}! ")
            if unicodedata.category(sign) != "Mn"
        ).upper()
        for label in labels.values()
    ]

    assert [option_meant(one, labels) for one in shouted] == list(labels)


@settings(max_examples=200)
@given(labels_apart(), st.data())
def test_a_long_label_with_one_slip_means_itself_or_nothing(
    labels: dict[str, str], data: st.DataObject
) -> None:
    chosen = data.draw(st.sampled_from(sorted(labels)))
    label = plain(labels[chosen])
    place = data.draw(st.integers(0, len(label) - 1))
    slip = data.draw(letters)
    slipped = data.draw(
        st.sampled_from(
            (
                label[:place] + label[place + 1 :],
                label[:place] + slip + label[place + 1 :],
                label[:place] + slip + label[place:],
            )
        )
    )
    assume(plain(slipped) == slipped)

    meant = option_meant(slipped, labels)

    assert meant == chosen or (meant is None and len(label) < 6)


@given(labels_apart(), st.integers(0, 2000))
def test_a_number_means_the_option_in_that_place(labels: dict[str, str], number: int) -> None:
    meant = [option_meant(said, labels) for said in (f"{number}", f" {number}. ", f"{number})")]

    there = list(labels)[number - 1] if 1 <= number <= len(labels) else None
    assert meant == [there] * 3


@settings(max_examples=300)
@example(said="\ud800", labels=["a"])
@example(said="9" * 5000, labels=["a"])
@given(said=anything, labels=st.lists(anything, max_size=6))
def test_no_text_is_too_strange_to_be_read(said: str, labels: list[str]) -> None:
    offered = {str(i): label for i, label in enumerate(labels)}

    one, named = option_meant(said, offered), option_named(said, offered)
    many = options_meant(said, offered, CONJUNCTIONS)

    assert {one, named} <= {*offered, None}
    assert set(many) <= offered.keys()
    assert sorted(many) == sorted(set(many))


@given(
    labels_apart(), st.lists(st.integers(0, 7), min_size=1, max_size=8), st.sampled_from(",;/\n")
)
def test_several_labels_mean_each_of_them_once(
    labels: dict[str, str], places: list[int], between: str
) -> None:
    chosen = [list(labels)[place % len(labels)] for place in places]

    meant = options_meant(between.join(labels[one] for one in chosen), labels, CONJUNCTIONS)

    assert meant == tuple(dict.fromkeys(chosen))


@given(
    st.lists(st.integers(1, 6), min_size=1, max_size=6),
    st.sampled_from((",", ", ", " ", ";", " and ", " y ", " ja ")),
)
def test_several_numbers_mean_each_of_them_once(numbers: list[int], between: str) -> None:
    said = between.join(map(str, numbers))

    assert options_meant(said, TRADES, CONJUNCTIONS) == tuple(dict.fromkeys(map(str, numbers)))


def test_words_are_compared_without_case_accents_and_signs() -> None:
    assert plain("  Ünlü —  ČAFÉ, straße! ") == "unlu cafe strasse"


def test_a_label_with_a_comma_or_a_conjunction_is_one_option() -> None:
    said = ("keevitaja, õmbleja", "cafe y panaderia", "working and studying")

    assert [options_meant(one, TRADES, CONJUNCTIONS) for one in said] == [("3",), ("4",), ("5",)]


def test_labels_and_numbers_may_be_mixed() -> None:
    said = ("welding and it, 2", "welding, it, and 2", "1,6,2.", "1 6 2", "welding, , it & 2")

    assert [options_meant(one, TRADES, CONJUNCTIONS) for one in said[:4]] == [("1", "6", "2")] * 4
    assert options_meant(said[4], TRADES, CONJUNCTIONS) == ()


def test_a_conjunction_alone_names_nothing() -> None:
    assert [options_meant(said, TRADES, CONJUNCTIONS) for said in ("and", ",", "and, or")] == [
        ()
    ] * 3


def test_one_name_that_is_not_offered_spoils_them_all() -> None:
    assert options_meant("welding, a spaceship", TRADES, CONJUNCTIONS) == ()


def test_what_names_nothing_means_nothing() -> None:
    said = ("", "   ", "…", "👍", "0", "7", "a spaceship", "w", "el")

    assert {option_meant(one, TRADES) for one in said} == {None}


def test_the_beginning_of_one_label_means_it_and_of_two_means_neither() -> None:
    mentors = {"7": "Marta Kask", "9": "Marta Ruiz", "11": "Ilir"}

    meant = [option_meant(said, mentors) for said in ("marta k", "mart", "marta", "ilir")]

    assert meant == ["7", None, None, "11"]


def test_two_options_with_one_label_are_not_told_apart_by_it() -> None:
    mentors = {"7": "Marta", "9": "Marta"}

    assert [option_meant(said, mentors) for said in ("Marta", "2")] == [None, "9"]


def test_a_number_that_is_a_label_means_that_label() -> None:
    months = {"one": "1", "three": "3", "six": "6"}

    assert [option_meant(said, months) for said in ("3", "6", "2")] == ["three", "six", "three"]


def test_short_words_must_be_written_as_they_are() -> None:
    answers = {"yes": "Yes", "no": "No"}

    assert [option_meant(said, answers) for said in ("yes", "yet", "ye", "NO")] == [
        "yes",
        None,
        None,
        "no",
    ]


def test_another_day_or_hour_is_no_misspelling() -> None:
    times = {"a": "Saturday 9 May, 11:00", "b": "Saturday 16 May, 11:00"}

    assert option_named("Saturday 9 May, 12:00", times) is None
    assert option_named("Saturday 23 May, 11:00", times) is None
    assert option_named("Satrday 16 May 11.00", times) == "b"
    assert option_named("trabajo y estudi0", {"a": "Trabajo y estudio", "b": "Otra cosa"}) == "a"
