"""SQLite's one lock, when somebody else holds it for too long."""

import pytest

from bot.storage import database as storage
from bot.storage.database import DATABASE_AWAY, open_database


async def test_a_lock_that_another_holds_is_a_database_that_is_away(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "BUSY_SECONDS", 0)
    database, another = open_database(sqlite_url), open_database(sqlite_url)

    with another.engine.begin(), pytest.raises(DATABASE_AWAY):
        await database.run(lambda _: None)
    done = await database.run(lambda _: "done")

    database.close()
    another.close()
    assert done == "done"
