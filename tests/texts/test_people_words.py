"""What people wrote cannot harm the text around it."""

import unicodedata

from hypothesis import given, strategies as st

from bot.conversation.messages import FirstSentence, Who, msg, verbatim
from bot.runtime.letters import Button, Letter, LetterKind
from bot.texts.written_by_people import harmless, shortened
from tests.texts.school import ANA, texts

HOSTILE = st.text(
    st.characters()
    | st.sampled_from(
        "{}%\\\r\n\t\u202e\u2066\u2068\u2069\u2028\x00\ud800\u200f\u0627\u05d0<>&[]()_*`"
    )
)


@given(HOSTILE)
def test_what_cannot_be_seen_is_left_out(words: str) -> None:
    kept = harmless(words)

    hidden = {c for c in kept if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"}

    assert hidden == set()


@given(HOSTILE)
def test_every_change_of_direction_ends_on_its_line(words: str) -> None:
    for line in harmless(words).split("\n"):
        opened = [line.count(order) for order in "\u202a\u202b\u202d\u202e\u2066\u2067"]

        assert opened == [0] * 6
        assert line.count("\u2068") == line.count("\u2069") <= 1


@given(st.text(st.characters(codec="latin-1", exclude_categories=["Cc"])))
def test_words_of_the_schools_alphabets_stay_as_they_are(words: str) -> None:
    assert harmless(words) == words


def test_a_name_from_right_to_left_is_isolated() -> None:
    sent = texts().speak("en", {ANA: "محمد (7)"})(msg("{who} asks.", who=Who(ANA)))

    assert sent == "\u2068محمد (7)\u2069 asks."


@given(HOSTILE)
def test_hostile_words_never_break_a_letter(words: str) -> None:
    letter = Letter(
        ANA,
        LetterKind.NEWS,
        (
            msg("{goal}", goal=words),
            msg("{quote}", quote=FirstSentence(verbatim(words))),
            msg("{who}", who=Who(ANA)),
        ),
        title=verbatim(words),
        buttons=(Button(verbatim(words), "q:1:1:a", verbatim(words)),),
    )

    sheet = texts().sheet(letter, "et", {ANA: words})

    assert len(sheet.text.encode()) <= 20 * len(words) + 20
    assert len(sheet.rows[0].label) <= 40


@given(st.text(), st.integers(1, 100))
def test_what_is_shortened_fits_on_its_line(words: str, most: int) -> None:
    short = shortened(words, most)

    assert len(short) <= most
    assert "\n" not in short
