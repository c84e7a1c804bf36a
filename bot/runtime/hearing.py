"""What somebody does becomes what follows from it."""

from dataclasses import replace
from typing import Any, assert_never

from bot.conversation.engine import Chose, GaveUp, Showed, WentBack, Wrote
from bot.conversation.expectations import Open, Tap
from bot.conversation.messages import Message, msg
from bot.conversation.prompts import NO_PICTURE, ONLY_TEXT
from bot.domain.arrival import Arrive, LoseTouch
from bot.domain.people import CaseId, PersonId
from bot.runtime import cases, invitations, pictures, rights_only, talk
from bot.runtime.arriving import Arrived
from bot.runtime.audiences import may_broadcast
from bot.runtime.happenings import (
    Asked,
    AskedBack,
    AskedHelp,
    AskedNow,
    Began,
    Cancelled,
    Happening,
    Left,
    Returned,
    Said,
    SentOther,
    SentPicture,
    Tapped,
)
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.now import (
    NOTHING_OPEN,
    SETTLED,
    WHICH,
    ask_which,
    meant_by,
    pressable,
    say_what_is_due,
    tell_now,
)
from bot.runtime.outbox import speaking
from bot.runtime.work import Ordered, Work

MOST_DIGITS = 18
"""Of a row's number; one more, and it might not fit 64 bits."""
EDITED = msg("A message that was changed later is not read again. To change an answer: /back")
GROUP = msg("I answer only in private chats, not in groups. Please write to me in this chat.")
TOO_LARGE = msg(
    "That picture is too large. It may have 5 MB, and its sides together 10,000 pixels. Please send a smaller"
    " one. Nothing you answered before is lost."
)
NOT_FETCHED = msg(
    "That picture could not be fetched. Please send it once more. Nothing you answered before is lost."
)
HINTS = {
    "picture_too_large": TOO_LARGE,
    "picture_not_fetched": NOT_FETCHED,
    "no_picture": NO_PICTURE,
    "edited": EDITED,
    "group": GROUP,
    "command": msg("I do not know that command. What you can do here: /help"),
}
HELP = msg(
    "This is {school}. You can write or tap one of these at any time:\n"
    "/now What is expected of me now\n"
    "/mentor Find a mentor, or be one\n"
    "/calendar Events of the school\n"
    "/profile See and change my profile\n"
    "/language Change the language\n"
    "/privacy What I agreed to, and changing it\n"
    "/summary How often the summary comes\n"
    "/pause Take a break from messages\n"
    "/stop Receive no more messages\n"
    "/mydata Get a copy of my data\n"
    "/delete Delete everything about me\n"
    "/report Report a concern\n"
    "/back One question back\n"
    "/cancel Leave without saving\n"
    "When you need a person, write to the school. Contact: {contact}"
)
HELP_FOR_STAFF = msg(
    "{help}\n\nFor staff: /broadcast writes to many, /calendar invites to events, too.", help=HELP
)


def hear(work: Work, arrived: Arrived, happening: Happening) -> None:
    """Let `happening` happen to whoever arrived, or say where it can."""
    here, row = arrived.here, arrived.talk
    if here.is_too_young and not rights_only.goes_on(work, here, row, happening):
        rights_only.say_so(work, here, happening)
    else:
        _let_happen(work, arrived, happening)


def _let_happen(work: Work, arrived: Arrived, happening: Happening) -> None:
    person, row = arrived.here.person, arrived.talk
    if row and (row := talk.held(work, row)) is None:
        if _is_said_in(arrived.talk, happening):
            talk.end(work, arrived.talk)
            work.left_conversation = True
            tell_now(work, person, first=talk.MOVED_ON)
            return
        row = talk.newest(work, person)
    _hear(work, replace(arrived, talk=row), happening)


def _hear(work: Work, arrived: Arrived, happening: Happening) -> None:
    person, row = arrived.here.person, arrived.talk
    match happening:
        case Said(words) if row:
            talk.hear(work, person, row, Wrote(words, speaking(work, arrived.here.language)))
        case Said(words):
            _said_freely(work, arrived, words)
        case AskedBack() | Cancelled() if row:
            talk.hear(
                work, person, row, WentBack() if isinstance(happening, AskedBack) else GaveUp()
            )
        case AskedBack() | Cancelled():
            _say(work, person, NOTHING_OPEN)
        case Tapped(data):
            _tapped(work, arrived, data)
        case Began(dialogue, opening):
            talk.start(work, person, dialogue, opening)
        case Asked(command):
            work.order(Ordered(command, person))
        case AskedNow():
            tell_now(work, person, is_asked=row is not None)
            if row:
                talk.repeat(work, person, row)
        case AskedHelp():
            _say(work, person, HELP_FOR_STAFF if may_broadcast(work, person) else HELP)
            if row:
                talk.repeat(work, person, row)
        case SentPicture() | SentOther():
            _sent(work, arrived, happening)
        case Left():
            work.order(Ordered(LoseTouch(), person))
        case Returned():
            pass  # arriving has already noted that the way is open again
        case _:
            assert_never(happening)


def _sent(work: Work, arrived: Arrived, happening: SentPicture | SentOther) -> None:
    """Take a picture as the answer to the question that asks for one; say of all else why it is none."""
    person, row = arrived.here.person, arrived.talk
    is_asked_for = row is not None and talk.takes_picture(work, row)
    match happening:
        case SentPicture(picture) if is_asked_for:
            talk.hear(work, person, row, Showed(pictures.keep(work, picture)))
            return
        case SentPicture():
            hint = ONLY_TEXT
        case SentOther(kind):
            hint = HINTS.get(kind, NO_PICTURE if is_asked_for else ONLY_TEXT)
        case _:
            assert_never(happening)
    if row:
        talk.repeat(work, person, row, hint, gentle=True)
    else:
        _say(work, person, hint)
    if arrived.is_new:
        work.order(Ordered(Arrive(), person))


def _is_said_in(row: Any, happening: Happening) -> bool:
    """Return whether `happening` belongs to the conversation of `row`."""
    match happening:
        case Said() | SentPicture() | AskedBack() | Cancelled():
            return True
        case Tapped(data):
            return data.startswith(f"q:{row.conversation_id}:")
        case _:
            return False


def _said_freely(work: Work, arrived: Arrived, words: str) -> None:
    """Read what was typed outside any conversation as a button of what is expected; newcomers begin."""
    person = arrived.here.person
    among = pressable(work, person)
    match meant_by(work, person, words, arrived.here.language, among):
        case (one,):
            _tapped(work, arrived, one.data)
        case (_, _, *_) as several:
            ask_which(work, person, several)
        case _ if among:
            say_what_is_due(work, person)
        case _:
            work.order(Ordered(Arrive(is_greeting=False), person))


def _tapped(work: Work, arrived: Arrived, data: str) -> None:
    person, row = arrived.here.person, arrived.talk
    match data.split(":"):
        case ["q", number, turn, key] if _are_ids(number, turn):
            _tapped_answer(work, arrived, int(number), int(turn), key)
        case ["c" | "w" as asked, number, entry, key] if _are_ids(number, entry):
            settles = asked if asked == WHICH else f"c:{number}:{entry}"
            _tapped_action(work, person, CaseId(int(number)), int(entry), key, settles)
        case _:
            _settled(work, person, row)


def _are_ids(*numbers: str) -> bool:
    """Return whether all are numbers that a database can hold: what a button carries may be forged."""
    return all(number.isdecimal() and len(number) <= MOST_DIGITS for number in numbers)


def _tapped_answer(work: Work, arrived: Arrived, number: int, turn: int, key: str) -> None:
    person, row = arrived.here.person, arrived.talk
    if key in {talk.GO_ON, talk.DROP} and row and row.conversation_id > number:
        row = talk.returned_to(work, person, number) or row
    if row is None or (row.conversation_id, row.turn) != (number, turn):
        _settled(work, person, row)
    elif key == talk.GO_ON:
        talk.repeat(work, person, row)
    else:
        talk.hear(work, person, row, GaveUp() if key == talk.DROP else Chose(key))


def _tapped_action(
    work: Work, person: PersonId, case_id: CaseId, entry: int, key: str, settles: str
) -> None:
    if entry == invitations.UNANSWERED:
        # Whoever has answered already can say otherwise there, as far as that is offered where they are now.
        at = invitations.answered(work, person, case_id, key)
        is_present = at is not None
    else:
        at = cases.standing(work, case_id)
        is_present = at is not None and at.entry == entry
    action = cases.action_of(at, person, key) if at and at.is_open else None
    if action and not is_present and not action.lasts:
        action = None
    match action:
        case Tap(event=event) if at:
            option = f"{case_id}:{entry}:{key}" if settles == WHICH else key
            work.settle(settles, option)
            work.order(Ordered(event, person, at.about))
        case Open(dialogue=dialogue, opening=opening) if at:
            talk.start(work, person, dialogue.name, opening(at.case.facts), at.about)
        case _:
            _settled(work, person, talk.newest(work, person))


def _settled(work: Work, person: PersonId, row: object) -> None:
    """Say that a question is settled, and what counts now."""
    if row:
        talk.repeat(work, person, row, SETTLED)
    else:
        tell_now(work, person, first=SETTLED)


def _say(work: Work, person: PersonId, message: Message) -> None:
    work.letters.append(Letter(person, LetterKind.REPLY, (message,)))
