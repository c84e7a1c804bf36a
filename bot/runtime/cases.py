"""Cases as rows: what happens to one, who is asked next, and what is expected of whom."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.conversation.case import Case, Settled, To
from bot.conversation.declaring import adapter
from bot.conversation.effects import OpenCase
from bot.conversation.expectations import Action, Expectation
from bot.conversation.lifecycle import Lifecycle
from bot.conversation.messages import UNTIL
from bot.domain.people import CaseEvent, CaseId, Part, PersonId, Released, Side
from bot.runtime.letters import Button, CalendarEntry, Letter, LetterKind, LetterLook
from bot.runtime.polite import DAY, after_quiet_hours, polite
from bot.runtime.timers import end_of, plan, state_of
from bot.runtime.work import About, Ask, Ordered, Work
from bot.storage import cases, conversations


@dataclass(frozen=True, slots=True)
class Standing:
    """A case as it stands: its row, and what a transition sees."""

    id: CaseId
    lifecycle: Lifecycle[Any, Any]
    state: str
    entry: int
    opened_at: datetime
    entered_at: datetime
    above: CaseId | None
    is_open: bool
    case: Case[Any, Any]
    settled: frozenset[str]
    """Parts that have done what is expected of them in this entry."""

    @property
    def about(self) -> About:
        """What effects of this case belong to."""
        return About(self.id, self.entry, self.above)


def standing(work: Work, case_id: CaseId) -> Standing | None:
    """Read a case, and keep others from changing it until the turn ends; None if it is gone."""
    if work.tx.dialect.name == "postgresql":
        work.run(cases.HOLD, case_id=case_id)
    rows = work.run(cases.CASE, case_id=case_id).all()
    if not rows:
        return None
    row = rows[0]
    lifecycle = work.setting.registry.lifecycles[row.lifecycle]
    stored = row.facts
    if row.version < lifecycle.version:
        old = json.loads(stored)
        for version in range(row.version, lifecycle.version):
            old = lifecycle.upgrades[version](old)
        stored = json.dumps(old)
    part_of = {part.value: part for part in lifecycle.parts}
    seated = {part_of[r.part]: PersonId(r.person_id) for r in rows if r.part}
    settled = frozenset(r.part for r in rows if r.part and r.settled_entry == row.entry)
    facts = adapter(lifecycle.facts_type).validate_json(stored)
    case = Case(facts, seated, work.now)
    above = CaseId(row.above_id) if row.above_id else None
    return Standing(
        CaseId(row.id),
        lifecycle,
        row.state,
        row.entry,
        row.opened_at,
        row.entered_at,
        above,
        row.is_open,
        case,
        settled,
    )


def open_cases(work: Work, person: PersonId) -> Iterator[Standing]:
    """Read the open cases that `person` takes part in, oldest first."""
    for case_id in work.run(cases.OPEN_OF, person_id=person).scalars().all():
        if found := standing(work, case_id):
            yield found


def all_cases(work: Work, person: PersonId) -> Iterator[Standing]:
    """Read all cases that `person` takes or took part in, oldest first."""
    for case_id in work.run(cases.ALL_OF, person_id=person).scalars().all():
        if found := standing(work, case_id):
            yield found


def open_case(
    work: Work,
    by: PersonId | None,
    wish: OpenCase,
    above: CaseId | None,
    *,
    is_told: bool = True,
) -> CaseId:
    """Begin a case in the state that its opening leads to; not *is_told* if an invitation has asked already."""
    lifecycle = work.setting.registry.lifecycles[wish.lifecycle]
    seated = dict(wish.people)
    if wish.mine and by:
        seated[next(part for part in lifecycle.parts if part == wish.mine)] = by
    move = opening(lifecycle, Case(wish.facts, seated, work.now, by))
    made = CaseId(
        work.run(
            cases.OPEN,
            lifecycle=lifecycle.name,
            version=lifecycle.version,
            above_id=above,
            state=move.state,
            is_open=not lifecycle.states[move.state].is_final,
            entry=1,
            opened_at=work.now,
            entered_at=work.now,
            facts=_facts(lifecycle, move.case),
        ).scalar_one()
    )
    if move.case.people:
        work.run(
            cases.SEAT, [_seat(made, part, who, None) for part, who in move.case.people.items()]
        )
    _record(work, made, lifecycle, None, move.state, "Opened", None, by)
    _follow(work, move, About(made, 1, above), by, is_told=is_told)
    return made


def opening(lifecycle: Lifecycle[Any, Any], case: Case[Any, Any]) -> To[str]:
    """Return how a case begins."""
    move = lifecycle.opened.react(lifecycle, case)
    if not isinstance(move, To):
        raise TypeError(f"the opening of {lifecycle.name} entered no state")
    return move


def happen(
    work: Work, at: Standing, event: CaseEvent, by: PersonId | None, *, as_of_right: bool = False
) -> bool:
    """Let `event` happen; return whether it means anything there, and `by` may raise it.

    Time (nobody) and the engine (*as_of_right*) may raise anything.
    """
    lifecycle, parts = at.lifecycle, [part for part, who in at.case.people.items() if who == by]
    if (
        by
        and not as_of_right
        and not any(lifecycle.can(at.state, part, type(event)) for part in parts)
    ):
        return False
    below = work.run(cases.BELOW, above_id=at.id).all() if lifecycle.has_below else []
    counts = {state: sum(b.state == state for b in below) for state in {b.state for b in below}}
    case = Case(at.case.facts, at.case.people, work.now, by, counts, until(work, at))
    move = lifecycle.react(at.state, case, event)
    if move is None:
        return False
    to, enters = (move.state, True) if isinstance(move, To) else (at.state, False)
    entry = at.entry + enters
    work.run(
        cases.MOVE,
        case_id=at.id,
        new_version=lifecycle.version,
        new_state=to,
        new_is_open=not lifecycle.states[to].is_final,
        new_entry=entry,
        new_entered_at=work.now if enters else at.entered_at,
        new_facts=_facts(lifecycle, move.case),
    )
    _reseat(work, at, move.case, [p for p in parts if isinstance(move, Settled)])
    _record(work, at.id, lifecycle, at.state, to, type(event).__name__, event, by)
    asked_by = f"c:{at.id}:{at.entry}"
    if enters:
        _go_on(work, at, to, move.case, entry)
        lasts = lifecycle.who_keeps(at.state, at.case.people, to, move.case.people)
        work.left_entries.append((asked_by, tuple(at.case.people.values()), lasts))
    elif by and isinstance(move, Settled):
        work.left_entries.append((asked_by, (by,), frozenset()))
    releases = isinstance(move, To) and move.releases and to != at.state
    released = [CaseId(b.id) for b in below if b.is_open] if releases else []
    _follow(work, move, About(at.id, entry, at.above), by)
    for child in reversed(released):
        if found := standing(work, child):
            happen(work, found, Released(), None)
    if not enters:
        state = state_of(work, lifecycle, to)
        plan(work, at.id, entry, state, at.entered_at, move.case.facts, again=True)
    return True


def _go_on(work: Work, at: Standing, state: str, case: Case[Any, Any], entry: int) -> None:
    """Bind the conversations that can still be had to the new entry; any other is over (`talk.held`).

    Who says something in one that is over hears so; who has answered in it hears so in a day at any rate.
    """
    goes_on = at.lifecycle.who_goes_on(at.state, at.case.people, state, case.people)
    left = {"of_case": at.id, "left_entry": at.entry}
    if goes_on:
        bound = {**left, "new_entry": entry}
        work.run(
            conversations.GO_ON,
            [{**bound, "whose": who, "in_dialogue": name} for who, name in sorted(goes_on)],
        )
    in_a_day = work.now + DAY
    if work.run(conversations.MOVED_ON, left, new_wake_at=in_a_day).rowcount:
        work.planned(in_a_day)


def _follow(
    work: Work, move: Any, about: About, by: PersonId | None, *, is_told: bool = True
) -> None:
    # Cases below begin once the new state has been told: an invitation follows the introduction.
    opened = [effect for effect in move.effects if isinstance(effect, OpenCase)]
    first = [effect for effect in move.effects if not isinstance(effect, OpenCase)]
    asks = (Ask(about, is_told),) if isinstance(move, To) else ()
    work.order(*(Ordered(what, by, about) for what in (*first, *asks, *opened)))


def ask(work: Work, about: About, by: PersonId | None, *, is_told: bool) -> None:
    """Ask whoever is to act in the state just entered, and plan what happens if they do not.

    For `by`, whose turn it is, the letter is the answer to what they did.
    """
    at = standing(work, about.case)
    if at is None or at.entry != about.entry:
        return  # an effect of entering it has already led on
    state = state_of(work, at.lifecycle, at.state)
    for part, who in at.case.people.items():
        expected = state.expects.get(part)
        if is_told and expected and expected.letter:
            written = letter(work, at, who, expected, expected.letter, kind_for(at, who, by))
            written = _with_its_calendar_entry(work, at, written)
            work.letters.append(_in_working_hours(work, written, part))
    # Reminders count from when somebody has heard of it: what time brings waits for a polite hour.
    sends = after_quiet_hours if work.is_told_on_any_day else polite
    told_at = sends(at.entered_at, work.school) if by is None else at.entered_at
    plan(work, at.id, at.entry, state, at.entered_at, at.case.facts, again=False, told_at=told_at)


def kind_for(at: Standing, who: PersonId, by: PersonId | None) -> LetterKind:
    """Return which kind of letter `who` gets when `by` has brought a case to a new state."""
    if who == by:
        return LetterKind.REPLY
    return LetterKind.URGENT if at.lifecycle.is_urgent else LetterKind.NEWS


def _with_its_calendar_entry(work: Work, at: Standing, written: Letter) -> Letter:
    """Return the letter of a state with what this turn told the same person with a file for their calendar.

    What has changed, the file and what can be done now are one message.
    """
    for told in reversed(work.letters):
        entry = told.file
        if told.to == written.to and isinstance(entry, CalendarEntry) and entry.is_of(at.id):
            work.letters.remove(told)
            return replace(written, parts=(*told.parts, *written.parts), file=entry)
    return written


def _in_working_hours(work: Work, written: Letter, part: Part) -> Letter:
    """Let work wait for a working day: staff have weekends, and nothing but danger is urgent."""
    if written.kind is not LetterKind.NEWS or part.side is not Side.STAFF:
        return written
    later = polite(work.now, work.school)
    return replace(written, not_before=later) if later > work.now else written


def expected_of(at: Standing, person: PersonId) -> tuple[tuple[Expectation, bool], ...]:
    """Return what is expected of `person` in a case, and for each whether there is something to do."""
    state = at.lifecycle.states[at.state]
    return tuple(
        (state.expects[part], state.expects[part].is_due)
        for part, who in at.case.people.items()
        if who == person
        and part in state.expects
        and state.expects[part].is_seated
        and part.value not in at.settled
    )


def letter(
    work: Work, at: Standing, to: PersonId, expected: Expectation, text: Any, kind: LetterKind
) -> Letter:
    """Return a letter that asks `to` for what is expected, with the buttons for it."""
    key, slots = f"c:{at.id}:{at.entry}", {**at.case.slots(), UNTIL: until(work, at)}
    buttons = tuple(
        Button(action.label.filled(slots), f"{key}:{action.key}") for action in expected.actions
    )
    look = (
        LetterLook.NUDGE
        if kind is LetterKind.NUDGE
        else LetterLook.LETTER
        if buttons
        else LetterLook.WORDS
    )
    return Letter(
        to,
        kind,
        (text.filled(slots),),
        look,
        buttons=buttons,
        key=key if buttons else None,
    )


def until(work: Work, at: Standing) -> datetime | None:
    """Return the first deadline of the state that a case is in."""
    state = state_of(work, at.lifecycle, at.state)
    ends = (end_of(one, at.entered_at, at.case.facts, work.school) for one in state.deadlines)
    return min((end for end in ends if end), default=None)


def action_of(at: Standing, person: PersonId, key: str) -> Action | None:
    """Return what pressing the button `key` means for `person` now; None if it is not theirs to press."""
    found = (
        a for expected, _ in expected_of(at, person) for a in expected.actions if a.key == key
    )
    return next(found, None)


def _facts(lifecycle: Lifecycle[Any, Any], case: Case[Any, Any]) -> str:
    return adapter(lifecycle.facts_type).dump_json(case.facts, exclude_defaults=True).decode()


def _seat(case_id: CaseId, part: Any, who: PersonId, settled: int | None) -> dict[str, Any]:
    return {"case_id": case_id, "part": part.value, "person_id": who, "settled_entry": settled}


def _reseat(work: Work, at: Standing, case: Case[Any, Any], settled: list[Any]) -> None:
    changed = [
        _seat(at.id, part, who, at.entry if part in settled else None)
        for part, who in case.people.items()
        if part in settled or at.case.people.get(part) != who
    ]
    if changed:
        work.run(cases.SEAT, changed)
    for part in at.case.people.keys() - case.people.keys():
        work.run(cases.UNSEAT, case_id=at.id, part=part.value)


def _record(
    work: Work,
    case_id: CaseId,
    lifecycle: Lifecycle[Any, Any],
    start: str | None,
    to: str,
    name: str,
    event: CaseEvent | None,
    by: PersonId | None,
) -> None:
    work.run(
        cases.RECORD,
        case_id=case_id,
        lifecycle=lifecycle.name,
        from_state=start,
        to_state=to,
        event=name,
        reason=getattr(event, "reason", None),
        person_id=by,
        at=work.now,
    )
