"""Events, carried out: places are kept and given back, what staff want to know is counted."""

from bot.conversation.effects import Effect, HandOver, Start, Tell
from bot.conversation.messages import msg, verbatim
from bot.domain.events.answers import (
    CameIn,
    KeepDetails,
    KeepImpression,
    KeepReply,
    SeatsFull,
    SeatsKept,
    SeekSeats,
    SeeWhoCame,
    WasMissed,
    WasThere,
)
from bot.domain.events.desk import OpenEvents
from bot.domain.events.hosting import (
    CountAnswers,
    ForgetNeeds,
    ForgetPicture,
    KeepOccasion,
    KeepPicture,
    KeepWalkIns,
    NoteGuest,
    PlacesKept,
    PlacesRefused,
    PrintList,
    TellImpressions,
)
from bot.domain.people import CaseId, PersonId
from bot.runtime import cases, invitations, occasions, pictures
from bot.runtime.audiences import may_broadcast
from bot.runtime.carrying import carries_out
from bot.runtime.letters import LetterKind
from bot.runtime.name_list import name_list
from bot.runtime.now import expecting
from bot.runtime.work import Work
from bot.storage import cases as case_rows, events as rows

HOSTING, ATTENDANCE = "events.hosting", "events.attendance"
MOST_SHOWN = 8
"""Events shown at once."""
MOST_LINES = 8
"""Of guests in one letter: with 400 characters each they fit any network's."""


def _own_case(work: Work) -> CaseId:
    if work.about is None:
        raise TypeError("this command belongs to a case")
    return work.about.case


def _guest(work: Work) -> tuple[CaseId, CaseId, PersonId]:
    """Return the event, the case and the person of the guest whose command is being carried out."""
    guest = _own_case(work)
    row = work.run(case_rows.CASE, case_id=guest).one()
    return CaseId(row.above_id), guest, PersonId(row.person_id)


@carries_out(SeekSeats)
def seek_seats(work: Work, by: PersonId | None, command: SeekSeats) -> tuple[Effect, ...]:
    """Keep places for a guest and whom they bring; or put them on the waiting list, for one place."""
    occasion, guest, person = _guest(work)
    known = occasions.room(work, occasion, person)
    had = known.mine.people if known.mine and known.mine.reply in rows.SEATED else 0
    # Whoever waits comes first: what has just become free is theirs.
    others_wait = work.run(rows.OTHERS_WAIT, occasion=occasion, whose=person).first() is not None
    if command.people <= had or (known.free >= command.people and not others_wait):
        occasions.reply(work, occasion, guest, person, known, rows.COMING, command.people)
        code = work.run(rows.MINE, occasion=occasion, whose=person).one().code
        return (SeatsKept(command.people, code),)
    if had:
        return (SeatsFull(0, 0 if others_wait else known.free - had),)
    occasions.reply(work, occasion, guest, person, known, rows.WAITING, 1)
    since = work.run(rows.MINE, occasion=occasion, whose=person).one().since
    before = work.run(rows.BEFORE, occasion=occasion, moment=since, guest=guest).scalar_one()
    return (SeatsFull(before + 1, 0),)


@carries_out(KeepReply)
def keep_reply(work: Work, by: PersonId | None, command: KeepReply) -> tuple[Effect, ...]:
    """Write down that somebody comes perhaps, or not; the place they had is the next one's."""
    if work.run(case_rows.CASE, case_id=_own_case(work)).first() is None:
        return ()  # they have just been erased, and their place with them
    occasion, guest, person = _guest(work)
    known = occasions.room(work, occasion, person)
    occasions.reply(work, occasion, guest, person, known, command.reply, 0)
    return ()


@carries_out(KeepDetails)
def keep_details(work: Work, by: PersonId | None, command: KeepDetails) -> tuple[Effect, ...]:
    """Write down what staff are to know about somebody who comes."""
    occasion, _, person = _guest(work)
    work.run(
        rows.KEEP_DETAILS,
        occasion=occasion,
        whose=person,
        new_needs=command.needs,
        new_may_be_shown=command.may_be_shown,
    )
    return ()


@carries_out(NoteGuest)
def note_guest(work: Work, by: PersonId | None, command: NoteGuest) -> tuple[Effect, ...]:
    """Note that somebody who is invited is there; whoever comes without a place has one now."""
    occasion, person = _own_case(work), command.who
    if at := invitations.begun_for(work, person, occasion):
        known = occasions.room(work, occasion, person)
        if known.mine is None or known.mine.reply != rows.COMING:
            occasions.reply(work, occasion, at.id, person, known, rows.COMING, 1)
        work.run(rows.CAME, occasion=occasion, whose=person, new_came_at=work.now)
        if at.is_open:
            cases.happen(work, at, CameIn(), by, as_of_right=True)
    return ()


@carries_out(KeepWalkIns)
def keep_walk_ins(work: Work, by: PersonId | None, command: KeepWalkIns) -> tuple[Effect, ...]:
    """Write down how many came who are not in this chat."""
    work.run(rows.KEEP_WALK_INS, occasion=_own_case(work), new_walk_ins=command.number)
    return ()


@carries_out(ForgetNeeds)
def forget_needs(work: Work, by: PersonId | None, command: ForgetNeeds) -> tuple[Effect, ...]:
    """Erase what guests have said that they need."""
    work.run(rows.FORGET_NEEDS, occasion=_own_case(work))
    return ()


@carries_out(KeepPicture)
def keep_picture(work: Work, by: PersonId | None, command: KeepPicture) -> tuple[Effect, ...]:
    """Let a picture be erased with its event, and not before."""
    pictures.belong(work, command.picture, _own_case(work))
    return ()


@carries_out(ForgetPicture)
def forget_picture(work: Work, by: PersonId | None, command: ForgetPicture) -> tuple[Effect, ...]:
    """Erase the picture of an event."""
    pictures.forget(work, _own_case(work))
    return ()


@carries_out(TellImpressions)
def tell_impressions(
    work: Work, by: PersonId | None, command: TellImpressions
) -> tuple[Effect, ...]:
    """Tell what guests have written, the last first, as many as fit a letter."""
    lines = work.run(rows.LINES, occasion=_own_case(work), most=MOST_LINES).scalars().all()
    if not lines:
        return ()
    said = verbatim("\n".join(f"– {line}" for line in lines))
    return (Tell(command.to, msg("What guests have written:\n{said}", said=said)),)


@carries_out(PrintList)
def print_list(work: Work, by: PersonId | None, command: PrintList) -> tuple[Effect, ...]:
    """Hand over who comes, by name, as a page to print."""
    if by is None:
        return ()
    occasion = _own_case(work)
    at = cases.standing(work, occasion)
    language = work.here.language if work.here else work.school.languages[0]
    page = name_list(work, occasion, at.case.facts.title if at else msg("Events"), language)
    ready = msg(
        "Everybody who comes, by name, as a page to print. It names people: please destroy it after the event."
    )
    return (HandOver(ready, "kutse-list.html", "text/html", page),)


@carries_out(OpenEvents)
def open_events(work: Work, by: PersonId | None, command: OpenEvents) -> tuple[Effect, ...]:
    """Show somebody the events that concern them; whoever may plan one is asked whether they want to."""
    if by is None:
        return ()
    work.left_conversation = True  # the question that was open is asked again
    mine = [at for at in expecting(work, by) if at.lifecycle.name in (HOSTING, ATTENDANCE)]
    for at in mine[:MOST_SHOWN]:
        for one, _ in cases.expected_of(at, by):
            text = one.letter or one.text
            work.letters.append(cases.letter(work, at, by, one, text, LetterKind.REPLY))
    if may_broadcast(work, by):
        return (Start("events.plan"),)
    if mine:
        return ()
    nothing = msg(
        "There is no event for you at the moment. When there is one, you are invited here."
    )
    return (Tell(by, nothing),)


@carries_out(SeeWhoCame)
def see_who_came(work: Work, by: PersonId | None, command: SeeWhoCame) -> tuple[Effect, ...]:
    """Say whether a guest was there; where nobody was noted, everybody who had a place was."""
    occasion, _, person = _guest(work)
    mine = work.run(rows.MINE, occasion=occasion, whose=person).one()
    is_noted = work.run(rows.ANYBODY_CAME, occasion=occasion).first() is not None
    return (WasMissed() if is_noted and mine.came_at is None else WasThere(),)


@carries_out(KeepImpression)
def keep_impression(
    work: Work, by: PersonId | None, command: KeepImpression
) -> tuple[Effect, ...]:
    """Write down how it was, without who said so."""
    occasion, _, _ = _guest(work)
    work.run(rows.KEEP_IMPRESSION, occasion_id=occasion, rating=command.rating, line=command.line)
    return ()


@carries_out(KeepOccasion)
def keep_occasion(work: Work, by: PersonId | None, command: KeepOccasion) -> tuple[Effect, ...]:
    """Write down how many places there are; fewer than are taken is refused, more are offered to who waits."""
    occasion = _own_case(work)
    work.run(rows.HOLD, occasion=occasion)
    taken = work.run(rows.TAKEN, occasion=occasion).scalar_one()
    if command.places is not None and taken > command.places:
        return (PlacesRefused(taken),)
    work.run(
        rows.KEEP_OCCASION, case_id=occasion, places=command.places, has_free=True, walk_ins=0
    )
    work.has_broadcasts = True
    return (PlacesKept(command.places),)


@carries_out(CountAnswers)
def count_answers(work: Work, by: PersonId | None, command: CountAnswers) -> tuple[Effect, ...]:
    """Count how an event stands."""
    return (occasions.counted(work, _own_case(work)),)
