"""Pictures that letters show, for gateways: loaded when needed, and known by what a network calls them."""

from collections import OrderedDict

import structlog

from bot.runtime.failures import described
from bot.storage import pictures as rows
from bot.storage.database import DATABASE_AWAY, Database
from bot.texts.sheets import Attachment

log = structlog.get_logger()

NAMES_KEPT = 1000


class Pictures:
    """The pictures of one school."""

    def __init__(self, database: Database, school_id: str) -> None:
        self._database = database
        self._school_id = school_id
        self._names: OrderedDict[tuple[int, int], str] = OrderedDict()

    async def load(self, picture: int) -> Attachment | None:
        """Return a picture; None if it has been erased."""
        asked = {"of_school": self._school_id, "picture": picture}
        row = await self._database.run(lambda tx: tx.execute(rows.LOAD, asked).first())
        if row is None:
            return None
        name = f"{picture}.{row.mime.rpartition('/')[2]}"
        return Attachment(name, row.mime, row.content)

    async def called(self, picture: int, bot: int) -> str | None:
        """Return what the network of a bot calls a picture; None if it was not sent there yet."""
        if known := self._names.get((picture, bot)):
            return known
        asked = {"of_school": self._school_id, "picture": picture, "of_bot": bot}
        found = await self._database.run(lambda tx: tx.execute(rows.CALLED, asked).scalar())
        if found is not None:
            self._keep(picture, bot, found)
        return found

    async def call(self, picture: int, bot: int, file: str) -> None:
        """Keep what the network of a bot calls a picture; only here, while the database is away.

        The picture has arrived: what comes after it must not let its letter wait, and leave twice.
        """
        self._keep(picture, bot, file)
        kept = {"of_school": self._school_id, "picture": picture, "of_bot": bot, "new_file": file}
        try:
            await self._database.run(lambda tx: tx.execute(rows.CALL, kept))
        except DATABASE_AWAY as away:
            log.warning("database away", **described(away))

    def _keep(self, picture: int, bot: int, file: str) -> None:
        self._names[picture, bot] = file
        if len(self._names) > NAMES_KEPT:
            self._names.popitem(last=False)
