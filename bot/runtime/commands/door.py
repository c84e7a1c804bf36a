"""At the door of an event, carried out: a guest shows a picture, staff open it, and the guest is noted."""

from dataclasses import replace

from bot.conversation.effects import Effect, Tell
from bot.conversation.messages import msg, msgs
from bot.domain.events.answers import ShowTicket
from bot.domain.events.hosting import NoteGuest, WhoCame
from bot.domain.events.ticket import Scan, Ticket
from bot.domain.people import CaseId, PersonId
from bot.runtime import cases
from bot.runtime.audiences import may_broadcast
from bot.runtime.carrying import carries_out
from bot.runtime.letters import Letter, LetterKind, QrCode
from bot.runtime.work import Ordered, Work
from bot.storage import events as rows

OWNER = "owner"
FOR_THE_DOOR = msg(
    "This code is for the door of an event: whoever looks after the event scans it there."
    " If it is yours, please show it at the door."
)
NOT_OPEN = msg(
    "{title}: who is there can be noted from an hour before it begins until its report has come."
)
NOBODY_CALLED_SO = msg("Nobody on the list has that code or name.")


@carries_out(ShowTicket)
def show_ticket(work: Work, by: PersonId | None, command: ShowTicket) -> tuple[Effect, ...]:
    """Give a guest their code as a picture that leads to where whoever plans the event is to be found.

    Where time acts, it goes with the reminder that has just been written.
    """
    at = cases.standing(work, work.about.case) if work.about else None
    if at is None or at.above is None:
        return ()
    # Read without holding the event: staff at the door hold it first, and the guest's case after it.
    network = work.run(rows.NETWORK_OF_HOST, occasion=at.above).scalar()
    link = work.setting.way_in(str(Ticket(at.id, at.case.facts.code)), network)
    code = QrCode("kutse-code.png", link)
    if by is None:
        work.letters[-1] = replace(work.letters[-1], file=code)
        return ()
    shown = msg(
        "Show this picture at the door, or say your code: {code}\n{title}\n{at:date}, {at:time}\n{place}"
    )
    letter = Letter(by, LetterKind.REPLY, (shown.filled(at.case.slots()),), file=code)
    work.letters.append(letter)
    return ()


@carries_out(Scan)
def scan(work: Work, by: PersonId | None, command: Scan) -> tuple[Effect, ...]:
    """Note whoever shows the ticket, if whoever opens it may: that is looked up, and never said by the ticket."""
    if by is None:
        return ()
    ticket = command.ticket
    guest = work.run(rows.GUEST, guest=ticket.guest).first()
    at = cases.standing(work, CaseId(guest.occasion_id)) if guest else None
    owners = [who for part, who in at.case.people.items() if part == OWNER] if at else []
    if by not in owners and not may_broadcast(work, by):
        return (Tell(by, FOR_THE_DOOR),)
    if guest is None or at is None or guest.code != ticket.code:
        return (Tell(by, NOBODY_CALLED_SO),)
    owner = next(part for part in at.lifecycle.parts if part == OWNER)
    if not at.lifecycle.can(at.state, owner, WhoCame):
        return (Tell(by, NOT_OPEN.filled(at.case.slots())),)
    places = msgs("{n} place", "{n} places", max(guest.people, 1))
    who = msg("{name}, {places}", name=guest.name, places=places)
    if guest.came_at:
        return (Tell(by, msg("Noted before: {who}", who=who)),)
    work.order(Ordered(NoteGuest(PersonId(guest.person_id)), by, at.about, as_of_right=True))
    return (Tell(by, msg("Noted: {who}", who=who)),)
