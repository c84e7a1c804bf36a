"""Letters go into the outbox with all else that a turn changes."""

from dataclasses import replace
from datetime import datetime

from bot.domain.school import School
from bot.runtime.letters import Letter, LetterKind, written
from bot.runtime.polite import after_quiet_hours
from bot.runtime.work import Work
from bot.storage import outbox


def put(work: Work) -> None:
    """Write the letters of a turn, in order."""
    letters = work.letters
    if work.settled and work.here:
        letters = _settling(letters, work.here.person, *work.settled)
    if letters:
        rows = [_row(letter, work.now, work.school) for letter in letters]
        for row in rows:
            if isinstance(row["not_before"], datetime):
                work.planned(row["not_before"])
        work.run(outbox.PUT, rows)


def _settling(
    letters: list[Letter], person: int, key: str, chosen: tuple[str, ...]
) -> list[Letter]:
    """Let the first letter to `person` that settles nothing yet settle the one that was pressed."""
    for i, letter in enumerate(letters):
        if letter.to == person and letter.settles is None:
            return [*letters[:i], replace(letter, settles=key, chosen=chosen), *letters[i + 1 :]]
    return letters


def _row(letter: Letter, now: datetime, school: School) -> dict[str, object]:
    later = letter.not_before
    if letter.kind is LetterKind.NEWS and later is None:
        polite = after_quiet_hours(now, school)
        later = polite if polite > now else None
    return {
        "person_id": letter.to,
        "kind": letter.kind,
        "letter": written(letter),
        "key": letter.key,
        "is_edit": letter.is_edit,
        "created_at": now,
        "not_before": later,
        "state": "waiting",
        "attempts": 0,
    }
