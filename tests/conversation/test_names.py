"""What is read as the name of a person."""

import pytest

from bot.conversation.messages import msg
from bot.conversation.names import PersonName, is_name
from bot.conversation.prompts import Answer, Marks, UnreadableAnswer

ASKED = PersonName(msg("What is your name?"), max_chars=20)


@pytest.mark.parametrize(
    "name",
    [
        "Liis Saar",
        "Mary-Ann O’Neill",
        "D'Angelo",
        "Núria Gal·la i Puig",
        "Mª José",
        "J. R. R.",
        "Mari Tamm (Kask)",
        "Nguyễn Thị Ánh",
        "Нина",
        "سارة",
        "सीता",
        "李娜",
        "E\u0301va",
    ],
)
def test_names_of_any_script_are_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "words", ["", "...", "12345", "Liis 🙂", "🙂", "Liis2", "<b>Liis</b>", "{liis}", "a@b", "a/b"]
)
def test_numbers_pictures_and_code_are_not(words: str) -> None:
    assert not is_name(words)


def test_a_name_is_kept_without_what_cannot_be_seen() -> None:
    heard = ASKED.read("  Liis\u202e Saar\n", Marks(), lambda message: message.id)

    assert heard == Answer("Liis Saar")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        pytest.param("🙂", "A name is written in letters", id="a picture alone"),
        pytest.param("Liis 🙂", "A name is written in letters", id="a picture beside a name"),
        pytest.param("Liis" * 6, "Your text has {length} characters", id="too long a name"),
        pytest.param("." * 30, "Please write it in words", id="a long row of dots"),
    ],
)
def test_what_is_no_name_is_asked_for_again(words: str, hint: str) -> None:
    with pytest.raises(UnreadableAnswer) as refused:
        ASKED.read(words, Marks(), lambda message: message.id)

    assert refused.value.hint.id.startswith(hint)
