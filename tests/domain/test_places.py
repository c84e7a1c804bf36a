"""An address is shown on a map, a call is its link, and of a hall only the school knows where it is."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, strategies as st

from bot.domain.events.places import lacks_link, link_of, map_link

CALL = "https://meet.example/abc?x=1"


@pytest.mark.parametrize("place", ["Viru 3, Tartu", "Plaza Mayor, Burgos", "Hall & yard, Kopli 5"])
def test_a_map_is_asked_for_an_address_as_it_was_written(place: str) -> None:
    link = urlsplit(map_link(place) or "")

    assert (link.scheme, link.netloc, link.path) == ("https", "www.openstreetmap.org", "/search")
    assert parse_qs(link.query) == {"query": [place]}


@pytest.mark.parametrize(
    "place", ["School hall", "The garden", "online", "Zoom, 18:00", "en línea, a las 18", CALL]
)
def test_what_is_no_address_is_on_no_map(place: str) -> None:
    assert map_link(place) is None


@pytest.mark.parametrize("place", [CALL, f"Zoom: {CALL}.", f"Online ({CALL})"])
def test_a_call_is_its_own_link(place: str) -> None:
    assert link_of(place) == CALL


@pytest.mark.parametrize(
    ("place", "lacks"),
    [("online", True), ("  Zoom. ", True), ("En línea", True), ("Zoom, 3", False), (CALL, False), ("Aula", False)],
)  # fmt: skip
def test_a_call_without_a_link_is_found_by_nobody(place: str, lacks: bool) -> None:
    assert lacks_link(place) is lacks


@given(st.text(max_size=160))
def test_a_link_to_a_map_has_nothing_that_would_end_it(place: str) -> None:
    link = map_link(place) or ""

    assert link.isascii()
    assert not set(link) & set(' "<>\n')
