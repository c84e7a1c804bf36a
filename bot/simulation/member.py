"""Somebody on the staff: they write to many, plan events, change them, and note who is there."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from typing_extensions import override

from bot.gateways.port import Pressed, Said, Typed
from bot.simulation.answering import SKIP, options
from bot.simulation.habits import awake
from bot.simulation.inhabitants import Errand, Inhabitant
from bot.simulation.writing import IN_TITLE, Act, Ends, Script, Writing, composing, written
from bot.texts.sheets import Sheet

CHANGED_AFTER = timedelta(days=14)
"""So long after the invitation an event is moved, or gets more places, or is called off."""
AT_THE_DOOR = timedelta(minutes=30)
"""So long after it has begun staff note who is there."""


@dataclass
class Member(Inhabitant):
    """One of the staff."""

    acts: list[tuple[datetime, Act]] = field(default_factory=list)
    who_is_there: Callable[[int], Sequence[str]] = lambda _: ()
    """Returns the codes of everybody who comes to the door of an event, by its number."""
    room: list[tuple[datetime, int, int | None]] = field(default_factory=list)
    """From when on there were how many places at which event; None for any number."""
    moved: set[int] = field(default_factory=set)
    """Events that begin at another time than people were told at first."""
    _script: Script | None = None
    _scripts: dict[str, Script] = field(default_factory=dict)
    """By conversation."""

    def plan(self, writings: Iterable[Writing]) -> None:
        """Mean to write all this, and to look after what is planned with it."""
        for one in writings:
            at = awake(one.at, self.zone, self.habits, self.draw)
            self.acts.append((at, Act(one)))
            if planned := one.gathering:
                changed = awake(one.at + CHANGED_AFTER, self.zone, self.habits, self.draw)
                begins = planned.starts_at
                if planned.moved_to:
                    self.acts.append((changed, Act(one, "PlanChanged")))
                    begins = planned.moved_to
                if planned.more_places:
                    self.acts.append((changed, Act(one, "PlacesChanged")))
                if planned.is_called_off:
                    self.acts.append((changed, Act(one, "CalledOff")))
                self.acts.append((begins + AT_THE_DOOR, Act(one, "WhoCame")))

    @override
    def errands(self) -> list[Errand]:
        return [*super().errands(), *(Errand(at, acts=act) for at, act in self.acts)]

    @override
    def sees(self, sheet: Sheet, now: datetime) -> Errand | None:
        if self._script and sheet.key and sheet.key.startswith("q:"):
            # They write in one go, and do not turn to anything else meanwhile.
            self.open[sheet.key] = sheet
            return Errand(now, answers=sheet.key)
        return super().sees(sheet, now)

    @override
    def does(self, errand: Errand, now: datetime) -> list[Said]:
        return self._act(errand.acts, now) if errand.acts else super().does(errand, now)

    def _act(self, act: Act, now: datetime) -> list[Said]:
        if not act.event:
            self._script = composing(act.writing, self.zone)
            if planned := act.writing.gathering:
                self.room.append((now, act.writing.number, planned.places))
            return [Typed(act.writing.command)]
        found = self._below(act)
        if found is None:
            return []
        self._script = self._script_for(act, now)
        return [Pressed(found)]

    def _below(self, act: Act) -> str | None:
        """Return what to press for it: on the newest letter about the event that offers it."""
        for sheet in reversed(self.open.values()):
            meant = IN_TITLE.search(sheet.text)
            row = options(sheet).get(act.event)
            if meant and row and int(meant[1]) == act.writing.number:
                return row.data
        return None

    def _script_for(self, act: Act, now: datetime) -> Script:
        planned = act.writing.gathering
        if act.event == "PlanChanged" and planned and planned.moved_to:
            self.moved.add(act.writing.number)
            words = (written(planned.moved_to, self.zone), SKIP)
            return Script(deque(words), Ends.YES, ("yes",))
        if act.event == "PlacesChanged" and planned:
            self.room.append((now, act.writing.number, planned.more_places))
            return Script(deque((str(planned.more_places),)), Ends.WORDS)
        if act.event == "WhoCame":
            return Script(deque(self.who_is_there(act.writing.number)), Ends.SKIP)
        return Script(deque(), Ends.YES, ("yes",))

    @override
    def _answer(self, key: str, sheet: Sheet, now: datetime) -> list[Said]:
        of = key.split(":")[1]
        if self._script and of not in self._begun_in:
            self._scripts.setdefault(of, self._script)
        script = self._scripts.get(of)
        if script is None:
            return super()._answer(key, sheet, now)
        del self.open[key]
        said = [] if script.is_over else script.answer(sheet)
        if script.is_over:
            self._script = None
        return said
