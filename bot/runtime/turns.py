"""One event and all that follows from it, in one transaction."""

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial

import structlog
from sqlalchemy import Connection

from bot.conversation.effects import Refusal
from bot.conversation.engine import step_of
from bot.conversation.messages import Message, msg
from bot.runtime import pictures, talk
from bot.runtime.arriving import Arrived, arrive, is_new
from bot.runtime.failures import described
from bot.runtime.hands import Hands
from bot.runtime.happenings import Came, Happening
from bot.runtime.hearing import hear
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.orders import finish
from bot.runtime.outbox import put
from bot.runtime.work import OnCommit, Setting, Work
from bot.storage.database import DATABASE_AWAY, Database, is_lost_to_another

log = structlog.get_logger()


OUR_ERROR = msg(
    "Something went wrong on our side. Your answers up to here are kept. Please try again in a few minutes."
    " If it happens again, write to the school. Contact: {contact}. Code: {code}"
)


class TurnFailed(Exception):
    """We were wrong; `code` is what the log and the person are told."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Turns:
    """Lets things happen, each in one transaction: all of it or nothing."""

    def __init__(
        self,
        database: Database,
        setting: Setting,
        clock: Callable[[], datetime],
        on_commit: OnCommit = lambda _: None,
        hands: Hands | None = None,
    ) -> None:
        self.database, self.setting, self.clock = database, setting, clock
        self.on_commit = on_commit
        """Called after every turn."""
        self.hands = hands

    async def take(self, came: Came, happening: Happening) -> None:
        """Let `happening` happen to whoever `came`; an update known already changes nothing.

        Raises:
            One of DATABASE_AWAY: the update was not taken, and may be delivered again.
        """
        try:
            await self._in_a_transaction(partial(self._take, came, happening))
        except Refusal as refusal:
            await self._in_a_transaction(partial(self._tell, came, happening, refusal.why))
        except TurnFailed as failed:
            # We are wrong. The turn is rolled back; taking the update again would only fail again.
            sorry = OUR_ERROR.filled({"code": failed.code})
            await self._in_a_transaction(partial(self._tell, came, happening, sorry))

    async def want_picture(self, came: Came) -> bool:
        """Return whether a picture that `came` would be an answer; if not, it need not be fetched."""
        asked = partial(pictures.are_wanted, self.setting, self.clock(), came)
        return await self.database.run(asked)

    async def _in_a_transaction(self, act: Callable[[Work], None]) -> None:
        """Let `act` write all it wants, or nothing; then let its letters leave."""
        done: list[Work] = []

        def written(tx: Connection) -> None:
            work = Work(tx, self.setting, self.clock())
            work.hands = self.hands
            done[:] = [work]
            act(work)

        try:
            await self.database.run(written)
        except BaseException:
            for one in done:
                one.let_go()
            raise
        self.on_commit(done[0].written)

    def _take(self, came: Came, happening: Happening, work: Work) -> None:
        if not is_new(work, came):
            return
        arrived = arrive(work, came, happening)
        if arrived is None:
            return
        work.here = arrived.here
        try:
            hear(work, arrived, happening)
            finish(work, arrived.here.person)
            put(work)
        except (Refusal, *DATABASE_AWAY):
            raise
        except Exception as failure:
            if is_lost_to_another(failure):
                raise  # it changed nothing, and is tried once more
            code = secrets.token_hex(3)
            where = self._where(arrived, happening)
            # Its own text may repeat what people wrote, so it is not logged.
            log.error("turn failed", code=code, **where, **described(failure))  # noqa: TRY400  # without its text
            raise TurnFailed(code) from failure
        log.debug("turn taken", school=self.setting.school.key, happening=type(happening).__name__)

    def _where(self, arrived: Arrived, happening: Happening) -> dict[str, object]:
        """Return what a log may say of a turn: never who, never what was said."""
        row = arrived.talk
        return {
            "school": self.setting.school.key,
            "happening": type(happening).__name__,
            "network": arrived.here.network,
            "journey": self.setting.registry.journey_of.get(row.dialogue) if row else None,
            "dialogue": row.dialogue if row else None,
            "step": step_of(row.stored) if row else None,
            "turn": row.turn if row else None,
        }

    def _tell(self, came: Came, happening: Happening, why: Message, work: Work) -> None:
        """Tell whoever came why nothing happened, and ask the present question again."""
        if not is_new(work, came):
            return
        arrived = arrive(work, came, happening)
        if arrived is None:
            return
        work.here, person = arrived.here, arrived.here.person
        row = arrived.talk and talk.newest(work, person)
        if row and not talk.can_be_read(work, row):
            # An older release knew this conversation, and nobody can go on in it.
            talk.end(work, row)
            row = None
        if row:
            talk.repeat(work, person, row, why, gentle=True)
        else:
            work.letters.append(Letter(person, LetterKind.REPLY, (why,)))
        put(work)
