"""What is expected of somebody now, over all their cases."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.conversation.messages import Message, Who, msg, msgs
from bot.conversation.prompts import PAGE
from bot.conversation.understanding import option_named
from bot.domain.people import PersonId, Side
from bot.runtime import cases, invitations
from bot.runtime.letters import Button, Letter, LetterKind, LetterLook
from bot.runtime.letters_kept import read
from bot.runtime.outbox import names_in
from bot.runtime.work import Work
from bot.storage import outbox

SETTLED = msg("That question is already settled. You are here now:")
NOTHING_OPEN = msg(
    "There is no open question here. What is expected of you: /now. What you can do: /help"
)
NOT_UNDERSTOOD = msg("I did not understand that. This is expected of you now:")
MOST = 3
"""How many things to do are shown at once; the others follow as these are done."""
WHICH = "w"
"""The key of the question which of several is meant; what `c:` begins elsewhere, begins with it there."""
MOST_TO_CHOOSE = PAGE
"""How many are offered where several are meant; the others can be named."""


def tell_now(
    work: Work, person: PersonId, first: Message | None = None, *, is_asked: bool = False
) -> None:
    """Tell `person` what is expected of them: what is to be done first, each with its buttons.

    *is_asked* if they have a question to answer, which is then asked again: that nothing is expected of them
    would not be true.
    """
    expected = [
        (at, one, is_due)
        for at in expecting(work, person)
        for one, is_due in cases.expected_of(at, person)
    ]
    to_do = [(at, one) for at, one, is_due in expected if is_due]
    waiting = [(at, one) for at, one, is_due in expected if not is_due]
    shown = [*to_do[:MOST], *waiting[: max(MOST - len(to_do), 0)]]
    if len(to_do) > MOST:
        more = msgs("{n} thing is waiting for you.", "{n} things are waiting for you.", len(to_do))
        parts = (more, msg("The first three:"))
        work.letters.append(Letter(person, LetterKind.REPLY, (first, *parts) if first else parts))
    elif not shown and is_asked:
        waits = msg("A question is waiting for your answer:")
        work.letters.append(Letter(person, LetterKind.REPLY, (waits,)))
    elif not shown:
        nothing = msg("Nothing is expected of you at the moment.")
        work.letters.append(
            Letter(person, LetterKind.REPLY, (first, nothing) if first else (nothing,))
        )
    elif first:
        work.letters.append(Letter(person, LetterKind.REPLY, (first,)))
    for at, one in shown:
        work.letters.append(
            cases.letter(work, at, person, one, one.letter or one.text, LetterKind.REPLY)
        )


def expecting(work: Work, person: PersonId) -> Iterator[cases.Standing]:
    """Return the open cases of `person`, and what they are invited to and have not answered."""
    yield from cases.open_cases(work, person)
    yield from invitations.unanswered(work, person)


@dataclass(frozen=True, slots=True)
class Pressable:
    """Something that somebody could press now, and how it is called beside others of the same name."""

    data: str
    """What it sends back."""
    label: Message
    in_full: Message
    """The label, with what or whom it is about."""


def say_what_is_due(work: Work, person: PersonId) -> None:
    """Answer words that fit nothing: with the one thing that is to be done, else with where to look."""
    due = [
        (at, one)
        for at in expecting(work, person)
        for one, is_due in cases.expected_of(at, person)
        if is_due
    ]
    match due:
        case [(at, one)]:
            asked = cases.letter(work, at, person, one, one.letter or one.text, LetterKind.REPLY)
            work.letters.append(replace(asked, parts=(NOT_UNDERSTOOD, *asked.parts)))
        case _:
            work.letters.append(Letter(person, LetterKind.REPLY, (NOTHING_OPEN,)))


def pressable(work: Work, person: PersonId) -> tuple[Pressable, ...]:
    """Return all that `person` could press in their cases, oldest first."""
    return tuple(
        Pressable(button.data, button.label, _in_full(at, person, button.label))
        for at in expecting(work, person)
        for one, _ in cases.expected_of(at, person)
        for button in cases.letter(work, at, person, one, one.text, LetterKind.REPLY).buttons
    )


def _in_full(at: cases.Standing, person: PersonId, label: Message) -> Message:
    """Return what tells one case's button from the same of another: its title, or else whom the case is about."""
    if title := at.case.slots().get("title"):
        # Translators: a button, where the same could be done for several things; {title} is what one is called.
        return msg("{action}: {title}", action=label, title=title)
    others = sorted(
        (part.side is Side.STAFF, number, who)
        for number, (part, who) in enumerate(at.case.people.items())
        if who != person
    )
    if not others:
        return label
    # Translators: a button, where the same could be done for several people; {whom} is a name.
    return msg("{action}: {whom}", action=label, whom=Who(others[0][2]))


def meant_by(
    work: Work, person: PersonId, words: str, language: str, among: tuple[Pressable, ...]
) -> tuple[Pressable, ...]:
    """Return what `words` name of all that could be pressed: several, if their labels are the same.

    A number is that of a button of the letter that came last.
    """
    if words.strip().isdecimal():
        return _numbered(work, person, int(words), among)
    labels = [work.setting.speak(language)(one.label) for one in among]
    if named := option_named(words, {label: label for label in labels}):
        return tuple(one for one, label in zip(among, labels, strict=True) if label == named)
    speak = work.setting.speak(language, names_in(work, (_which(person, among),)))
    in_full = option_named(words, {one.data: speak(one.in_full) for one in among})
    return tuple(one for one in among if one.data == in_full)


def _numbered(
    work: Work, person: PersonId, number: int, among: tuple[Pressable, ...]
) -> tuple[Pressable, ...]:
    """Return the button with that number of the letter that reached `person` last, if it can still be pressed.

    Only that letter counts: a number is never taken for the button of something further above.
    """
    row = work.run(outbox.NEWEST, person_id=person).first()
    buttons = read(person, row.kind, row.letter, key=row.key, is_edit=False).buttons if row else ()
    if not 1 <= number <= len(buttons):
        return ()
    data = buttons[number - 1].data
    # The question which of several is meant has a beginning of its own, by which it is settled.
    same = (one for one in among if one.data.partition(":")[2] == data.partition(":")[2])
    return tuple(replace(one, data=data) for one in same)[:1]


def ask_which(work: Work, person: PersonId, several: tuple[Pressable, ...]) -> None:
    """Ask which of several things with the same name is meant; the oldest are shown."""
    work.letters.append(_which(person, several[:MOST_TO_CHOOSE]))


def _which(person: PersonId, several: tuple[Pressable, ...]) -> Letter:
    return Letter(
        person,
        LetterKind.REPLY,
        (msg("That fits more than one. Which one do you mean?"),),
        LetterLook.LETTER,
        # Its rows carry its own key, so that it is settled, and not the letter it speaks of.
        buttons=tuple(Button(one.in_full, f"{WHICH}{one.data[1:]}") for one in several),
        key=WHICH,
    )
