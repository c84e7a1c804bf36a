"""Losing touch with somebody: no reminders go there, and staff look for another way."""

from bot.conversation.messages import Who, msg
from bot.domain.people import PersonId
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.owners import person_of
from bot.runtime.pairs import chat_closed
from bot.runtime.waiting_list import ask_no_more
from bot.runtime.work import Work
from bot.storage import outbox, people


def lose_touch(work: Work, person: PersonId, network: str, address: str) -> None:
    """Note that a way to `person` is closed; it is no refusal of anything (domain 3.0, rule 8)."""
    known = work.run(people.PERSON, person_id=person).first()
    ways = work.run(people.ADDRESSES, person_id=person).all()
    was_open = any(
        (way.network, way.address) == (network, address) and way.unreachable_at is None
        for way in ways
    )
    if known is None or not was_open:
        return
    work.run(people.REACHABLE, at_network=network, at_address=address, new_unreachable_at=work.now)
    work.run(outbox.DROP_WAITING, whose=person, kinds=["nudge", "broadcast", "digest", "item"])
    asked: frozenset[PersonId] = frozenset()
    if (known.network, known.address) == (network, address):
        ask_no_more(work, person, can_be_told=False)
        asked = chat_closed(work, person)
    coordinator = person_of(work, work.school.owners.everything.owner)
    is_known = known.name and work.run(people.ROLES, person_id=person).first()
    if coordinator and coordinator not in {person, *asked} and is_known:
        word = msg(
            "The chat has been closed on the other side, so nothing arrives there any more."
            " If it matters, please find another way. Name: {name}",
            name=Who(person),
        )
        work.letters.append(Letter(coordinator, LetterKind.ITEM, (word,)))
