"""Conversations as rows: what somebody says in one, and what the bot asks next."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.conversation.dialogue import Dialogue, Patience
from bot.conversation.engine import Event, Turn, advance, ask, begin, restore, snapshot
from bot.conversation.messages import FirstSentence, Message, msg
from bot.conversation.prompts import BACK_A_PAGE, DONE, ON_A_PAGE, PAGE, Look, Marks, Prompt
from bot.conversation.times import patience_in
from bot.domain.people import CaseId, PersonId
from bot.runtime import rights_only
from bot.runtime.letters import Button, Letter, LetterKind, LetterLook, Pages
from bot.runtime.polite import polite
from bot.runtime.work import About, Ordered, Work
from bot.storage import cases, conversations

GO_ON, DROP = "/go", "/drop"
"""Options of a reminder: hear the question again, or give the conversation up."""
MOVED_ON = msg("Something has changed meanwhile, so your answer can no longer be passed on.")
LOOKS = {
    Look.OPEN: LetterLook.QUESTION,
    Look.LIST: LetterLook.QUESTION,
    Look.REVIEW: LetterLook.QUESTION,
    Look.SPLIT: LetterLook.SPLIT,
    Look.SWITCHES: LetterLook.SEVERAL,
}


def newest(work: Work, person: PersonId) -> Any:
    """Return the row of the conversation that `person` is in; None if they are in none.

    What does not go on where they are now is as good as none: it waits for them elsewhere. One that can
    be had no longer ends here; if something in it was answered, they are told.
    """
    here = work.here if work.here and work.here.person == person else None
    while row := work.run(conversations.NEWEST, person_id=person).first():
        if here and not rights_only.is_in_reach(work, here, row.dialogue):
            return None
        if found := held(work, row):
            return found
        end(work, row)
        if was_answered(row):
            work.letters.append(Letter(person, LetterKind.REPLY, (MOVED_ON,)))
    return None


def held(work: Work, row: Any) -> Any:
    """Return the row of a conversation that can still be had; None if what it is about has moved on.

    Its case is kept from others until the turn ends: what is answered now can be delivered.
    """
    if row.case_id is None:
        return row
    entry = work.run(cases.HOLD, case_id=row.case_id).scalar()
    if row.entry != entry:
        # Whoever moved the case while this turn waited for it may have let the conversation go on.
        row = work.run(conversations.ONE, conversation_id=row.conversation_id).first()
    return row if row and row.entry == entry else None


def was_answered(row: Any) -> bool:
    """Return whether a question was answered in the conversation of `row`, so that something is lost with it."""
    return bool(row.turn > 1)


def start(
    work: Work, person: PersonId, name: str, opening: Mapping[str, str], about: About | None = None
) -> None:
    """Begin a dialogue with `person`; the same dialogue begun earlier is dropped."""
    work.about = about
    dialogue = work.dialogue(name)
    turn = begin(dialogue, dialogue.opens_with(opening))
    if dialogue.left:
        is_no_longer_new(work, person)
    work.run(conversations.END_OTHERS, person_id=person, dialogue=name)
    made = work.run(
        conversations.BEGIN,
        person_id=person,
        dialogue=name,
        version=dialogue.version,
        case_id=about.case if about else None,
        entry=about.entry if about else None,
        turn=1,
        stored=snapshot(dialogue, turn.conversation) if turn.conversation else "",
        nudges=0,
        answered_at=work.now,
        wake_at=_wakes(work, dialogue, 0, work.now),
    ).scalar_one()
    work.left_conversation = False
    _say(work, person, turn, f"q:{made}:1", None)


def returned_to(work: Work, person: PersonId, number: int) -> Any:
    """End what `person` began after the conversation `number`, and return its row.

    None if it is not theirs, or can be had no longer.
    """
    row = work.run(conversations.ONE, conversation_id=number).first()
    if row is None or row.person_id != person or held(work, row) is None:
        return None
    while (later := newest(work, person)) and later.conversation_id != number:
        work.run(conversations.END, conversation_id=later.conversation_id)
    return row


def hear(work: Work, person: PersonId, row: Any, event: Event) -> None:
    """Take what `person` says or does in the conversation of `row`."""
    dialogue = _dialogue(work, row)
    turn = advance(dialogue, restore(dialogue, row.stored, row.version), event)
    settled = turn.chosen is not None
    number = row.turn + 1 if settled else row.turn
    old, new = f"q:{row.conversation_id}:{row.turn}", f"q:{row.conversation_id}:{number}"
    about = work.about
    if about and turn.conversation is None and turn.effects and not turn.chosen:
        # It was typed, so no row of the question need be settled; the letter that led to it is, if the
        # case moves on or its part is done (`cases.happen`).
        settled = False
    _say(work, person, turn, new if turn.conversation else None, old if settled else None)
    work.order(*(Ordered(effect, person, about) for effect in turn.effects))
    if turn.conversation is None:
        work.run(conversations.END, conversation_id=row.conversation_id)
        work.left_conversation = True
        if settled and not turn.says:
            work.settle(old, *(turn.chosen or ()))
        return
    work.run(
        conversations.SAVE,
        conversation_id=row.conversation_id,
        new_turn=number,
        new_stored=snapshot(dialogue, turn.conversation),
        new_version=dialogue.version,
        new_nudges=0,
        new_answered_at=work.now,
        new_wake_at=_wakes(work, dialogue, 0, work.now),
    )


def repeat(work: Work, person: PersonId, row: Any, *says: Message, gentle: bool = False) -> None:
    """Ask the present question again."""
    dialogue = _dialogue(work, row)
    turn = ask(dialogue, restore(dialogue, row.stored, row.version), *says)
    letter = _letter(person, turn, f"q:{row.conversation_id}:{row.turn}", None)
    if letter:
        work.letters.append(replace(letter, look=LetterLook.GENTLE) if gentle else letter)


def remind(work: Work, person: PersonId, row: Any) -> None:
    """Remind `person` of a question without an answer."""
    dialogue = _dialogue(work, row)
    now = restore(dialogue, row.stored, row.version)
    prompt = ask(dialogue, now).prompt
    if prompt is None:
        return
    key = f"q:{row.conversation_id}:{row.turn}"
    until = ends_at(work, row)
    buttons = (
        Button(msg("Go on"), f"{key}:{GO_ON}"),
        Button(msg("Delete it now") if dialogue.left else msg("Leave it"), f"{key}:{DROP}"),
    )
    text = dialogue.patience.remind.filled(
        {"question": FirstSentence(prompt.question), "until": until}
    )
    work.letters.append(
        Letter(
            person, LetterKind.NUDGE, (text,), LetterLook.NUDGE, buttons=buttons, key=f"{key}:/n"
        )
    )
    nudges = row.nudges + 1
    _save(work, row, nudges, _wakes(work, dialogue, nudges, row.answered_at))


def pass_over(work: Work, row: Any) -> None:
    """Leave out a reminder that the person does not want; the question still ends in its time."""
    dialogue = _dialogue(work, row)
    nudges = row.nudges + 1
    _save(work, row, nudges, _wakes(work, dialogue, nudges, row.answered_at))


def _dialogue(work: Work, row: Any) -> Dialogue[Any]:
    """Return the dialogue of a conversation; what it looks up is about its case."""
    work.about = About(CaseId(row.case_id), row.entry) if row.case_id else None
    return work.dialogue(row.dialogue)


def _save(work: Work, row: Any, nudges: int, wake_at: datetime) -> None:
    """Note the reminders only: what was answered meanwhile is not this turn's."""
    work.run(
        conversations.REMINDED,
        conversation_id=row.conversation_id,
        new_nudges=nudges,
        new_wake_at=wake_at,
    )


def can_be_read(work: Work, row: Any) -> bool:
    """Return whether the conversation of `row` can still be held: its dialogue, step and draft exist."""
    declared = work.setting.registry.dialogues.get(row.dialogue)
    if declared is None:
        return False
    try:
        now = restore(work.dialogue(row.dialogue), row.stored, row.version)
    except (AttributeError, LookupError, TypeError, ValueError):
        return False  # what an older release wrote may be of any shape
    return now.step in declared.steps


def end(work: Work, row: Any) -> None:
    """Drop a conversation without a word."""
    work.run(conversations.END, conversation_id=row.conversation_id)


def is_no_longer_new(work: Work, person: PersonId) -> None:
    """Drop what `person` began as a newcomer: to let it lapse would now take back more than it gave."""
    for row in work.run(conversations.IDS_OF, person_id=person).all():
        declared = work.setting.registry.dialogues.get(row.dialogue)
        if declared is None or declared.left:
            work.run(conversations.END, conversation_id=row.id)


def takes_picture(work: Work, row: Any) -> bool:
    """Return whether the question that is open can be answered by a picture."""
    dialogue = _dialogue(work, row)
    prompt = ask(dialogue, restore(dialogue, row.stored, row.version)).prompt
    return prompt is not None and prompt.takes_picture


def ends_at(work: Work, row: Any) -> datetime:
    """Return when a question without an answer is given up."""
    expires: datetime = row.answered_at + _patience(work, row.dialogue).expire_after
    return expires


def patience_left(work: Work, row: Any) -> bool:
    """Return whether there is a reminder to come before the end."""
    return bool(row.nudges < len(_patience(work, row.dialogue).nudge_after))


def _patience(work: Work, dialogue: str) -> Patience:
    return patience_in(work.setting.registry.dialogues[dialogue], work.school.times)


def _wakes(work: Work, dialogue: Dialogue[Any], nudges: int, answered_at: datetime) -> datetime:
    patience = patience_in(dialogue, work.school.times)
    wakes = answered_at + patience.expire_after
    if nudges < len(patience.nudge_after):
        wakes = polite(answered_at + patience.nudge_after[nudges], work.school)
    work.planned(wakes)
    return wakes


def _say(work: Work, person: PersonId, turn: Turn, key: str | None, settles: str | None) -> None:
    letter = _letter(person, turn, key, settles)
    if letter:
        work.letters.append(letter)


def _letter(person: PersonId, turn: Turn, key: str | None, settles: str | None) -> Letter | None:
    """Return what a turn says and asks, as one letter; None if it says nothing."""
    chosen = tuple(f"{settles}:{option}" for option in turn.chosen or ()) if settles else ()
    gentle = (turn.gentle,) if turn.gentle else ()
    if turn.prompt is None or key is None or turn.conversation is None:
        if not turn.says:
            return None
        return Letter(person, LetterKind.REPLY, turn.says, settles=settles, chosen=chosen)
    buttons, end, pages = _buttons(turn.prompt, turn.conversation.marks, key)
    return Letter(
        person,
        LetterKind.REPLY,
        (*turn.says, *gentle, turn.prompt.question),
        LetterLook.GENTLE if gentle else LOOKS[turn.prompt.look],
        buttons=buttons,
        end=end,
        pages=pages,
        key=key,
        is_edit=turn.redraws,
        settles=settles,
        chosen=chosen,
        takes_picture=turn.prompt.takes_picture,
    )


def _buttons(
    prompt: Prompt[Any], marks: Marks, key: str
) -> tuple[tuple[Button, ...], Button | None, Pages | None]:
    """Return the rows of the page that is shown, the button that ends the question, and the pager."""
    switches = prompt.look is Look.SWITCHES
    every = [
        Button(one.label, f"{key}:{id_}", one.detail, id_ in marks.on if switches else None)
        for id_, one in prompt.options.items()
    ]
    end = Button(prompt.end.label, f"{key}:{DONE}") if prompt.end else None
    if prompt.look is Look.REVIEW or len(every) <= PAGE + 1:
        return tuple(every), end, None
    first = marks.page * PAGE
    shown = every[first : first + PAGE]
    pages = Pages(
        first + 1,
        first + len(shown),
        len(every),
        f"{key}:{BACK_A_PAGE}" if first else None,
        f"{key}:{ON_A_PAGE}" if first + PAGE < len(every) else None,
    )
    return tuple(shown), end, pages
