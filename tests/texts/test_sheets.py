"""A letter becomes a sheet."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.conversation.messages import Message, Who, msg, verbatim
from bot.runtime.letters import Button, File, Letter, LetterKind, LetterLook, Pages, QrCode
from bot.texts.sheets import Attachment, Pager, Row, Settled, Sheet, Style
from tests.texts.school import ANA, MARI, NAMES, NOW, texts

DONE = Button(msg("Done"), "q:1:1:/done")
LETTER = Letter(MARI, LetterKind.REPLY, (verbatim("Hello."), verbatim("Will you come?")))


def shown(letter: Letter, language: str = "en") -> Sheet:
    return texts().sheet(letter, language, NAMES)


def switches(*are_on: bool) -> Letter:
    rows = tuple(
        Button(verbatim(f"Row {i}"), f"q:1:1:{i}", is_on=on) for i, on in enumerate(are_on)
    )
    return replace(LETTER, look=LetterLook.SEVERAL, buttons=rows, end=DONE, key="q:1:1")


def test_parts_are_paragraphs() -> None:
    assert shown(LETTER) == Sheet("Hello.\n\nWill you come?", "en")


@pytest.mark.parametrize("look", list(LetterLook))
def test_every_look_has_a_style(look: LetterLook) -> None:
    assert shown(replace(LETTER, look=look)).style == Style(look.value)


def test_whoever_reads_a_language_the_school_does_not_speak_gets_its_own() -> None:
    assert (shown(LETTER, "es-MX").language, shown(LETTER, "fi").language) == ("es", "en")


def test_title_rows_and_details_are_put_into_words() -> None:
    letter = replace(
        LETTER,
        title=msg("{student} asks", student=Who(ANA)),
        buttons=(Button(verbatim("Yes"), "c:1:1:Yes", msg("With {student}", student=Who(ANA))),),
        key="c:1:1",
    )

    sheet = shown(letter)

    assert (sheet.title, sheet.rows) == (
        "Ana Ruiz asks",
        (Row("Yes", "c:1:1:Yes", "With Ana Ruiz"),),
    )


def test_a_label_that_is_too_long_is_cut_between_words() -> None:
    label = "Electromecánica de vehículos automóviles y maquinaria agrícola"

    sheet = shown(replace(LETTER, buttons=(Button(verbatim(label), "q:1:1:a"),)))

    assert sheet.rows[0].label == "Electromecánica de vehículos…"


def test_the_button_that_ends_a_question_counts_the_switches_that_are_on() -> None:
    labels = [shown(switches(*on)).done for on in ((False, False), (True, False), (True, True))]

    assert [row and row.label for row in labels] == ["Done", "Done, 1 chosen", "Done, 2 chosen"]


def test_switches_are_counted_where_the_question_is_asked_again_because_of_a_slip() -> None:
    letter = replace(switches(True, True), look=LetterLook.GENTLE)

    assert shown(letter).done == Row("Done, 2 chosen", "q:1:1:/done")


def test_switches_on_other_pages_are_not_counted() -> None:
    letter = replace(switches(True, False), pages=Pages(1, 2, 9, None, "q:1:1:/on"))

    assert shown(letter).done == Row("Done", "q:1:1:/done")


def test_the_button_that_ends_a_review_counts_nothing() -> None:
    letter = replace(switches(True), look=LetterLook.QUESTION)

    assert shown(letter).done == Row("Done", "q:1:1:/done")


def test_pages_say_which_rows_they_show() -> None:
    letter = replace(LETTER, pages=Pages(9, 11, 11, "q:1:1:/back", None))

    assert shown(letter).pager == Pager("9–11 of 11", Row("Previous page", "q:1:1:/back"), None, 9)


@pytest.mark.parametrize(
    ("look", "rows", "expected"),
    [
        (LetterLook.QUESTION, 2, "You can also write the number or the name."),
        (LetterLook.SEVERAL, 3, "You can also write the number or the name."),
        (LetterLook.QUESTION, 1, None),
        (LetterLook.SPLIT, 2, None),
        (LetterLook.NUDGE, 2, None),
        (LetterLook.GENTLE, 2, None),
    ],
)
def test_a_question_with_several_rows_tells_the_other_way_to_answer(
    look: LetterLook, rows: int, expected: str | None
) -> None:
    buttons = tuple(Button(verbatim(f"Row {i}"), f"q:1:1:{i}") for i in range(rows))

    assert shown(replace(LETTER, look=look, buttons=buttons)).hint == expected


def test_an_answer_that_could_not_be_used_leaves_the_rows() -> None:
    buttons = (Button(verbatim("Yes"), "q:1:1:y"), Button(verbatim("No"), "q:1:1:n"))

    sheet = shown(replace(LETTER, look=LetterLook.GENTLE, buttons=buttons))

    assert [row.label for row in sheet.rows] == ["Yes", "No"]


def test_a_file_goes_along_in_utf_8() -> None:
    letter = replace(
        LETTER, file=File("kohtumine.ics", "text/calendar", "SUMMARY:Kohtumine Pärnus")
    )

    assert shown(letter).attachment == Attachment(
        "kohtumine.ics", "text/calendar", b"SUMMARY:Kohtumine P\xc3\xa4rnus"
    )


def test_a_link_goes_along_as_a_picture() -> None:
    def drawn(link: str) -> bytes:
        attachment = shown(replace(LETTER, file=QrCode("code.png", link))).attachment
        assert attachment is not None
        assert (attachment.name, attachment.mime) == ("code.png", "image/png")
        return attachment.content

    one, other = (
        drawn("https://t.me/bot?start=door-2-ABCDE"),
        drawn("https://chat.example/c/door-2-ABCDE"),
    )

    assert one.startswith(b"\x89PNG\r\n\x1a\n")
    assert one != other
    assert one == drawn("https://t.me/bot?start=door-2-ABCDE")


def test_keys_say_what_can_be_pressed_and_what_is_settled() -> None:
    settling = replace(
        LETTER, key="q:1:2", settles="q:1:1", chosen=("q:1:1:yes",), over=("c:9:1",)
    )

    sheet = shown(settling)

    assert (sheet.key, sheet.over) == ("q:1:2", ("c:9:1",))
    assert sheet.settles == Settled("q:1:1", ("q:1:1:yes",))


def test_the_menu_tells_what_commands_do() -> None:
    menu: tuple[tuple[str, Message], ...] = (("now", msg("What is expected of me now")),)

    assert texts().menu("et", menu) == (("now", "Mida minult praegu oodatakse"),)


def test_words_of_a_page_keep_their_slots() -> None:
    assert texts().word("et", "{number}, chosen:").count("{number}") == 1


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", ("12:05", "Today, 1 May")), ("et", ("12.05", "Täna, 1. mai"))],
)
def test_today_is_called_today(language: str, expected: tuple[str, str]) -> None:
    assert texts().when(language, NOW.replace(minute=5)) == expected


def test_other_days_are_called_by_their_weekday() -> None:
    yesterday = datetime(2026, 4, 30, 9, tzinfo=UTC)

    assert texts().when("it", yesterday) == ("12:00", "giovedì 30 aprile")
