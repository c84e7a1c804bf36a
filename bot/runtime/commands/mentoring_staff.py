"""What staff decide in mentoring, carried out; the board follows, as it stands then."""

from bot.conversation.effects import Effect, Start, Tell
from bot.conversation.messages import Message, Who, msg, msgs
from bot.domain.mentoring.fitting import Proposed
from bot.domain.mentoring.round import AskPairs, LetGo, MatchMany
from bot.domain.mentoring.staff import DecideOn, ProposeMentor, WakeMentor
from bot.domain.people import CaseId, PersonId
from bot.runtime import cases
from bot.runtime.carrying import carries_out
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.matching_many import ask_pair, let_go, matched
from bot.runtime.mentor_line import student_of
from bot.runtime.mentoring_board import is_one_previewed, looks_after, resting
from bot.runtime.now import SETTLED
from bot.runtime.waiting_list import look_after_who_waits
from bot.runtime.work import Ordered, Work
from bot.storage import mentoring as rows

BOARD = Start("mentoring.board")
NOTED = Start("mentoring.board", {"has_decided": "true"})


@carries_out(DecideOn)
def decide_on(work: Work, by: PersonId | None, command: DecideOn) -> tuple[Effect, ...]:
    """Let something happen that the case's lifecycle lets its owner bring about; or say that it is settled."""
    at, event = _seen(work, by, command.case, command.entry), command.event
    owner = at and next(part for part in at.lifecycle.parts if part == "owner")
    if not (at and owner and by and at.lifecycle.can(at.state, owner, type(event))):
        return _too_late(by, SETTLED)
    work.order(Ordered(NOTED, by))  # when all that follows has been done
    cases.happen(work, at, event, by, as_of_right=True)
    return ()


@carries_out(ProposeMentor)
def propose_mentor(work: Work, by: PersonId | None, command: ProposeMentor) -> tuple[Effect, ...]:
    """Ask this mentor for a student, if the search still looks and the mentor still has a place."""
    at = _seen(work, by, command.search, command.entry)
    if by is None or at is None:
        return _too_late(by, SETTLED)
    student = student_of(at)
    work.order(Ordered(NOTED, by))
    if ask_pair(work, Proposed(at.id, student, command.mentor, ()), by) is None:
        return (Tell(by, msg("{mentor} has no place any more.", mentor=Who(command.mentor))),)
    word = msg(
        "The request goes to {mentor}. Student: {student}",
        mentor=Who(command.mentor),
        student=Who(student),
    )
    return (Tell(by, word),)


@carries_out(WakeMentor)
def wake_mentor(work: Work, by: PersonId | None, command: WakeMentor) -> tuple[Effect, ...]:
    """End the rest of somebody who did not answer, and look who waits for them."""
    mentor = command.mentor
    rests = any(one.mentor == mentor for one in resting(work))
    if by is None or not rests or not looks_after(work, by):
        return _too_late(by, SETTLED)
    work.order(Ordered(NOTED, by))
    work.run(rows.REST_MENTOR, of_mentor=mentor, new_rests_until=None)
    work.run(rows.SILENCES, of_mentor=mentor, new_silences=0)
    look_after_who_waits(work, mentor)
    word = msg(
        "The school asks you again when a student would like you as a mentor. A no is always fine."
        " To rest, or to change what you offer: /mentor"
    )
    return (Tell(mentor, word),)


@carries_out(MatchMany)
def match_many(work: Work, by: PersonId | None, command: MatchMany) -> tuple[Effect, ...]:
    """Put pairs together, unless others wait for a decision: the same places would be offered twice."""
    if is_one_previewed(work):
        return ()
    return (matched(work, command.programmes, command.places),)


@carries_out(AskPairs)
def ask_pairs(work: Work, by: PersonId | None, command: AskPairs) -> tuple[Effect, ...]:
    """Keep the places and ask the mentors; whoever approved hears how many, and who came too late."""
    became = [(pair, ask_pair(work, pair, by)) for pair in command.pairs]
    asked = sum(is_next is False for _, is_next in became)
    later = sum(is_next is True for _, is_next in became)
    parts = [
        *(
            [msgs("{n} mentor is asked now.", "{n} mentors are asked now.", asked)]
            if asked
            else ()
        ),
        *([_in_turn(later)] if later else ()),
        *(_no_more(pair) for pair, is_next in became if is_next is None),
    ]
    if not command.pairs:
        parts = [msg("Nobody is asked. The students look for a mentor one after the other.")]
    if by:
        work.letters.append(Letter(by, LetterKind.REPLY, tuple(parts)))
    return ()


@carries_out(LetGo)
def let_them_go(work: Work, by: PersonId | None, command: LetGo) -> tuple[Effect, ...]:
    """Let students look on by themselves, who has waited longest first."""
    let_go(work, command.programmes, command.refused, by)
    return ()


def _seen(work: Work, by: PersonId | None, case: CaseId, entry: int) -> cases.Standing | None:
    """Return a case as whoever decides has seen it; None if it has moved on, or is not theirs to decide."""
    at = cases.standing(work, case) if by and looks_after(work, by) else None
    return at if at and at.is_open and at.entry == entry else None


def _too_late(by: PersonId | None, why: Message) -> tuple[Effect, ...]:
    return (Tell(by, why), BOARD) if by else ()


def _in_turn(later: int) -> Message:
    return msgs(
        "{n} more is asked as soon as another student has an answer.",
        "{n} more are asked as soon as another student has an answer.",
        later,
    )


def _no_more(pair: Proposed) -> Message:
    return msg(
        "No longer possible, as a place or the request is gone: {student}, {mentor}. The student goes on looking.",
        student=Who(pair.student),
        mentor=Who(pair.mentor),
    )
