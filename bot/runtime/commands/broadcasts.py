"""Letters to many, begun by staff."""

from dataclasses import replace

from bot.conversation.consents import why_you_get_it
from bot.conversation.effects import Effect, Start, Tell
from bot.conversation.messages import (
    ByLanguage,
    InLanguage,
    Message,
    Param,
    Term,
    TermKind,
    msg,
)
from bot.domain.broadcasts.desk import OpenBroadcasts, SteerLetter
from bot.domain.broadcasts.worded import ShowLetter, Worded
from bot.domain.people import PersonId
from bot.runtime import cases
from bot.runtime.audiences import NOBODY, may_broadcast, settle
from bot.runtime.broadcasts_sent import sent
from bot.runtime.carrying import carries_out
from bot.runtime.letters import Letter, LetterKind, LetterLook
from bot.runtime.now import SETTLED
from bot.runtime.polite import polite
from bot.runtime.work import Ordered, Work

SENT = Start("broadcasts.sent")
MOST_SETTLED = 8
"""Letters whose ledgers are looked after when staff look at them."""


@carries_out(OpenBroadcasts)
def open_broadcasts(
    work: Work, by: PersonId | None, command: OpenBroadcasts
) -> tuple[Effect, ...]:
    """Let coordinators write to many; everybody else hears whom to ask."""
    if by is None:
        return ()
    if not may_broadcast(work, by):
        return (
            Tell(
                by,
                msg(
                    "Messages to many are written by the school’s coordinators. Contact: {contact}"
                ),
            ),
        )
    written = sent(work, MOST_SETTLED)
    settle(work, *(one.case for one in written))
    return (SENT if written else Start("broadcasts.compose"),)


@carries_out(SteerLetter)
def steer_letter(work: Work, by: PersonId | None, command: SteerLetter) -> tuple[Effect, ...]:
    """Let something happen to a letter that its lifecycle lets its owner bring about; or say that it is settled."""
    if by is None:
        return ()
    if not may_broadcast(work, by):
        return (Tell(by, msg("You can no longer write to many.")),)
    at = cases.standing(work, command.case)
    if not (at and at.entry == command.entry and at.is_open and _may(at, command)):
        return (Tell(by, SETTLED), SENT)
    work.order(Ordered(SENT, by))  # when all that follows has been done
    cases.happen(work, at, command.event, by, as_of_right=True)
    return ()


def _may(at: cases.Standing, command: SteerLetter) -> bool:
    owner = next(part for part in at.lifecycle.parts if part == "owner")
    return at.lifecycle.can(at.state, owner, type(command.event))


@carries_out(ShowLetter)
def show_letter(work: Work, by: PersonId | None, command: ShowLetter) -> tuple[Effect, ...]:
    """Show whoever is to agree to a letter how it is read in each language."""
    later = polite(work.now, work.school)
    for language in command.languages:
        title = msg("{language}: {title}", **_heading(command.letter, language))
        letter = _shown(command.letter, language, title)
        work.letters.append(
            replace(letter, to=command.to, not_before=later if later > work.now else None)
        )
    return ()


def _heading(letter: Worded, language: str) -> dict[str, Param]:
    title = msg("{title}", title=ByLanguage(letter.titles, letter.instead))
    return {
        "language": Term(TermKind.LANGUAGE, language),
        "title": InLanguage(language, title),
    }


def _shown(letter: Worded, language: str, title: Message) -> Letter:
    """Return the letter as it arrives, but for its title: that says who reads it so."""
    text = msg("{text}", text=ByLanguage(letter.texts, letter.instead))
    parts = tuple(
        msg("{read}", read=InLanguage(language, part))
        for part in (text, why_you_get_it(letter.purpose))
    )
    return Letter(NOBODY, LetterKind.NEWS, parts, LetterLook.LETTER, title=title)
