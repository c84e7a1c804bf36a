import unicodedata

import pytest
from hypothesis import given, strategies as st

from bot.domain.leavers import parts_of, parts_of_listed
from bot.domain.leavers.names import likenesses

LETTERS = "abcdefghijklmnopqrstuvwxyzáéíóúñçõäöüšžàèìòùłøđßæœıàпрстяюжщ"  # noqa: RUF001  # of other alphabets
WORDS = st.text(LETTERS, min_size=1, max_size=12)
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


@given(NAMES, st.data())
def test_the_order_of_the_parts_does_not_matter(name: str, data: st.DataObject) -> None:
    shuffled = " ".join(data.draw(st.permutations(name.split())))

    assert parts_of(shuffled) == parts_of(name)


@given(NAMES)
def test_capitals_do_not_matter(name: str) -> None:
    assert parts_of(name.upper()) == parts_of(name) == parts_of(name.title())


@given(NAMES)
def test_how_the_accents_are_encoded_does_not_matter(name: str) -> None:
    apart = unicodedata.normalize("NFD", name)

    assert parts_of(apart) == parts_of(unicodedata.normalize("NFC", name))


@given(NAMES)
def test_accents_that_are_left_out_do_not_matter(name: str) -> None:
    apart = unicodedata.normalize("NFD", name)
    without = "".join(sign for sign in apart if not unicodedata.combining(sign))

    assert parts_of(without) == parts_of(name)


@given(st.text(max_size=300))
def test_any_text_can_be_asked_for(text: str) -> None:
    parts = parts_of(text)

    assert list(parts) == sorted(parts)


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ("Juri Ounapuu", "Jüri Õunapuu"),
        ("Tamm, Mari-Liis", "Mari Liis TAMM"),
        ("O’Brien Sean", "Sean O'Brien"),
        ("Maria Carmen Lopez Garcia", "López García, María del Carmen"),
        ("José Cruz", "José de la Cruz"),
        ("Mª Carmen Ruiz", "María Carmen Ruiz"),
        ("Nguyen Thi Anh", "Nguyễn Thị Ánh"),
        ("Lukasz Strassen", "Łukasz Straßen"),
        ("Soren Aegir", "Søren Ægir"),
        ("Marcal Gallart", "Marçal Gal·lart"),
        ("Юлия Петрова", "Julija Petrova"),
        ("Mari\u00a0Tamm", "Mari\u200b  Tamm "),
        ("Jose Garcia (Kask)", "García Kask, José"),
    ],
)
def test_these_are_one_name(typed: str, listed: str) -> None:
    assert parts_of(typed) == parts_of(listed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lê Thị Hoa", "Đỗ Thị Hoa"),
        ("Mari Tamm", "Mari K. Tamm"),
        ("Carmen López", "María del Carmen López García"),
        ("García Ana", "García García Ana"),
        ("Da Silva", "Silva"),
    ],
)
def test_these_are_two_names(one: str, other: str) -> None:
    assert parts_of(one) != parts_of(other)


@pytest.mark.parametrize("name", ["Suharto", "O", "Ý", "王", "Di", "Y"])
def test_a_name_may_have_one_part_only(name: str) -> None:
    assert len(parts_of_listed(name)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        " - ",
        "...",
        "=cmd|' /C calc'!A0",
        "+372 5555 5555",
        "<b>Mari</b>",
        "mari@example.org",
        "Mari\x00Tamm",
        "Mari \ufffd",
        "a" * 10_000,
        "a " * 17,
    ],
)
def test_these_are_no_names_on_a_list(text: str) -> None:
    assert parts_of_listed(text) == ()


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=31), st.data())
def test_every_single_slip_is_like_the_part(part: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(part) - 2))
    letter = data.draw(st.sampled_from("aeklz"))
    slips = [
        part[:at] + part[at + 1 :],
        part[:at] + letter + part[at:],
        part[:at] + letter + part[at + 1 :],
        part[:at] + part[at + 1] + part[at] + part[at + 2 :],
    ]

    assert all(likenesses(slip) & likenesses(part) for slip in slips)


@pytest.mark.parametrize(
    ("one", "other"), [("aleksandr", "alexander"), ("baena", "vaena"), ("katharina", "catarina")]
)
def test_what_sounds_the_same_is_alike(one: str, other: str) -> None:
    assert likenesses(one) & likenesses(other)


@pytest.mark.parametrize(("one", "other"), [("li", "lu"), ("mari", "jaan"), ("tamm", "kask")])
def test_what_is_merely_short_is_not_alike(one: str, other: str) -> None:
    assert not likenesses(one) & likenesses(other)
