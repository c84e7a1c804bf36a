"""Letters on their way, as rows: taken in hand by one process, and marked with what became of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

import structlog
from sqlalchemy import Connection

from bot.domain.people import PersonId
from bot.runtime.failures import described
from bot.runtime.hands import LEASE, Hands, InHand
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.letters_kept import read
from bot.runtime.orders import finish
from bot.runtime.outbox import names_in, put, ref_of
from bot.runtime.rights_only import WEB, is_too_young
from bot.runtime.touch import lose_touch
from bot.runtime.work import Setting, Work, Written
from bot.storage import cases, conversations, outbox, people

log = structlog.get_logger()


class Fate(StrEnum):
    """What became of a letter; stored with it."""

    SENT = "sent"
    WAITING = "waiting"
    """It was not delivered, and will be."""
    UNREACHED = "unreached"
    """The way to the person is closed."""
    REFUSED = "refused"
    """The network will never take it."""
    SKIPPED = "skipped"
    """It was about nothing any more."""
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


def waited_for(setting: Setting, now: datetime, tx: Connection) -> list[PersonId]:
    """Return everybody to whom letters wait."""
    return [PersonId(who) for who in Work(tx, setting, now).run(outbox.WAITED_FOR).scalars()]


def take_up(setting: Setting, now: datetime, me: str, moment: datetime, tx: Connection) -> int:
    """Let go of letters whose process, not `me`, died before `moment`; return how many there were."""
    return len(Work(tx, setting, now).run(outbox.LOST, moment=moment, me=me).all())


def claim(
    setting: Setting,
    clock: Callable[[], datetime],
    hands: Hands,
    networks: Sequence[str],
    most: int,
    tx: Connection,
) -> list[InHand]:
    """Take at most `most` waiting letters for `networks` in hand, in the order in which they leave."""
    work = Work(tx, setting, clock())
    if _is_shared(tx):
        # One process at a time: another's claim that is not committed yet could not be seen, and a
        # later letter to the same person would overtake the one that it took in hand.
        work.run(outbox.ONE_AT_A_TIME)
        # It may have been another's time until now.
        work = Work(tx, setting, clock())
        for row in work.run(outbox.LEFT_LATELY):
            hands.brake.learn(row.network, row.left_lately)
    ids, is_all = _claimed(work, hands, networks, most)
    if not ids:
        return []
    letters = {}
    rows = work.run(outbox.CLAIMED, letter_ids=ids).all()
    for row in rows:
        if letter := _readable(work, row, hands):
            letters[row.id] = letter
    _drop_the_dead(work, hands, letters)
    ways = _ways(work, hands, rows, letters)
    # Claiming has taken its time: they leave now.
    now = clock()
    too_fast = _keep_the_pace(work, hands, rows, letters, now)
    hands.hold((letter.to for letter in letters.values()), all_of_them=is_all)
    hands.leave(too_fast)
    if not is_all:
        hands.brake.more_wait(networks, work.now)
    names = names_in(work, letters.values())
    return [
        InHand(
            row.id,
            letters[row.id],
            row.language,
            *ways[row.id],
            ref_of(work, letters[row.id], ways[row.id][0]),
            names,
            row.attempts,
            now + LEASE,
        )
        for row in rows
        if row.id in letters
    ]


def _is_shared(tx: Connection) -> bool:
    return tx.dialect.name == "postgresql"


def _claimed(
    work: Work, hands: Hands, networks: Sequence[str], most: int
) -> tuple[list[int], bool]:
    """Claim as many letters as the networks will have now; return which, and whether that is all."""
    portions = hands.brake.portions(networks, most, work.now)
    resting = hands.brake.resting(work.now)
    ids: list[int] = []
    is_all = True
    for portion in portions:
        claiming = partial(_claim_some, work, hands, portion.networks, resting)
        found = claiming(portion.most, outbox.ALL_KINDS) if portion.most else []
        if len(found) == portion.most and all(row.kind in outbox.ANSWERS for row in found):
            found += claiming(portion.answers, outbox.ANSWERS_ONLY) if portion.answers else []
        ids += [row.id for row in found]
        is_all = is_all and len(found) < (portion.most or portion.answers)
    return ids, is_all


def _claim_some(
    work: Work,
    hands: Hands,
    networks: Sequence[str],
    resting: Sequence[PersonId],
    most: int,
    up_to: int,
) -> list[Any]:
    claimed = work.run(
        outbox.CLAIM,
        moment=work.now,
        most=most,
        networks=list(networks),
        up_to=up_to,
        resting=list(resting),
        new_claimed_by=hands.name,
        new_claimed_until=work.now + LEASE,
    )
    return list(claimed)


def _keep_the_pace(
    work: Work, hands: Hands, rows: Sequence[Any], letters: dict[int, Letter], now: datetime
) -> set[PersonId]:
    """Put back what would be too fast, and whatever follows it; return whose letters these are.

    That is little: no more was claimed than there seemed to be room for.
    """
    too_fast: set[PersonId] = set()
    back: list[dict[str, object]] = []
    for row in rows:
        letter = letters.get(row.id)
        if letter is None:
            continue
        if letter.to in too_fast or not hands.brake.take(row.network, (letter,), now):
            too_fast.add(letter.to)
            del letters[row.id]
            waits = {"letter_id": row.id, "new_state": Fate.WAITING, "taken_back": 1}
            back.append({**NO_MARK, **waits, "me": hands.name})
    if back:
        work.run(outbox.MARK, back)
    if _is_shared(work.tx):
        # Nobody else reads or writes it before the commit: one process at a time takes letters in hand.
        networks = sorted({row.network for row in rows})
        if left := hands.brake.to_write_down(networks):
            written = [{"network": name, "left_lately": lately} for name, lately in left.items()]
            work.run(outbox.HAS_LEFT, written)
    return too_fast


def _readable(work: Work, row: Any, hands: Hands) -> Letter | None:
    """Return the letter of a row; one that cannot be read is marked, and blocks nobody."""
    to = PersonId(row.person_id)
    try:
        return read(to, row.kind, row.letter, key=row.key, is_edit=row.is_edit)
    except (AttributeError, KeyError, ValueError, TypeError, IndexError) as failure:
        log.error("letter unreadable", letter=row.id, **described(failure))  # noqa: TRY400  # without its text
        mark = {"letter_id": row.id, "new_state": Fate.REFUSED, "new_why": "unreadable"}
        work.run(outbox.MARK, {**NO_MARK, **mark, "me": hands.name})
        return None


def _drop_the_dead(work: Work, hands: Hands, letters: dict[int, Letter]) -> None:
    """Leave out what waited so long that it is about nothing any more: reminders and news of a past entry."""
    about = {
        number: letter.key.split(":")
        for number, letter in letters.items()
        if letter.key and letter.kind in (LetterKind.NUDGE, LetterKind.NEWS)
    }
    cases_meant = [int(key[1]) for key in about.values() if key[0] == "c"]
    talks_meant = [int(key[1]) for key in about.values() if key[0] == "q"]
    present: dict[tuple[str, int], int] = {}
    if cases_meant:
        found = work.run(cases.ENTRIES, case_ids=cases_meant).all()
        present |= {("c", row.id): row.entry for row in found if row.is_open}
    if talks_meant:
        found = work.run(conversations.TURNS, conversation_ids=talks_meant).all()
        present |= {("q", row.id): row.turn for row in found}
    for number, (kind, of, at, *_) in about.items():
        if present.get((kind, int(of))) != int(at):
            skipped = {"letter_id": number, "new_state": Fate.SKIPPED}
            work.run(outbox.MARK, {**NO_MARK, **skipped, "me": hands.name})
            del letters[number]


def _ways(
    work: Work, hands: Hands, rows: Sequence[Any], letters: dict[int, Letter]
) -> Mapping[int, tuple[str, str]]:
    """Return by which network and to which address each letter goes.

    Who is too young for a network is answered there, but not written to unasked: that goes to their
    chat on the school's page, or nowhere if they have none.
    """
    ways: dict[int, tuple[str, str]] = {}
    for row in rows:
        ways[row.id] = row.network, row.address
        if row.id not in letters or row.kind in outbox.ANSWERS:
            continue
        if is_too_young(work, row.network, row.born):
            known = work.run(people.ADDRESSES, person_id=row.person_id).all()
            page = next((way for way in known if way.network == WEB), None)
            if page is None:
                skipped = {"letter_id": row.id, "new_state": Fate.SKIPPED}
                work.run(outbox.MARK, {**NO_MARK, **skipped, "me": hands.name})
                del letters[row.id]
            else:
                ways[row.id] = page.network, page.address
    return ways


def record(
    setting: Setting, now: datetime, me: str, marks: Sequence[Mark], tx: Connection
) -> Written:
    """Write down what became of letters that `me` had in hand; return what is to be told when that is written."""
    work = Work(tx, setting, now)
    work.run(outbox.MARK, [{**_row(mark), "me": me} for mark in marks])
    for mark in marks:
        if mark.fate is Fate.UNREACHED:
            lose_touch(work, mark.about.letter.to, mark.about.network, mark.about.address)
    finish(work, None)
    put(work)
    return work.written


NO_MARK: Mapping[str, object] = {
    "new_sent_at": None,
    "new_network": None,
    "new_ref": None,
    "new_why": None,
    "new_not_before": None,
    "taken_back": 0,
}


def _row(mark: Mark) -> dict[str, object]:
    return {
        **NO_MARK,
        "letter_id": mark.about.id,
        "new_state": mark.fate,
        "new_sent_at": mark.at if mark.fate is Fate.SENT else None,
        "new_network": mark.about.network,
        "new_ref": mark.ref,
        "new_why": mark.why,
        "new_not_before": mark.not_before,
        # What was surely not delivered was no attempt.
        "taken_back": 1 if mark.not_before else 0,
    }
