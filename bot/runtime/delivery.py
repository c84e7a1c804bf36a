"""Letters on their way, as rows: taken in hand by one process, and marked with what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from bot.domain.people import PersonId
from bot.runtime.hands import LEASE, Hands, InHand
from bot.runtime.letters import read
from bot.runtime.outbox import names_in, put, ref_of
from bot.runtime.touch import lose_touch
from bot.runtime.work import Setting, Work
from bot.storage import outbox


class Fate(StrEnum):
    """What became of a letter; stored with it."""

    SENT = "sent"
    WAITING = "waiting"
    """It was not delivered, and will be."""
    UNREACHED = "unreached"
    """The way to the person is closed."""
    REFUSED = "refused"
    """The network will never take it."""
    UNSURE = "unsure"
    """Nobody knows whether it arrived, and it is not sent again."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a letter in hand."""

    about: InHand
    fate: Fate
    at: datetime
    ref: str | None = None
    """What the network calls it, if it was sent."""
    why: str | None = None
    """Why it was refused, in the network's words."""
    not_before: datetime | None = None
    """When it may be tried again, if it waits."""


def take_up(setting: Setting, now: datetime, me: str, moment: datetime, tx: Connection) -> int:
    """Let go of letters whose process, not `me`, died before `moment`; return how many there were."""
    return len(Work(tx, setting, now).run(outbox.LOST, moment=moment, me=me).all())


def claim(
    setting: Setting,
    now: datetime,
    hands: Hands,
    networks: Sequence[str],
    most: int,
    tx: Connection,
) -> list[InHand]:
    """Take at most `most` waiting letters for `networks` in hand, in the order in which they leave."""
    work = Work(tx, setting, now)
    if tx.dialect.name == "postgresql":
        # One process at a time: another's claim that is not committed yet could not be seen, and a
        # later letter to the same person would overtake the one that it took in hand.
        work.run(outbox.ONE_AT_A_TIME)
    claimed = work.run(
        outbox.CLAIM,
        moment=now,
        most=most,
        networks=list(networks),
        new_claimed_by=hands.name,
        new_claimed_until=now + LEASE,
    ).scalars()
    ids = list(claimed)
    if not ids:
        return []
    rows = work.run(outbox.CLAIMED, letter_ids=ids).all()
    letters = {
        row.id: read(
            PersonId(row.person_id), row.kind, row.letter, key=row.key, is_edit=row.is_edit
        )
        for row in rows
    }
    names = names_in(work, letters.values())
    for letter in letters.values():
        hands.take(letter.to)
    return [
        InHand(
            row.id,
            letters[row.id],
            row.language,
            row.network,
            row.address,
            ref_of(work, letters[row.id], row.network),
            names,
            row.attempts,
        )
        for row in rows
    ]


def record(setting: Setting, now: datetime, marks: Sequence[Mark], tx: Connection) -> None:
    """Write down what became of letters."""
    work = Work(tx, setting, now)
    work.run(outbox.MARK, [_row(mark) for mark in marks])
    for mark in marks:
        if mark.fate is Fate.UNREACHED:
            lose_touch(work, mark.about.letter.to, mark.about.network, mark.about.address)
    put(work)


def _row(mark: Mark) -> dict[str, object]:
    return {
        "letter_id": mark.about.id,
        "new_state": mark.fate,
        "new_sent_at": mark.at if mark.fate is Fate.SENT else None,
        "new_network": mark.about.network,
        "new_ref": mark.ref,
        "new_why": mark.why,
        "new_not_before": mark.not_before,
    }
