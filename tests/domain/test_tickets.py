"""What a guest shows at the door is read as it was written, and fits into a link of any network."""

import re

import pytest
from hypothesis import given, strategies as st

from bot.domain.events.ticket import Ticket, ticket_in
from bot.domain.people import CaseId
from bot.runtime.occasions import LENGTH, SIGNS

tickets = st.builds(
    Ticket,
    st.integers(1, 10**18 - 1).map(CaseId),
    st.text(SIGNS, min_size=LENGTH, max_size=LENGTH),
)


@given(tickets)
def test_a_ticket_is_read_as_it_was_written_alone_and_in_a_link(ticket: Ticket) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", str(ticket))
    assert ticket_in(str(ticket)) == ticket
    assert ticket_in(f"https://t.me/kutse_bot?start={ticket}") == ticket


@pytest.mark.parametrize("words", ["", "k24", "door-0-ABCDE", "door-2-abcde", "door--2-ABCDE"])
def test_other_words_are_no_ticket(words: str) -> None:
    assert ticket_in(words) is None
