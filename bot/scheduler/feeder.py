"""Broadcasts and digests feed the outbox: so much that the relay always has letters, so little that it stays small."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.domain.people import PersonId
from bot.runtime.broadcasting import ON_THEIR_WAY, step
from bot.runtime.letters import LetterKind
from bot.runtime.work import Setting
from bot.storage.database import Database

FED = frozenset({LetterKind.BROADCAST, LetterKind.DIGEST})
"""Kinds of letters that come into the outbox a few at a time, as those before them have left."""


class Feeder:
    """Moves the broadcasts and digests of one school on when there is reason to; other processes may do the same."""

    def __init__(
        self, database: Database, setting: Setting, clock: Callable[[], datetime]
    ) -> None:
        self._database, self._setting, self._clock = database, setting, clock
        self.is_wanted = True
        """Whether there is reason to look."""
        self._left = 0
        """Letters that were fed and have left since the last step."""

    @property
    def has_left(self) -> bool:
        """Whether letters that were fed have left since the last step: theirs may have been the last."""
        return self._left > 0

    def look(self) -> None:
        """Say that there may be something to do: one has begun, or its time has come."""
        self.is_wanted = True

    def left(self, letters: int) -> None:
        """Hear that so many letters that were fed have left."""
        self._left += letters
        self.is_wanted = self.is_wanted or self._left >= ON_THEIR_WAY // 2

    def ran_dry(self) -> None:
        """Hear that no letter waits any more: the end of a broadcast is a reason to look, too."""
        self.is_wanted = self.is_wanted or self._left > 0

    async def feed(self) -> frozenset[PersonId]:
        """Do what there is to do; return to whom letters have come into the outbox.

        They leave behind all that waits there already.
        """
        if not self.is_wanted:
            return frozenset()
        self.is_wanted, self._left = False, 0
        done = await self._database.run(partial(step, self._setting, self._clock()))
        self.is_wanted = self.is_wanted or done.goes_on
        return done.written_to
