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
from bot.domain.broadcasts.desk import OpenBroadcasts
from bot.domain.broadcasts.worded import ShowLetter, Worded
from bot.domain.people import PersonId
from bot.runtime.audiences import NOBODY, may_broadcast
from bot.runtime.carrying import carries_out
from bot.runtime.letters import Letter, LetterKind, LetterLook
from bot.runtime.polite import polite
from bot.runtime.work import Work


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
    return (Start("broadcasts.compose"),)


@carries_out(ShowLetter)
def show_letter(work: Work, by: PersonId | None, command: ShowLetter) -> tuple[Effect, ...]:
    """Show a letter as it is read in each language; a test stands above the question that is asked again."""
    if command.to:
        later = polite(work.now, work.school)
        for language in command.languages:
            title = msg("{language}: {title}", **_heading(command.letter, language))
            letter = _shown(command.letter, language, title)
            work.letters.append(
                replace(letter, to=command.to, not_before=later if later > work.now else None)
            )
    elif by:
        tests = [
            replace(
                _shown(
                    command.letter,
                    language,
                    msg("Test, {language}: {title}", **_heading(command.letter, language)),
                ),
                to=by,
                kind=LetterKind.REPLY,
            )
            for language in command.languages
        ]
        work.letters[:0] = tests
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
