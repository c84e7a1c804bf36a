"""A database whose work is done where it is asked for: a simulated year does one thing at a time."""

from collections.abc import Callable

from sqlalchemy import Connection
from typing_extensions import override

from bot.storage.database import Database, ResultT


class DatabaseHere(Database):
    """The same statements and transactions, without the way to a thread and back: a quarter of a year's time."""

    @override
    async def run(self, work: Callable[[Connection], ResultT]) -> ResultT:
        return self._run(work)

    @override
    def close(self) -> None:
        self._let_go()
        super().close()
