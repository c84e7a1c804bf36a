"""What effects do: everything a turn has set off is done before it ends."""

from typing import assert_never

from bot.conversation.effects import (
    Announce,
    Broadcast,
    HandOver,
    Invite,
    OpenCase,
    Preview,
    Reword,
    Start,
    SteerBroadcast,
    Tell,
)
from bot.domain.people import CaseEvent, Command, PersonId, Report
from bot.runtime import broadcasts_of_cases, cases, talk
from bot.runtime.letters import CalendarEntry, File, Letter, LetterKind, LetterLook
from bot.runtime.now import SETTLED, tell_now
from bot.runtime.work import Ask, Ordered, Work


def finish(work: Work, by: PersonId | None) -> None:
    """Do all that was ordered; then ask `by` an earlier question again, if one is left."""
    while order := work.next_order():
        carry_out(work, order)
    if by and work.left_conversation:
        while (earlier := talk.newest(work, by)) and not talk.can_be_read(work, earlier):
            talk.end(work, earlier)
        if earlier:
            talk.repeat(work, by, earlier)


def carry_out(work: Work, order: Ordered) -> None:
    """Do one thing; what it sets off is ordered."""
    what, by, about = order.what, order.by, order.about
    match what:
        case Ask(entered, is_told):
            cases.ask(work, entered, by, is_told=is_told)
        case Tell(to, message, can_wait):
            later = LetterKind.ITEM if can_wait else LetterKind.NEWS
            kind = LetterKind.REPLY if to == by else later
            work.letters.append(Letter(to, kind, (message,)))
        case HandOver() | Preview():
            if by:
                _show(work, by, what)
        case Invite(to, message, appointment):
            if about is None:
                raise TypeError("an invitation belongs to a case")
            entry = CalendarEntry(f"{about.case}@{work.school.key}", appointment)
            kind = LetterKind.REPLY if to == by else LetterKind.NEWS
            work.letters.append(Letter(to, kind, (message,), file=entry))
        case Broadcast() | SteerBroadcast() | Reword() | Announce():
            if about is None:
                raise TypeError("what goes to many belongs to a case")
            events = broadcasts_of_cases.carry_out(work, about.case, what)
            work.order(*(Ordered(one, by, about, as_of_right=True) for one in events))
        case OpenCase():
            cases.open_case(work, by, what, about.case if about else None)
        case Start(dialogue, opening):
            if by:
                talk.start(work, by, dialogue, opening)
        case Report():
            if about and about.above and (above := cases.standing(work, about.above)):
                cases.happen(work, above, what, by, as_of_right=True)
        case CaseEvent():
            at = cases.standing(work, about.case) if about else None
            is_there = at is not None and about is not None and at.entry == about.entry
            right = order.as_of_right
            happens = at and is_there and cases.happen(work, at, what, by, as_of_right=right)
            if by and not right and not happens:
                # What the person was told on the way is no longer true.
                work.letters[:] = [letter for letter in work.letters if letter.to != by]
                tell_now(work, by, first=SETTLED)
        case Command():
            work.about = about
            effects = work.setting.carries[type(what)](work, by, what)
            work.order(*(Ordered(effect, by, about, as_of_right=True) for effect in effects))
        case _:
            assert_never(what)


def _show(work: Work, by: PersonId, what: HandOver | Preview) -> None:
    match what:
        case HandOver(message, name, mime, content):
            file = File(name, mime, content)
            work.letters.append(Letter(by, LetterKind.REPLY, (message,), file=file))
        case Preview(letters):
            # The question that is asked again stands below.
            work.letters[:0] = [
                Letter(by, LetterKind.REPLY, (text,), LetterLook.LETTER, title=title, foot=foot)
                for title, text, foot in letters
            ]
        case _:
            assert_never(what)
