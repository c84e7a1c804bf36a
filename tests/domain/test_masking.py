"""Contacts do not slip out of what people write to each other; all else arrives as it was written."""

import re

import pytest
from hypothesis import given, strategies as st

from bot.domain.masking import MASK, SEVEN, without_contacts, without_contacts_but_links

ORDINARY = (
    "See you on Saturday 9.5. at 11.00, room 104.",
    "I worked there 2018-2022, then 2022–2024, and left on 30.6.2024.",
    "It pays 1500-2000 € a month, sometimes 2 400 €, and 12,040 in a year.",
    "Call it 24/7: from 7:00 to 15:30, five days a week. That is 3 or 4 years @ most.",
    "The deadline is 2026-05-12 23:59; the next 12/05/2026 17:00.",
    "Nos vemos el 12/5/2026 a las 17:00 en el aula 104. Cuesta 1.250,00 €.",
    "Gané 1.200 euros al mes; ahora 18.000-22.000 euros al año. ¿Y tú?",
    "Ci vediamo il 12.5.2026 alle 17.30. Costa 1.250 euro, o 1 200 000 euro in tutto.",
    "Ho lavorato dal 2015–2019. La paga era 8,50 € l’ora, 40 ore.",
    "Kohtume 12.05.2026 kell 17.30–19.00, ruumis 104. Õppisin seal 2018–2022.",
    "Palk on 1500–2000 eurot, makse 25.-30. kuupäeval. Tunnis 8.50 eurot.",
    "Node.js ja C++ on head. Koolis.Homme tuleb uus päev. Kell 8.00-16.30.",
    "9.-12.5.2026 I am away. Room 104. 12.5.2026 17.00 suits me.",
)


@pytest.mark.parametrize("words", ORDINARY)
def test_an_ordinary_sentence_arrives_as_it_was_written(words: str) -> None:
    assert without_contacts(words) == words


@pytest.mark.parametrize(
    ("words", "passed"),
    [
        ("Call +372 5550 0104 or 5550-0104.", f"Call {MASK} or {MASK}."),
        ("tel5550104", f"tel{MASK}"),
        ("55.50.01.04", MASK),
        ("5 5 5 0 1 0 4", MASK),
        ("(+372) 555 00104", f"({MASK}"),
        ("isikukood 39912120123", f"isikukood {MASK}"),
        ("marta.kask@kool.ee", MASK),
        ("marta (at) kool.ee", MASK),
        ("marta[at]kool.ee", MASK),
        ("@marta_k on the photo page", f"{MASK} on the photo page"),
        ("t.me/marta", MASK),
        ("see WWW.Example.org/a?b", f"see {MASK}"),
        ("http://x", MASK),
        ("tg://resolve?domain=marta", MASK),
        ("mailto:marta@example.org", MASK),
        ("find me: marta.ee", f"find me: {MASK}"),
        ("foo.xyz/abc", MASK),
        (".marta.ee", f".{MASK}"),
        ("“marta.ee”", f"“{MASK}”"),
        ("12.5.2026 55500104", MASK),
        ("1234567 €", f"{MASK} €"),
    ],
)
def test_a_contact_is_left_out(words: str, passed: str) -> None:
    assert without_contacts(words) == passed


around = st.text(st.characters(categories=["L", "P", "Zs"]), max_size=20)
separators = st.sampled_from(["", " ", "-", ".", " - ", "\u00a0", "\u2011", "/", ") ", " ("])
digits = st.integers(0, 9).map(str)


@st.composite
def telephones(draw: st.DrawFn) -> str:
    """Draw seven to twelve digits, without a pattern that would make days and years of them."""
    separator = draw(separators)
    groups = draw(st.lists(st.text("3456789", min_size=3, max_size=4), min_size=3, max_size=4))
    return draw(st.sampled_from(["", "+", "00"])) + separator.join(groups)


@given(around, telephones(), around)
def test_no_telephone_number_survives(before: str, telephone: str, after: str) -> None:
    passed = without_contacts(f"{before} {telephone} {after}")

    assert telephone.lstrip("+") not in passed
    assert MASK in passed


@given(st.text(max_size=60) | st.lists(digits | around, max_size=30).map("".join))
def test_no_run_of_seven_digits_survives(words: str) -> None:
    assert not re.search(rf"\d{{{SEVEN},}}", without_contacts(words))


names = st.from_regex(r"[a-z][a-z0-9]{1,10}", fullmatch=True)
hosts = st.builds("{}.{}".format, names, st.sampled_from(["ee", "com", "org", "es", "it"]))


@given(around, names, hosts, st.sampled_from(["{0}@{1}", "{0} @ {1}", "{0}(at){1}"]), around)
def test_no_address_survives(before: str, name: str, host: str, written: str, after: str) -> None:
    passed = without_contacts(f"{before} {written.format(name, host)} {after}")

    assert host not in passed


@given(
    around,
    hosts,
    st.sampled_from(["https://{}", "http://{}/a", "www.{}", "{}", "{}/b?c=1"]),
    around,
)
def test_no_link_survives(before: str, host: str, written: str, after: str) -> None:
    passed = without_contacts(f"{before} {written.format(host)} {after}")

    assert host not in passed


@given(st.text(max_size=60))
def test_what_was_left_out_once_is_not_left_out_again(words: str) -> None:
    once = without_contacts(words)

    assert without_contacts(once) == once


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("Café Kohvik, Pikk 3", "Café Kohvik, Pikk 3"),
        ("https://meet.example/abc-1234567", "https://meet.example/abc-1234567"),
        ("Room 104, or call +372 5550 0104", "Room 104, or call […]"),
        ("www.meet.example/7 or marta@example.org", "www.meet.example/7 or […]"),
    ],
)
def test_a_place_may_be_the_link_of_a_call_and_no_other_contact(place: str, shown: str) -> None:
    assert without_contacts_but_links(place) == shown
