"""How a sheet looks on Telegram."""

from hypothesis import given, strategies as st

from bot.gateways.telegram.bot_api import Button, Look, Part, Stretch
from bot.gateways.telegram.layout import BACK, MAX_TEXT, lay_out, units
from bot.texts.sheets import Link, Pager, Row, Sheet, Style


def test_a_title_stands_above_in_bold_and_a_hint_below_in_italics() -> None:
    sheet = Sheet("Keevitus on 🔥.", "et", Style.LETTER, title="Õpe 🎓", hint="Või kirjuta.")

    (part,) = lay_out(sheet)

    assert part == Part(
        "Õpe 🎓\n\nKeevitus on 🔥.\n\nVõi kirjuta.",
        (Stretch(Look.BOLD, 0, 6), Stretch(Look.ITALIC, 25, 12)),
    )


def test_links_stand_below_the_text_as_words() -> None:
    url = "https://www.openstreetmap.org/search?query=Viru+3"
    sheet = Sheet("Kus: Viru 3 🔥", "et", hint="Või kirjuta.", links=(Link("Kaardil", url),))

    (part,) = lay_out(sheet)

    assert part == Part(
        "Kus: Viru 3 🔥\n\nKaardil\n\nVõi kirjuta.",
        (Stretch(Look.LINK, 16, 7, url), Stretch(Look.ITALIC, 25, 12)),
    )


def test_each_row_is_a_row_and_the_rows_of_a_split_question_stand_side_by_side() -> None:
    rows = (Row("Yes", "y"), Row("No", "n"))

    assert buttons(Sheet("?", "en", Style.QUESTION, rows=rows)) == [["Yes"], ["No"]]
    assert buttons(Sheet("?", "en", Style.SPLIT, rows=rows)) == [["Yes", "No"]]


def test_more_than_eight_side_by_side_go_to_the_next_line() -> None:
    rows = tuple(Row(str(number), str(number)) for number in range(1, 11))

    assert [len(row) for row in buttons(Sheet("?", "en", Style.SPLIT, rows=rows))] == [8, 2]


def test_a_switch_that_is_on_is_ticked() -> None:
    rows = (Row("Monday", "1", is_on=True), Row("Tuesday", "2", is_on=False))
    sheet = Sheet("When?", "en", Style.SEVERAL, rows=rows, done=Row("Done", "d"))

    assert buttons(sheet) == [["✓ Monday"], ["Tuesday"], ["Done"]]


def test_details_stand_under_the_text_numbered_over_all_pages() -> None:
    rows = (Row("Marta", "1", detail="welding since 2019"), Row("Ilir", "2"))
    pager = Pager("4-5 of 5", Row("back", "p:1"), None, first=4)

    (part,) = lay_out(Sheet("Who?", "en", rows=rows, pager=pager))

    assert part.text == "Who?\n\n4. Marta: welding since 2019\n5. Ilir"
    assert part.buttons[2] == (Button(BACK, "p:1"), Button("4-5 of 5", "-"))


def test_without_any_detail_the_labels_are_not_repeated() -> None:
    (part,) = lay_out(Sheet("Who?", "en", rows=(Row("Marta", "1"),)))

    assert part.text == "Who?"


def test_a_long_text_is_cut_between_paragraphs() -> None:
    sheet = Sheet("a" * 3000 + "\n\n" + "b" * 3000, "en", rows=(Row("Yes", "y"),))

    first, last = lay_out(sheet)

    assert (first.text.strip(), first.buttons) == ("a" * 3000, ())
    assert (last.text, last.buttons) == ("b" * 3000, ((Button("Yes", "y"),),))


@given(
    st.text(st.sampled_from("ab \n🎓é"), max_size=9000),
    st.text(st.sampled_from("t🎓"), max_size=5000) | st.none(),
)
def test_no_part_is_too_long_and_nothing_is_lost(text: str, title: str | None) -> None:
    parts = lay_out(Sheet(text, "en", title=title, hint="hint"))

    whole = "".join(part.text for part in parts)
    assert whole == "\n\n".join(block for block in (title, text.strip(), "hint") if block)
    assert max(units(part.text) for part in parts) <= MAX_TEXT
    assert all(
        stretch.length > 0 and stretch.offset + stretch.length <= units(part.text)
        for part in parts
        for stretch in part.stretches
    )
    bold = [
        stretch.length for part in parts for stretch in part.stretches if stretch.look is Look.BOLD
    ]
    assert sum(bold) == units(title or "")


def buttons(sheet: Sheet) -> list[list[str]]:
    (part,) = lay_out(sheet)
    return [[button.label for button in row] for row in part.buttons]
