"""What is expected of somebody now, over all their cases."""

from bot.conversation.messages import Message, msg, msgs
from bot.domain.people import PersonId
from bot.runtime import cases
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.work import Work

SETTLED = msg("That question is already settled. You are here now:")
NOTHING_OPEN = msg(
    "There is no open question here. What is expected of you: /now. What you can do: /help"
)
MOST = 3
"""How many things to do are shown at once; the others follow as these are done."""


def tell_now(
    work: Work, person: PersonId, first: Message | None = None, *, is_asked: bool = False
) -> None:
    """Tell `person` what is expected of them: what is to be done first, each with its buttons.

    *is_asked* if they have a question to answer, which is then asked again: that nothing is expected of them
    would not be true.
    """
    expected = [
        (at, one, is_due)
        for at in cases.open_cases(work, person)
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


def buttons_of(work: Work, person: PersonId) -> dict[str, Message]:
    """Return the labels of all that `person` could press in their cases, by what each sends back."""
    return {
        button.data: button.label
        for at in cases.open_cases(work, person)
        for one, _ in cases.expected_of(at, person)
        for button in cases.letter(work, at, person, one, one.text, LetterKind.REPLY).buttons
    }
