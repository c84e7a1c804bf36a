"""Texts keep to the voice: calm, in the marks of their language, no ending on a name."""

import re
from collections.abc import Iterator

import pytest

from bot.texts.catalogues import SOURCE_LANGUAGE, languages
from tests.locales.entries import TRANSLATED, Entry, source, translated

QUOTES = {"en": ("“", "”"), "es": ("«", "»"), "it": ("«", "»"), "et": ("„", "“")}
ALL_QUOTES = {*"“”«»„\"'"}
SLOT = re.compile(r"\{[^}]*\}")
LABELLED = re.compile(r": \{\w+(:first)?\}$")
SAYS_NOTHING_NEW = frozenset(
    {
        "Online",
        "{action}",
        "{chosen}",
        "{first}–{last}",
        "{language}",
        "{programme}",
        "-",
        "Kutse:",
        "File",
        "Mentor",
        "No",
        "Mentoring",
    }
)
"""Texts that may be the same in two languages: slots alone, names, and words that both have."""
ENGLISH = re.compile(
    r"\b(the|and|your?|with|from|this|that|will|what|which|not yet|please)\b", re.IGNORECASE
)
AGREES = "a participle that agrees with the reader"
FORBIDDEN = {
    "es": {
        r"\b(de|del|a|al) \{school\}": "the name of the school after de or a",
        r"\b(usted|ustedes)\b": "usted",
        r"\w@|\w/[oa]s?\b|\b\w+[oa]\(s\)": "signs for gender",
        r"(?<!la )[Bb]ienvenid[oa]|\b(estás|quedas) \w+[ai]d[oa]\b": AGREES,
        r"¡": "an exclamation mark",
    },
    "it": {
        r"\b(di|a|da|in|su|d?[ae]ll?a?|sul|nel) \{school\}": "the school after an article",
        r"’\{": "an elision before a slot",
        r"\b(il|l’|del|al|dal|nel) ?\{\w+:date\}": "an article before a date",
        r"\w\*|ə|\w/[oaei]\b": "signs for gender",
        r"(?<!il )[Bb]envenut[oa]|[Bb]entornat[oa]|\b[Tt]i sei \w+[aiu]t[oa]\b": AGREES,
        r"\b(match|feedback|reminder|sessione)\b": "an English word that Italian has its own for",
    },
    "et": {
        r"\}(?!-aasta)-?[^\W\d_]": "an ending glued to a slot",
        r"\bkoos \{": "a name that needs an ending",
        r"\b(käesolev|teostama|läbi vii|hetkel|antud|omab|kontakteeru)": "office language",
        r"(?<=[a-zäöüõ,] )(Sina|Sinu|Sind|Sulle|Teie|Teid|Teile)\b": "a capital in the middle",
    },
}


def texts(language: str) -> tuple[Entry, ...]:
    return source() if language == SOURCE_LANGUAGE else translated(language)


def forms(language: str) -> Iterator[tuple[Entry, str]]:
    for entry in texts(language):
        for form in entry.forms:
            yield entry, form


@pytest.mark.parametrize("language", languages())
def test_nothing_is_exclaimed(language: str) -> None:
    assert [f"{entry}: {form!r}" for entry, form in forms(language) if "!" in form] == []


@pytest.mark.parametrize("language", languages())
def test_quotation_marks_are_those_of_the_language(language: str) -> None:
    foreign = ALL_QUOTES - {*QUOTES[language]}

    assert [f"{entry}: {form!r}" for entry, form in forms(language) if {*form} & foreign] == []


@pytest.mark.parametrize("language", languages())
def test_every_quotation_ends(language: str) -> None:
    first, last = QUOTES[language]

    assert [
        f"{entry}: {form!r}"
        for entry, form in forms(language)
        if form.count(first) != form.count(last)
    ] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_english_sentence_stands_in_another_language(language: str) -> None:
    assert [
        f"{entry}: {form!r}"
        for entry, form in forms(language)
        if ENGLISH.search(form)
        or (
            form in entry.english
            and any(letter.isalpha() for letter in SLOT.sub("", form))
            and not any(entry.english[0].startswith(w) for w in SAYS_NOTHING_NEW)
        )
    ] == []


def test_spanish_questions_open() -> None:
    assert [
        f"{entry}: {form!r}" for entry, form in forms("es") if form.count("¿") != form.count("?")
    ] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_texts_end_as_their_english_does(language: str) -> None:
    """A sentence has its full stop, a label has none, a colon waits for what follows.

    Where a name would need an ending, a label with the name may stand in place of the end of the sentence;
    where it needs none, the name may stand in the sentence, in place of the label.
    """
    assert [
        f"{entry}: {form!r}"
        for entry, form in forms(language)
        if form
        and _end(form) != _end(entry.english[0])
        and not LABELLED.search(form)
        and not (_end(form) in {".", "?"} and LABELLED.search(entry.english[0]))
    ] == []


@pytest.mark.parametrize("language", languages())
def test_no_space_is_doubled_or_left_over(language: str) -> None:
    assert [
        f"{entry}: {form!r}"
        for entry, form in forms(language)
        if "  " in form or form != form.strip() or re.search(r" [,.;:?]| \n", form)
    ] == []


@pytest.mark.parametrize(
    ("language", "pattern", "what"),
    [
        (language, pattern, what)
        for language, many in FORBIDDEN.items()
        for pattern, what in many.items()
    ],
)
def test_constructions_that_cannot_be_right_do_not_stand(
    language: str, pattern: str, what: str
) -> None:
    assert [
        f"{what}: {entry}: {form!r}" for entry, form in forms(language) if re.search(pattern, form)
    ] == []


def _end(text: str) -> str:
    """Return the mark that ends a text, with a quotation's end left aside."""
    last = text.rstrip("”“»")[-1:]
    return last if last in {".", "?", ":"} else ""
