"""Nudges and deadlines of cases as rows: planned when a state is entered, settled by the sweep."""

from datetime import datetime, timedelta
from typing import Any

from bot.conversation.expectations import Deadline, Reminder, When
from bot.conversation.lifecycle import Lifecycle, State
from bot.conversation.times import named_nudges, state_in
from bot.domain.people import CaseId
from bot.domain.school import School
from bot.domain.times import WorkingDays
from bot.runtime.polite import after_quiet_hours, polite, working_days_after
from bot.runtime.work import Work
from bot.storage import cases


def moment_of(
    when: When[Any], entered_at: datetime, facts: Any, school: School
) -> datetime | None:
    """Return when a timer of a state entered at `entered_at` is due; None for never."""
    match when:
        case timedelta():
            return entered_at + when
        case WorkingDays(days):
            return working_days_after(entered_at, days, school)
        case _:
            return when(facts)


def end_of(
    deadline: Deadline[Any], entered_at: datetime, facts: Any, school: School
) -> datetime | None:
    """Return when a deadline of a state entered at `entered_at` is due; None for never."""
    at = moment_of(deadline.when, entered_at, facts, school)
    told = deadline.but_not_before and deadline.but_not_before(facts)
    return max(at, told) if at and told else at


def still_due(when: When[Any], planned_for: datetime, facts: Any) -> datetime | None:
    """Return when a planned timer is due by now; None for no longer.

    Facts may have moved it. A length that has changed since, in the school's file or in the journey,
    holds for what is entered afterwards.
    """
    return when(facts) if callable(when) else planned_for


def state_of(work: Work, lifecycle: Lifecycle[Any, Any], name: str) -> State[Any, Any]:
    """Return a state as it is in this school: with the school's times."""
    return state_in(lifecycle, name, work.school.times)


def plan(
    work: Work,
    case_id: CaseId,
    entry: int,
    state: State[Any, Any],
    entered_at: datetime,
    facts: Any,
    *,
    again: bool,
    told_at: datetime | None = None,
) -> None:
    """Write the timers of a state; *again* for those that depend on facts, after these have changed.

    Reminders count from *told_at*, when people are told that it was entered; at once unless it is given.
    """
    nudges = named_nudges(state)
    told_at = told_at or entered_at
    wishes: list[tuple[str, str | None, When[Any], datetime | None]] = [
        (name, one.to.value, one.when, moment_of(one.when, told_at, facts, work.school))
        for name, one in nudges.items()
    ]
    wishes += [
        (one.raises.__name__, None, one.when, end_of(one, entered_at, facts, work.school))
        for one in state.deadlines
    ]
    rows = []
    for name, part, when, at in wishes:
        if again and isinstance(when, timedelta | WorkingDays):
            continue
        if at is None or (part and at <= work.now):
            continue
        is_agreed = isinstance(nudges.get(name), Reminder)
        sends = after_quiet_hours if is_agreed else polite
        due_at = sends(at, work.school) if part else at
        work.planned(due_at)
        row = {"case_id": case_id, "entry": entry, "name": name, "part": part}
        rows.append({**row, "planned_for": at, "due_at": due_at, "outcome": None})
    if rows:
        work.run(cases.PLAN, rows)
