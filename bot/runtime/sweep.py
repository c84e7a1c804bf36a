"""What time brings: deadlines, then at most one nudge a person, then questions nobody has answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, Update

from bot.conversation.engine import Expired
from bot.conversation.expectations import Reminder
from bot.conversation.times import OF_FACTS, named_nudges
from bot.domain.people import CaseId, PersonId
from bot.runtime import cases, talk
from bot.runtime.failures import alone
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.now import tell_now
from bot.runtime.orders import finish
from bot.runtime.outbox import put
from bot.runtime.polite import WEEK, after_quiet_hours, is_same_day, polite, within_the_limits
from bot.runtime.timers import state_of, still_due
from bot.runtime.work import Here, OnCommit, Ordered, Setting, Work, Written
from bot.storage import cases as rows, conversations, outbox, people
from bot.storage.database import Database
from bot.storage.due import NEXT_DUE

AFTER_A_FAILURE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Due:
    """Something whose time has come."""

    name: str
    fire: Callable[[Connection], None]
    put_off: Callable[[Connection], None]
    """What is done if firing it fails."""


class Sweep:
    """Fires what is due. Several processes may sweep at once: each timer is claimed by one."""

    def __init__(
        self,
        database: Database,
        setting: Setting,
        clock: Callable[[], datetime],
        on_commit: OnCommit = lambda _: None,
    ) -> None:
        self.database, self.setting, self.clock, self.on_commit = (
            database,
            setting,
            clock,
            on_commit,
        )

    async def next_due(self) -> datetime | None:
        """Return when something will next be due, letters that wait for the morning included."""
        return await self.database.run(self.next_due_in)

    async def run(self) -> int:
        """Fire what is due now, each in a transaction of its own; return how much that was.

        One that fails is logged and left for the next sweep; it does not keep the others.
        """
        # Of timers that are of a past entry nobody hears, so they are not counted.
        found = await self.database.run(self._due)
        school = self.setting.school.key
        for due in found:
            if not await alone(self.database.run(due.fire), school=school, timer=due.name):
                await self.database.run(due.put_off)
        if found:
            self.on_commit(Written())
        return len(found)

    def next_due_in(self, tx: Connection) -> datetime | None:
        """Return the same, as a transaction sees it."""
        work = Work(tx, self.setting, self.clock())
        moments = work.run(NEXT_DUE, moment=work.now).one()
        return min((moment for moment in moments if moment), default=None)

    def _due(self, tx: Connection) -> list[Due]:
        work = Work(tx, self.setting, self.clock())
        # Deadlines come first, then appointments: a day has room for one reminder, and theirs cannot wait.
        timers = sorted(
            self._of_this_entry(work, work.run(rows.DUE, until=work.now).all()),
            key=lambda t: (t.part is not None, not t.name.startswith(OF_FACTS)),
        )
        # Of all that would remind one person now, only the latest does: after an outage nobody is flooded.
        # What follows from the facts of a case, as an appointment does, is not lost for another case's sake.
        latest = {_reminds(t): t.id for t in timers if t.part}
        due = [
            Due(
                timer.name,
                partial(
                    self._fire, timer, bool(timer.part) and latest.get(_reminds(timer)) != timer.id
                ),
                partial(self._put_off, rows.PUT_OFF, {"timer_id": timer.id}, "new_due_at"),
            )
            for timer in timers
        ]
        for row in work.run(conversations.DUE, until=work.now).all():
            about = {"conversation_id": row.id}
            put_off = partial(self._put_off, conversations.PUT_OFF, about, "new_wake_at")
            person = PersonId(row.person_id)
            due.append(Due("question", partial(self._wake, row.id, person), put_off))
        return due

    def _of_this_entry(self, work: Work, timers: Sequence[Any]) -> list[Any]:
        """Record at once which timers are of an entry that was left, most of all; return the others."""
        left = [{"timer_id": timer.id} for timer in timers if timer.entry != timer.present_entry]
        if left:
            work.run(rows.LEAVE, left)
        return [timer for timer in timers if timer.entry == timer.present_entry]

    def _put_off(
        self, statement: Update, about: dict[str, int], column: str, tx: Connection
    ) -> None:
        """Try again later what failed: it must not be due for ever."""
        work = Work(tx, self.setting, self.clock())
        work.run(statement, about, **{column: work.now + AFTER_A_FAILURE})

    def _fire(self, timer: Any, overtaken: bool, tx: Connection) -> None:
        work = Work(tx, self.setting, self.clock())
        at = cases.standing(work, CaseId(timer.case_id))
        if at is None or at.entry != timer.entry or not at.is_open:
            self._claim(work, timer, "left")
        elif timer.part is None:
            self._deadline(work, timer, at)
        elif overtaken:
            self._claim(work, timer, "overtaken")
        else:
            self._nudge(work, timer, at)

    def _claim(self, work: Work, timer: Any, outcome: str) -> bool:
        """Record what becomes of a timer; return whether nobody else has."""
        claimed = work.run(rows.CLAIM, timer_id=timer.id, new_outcome=outcome).first()
        return claimed is not None

    def _deadline(self, work: Work, timer: Any, at: cases.Standing) -> None:
        state = at.lifecycle.states[at.state]
        deadline = next((d for d in state.deadlines if d.raises.__name__ == timer.name), None)
        due = still_due(deadline.when, timer.planned_for, at.case.facts) if deadline else None
        if deadline is None or due is None or due > work.now:
            self._claim(work, timer, "moved")
        elif self._claim(work, timer, "fired"):
            work.is_told_on_any_day = deadline.at_once
            cases.happen(work, at, deadline.event, None)
            finish(work, None)
            if not deadline.at_once:
                work.letters[:] = [_on_a_working_day(work, one) for one in work.letters]
            put(work)

    def _has_moved(self, work: Work, timer: Any, due: datetime) -> bool:
        """Return whether there is another timer instead, for a later moment or an earlier one."""
        if due >= timer.planned_for:
            return bool(due > timer.planned_for)
        same = {"case_id": timer.case_id, "entry": timer.entry, "name": timer.name}
        return work.run(rows.PLANNED, same, moment=due).first() is not None

    def _nudge(self, work: Work, timer: Any, at: cases.Standing) -> None:
        nudge = named_nudges(state_of(work, at.lifecycle, at.state)).get(timer.name)
        if timer.person_id is None or nudge is None:
            self._claim(work, timer, "skipped")
            return
        to = PersonId(timer.person_id)
        # Who is reminded is held, so that two processes do not remind them twice in a day.
        work.run(conversations.LOCK_PERSON, person_id=to)
        due = still_due(nudge.when, timer.planned_for, at.case.facts)
        is_agreed = isinstance(nudge, Reminder)
        expected = [e for e, is_due in cases.expected_of(at, to) if is_due or is_agreed]
        ends = nudge.of(at.case.facts) if isinstance(nudge, Reminder) else None
        if due is None or self._has_moved(work, timer, due):
            self._claim(work, timer, "moved")
        elif not expected:
            self._claim(work, timer, "settled")
        elif not _may_be_reminded(work, to, is_agreed=is_agreed) or (ends and work.now >= ends):
            self._claim(work, timer, "skipped")
        elif later := _later(work, to, ends):
            if ends and later >= ends:
                self._claim(work, timer, "skipped")
            else:
                work.run(rows.PUT_OFF, timer_id=timer.id, new_due_at=later)
        elif self._claim(work, timer, "fired"):
            work.letters.append(
                cases.letter(work, at, to, expected[0], nudge.say, LetterKind.NUDGE)
            )
            if isinstance(nudge, Reminder) and nudge.brings:
                work.order(Ordered(nudge.brings, None, at.about, as_of_right=True))
                finish(work, None)
            put(work)

    def _wake(self, conversation: int, person: PersonId, tx: Connection) -> None:
        """Remind somebody of a question without an answer, or give it up."""
        work = Work(tx, self.setting, self.clock())
        # First the person, then what they are at: their running turn may be answering it.
        work.run(conversations.LOCK_PERSON, person_id=person)
        row = work.run(conversations.ONE, conversation_id=conversation).first()
        if row is None or row.wake_at > work.now:
            return
        if not talk.can_be_read(work, row):
            talk.end(work, row)
            return
        work.here = Here(person, row.language, row.network, row.address)
        held = talk.held(work, row)
        if held is None or talk.ends_at(work, row) <= work.now:
            if held:
                talk.hear(work, person, held, Expired())
            else:
                talk.end(work, row)
                if talk.was_answered(row):
                    tell_now(work, person, first=talk.MOVED_ON)
            # What ends without a word does not bring an earlier question back, either.
            work.left_conversation = bool(work.letters)
            finish(work, person)
            # Nobody asked for it: it is no answer, and waits as all does that time brings.
            work.letters[:] = [_unasked(work, one) for one in work.letters]
        elif not talk.patience_left(work, row) or not _may_be_reminded(work, person):
            talk.pass_over(work, row)
        elif later := _later(work, person):
            if later >= talk.ends_at(work, row):
                talk.pass_over(work, row)
            else:
                work.run(conversations.PUT_OFF, conversation_id=conversation, new_wake_at=later)
        else:
            talk.remind(work, person, row)
        put(work)


def _reminds(timer: Any) -> tuple[int, int | None]:
    """Return whom a timer reminds; and of which case, if its moment follows from the case's facts."""
    return timer.person_id, timer.case_id if timer.name.startswith(OF_FACTS) else None


def _unasked(work: Work, letter: Letter) -> Letter:
    """Let what would be an answer, had anybody spoken, be news."""
    is_answer = letter.kind is LetterKind.REPLY
    return _on_a_working_day(work, replace(letter, kind=LetterKind.NEWS) if is_answer else letter)


def _on_a_working_day(work: Work, letter: Letter) -> Letter:
    """Let what time brings, and nobody asked for, wait for a working day; danger never waits."""
    later = polite(work.now, work.school)
    if letter.kind is LetterKind.NEWS and later > work.now:
        return replace(letter, not_before=later)
    return letter


def _may_be_reminded(work: Work, person: PersonId, *, is_agreed: bool = False) -> bool:
    """Return whether `person` wants reminders at all, and can be reached.

    Whoever takes a break is still reminded of what they have agreed to, as they are told when it begins.
    """
    known = work.run(people.PERSON, person_id=person).one()
    is_resting = known.paused_until and known.paused_until > work.now
    if known.stopped_at or (is_resting and not is_agreed):
        return False
    ways = work.run(people.ADDRESSES, person_id=person).all()
    return any(
        (way.network, way.address) == (known.network, known.address) and way.unreachable_at is None
        for way in ways
    )


def _later(work: Work, person: PersonId, ends: datetime | None = None) -> datetime | None:
    """Return when `person` may be reminded, if not now: not at night, and not too often.

    Of an appointment that *ends* the use of it, people are reminded on any day, and on its own day at any rate.
    """
    sends = after_quiet_hours if ends else polite
    if ends and is_same_day(work.now, ends, work.school):
        moment = sends(work.now, work.school)
    else:
        since = work.run(outbox.UNASKED_SINCE, person_id=person, since=work.now - WEEK).scalars()
        moment = within_the_limits(work.now, since.all(), work.school, sends)
    return moment if moment > work.now else None
