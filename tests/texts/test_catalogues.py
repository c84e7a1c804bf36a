"""Catalogues come from the files that translators edit."""

from pathlib import Path

import pytest
from babel.messages import Catalog

from bot.texts import catalogues, collect

HALF_DONE = """
msgid ""
msgstr "Language: fi\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Yes"
msgstr "Kyllä"

msgid "No"
msgstr ""

#, fuzzy
msgid "Maybe"
msgstr "Ei"

msgid "{n} place"
msgid_plural "{n} places"
msgstr[0] "{n} paikka"
msgstr[1] ""
"""


@pytest.fixture
def finnish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A language that somebody has begun to translate into, and has not finished."""
    file = tmp_path / "fi" / "LC_MESSAGES" / "kutse.po"
    file.parent.mkdir(parents=True)
    file.write_text(HALF_DONE, "utf-8")
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path)
    monkeypatch.setattr(catalogues, "catalogue", catalogues.catalogue.__wrapped__)
    return "fi"


def test_a_file_is_all_that_a_language_needs(finnish: str) -> None:
    assert catalogues.languages() == ("en", finnish)


def test_what_is_not_translated_stays_english(finnish: str) -> None:
    texts = catalogues.catalogue(finnish)

    assert [texts.gettext(word) for word in ("Yes", "No", "Maybe", "Later")] == [
        "Kyllä",
        "No",
        "Maybe",
        "Later",
    ]


def test_a_plural_that_lacks_a_form_stays_english(finnish: str) -> None:
    texts = catalogues.catalogue(finnish)

    assert [texts.ngettext("{n} place", "{n} places", n) for n in (1, 2)] == [
        "{n} place",
        "{n} places",
    ]


def test_a_language_without_a_file_has_no_texts() -> None:
    with pytest.raises(FileNotFoundError):
        catalogues.catalogue("tlh")


def test_english_is_the_language_of_the_code() -> None:
    assert catalogues.catalogue("en").gettext("Yes") == "Yes"


def test_files_say_nothing_that_changes_without_a_text_having_changed() -> None:
    texts = Catalog("et", domain="kutse", fuzzy=False)
    texts.add("Yes", "Jah", auto_comments=["Translators: an answer."], locations=[("bot/x.py", 7)])
    texts.add("No", "Ei")

    assert collect.written(texts).decode() == (
        'msgid ""\n'
        'msgstr ""\n'
        '"Language: et\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        "\n"
        'msgid "No"\n'
        'msgstr "Ei"\n'
        "\n"
        "#. Translators: an answer.\n"
        'msgid "Yes"\n'
        'msgstr "Jah"\n'
    )


def test_notes_for_translators_stand_with_the_words_of_pages_and_of_messages() -> None:
    notes = {
        str(text.id): text.auto_comments for text in collect.collected() if text.auto_comments
    }

    assert notes["Send now"] == ['Translators: button beside "Kept here, not sent yet".']
    assert notes["somebody"] == [
        "Translators: stands where the name of a person is no longer known."
    ]


def test_collecting_keeps_translations_and_drops_what_the_code_no_longer_says(
    finnish: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code = Catalog(domain="kutse", fuzzy=False)
    for text in ("Yes", "Later"):
        code.add(text)
    monkeypatch.setattr(collect, "collected", lambda: code)
    monkeypatch.setattr(collect, "TEMPLATE", tmp_path / "kutse.pot")
    monkeypatch.setattr("sys.argv", ["collect", "sv"])

    collect.main()

    kept = {text.id: text.string for text in catalogues.stored(finnish) if text.id}
    assert kept == {"Yes": "Kyllä", "Later": ""}
    assert catalogues.languages() == ("en", "fi", "sv")
