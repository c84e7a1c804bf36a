"""What has been written to many before, and what helps to choose whom to write to next."""

from collections import Counter, defaultdict
from typing import Any

from bot.conversation.declaring import adapter
from bot.domain.broadcasts.sent import Earlier, SentLetter, Tally, Town
from bot.domain.people import CaseId
from bot.runtime.work import Work
from bot.storage import broadcasts as rows

LIFECYCLE = "broadcasts.broadcast"


def sent(work: Work, most: int) -> tuple[SentLetter, ...]:
    """Return at most so many letters to many and invitations that were written, the newest first."""
    return tuple(_read(work, row) for row in work.run(rows.WRITTEN, most=most))


def earlier(work: Work, most: int) -> tuple[Earlier, ...]:
    """Return at most so many letters and invitations that have begun to leave, the newest first."""
    lifecycles = work.setting.registry.lifecycles
    return tuple(
        Earlier(
            CaseId(row.id),
            adapter(lifecycles[row.lifecycle].facts_type).validate_json(row.facts).letter.titles,
        )
        for row in work.run(rows.EARLIER, most=most)
    )


def sent_before(work: Work, case: CaseId) -> SentLetter | None:
    """Return one letter to many, or invitation; None if there is none of that number."""
    row = work.run(rows.WRITTEN_ONE, of_case=case).first()
    return _read(work, row) if row else None


def _read(work: Work, row: Any) -> SentLetter:
    facts = adapter(work.setting.registry.lifecycles[row.lifecycle].facts_type)
    return SentLetter(
        CaseId(row.id),
        row.entry,
        row.state,
        row.opened_at,
        facts.validate_json(row.facts),
        is_invitation=row.lifecycle != LIFECYCLE,
    )


def tally(work: Work, case: CaseId) -> Tally:
    """Return what has become of the letters of a case so far; nothing, if it has not begun."""
    # What comes after the first reminds of it, or corrects it.
    one = work.run(rows.ALL_OF_CASE, of_case=case).first()
    if one is None:
        return Tally(0, 0, 0)
    became: Counter[str] = Counter()
    for row in work.run(rows.FATES, of_broadcast=one.id):
        became[row.state] += row.n
    # Of what is in the outbox the outbox knows more; what it has forgotten, nobody knows.
    handed = Counter({row.state: row.n for row in work.run(rows.IN_OUTBOX, of_broadcast=one.id)})
    reached = became["sent"] + handed["sent"]
    waiting = handed["waiting"] + handed["sending"]
    if one.state != "sent":
        waiting += became["waiting"] + became["gathered"]
    return Tally(reached, waiting, became.total() - reached - waiting)


def towns(work: Work, most: int) -> tuple[Town, ...]:
    """Return at most so many towns, the commonest first; what differs in capitals and spaces only is one."""
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for row in work.run(rows.TOWNS):
        spelled[" ".join(row.town.split()).casefold()][row.town] += row.n
    found = [
        Town(as_written[0], as_written, count.total())
        for count in spelled.values()
        if (as_written := tuple(sorted(count, key=lambda one: (-count[one], one.isupper(), one))))
    ]
    return tuple(sorted(found, key=lambda town: (-town.people, town.name))[:most])
