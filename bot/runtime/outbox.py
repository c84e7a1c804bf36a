"""Letters go into the outbox with all else that a turn changes."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.conversation.messages import Message, Speak
from bot.domain.digest import Frequency
from bot.domain.people import PersonId
from bot.domain.school import School
from bot.runtime.hands import LEASE, InHand
from bot.runtime.letters import Letter, LetterKind, people_in
from bot.runtime.letters_kept import written
from bot.runtime.polite import after_quiet_hours, next_digest
from bot.runtime.work import Here, Work
from bot.storage import digests, outbox, people


def put(work: Work) -> None:
    """Write the letters of a turn, in order; what can be handed over at once is in `work.in_hand`."""
    letters = work.letters
    if work.settled and work.here:
        letters = _settling(letters, work.here.person, *work.settled)
    for key, people_asked, lasts in work.left_entries:
        letters = _taking_back(letters, people_asked, key, lasts)
    if not letters:
        return
    mine = _to_hand_over(work, letters)
    if mine and work.here:
        work.in_hand += [_taken(work, letter, work.here) for letter in mine]
        letters = [letter for letter in letters if letter not in mine]
    rows = []
    for letter in letters:
        if row := _gathered(work, letter):
            rows.append(row)
            if isinstance(row["not_before"], datetime):
                work.planned(row["not_before"])
            else:
                work.written_to.add(letter.to)
    if rows:
        work.has_letters = True
        work.run(outbox.PUT, rows)


def _to_hand_over(work: Work, letters: list[Letter]) -> list[Letter]:
    """Return the answers to whoever acts, if they can leave as soon as the turn is written.

    That spares the outbox the way back: they are claimed as they are put.
    """
    if work.here is None or work.hands is None:
        return []
    mine = [one for one in letters if one.to == work.here.person and one.kind is LetterKind.REPLY]
    if not mine or not work.hands.take(work.here.network, mine, work.now):
        return []
    work.has_taken = True
    return mine


def _taken(work: Work, letter: Letter, here: Here) -> InHand:
    claimed = {
        "state": "sending",
        "claimed_by": work.hands.name if work.hands else None,
        "claimed_until": work.now + LEASE,
        "attempts": 1,
    }
    number = work.run(
        outbox.PUT_ONE, {**row_of(letter, work.now, work.school), **claimed}
    ).scalar_one()
    ref = ref_of(work, letter, here.network)
    names = names_in(work, (letter,))
    until = work.now + LEASE
    return InHand(number, letter, here.language, here.network, here.address, ref, names, 1, until)


def ref_of(work: Work, letter: Letter, network: str) -> str | None:
    """Return what the network calls the letter that `letter` changes; None on another network."""
    if not letter.is_edit:
        return None
    found = work.run(outbox.REF, person_id=letter.to, key=letter.key).first()
    return found.ref if found and found.network == network else None


def speaking(work: Work, language: str) -> Speak:
    """Return what puts messages into `language`, people named; who they are is read only where one is meant."""
    unnamed = work.setting.speak(language)

    def speak(message: Message) -> str:
        if not (who := people_in(message)):
            return unnamed(message)
        return work.setting.speak(language, _names(work, who))(message)

    return speak


def names_in(work: Work, letters: Iterable[Letter]) -> Mapping[PersonId, str]:
    """Return the names of everybody whose name the letters need."""
    return _names(work, frozenset(who for letter in letters for who in letter.people()))


def _names(work: Work, named: frozenset[PersonId]) -> Mapping[PersonId, str]:
    known = work.run(people.NAMES, person_ids=list(named)) if named else ()
    return {PersonId(row.id): row.name for row in known if row.name}


def _settling(
    letters: list[Letter], person: int, key: str, chosen: tuple[str, ...]
) -> list[Letter]:
    """Let the first letter to `person` that settles nothing yet settle the one that was pressed."""
    for i, letter in enumerate(letters):
        if letter.to == person and letter.settles is None:
            return [*letters[:i], replace(letter, settles=key, chosen=chosen), *letters[i + 1 :]]
    return letters


def _taking_back(
    letters: list[Letter], asked: Iterable[PersonId], key: str, lasts: frozenset[PersonId]
) -> list[Letter]:
    """Let what each of `asked` hears settle what is no longer expected of them.

    That is the first news; if there is none, any other letter takes the buttons away, but for those for
    whom something *lasts* of them. What the same case asks next does so itself.
    """
    of_case = key.rpartition(":")[0] + ":"
    for person in asked:
        mine = [
            (i, letter)
            for i, letter in enumerate(letters)
            # What is read another day takes nothing back today.
            if letter.to == person and letter.kind is not LetterKind.ITEM
        ]
        if any(letter.settles == key for _, letter in mine):
            continue
        news = (one for one in mine if one[1].settles is None and one[1].key is None)
        if found := next(news, None):
            i, letter = found
            over = letter.over if person in lasts else (*letter.over, key)
            told = replace(letter, settles=key, over=over)
            letters = [*letters[:i], told, *letters[i + 1 :]]
        elif person in lasts:
            continue
        elif mine and not any((letter.key or "").startswith(of_case) for _, letter in mine):
            i, letter = mine[0]
            told = replace(letter, over=(*letter.over, key))
            letters = [*letters[:i], told, *letters[i + 1 :]]
    return letters


def _gathered(work: Work, letter: Letter) -> dict[str, object] | None:
    """Return the row of a letter: one that need not be read today waits for its reader's digest.

    None for whoever wants only what is needed; whoever wants everything at once gets it as news.
    """
    if letter.kind is not LetterKind.ITEM:
        return row_of(letter, work.now, work.school)
    chosen = frequency_of(work, letter.to)
    if chosen is Frequency.ANY_TIME:
        return row_of(replace(letter, kind=LetterKind.NEWS), work.now, work.school)
    due = next_digest(work.now, chosen, work.school)
    if due is None:
        return None
    return {**row_of(letter, work.now, work.school), "state": "gathered", "not_before": due}


def frequency_of(work: Work, person: PersonId) -> Frequency:
    """Return how often somebody gets a digest: weekly, unless they have chosen otherwise."""
    known = work.run(digests.FREQUENCIES, person_ids=[person]).first()
    return Frequency(known.frequency) if known and known.frequency else Frequency.WEEKLY


def row_of(letter: Letter, now: datetime, school: School) -> dict[str, object]:
    """Return the row of a letter that leaves as soon as it may: news of the night in the morning."""
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
